# SPDX-License-Identifier: EUPL-1.2
"""What others may listen to."""

from django.dispatch import Signal

author_erased = Signal()
"""Sent inside the transaction with ``proposal`` and ``author`` (as they were before) when personal data is erased, after the term
or on request, so that apps above erase what they keep of the same entry: a raw mail, a booking, a delivery."""
