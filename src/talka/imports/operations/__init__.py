# SPDX-License-Identifier: EUPL-1.2
"""The verbs: ``preparing`` from the file to the confirmation, ``taking`` the lines, ``undoing`` a whole import, ``forgetting`` lines."""
