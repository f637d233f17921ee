# SPDX-License-Identifier: EUPL-1.2
"""What nodes say now, for pages that are not about one edition."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, QuerySet

from talka.plans.models import Edition, NodeVersion, PlanNode
from talka.plans.queries.standing import with_standing


def current_versions(user: Any) -> "QuerySet[NodeVersion]":
    """Return of each node the version that the person reads now: of the latest approved edition it stands in, else of the draft.

    With its ``standing``, and ``is_current``: false for what a later approved edition no longer holds.
    """
    later = Edition.objects.filter(
        plan=OuterRef("edition__plan"), approved_at__isnull=False, number__gt=OuterRef("edition__number")
    )
    versions = with_standing(NodeVersion.objects.visible_to(user)).annotate(is_current=~Exists(later))
    ordered = versions.order_by("node_id", F("edition__approved_at").desc(nulls_last=True), "-edition__number")
    return ordered.distinct("node_id").select_related("edition__plan__process", "node__latest", "level", "organization")


def shown_versions(nodes: Collection[int], user: Any) -> dict[int, NodeVersion]:
    """Return what each of these nodes says now, by its key, as far as the person may see it; in one query."""
    if not nodes:
        return {}
    return {version.node_id: version for version in current_versions(user).filter(node__in=nodes)}


def in_force_for_everybody(node: PlanNode) -> NodeVersion | None:
    """Return what the edition in force says of a node, if everybody may read it; else nothing."""
    version = shown_versions([node.pk], AnonymousUser()).get(node.pk)
    if version is None or version.edition.is_draft or not version.is_current:  # type: ignore[attr-defined]
        return None
    return version


def latest_titles(nodes: Collection[int]) -> dict[int, str]:
    """Return code and title of nodes in the last edition that holds them, whoever may see it; for a person's own data."""
    versions = NodeVersion.objects.filter(node__in=nodes).order_by("node_id", "-edition__number").distinct("node_id")
    return {version.node_id: str(version) for version in versions}
