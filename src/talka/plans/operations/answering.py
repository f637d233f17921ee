# SPDX-License-Identifier: EUPL-1.2
"""An owner says how several actions are going at once: by the form behind the link, signed in, or through the coordinator."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from talka.core import clock
from talka.directory.models import Person
from talka.plans.models import PlanNode, ProgressUpdate, UpdateRound
from talka.plans.operations.progress import Spent, report_money, update_progress


@dataclass(frozen=True)
class Answer:
    """How one action is going, and what was spent on it; an empty state says something of money alone."""

    node: PlanNode
    state: str = ""
    percent: int | None = None
    text: str = ""
    said_on: date | None = None
    money: tuple[Spent, ...] = ()


@transaction.atomic
def answer_round(
    answers: Iterable[Answer], *, by: Any, person: Person | None = None, in_round: UpdateRound | None = None,
    channel: str = ProgressUpdate.Channel.FORM,
) -> int:  # fmt: skip
    """Enter the answers of one person, all or none; return how many updates are new. The same form sent twice enters nothing twice."""
    number = 0
    for answer in answers:
        if answer.state and not _said_already(answer, person, in_round):
            update_progress(
                answer.node, state=answer.state, percent=answer.percent, text=answer.text, said_on=answer.said_on,
                person=person, channel=channel, in_round=in_round, by=by,
            )  # fmt: skip
            number += 1
        if answer.money:
            report_money(answer.node, lines=answer.money, by=by)
    return number


def _said_already(answer: Answer, person: Person | None, in_round: UpdateRound | None) -> bool:
    node = PlanNode.objects.select_for_update(of=("self",)).select_related("latest").get(pk=answer.node.pk)
    latest = node.latest
    if latest is None or latest.said_on != (answer.said_on or clock.today()):
        return False
    percent = 100 if answer.state == ProgressUpdate.State.DONE else answer.percent
    said = (latest.state, latest.percent, latest.text, latest.round_id, latest.person_id)
    return said == (
        answer.state, percent, answer.text, in_round.pk if in_round else None, person.pk if person else None
    )  # fmt: skip
