# SPDX-License-Identifier: EUPL-1.2
"""Where a node of a plan is read."""

from django.urls import reverse

from talka.plans.models import NodeVersion


def node_address(version: NodeVersion) -> str:
    """Return the address of the page of a node; needs edition, plan and process loaded."""
    plan = version.edition.plan
    return reverse("plans:show_node", args=[plan.process.slug, plan.slug, version.node_id])
