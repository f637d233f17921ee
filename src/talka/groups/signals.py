# SPDX-License-Identifier: EUPL-1.2
"""What groups tell those above them."""

from django.dispatch import Signal

seated = Signal()
"""Somebody sits in a group from now on; within the transaction. Argument: ``mandate``."""

unseated = Signal()
"""Somebody sits in a group no more; within the transaction. Arguments: ``group``, ``person``."""
