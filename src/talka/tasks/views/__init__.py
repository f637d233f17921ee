# SPDX-License-Identifier: EUPL-1.2
"""Pages of tasks: lists of a process and a group, one task, handing over, the form behind the link of a letter."""
