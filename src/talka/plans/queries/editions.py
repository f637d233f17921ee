# SPDX-License-Identifier: EUPL-1.2
"""Which edition of a plan is meant."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from talka.plans.models import Edition, NodeVersion, Plan


def in_force(plan: Plan) -> Edition | None:
    """Return the edition in force: the approved one with the highest number."""
    return plan.editions.approved().first()


def draft_of(plan: Plan) -> Edition | None:
    """Return the draft of the next edition, if one is being worked on."""
    return plan.editions.drafts().select_related("based_on").first()


def shown_edition(plan: Plan, user: Any, number: int | None = None) -> Edition | None:
    """Return the edition with this number, or the one in force, else the draft, as far as the person may see it; else nothing."""
    editions = Edition.objects.visible_to(user).filter(plan=plan)
    if number is not None:
        return editions.filter(number=number).first()
    return editions.approved().first() or editions.drafts().first()


def works_in(editions: Iterable[Edition]) -> dict[int, dict[str, int]]:
    """Return how many actions and investments stand in editions, by the key of the edition; one query."""
    rows = NodeVersion.objects.filter(edition__in=list(editions)).works().order_by()
    found: dict[int, dict[str, int]] = {}
    for edition, kind, number in rows.values_list("edition_id", "node__kind").annotate(number=Count("pk")):
        found.setdefault(edition, {})[kind] = number
    return found
