# SPDX-License-Identifier: EUPL-1.2
"""Where a node of a plan is read."""

from django.urls import NoReverseMatch, reverse

from talka.plans.models import NodeVersion


def node_address(version: NodeVersion) -> str:
    """Return the address of the page of a node; empty while the site has no such page. Needs edition, plan and process loaded."""
    plan = version.edition.plan
    try:
        return reverse("plans:show_node", args=[plan.process.slug, plan.slug, version.node_id])
    except NoReverseMatch:
        return ""
