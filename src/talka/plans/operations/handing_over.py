# SPDX-License-Identifier: EUPL-1.2
"""Everything that one person answers for in the plans of a process, given to another in one step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize, is_allowed
from talka.directory.models import Person
from talka.notifications.operations import send_letter
from talka.plans.letters import language_of, link_of, thread_of
from talka.plans.models import Indicator, IndicatorVersion, NodeVersion, Plan, PlanNode, UpdateRequest
from talka.plans.queries.owing import address_of, current_round, goes_on, works_of
from talka.plans.reply_address import reply_address
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from talka.processes.operations.people import enter_person


class SamePerson(Refused):
    message = _("Choose somebody else: these are theirs already.")


class NothingToHandOver(Refused):
    message = _("Choose at least one thing that this person answers for.")


@transaction.atomic
def hand_over(
    process: Process,
    *,
    person: Person,
    to: Person | NewPerson,
    nodes: Iterable[int],
    indicators: Iterable[int],
    by: User,
) -> int:
    """Give nodes and indicators that ``person`` answers for in a process to somebody else; return how many.

    Coordinators do it for anybody, everybody for themselves, and then only to people who are known. Both get a letter.
    """
    authorize(by, "plans.hand_over", process)
    runs = is_allowed(by, "processes.change_process", process)
    if not runs and person.user_id != by.pk:
        raise PermissionDenied("plans.hand_over")
    if isinstance(to, NewPerson):
        if not runs:
            raise PermissionDenied("plans.hand_over")
        to = enter_person(process, to, by=by)
    if to.pk == person.pk:
        raise SamePerson
    chosen = list(
        PlanNode.objects.select_for_update(of=("self",)).filter(plan__process=process, owner=person, pk__in=list(nodes))
    )
    measured = list(
        Indicator.objects.select_for_update(of=("self",)).filter(
            plan__process=process, owner=person, pk__in=list(indicators)
        )
    )
    if not chosen and not measured:
        raise NothingToHandOver
    PlanNode.objects.filter(pk__in=[node.pk for node in chosen]).update(owner=to)
    Indicator.objects.filter(pk__in=[one.pk for one in measured]).update(owner=to)
    plans = {node.plan_id for node in chosen} | {one.plan_id for one in measured}
    for plan in Plan.objects.filter(pk__in=plans).select_related("process").order_by("pk"):
        own = [node.pk for node in chosen if node.plan_id == plan.pk]
        own_indicators = [one.pk for one in measured if one.plan_id == plan.pk]
        record("plans.hand_over", plan, by=by, scope=process, nodes=len(own), indicators=len(own_indicators))
        _write(plan, own, own_indicators, giver=person, taker=to)
    return len(chosen) + len(measured)


def _write(plan: Plan, nodes: Sequence[int], indicators: Sequence[int], *, giver: Person, taker: Person) -> None:
    versions = works_of(plan).filter(node__in=nodes).order_by("position", "pk")
    latest = plan.editions.approved().first()
    measured = IndicatorVersion.objects.filter(edition=latest, indicator__in=indicators).order_by("position", "pk")
    for person in (giver, taker):
        takes = person == taker
        request = _request_for(plan, taker, versions) if takes else None
        address = address_of(person)
        if not address:
            continue
        language = language_of(person, plan.process.language)
        user = person.user if person.user is not None and person.user.is_active else None
        send_letter(
            "plans/hand_over", email=address, language=language, user=user, plan=plan, versions=versions, indicators=measured,
            takes=takes, replies=bool(reply_address(plan.process)), other=giver if takes else taker, request=request,
            form_url=link_of(request, language) if request else "", thread=thread_of(request) if request else "",
            reply_to=reply_address(plan.process) if request else "",
        )  # fmt: skip


def _request_for(plan: Plan, person: Person, versions: QuerySet[NodeVersion]) -> UpdateRequest | None:
    """Give the new owner a request of the round that is open, so that they can answer by link and by mail; else nothing."""
    update_round = current_round(plan)
    if update_round is None or plan.published_at is None or update_round.due_on < clock.today():
        return None
    if not versions.filter(goes_on()).exists():
        return None
    request, _created = UpdateRequest.objects.get_or_create(round=update_round, person=person)
    if request.sent_at is None and address_of(person):
        request.sent_at = clock.now()
        request.save(update_fields=["sent_at"])
    return request
