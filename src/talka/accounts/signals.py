# SPDX-License-Identifier: EUPL-1.2
"""What happens here that apps above may want to know."""

from django.dispatch import Signal

invitation_accepted = Signal()
"""Sent inside the transaction with ``invitation`` and ``user``."""

invitation_sent = Signal()
"""Sent inside the transaction with ``invitation``; the letter is written above, where mail is known."""
