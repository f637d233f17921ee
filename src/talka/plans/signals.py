# SPDX-License-Identifier: EUPL-1.2
"""What plans tell those above them."""

from django.dispatch import Signal

progressed = Signal()
"""An action or investment has come into another state; within the transaction. Arguments: ``node``, ``update``, ``before`` (state or None)."""
