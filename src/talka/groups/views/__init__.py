# SPDX-License-Identifier: EUPL-1.2
"""Pages of groups: the groups, who sits in them, what they ask for."""
