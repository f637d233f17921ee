# SPDX-License-Identifier: EUPL-1.2
"""What others may listen to."""

from django.dispatch import Signal

phases_changed = Signal()
"""Sent inside the transaction with ``process`` when a phase of it was added, changed or removed."""
