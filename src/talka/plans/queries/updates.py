# SPDX-License-Identifier: EUPL-1.2
"""What was said of an action or investment, the latest first."""

from django.db.models import QuerySet

from talka.plans.models import PlanNode, ProgressUpdate


def updates_of(node: PlanNode, *, with_retracted: bool = True) -> "QuerySet[ProgressUpdate]":
    """Return the updates of a node, the latest day first; who said them is loaded, and shown only to those who work there."""
    updates = node.updates.select_related("person", "entered_by").order_by("-said_on", "-pk")
    return updates if with_retracted else updates.filter(retracted_at__isnull=True)
