# SPDX-License-Identifier: EUPL-1.2
"""What tasks tell those above them."""

from django.dispatch import Signal

updated = Signal()
"""A task has come into another state or hands; within the transaction. Arguments: ``task``, ``update`` (or None)."""
