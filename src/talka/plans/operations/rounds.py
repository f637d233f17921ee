# SPDX-License-Identifier: EUPL-1.2
"""Asking owners how their actions are going: rounds by the clock and by hand, one letter to each owner, reminders.

A round is opened with all its requests in one transaction. Letters are written in batches, each with the mark that it was
written in one transaction, so that a worker that dies loses none and writes none twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.dates import month_name
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize
from talka.core.working_days import WorkingDays
from talka.directory.models import Person
from talka.notifications.operations import send_letters
from talka.plans.letters import asking, reminding
from talka.plans.models import Plan, UpdateRequest, UpdateRound
from talka.plans.queries.editions import in_force
from talka.plans.queries.owing import current_round, goes_on, is_owed, works_of

BATCH = 50
_CATCH_UP = timedelta(days=7)
"""So long after the first working day of a month a round is still opened by the clock, where a worker was down."""
_REMIND_AFTER = timedelta(days=30)


class RoundOpenedToday(Refused):
    message = gettext_lazy("Owners have been asked today already.")


class DueBeforeToday(Refused):
    message = gettext_lazy("The last day to answer cannot be before today.")


class NothingInForce(Refused):
    message = gettext_lazy("Nobody can be asked: the plan needs an approved edition and must be published.")


class NobodyToAsk(Refused):
    message = gettext_lazy("There is nobody to ask: no action that goes on has an owner.")


class NoRound(Refused):
    message = gettext_lazy("Owners have not been asked yet. Ask them first.")


class NobodyToRemind(Refused):
    message = gettext_lazy("Nobody was written to: they owe nothing, have no e-mail address, or were written to today.")


@transaction.atomic
def open_round(plan: Plan, *, name: str, due_on: date, by: User | None) -> UpdateRound:
    """Ask everybody who answers for an action that has not ended; the letters leave by the queue. ``by`` nobody: by the clock."""
    if by is not None:
        authorize(by, "plans.open_round", plan)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("process").get(pk=plan.pk)
    if plan.published_at is None or in_force(plan) is None:
        raise NothingInForce
    today = clock.today()
    if due_on < today:
        raise DueBeforeToday
    if plan.rounds.filter(opened_on__gte=today).exists():
        raise RoundOpenedToday
    owners = works_of(plan).filter(goes_on(), node__owner__isnull=False).order_by().values_list("node__owner")
    people = sorted({owner for (owner,) in owners.distinct()})
    if not people:
        raise NobodyToAsk
    update_round = UpdateRound.objects.create(plan=plan, name=name, opened_on=today, due_on=due_on, opened_by=by)
    UpdateRequest.objects.bulk_create(UpdateRequest(round=update_round, person_id=pk) for pk in people)
    put_off("talka.plans.tasks.send_requests", lock=f"plans.round:{update_round.pk}", round_id=update_round.pk)
    record("plans.open_round", plan, by=by, scope=plan.process, name=name, people=len(people))
    return update_round


def open_due_rounds() -> int:
    """Open the rounds whose month has come, on its first working day; return how many. Run again it opens none twice."""
    today = clock.today()
    first = WorkingDays().next_working(today.replace(day=1))
    if not first <= today <= first + _CATCH_UP:
        return 0
    plans = Plan.objects.filter(published_at__isnull=False, update_months__contains=[today.month])
    number = 0
    for plan in plans.exclude(rounds__opened_on__gte=today.replace(day=1)).select_related("process"):
        with translation.override(plan.process.language):
            month = month_name(today.year, today.month, plan.process.language)
            name = _("Updates, %(month)s") % {"month": month}
        try:
            open_round(plan, name=name, due_on=today + timedelta(days=plan.update_days), by=None)
        except (NothingInForce, NobodyToAsk, RoundOpenedToday):
            continue
        number += 1
    return number


def send_requests(round_id: int | None = None) -> int:
    """Write the letters of open rounds that have not been written, of one or all; return how many."""
    waiting = UpdateRequest.objects.filter(
        sent_at__isnull=True, round__due_on__gte=clock.today(), round__plan__published_at__isnull=False
    ).reachable()
    if round_id is not None:
        waiting = waiting.filter(round=round_id)
    number = 0
    for key in waiting.order_by().values_list("round", flat=True).distinct():
        while written := _send_batch(key):
            number += written
    return number


@transaction.atomic
def _send_batch(round_id: int) -> int:
    waiting = UpdateRequest.objects.filter(round=round_id, sent_at__isnull=True).reachable()
    requests = _locked(waiting)
    if not requests:
        return 0
    letters = asking(requests)
    UpdateRequest.objects.filter(pk__in=[one.pk for one in requests]).update(sent_at=clock.now())
    send_letters("plans/open_round", letters)
    return len(requests)


def _locked(requests: Iterable[UpdateRequest]) -> list[UpdateRequest]:
    """Lock the first requests of a queryset that nobody else is writing to."""
    rows = requests.select_for_update(of=("self",), skip_locked=True)  # type: ignore[attr-defined]
    return list(rows.select_related("person__user", "round__plan__process").order_by("pk")[:BATCH])


def remind_due() -> int:
    """Remind owners who owe an update, once before the last day and once after it, on working days; return how many."""
    today = clock.today()
    if not settings.UPDATE_REMIND_DAYS or not WorkingDays().is_working(today):
        return 0
    near = UpdateRound.objects.filter(
        due_on__lte=today + timedelta(days=settings.UPDATE_REMIND_DAYS), due_on__gte=today - _REMIND_AFTER,
        plan__published_at__isnull=False,
    )  # fmt: skip
    number = 0
    for update_round in near.select_related("plan__process"):
        if update_round != current_round(update_round.plan):
            continue
        unasked = Q(reminded_at__isnull=True)
        if update_round.due_on < today:
            unasked |= Q(reminded_at__date__lte=update_round.due_on)
        willing = Q(person__user__isnull=True) | Q(person__user__gets_reminders=True)
        chosen = Q(sent_at__date__lt=today) & unasked & willing
        while written := _remind_batch(update_round, chosen, by=None):
            number += written
    return number


@transaction.atomic
def remind_owners(plan: Plan, *, people: Sequence[Person], by: User) -> int:
    """Write to owners of a plan who owe an update, one letter each and at most one a day; return how many were written to."""
    authorize(by, "plans.remind_owners", plan)
    update_round = current_round(plan)
    if update_round is None:
        raise NoRound
    update_round.plan = plan
    _ask_newcomers(update_round, people)
    chosen = Q(person__in=[person.pk for person in people])
    unwritten = Q(sent_at__isnull=True) | Q(sent_at__date__lt=clock.today())
    unasked = Q(reminded_at__isnull=True) | Q(reminded_at__date__lt=clock.today())
    number = 0
    while written := _remind_batch(update_round, chosen & unwritten & unasked, by=by):
        number += written
    if not number:
        raise NobodyToRemind
    record("plans.remind_owners", plan, by=by, scope=plan.process, number=number)
    return number


def _ask_newcomers(update_round: UpdateRound, people: Sequence[Person]) -> None:
    """Give a request to those who answer for something since the round was opened."""
    owners = set(_owing(update_round).values_list("node__owner", flat=True))
    UpdateRequest.objects.bulk_create(
        [UpdateRequest(round=update_round, person=person) for person in people if person.pk in owners],
        ignore_conflicts=True,
    )


def _owing(update_round: UpdateRound) -> Any:
    owed = works_of(update_round.plan).filter(is_owed(update_round.plan, update_round), node__owner__isnull=False)
    return owed.order_by()


@transaction.atomic
def _remind_batch(update_round: UpdateRound, chosen: Q, *, by: User | None) -> int:
    requests = UpdateRequest.objects.filter(chosen, round=update_round).reachable()
    locked = _locked(requests.filter(person__in=_owing(update_round).values("node__owner")))
    if not locked:
        return 0
    now = clock.now()
    letters = reminding(locked, sent_by=by)
    keys = [one.pk for one in locked]
    UpdateRequest.objects.filter(pk__in=keys, sent_at__isnull=True).update(sent_at=now)
    UpdateRequest.objects.filter(pk__in=keys).update(reminded_at=now)
    send_letters("plans/remind_owners", letters)
    return len(locked)
