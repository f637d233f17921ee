# SPDX-License-Identifier: EUPL-1.2
"""What processes tell whoever listens above; received within the same transaction."""

from django.dispatch import Signal

process_closed = Signal()
"""A process was closed. Sent with ``process``."""
