# SPDX-License-Identifier: EUPL-1.2
"""Who, where and about what: the words every other app shares.

``Organization``, ``Person`` and ``Membership`` follow Popolo; ``Area`` and ``Place`` say where,
``Topic`` is the one tree of subjects. ``Staff`` says who works for an organization in Talka. What
people do in a process is left to ``processes`` and ``groups``."""
