# SPDX-License-Identifier: EUPL-1.2
"""How actions and investments are going, as far as it follows from updates and dates."""

from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Case, CharField, F, Q, QuerySet, Value, When

from talka.core import clock
from talka.plans.models import ENDED, NodeVersion, Plan, State

STANDINGS = ("done", "under_way", "late", "not_started", "dropped")
"""In the order in which pages tell of them."""


def last_day(year: int, quarter: int | None) -> date:
    """Return the last day of a term that ends in a quarter of a year, or in a year.

    >>> last_day(2025, 1).isoformat(), last_day(2025, None).isoformat()
    ('2025-03-31', '2025-12-31')
    """
    month = (quarter or 4) * 3
    return date(year, month, 31 if month in (3, 12) else 30)


def is_over() -> Q:
    """Return the condition on versions that their term has ended before today."""
    today = clock.today()
    quarter = (today.month - 1) // 3 + 1
    return Q(ends_year__lt=today.year) | Q(ends_year=today.year, ends_quarter__lt=quarter)


def with_standing(versions: "QuerySet[NodeVersion]") -> "QuerySet[NodeVersion]":
    """Give each version its ``standing``: done, dropped, late (not ended, and its term is over), under_way or not_started."""
    return versions.annotate(
        standing=Case(
            When(node__latest__state__in=ENDED, then=F("node__latest__state")),
            When(is_over(), then=Value("late")),
            When(node__latest__state=State.UNDER_WAY, then=Value("under_way")),
            default=Value("not_started"),
            output_field=CharField(),
        )
    )


def stale_before(plan: Plan) -> date:
    """Return the day before which an update of this plan is stale today."""
    return clock.today() - relativedelta(months=plan.stale_after_months)


def is_stale(plan: Plan) -> Q:
    """Return the condition on versions that nobody has said for too long how a work that has not ended is going."""
    old = Q(node__latest__said_on__lt=stale_before(plan)) | Q(
        node__latest__isnull=True, edition__approved_on__lt=stale_before(plan)
    )
    return old & ~Q(node__latest__state__in=ENDED)
