# SPDX-License-Identifier: EUPL-1.2
"""Which edition of a plan is meant."""

from typing import Any

from talka.plans.models import Edition, Plan


def in_force(plan: Plan) -> Edition | None:
    """Return the edition in force: the approved one with the highest number."""
    return plan.editions.approved().first()


def draft_of(plan: Plan) -> Edition | None:
    """Return the draft of the next edition, if one is being worked on."""
    return plan.editions.drafts().first()


def shown_edition(plan: Plan, user: Any, number: int | None = None) -> Edition | None:
    """Return the edition with this number, or the one in force, else the draft, as far as the person may see it; else nothing."""
    editions = Edition.objects.visible_to(user).filter(plan=plan)
    if number is not None:
        return editions.filter(number=number).first()
    return editions.approved().first() or editions.drafts().first()
