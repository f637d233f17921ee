# SPDX-License-Identifier: EUPL-1.2
"""How it is going: said on a day, by somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.plans.models import Level, Outlay, PlanNode, ProgressUpdate, State, UpdateRound
from talka.plans.signals import progressed


class NothingToUpdate(Refused):
    message = _("Only actions and investments have a progress; this is a part of the tree.")


class SaidInFuture(Refused):
    message = _("An update cannot be dated after today.")


class RetractedAlready(Refused):
    message = _("This update has been taken back already.")


@dataclass(frozen=True)
class Spent:
    """Money committed and spent from one source in one year, in EUR."""

    source: str
    year: int
    committed: Decimal
    spent: Decimal
    fund: str = ""


@transaction.atomic
def update_progress(
    node: PlanNode,
    *,
    state: str,
    by: Any,
    percent: int | None = None,
    text: str = "",
    said_on: date | None = None,
    person: Person | None = None,
    channel: str = ProgressUpdate.Channel.FORM,
    in_round: UpdateRound | None = None,
) -> ProgressUpdate:
    """Say how an action or investment is going. ``percent`` of what is done is 100. Earlier days may be entered later.

    ``by`` is a user, or an ``UpdateHolder`` (and then ``person`` says who that is).
    """
    authorize(by, "plans.update_progress", node)
    return enter_update(
        node, state=state, percent=percent, text=text, said_on=said_on, person=person or getattr(by, "person", None),
        entered_by=by if by.is_authenticated else None, channel=channel, in_round=in_round,
    )  # fmt: skip


def enter_update(
    node: PlanNode,
    *,
    state: str,
    percent: int | None,
    text: str,
    said_on: date | None,
    person: Person | None,
    entered_by: User | None,
    channel: str,
    in_round: UpdateRound | None = None,
    mail_key: str | None = None,
) -> ProgressUpdate:
    """Enter an update, whoever brought it, within the transaction of the operation that knows that they may; tell those above."""
    node = PlanNode.objects.select_for_update(of=("self",)).select_related("plan__process", "latest").get(pk=node.pk)
    if node.kind == Level.Kind.GROUP:
        raise NothingToUpdate
    said_on = said_on or clock.today()
    if said_on > clock.today():
        raise SaidInFuture
    update = ProgressUpdate.objects.create(
        node=node, state=state, percent=100 if state == State.DONE else percent, text=text, said_on=said_on,
        person=person, entered_by=entered_by, channel=channel, round=in_round, mail_key=mail_key, entered_at=clock.now(),
    )  # fmt: skip
    record("plans.update_progress", node, by=entered_by, scope=node.plan.process, state=state, day=str(said_on))
    renew_latest(node)
    return update


def renew_latest(node: PlanNode) -> None:
    """Let the latest update that holds say how a locked node is going, and tell those above when its state has become another."""
    before, latest = node.latest, node.updates.filter(retracted_at__isnull=True).order_by("-said_on", "-pk").first()
    if before == latest:
        return
    node.latest = latest
    node.save(update_fields=["latest"])
    was = before.state if before is not None else None
    if latest is not None and latest.state != (was or State.NOT_STARTED):
        progressed.send(sender=PlanNode, node=node, update=latest, before=was)


@transaction.atomic
def report_money(node: PlanNode, *, lines: Iterable[Spent], by: Any) -> None:
    """Say how much has been committed and spent on a node; lines replace what was said of the same source and year."""
    authorize(by, "plans.report_money", node)
    node = PlanNode.objects.select_for_update(of=("self",)).get(pk=node.pk)
    if node.kind == Level.Kind.GROUP:
        raise NothingToUpdate
    for line in lines:
        Outlay.objects.update_or_create(
            node=node, source=line.source, fund=line.fund, year=line.year,
            defaults={"committed": line.committed, "spent": line.spent, "reported_at": clock.now(),
                      "reported_by": by if by.is_authenticated else None},
        )  # fmt: skip
    record("plans.report_money", node, by=by, scope=node.plan.process)


@transaction.atomic
def retract_update(update: ProgressUpdate, *, reason: str, by: User) -> None:
    """Take back an update that was wrong, saying why: it stays readable, marked, and the one before it holds again."""
    authorize(by, "plans.retract_update", update)
    node = (
        PlanNode.objects.select_for_update(of=("self",))
        .select_related("plan__process", "latest")
        .get(pk=update.node_id)
    )
    stored = ProgressUpdate.objects.select_for_update(of=("self",)).get(pk=update.pk)
    if stored.retracted_at is not None:
        raise RetractedAlready
    stored.retracted_at, stored.retracted_because = clock.now(), reason
    stored.save(update_fields=["retracted_at", "retracted_because"])
    record("plans.retract_update", node, by=by, scope=node.plan.process, reason=reason, day=str(stored.said_on))
    renew_latest(node)
