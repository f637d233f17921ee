# SPDX-License-Identifier: EUPL-1.2
"""What the writer of a plan types."""
