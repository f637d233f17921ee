# SPDX-License-Identifier: EUPL-1.2
"""What is typed about plans, parsed and checked."""
