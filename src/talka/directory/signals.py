# SPDX-License-Identifier: EUPL-1.2
"""What others may listen to."""

from django.dispatch import Signal

place_changed = Signal()
"""Sent inside the transaction with ``place`` when what is known of a place has changed."""

role_asked = Signal()
"""Asks with ``user`` whether a role given elsewhere lets this person enter people, organizations, places and topics."""
