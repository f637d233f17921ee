# SPDX-License-Identifier: EUPL-1.2
"""The verbs: ``receiving`` from the first word to the public page, ``examining`` from the assignment to the answer."""
