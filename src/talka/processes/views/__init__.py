# SPDX-License-Identifier: EUPL-1.2
"""The workspace pages of a process."""
