# SPDX-License-Identifier: EUPL-1.2
"""What happens to letters that apps above may want to know."""

from django.dispatch import Signal

letter_settled = Signal()
"""Sent inside the transaction with ``notification`` once the mail server has taken it or it has been given up."""
