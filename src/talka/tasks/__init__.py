# SPDX-License-Identifier: EUPL-1.2
"""Tasks: what one person owes until a day, as meetings and leads give them.

A task has exactly one owner and a due day. Its state is never set: it follows from the latest dated update, which the owner writes in
the workspace or by answering the reminder, or which somebody else enters for them. It may come of a proposal; what else it comes of
(an item of an agenda, a decision) is declared by the apps above in ``tasks.sources``.
"""
