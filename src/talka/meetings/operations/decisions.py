# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.meetings.models import Decision, Meeting, Minutes
from talka.meetings.operations.calling import MeetingCancelled, MinutesLocked
from talka.plans.models import PlanNode
from talka.proposals.models import Proposal


class DecidedInFuture(Refused):
    message = _("A decision cannot have been taken after today.")


@transaction.atomic
def add_decision(
    meeting: Meeting,
    *,
    text: str,
    decided_on: date,
    by: User,
    number: str = "",
    proposals: Iterable[Proposal] = (),
    nodes: Iterable[PlanNode] = (),
) -> Decision:
    """Write down what a meeting decided, about which proposals, and what comes of it in plans."""
    authorize(by, "meetings.add_decision", meeting)
    if Meeting.objects.select_for_update().get(pk=meeting.pk).is_cancelled:
        raise MeetingCancelled
    if decided_on > clock.today():
        raise DecidedInFuture
    decision = Decision.objects.create(
        meeting=meeting, number=number, text=text, decided_on=decided_on, created_by=by, created_at=clock.now()
    )
    decision.proposals.set(proposals)
    decision.nodes.set(nodes)
    record("meetings.add_decision", decision, by=by, scope=meeting.process)
    return decision


def _check_open(decision: Decision) -> None:
    """Raise ``MinutesLocked`` for a decision that stands in approved minutes; they are not approved until this is done."""
    Meeting.objects.select_for_update().get(pk=decision.meeting_id)
    if (
        decision.item_id is not None
        and Minutes.objects.filter(meeting=decision.meeting_id, approved_at__isnull=False).exists()
    ):
        raise MinutesLocked


@transaction.atomic
def change_decision(
    decision: Decision,
    *,
    by: User,
    seen: str = "",
    proposals: Iterable[Proposal] | None = None,
    nodes: Iterable[PlanNode] | None = None,
    **fields: Any,
) -> None:
    """Change what was written down of a decision, or what it is linked to."""
    authorize(by, "meetings.change_decision", decision.meeting)
    _check_open(decision)
    stored = Decision.objects.select_for_update().get(pk=decision.pk)
    check_unchanged(stored, fields, seen)
    if fields.get("decided_on", stored.decided_on) > clock.today():
        raise DecidedInFuture
    changed = changed_names(stored, fields)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    if proposals is not None:
        stored.proposals.set(proposals)
    if nodes is not None:
        stored.nodes.set(nodes)
    record("meetings.change_decision", stored, by=by, scope=decision.meeting.process, fields=changed)


@transaction.atomic
def remove_decision(decision: Decision, *, by: User) -> None:
    """Remove what was written down by mistake."""
    authorize(by, "meetings.remove_decision", decision.meeting)
    _check_open(decision)
    record("meetings.remove_decision", decision, by=by, scope=decision.meeting.process)
    decision.delete()
