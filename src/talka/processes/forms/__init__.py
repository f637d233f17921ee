# SPDX-License-Identifier: EUPL-1.2
"""What is typed about a process, its parts and its people, parsed and checked."""
