# SPDX-License-Identifier: EUPL-1.2
"""Who owes word of which action: since the owner was asked, or because the last word is old."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from talka.core import clock
from talka.directory.models import Person
from talka.plans.models import ENDED, Edition, IndicatorVersion, NodeVersion, Plan, UpdateRound
from talka.plans.queries.editions import in_force
from talka.plans.queries.standing import is_stale, stale_before


def current_round(plan: Plan) -> UpdateRound | None:
    """Return the round in which owners were asked last."""
    return plan.rounds.order_by("-opened_on", "-pk").first()


def goes_on() -> Q:
    """Return the condition on versions that the work has not ended."""
    return ~Q(node__latest__state__in=ENDED)


def unsaid(update_round: UpdateRound) -> Q:
    """Return the condition on versions that nobody has said since a round was opened how it is going."""
    old = Q(node__latest__isnull=True) | Q(node__latest__said_on__lt=update_round.opened_on)
    return old & ~Q(node__latest__round=update_round.pk)


def is_owed(plan: Plan, update_round: UpdateRound | None) -> Q:
    """Return the condition on versions that word of them is owed: unsaid since the owner was asked, or stale; and not ended."""
    owed = is_stale(plan)
    return goes_on() & (owed | unsaid(update_round)) if update_round is not None else owed


def works_of(plan: Plan) -> "QuerySet[NodeVersion]":
    """Return the actions and investments of the edition in force."""
    return NodeVersion.objects.filter(edition=in_force(plan)).works()


def with_last_word(versions: "QuerySet[NodeVersion]") -> "QuerySet[NodeVersion]":
    """Load with versions who answers for them and what was said last."""
    return versions.select_related("node__owner__user", "node__latest", "organization", "level").order_by(
        "position", "pk"
    )


def owed_since(version: NodeVersion, plan: Plan, update_round: UpdateRound | None) -> date:
    """Return the day from which word of a version that is owed is owed."""
    latest = version.node.latest
    if update_round is not None and (latest is None or latest.said_on < update_round.opened_on):
        return update_round.opened_on
    return latest.said_on if latest is not None else (version.edition.approved_on or stale_before(plan))


@dataclass(frozen=True)
class OwedPlan:
    """What one person owes word of in one plan, and by when."""

    plan: Plan
    round: UpdateRound | None
    versions: list[NodeVersion] = field(default_factory=list)

    @property
    def due_on(self) -> date | None:
        """Return until when it was asked for."""
        return self.round.due_on if self.round is not None else None

    @property
    def is_late(self) -> bool:
        """Say whether that day has passed."""
        return self.due_on is not None and self.due_on < clock.today()


def latest_rounds(plans: Iterable[Plan]) -> dict[int, UpdateRound]:
    """Return by plan the round in which owners were asked last, in one query."""
    rounds = UpdateRound.objects.filter(plan__in=list(plans)).order_by("opened_on", "pk")
    return {one.plan_id: one for one in rounds}


def owed_by(user: Any) -> list[OwedPlan]:
    """Return what a person owes word of, by published plan; three queries, one for whoever answers for nothing."""
    if not user.is_authenticated:
        return []
    newest = Edition.objects.filter(plan=OuterRef("pk"), approved_at__isnull=False).order_by("-number")
    owned = Plan.objects.filter(published_at__isnull=False, nodes__owner__user=user.pk)
    plans = list(
        owned.annotate(force=Subquery(newest.values("pk")[:1])).filter(force__isnull=False)
        .select_related("process").distinct().order_by("pk")
    )  # fmt: skip
    if not plans:
        return []
    rounds = latest_rounds(plans)
    owed = Q(pk__in=())
    for plan in plans:
        owed |= Q(edition=plan.force) & is_owed(plan, rounds.get(plan.pk))
    found: dict[int, list[NodeVersion]] = {}
    for version in with_last_word(NodeVersion.objects.works().filter(owed, node__owner__user=user.pk)):
        found.setdefault(version.node.plan_id, []).append(version)
    return [OwedPlan(plan, rounds.get(plan.pk), found[plan.pk]) for plan in plans if plan.pk in found]


def indicators_owed(plan: Plan, people: Sequence[int]) -> dict[int, list[IndicatorVersion]]:
    """Return by person the indicators of the edition in force for whose last year they have entered no value yet."""
    year = clock.today().year - 1
    if year not in plan.years:
        return {}
    versions = (
        IndicatorVersion.objects.filter(edition=in_force(plan), indicator__owner__in=people)
        .exclude(indicator__values__year=year)
        .select_related("indicator")
    )
    found: dict[int, list[IndicatorVersion]] = {}
    for version in versions:
        if version.indicator.owner_id is not None:
            found.setdefault(version.indicator.owner_id, []).append(version)
    return found


def answers_for_something(user: Any, plan: Plan) -> bool:
    """Say whether the person answers for anything of this plan."""
    return bool(user.is_authenticated) and plan.nodes.filter(owner__user=user.pk).exists()


def address_of(person: Person) -> str:
    """Return where a person is written to: the confirmed address of their account, else the one that is known."""
    return person.user.email if person.user is not None and person.user.is_active else person.email
