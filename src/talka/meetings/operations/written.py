# SPDX-License-Identifier: EUPL-1.2
"""What a single field or row of minutes that are being written may hold, and how it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from talka.accounts.models import User
from talka.core import clock
from talka.core.local_time import HourSkipped, HourTwice, local_moment
from talka.core.permissions import is_allowed
from talka.core.text import clean_line, clean_text, whole_number
from talka.meetings.merging import merged
from talka.meetings.models import AgendaItem, Attendance, Decision, GivenTask, Minutes
from talka.meetings.operations.agenda import add_item
from talka.meetings.queries.people import people_of
from talka.proposals.models import Outcome, Proposal, Recommendation
from talka.proposals.operations.answering import recommend_outcome
from talka.tasks.models import Task
from talka.tasks.operations.tasks import create_task

LONGEST = 50_000
MOST_VOTES = 10_000


class WrongValue(ValueError):
    """A value that cannot be taken; holds a sentence for the person who typed it."""


@dataclass(frozen=True)
class Change:
    """A new value of a field, with the one it began from; the value of a row is a mapping of its parts."""

    value: Any
    base: str = ""


def write_field(minutes: Minutes, name: str, change: Change, *, by: User) -> None:
    """Store one field; raise ``WrongValue`` for a name that is not known or a value that does not fit."""
    kind, _dot, key = name.partition(".")
    value = change.value if isinstance(change.value, str) else ""
    if kind in {"chair", "secretary"}:
        _write_who(minutes, kind, value)
    elif kind in {"began", "ended"}:
        _write_hour(minutes, f"{kind}_at", value)
    elif kind == "opening":
        minutes.opening = _together(change, minutes.opening)
        minutes.save(update_fields=["opening"])
    elif kind in {"notes", "outcome"}:
        _write_item(_item(minutes, key), kind, value, change)
    elif kind in {"mode", "instead"}:
        _write_attendance(minutes, key, kind, value)
    else:
        raise WrongValue(_("This part of the minutes is not known."))


def _together(change: Change, stored: str) -> str:
    """Return the text with what somebody else has written since."""
    text = merged(change.base.replace("\r\n", "\n"), stored, clean_text(change.value, strip=False))
    if len(text) > LONGEST:
        raise WrongValue(_("This text is too long; at most %(limit)d characters.") % {"limit": LONGEST})
    return text


def _write_who(minutes: Minutes, kind: str, value: str) -> None:
    person = people_of(minutes.meeting).filter(pk=whole_number(value) or 0).first() if value else None
    if value and person is None:
        raise WrongValue(_("Choose somebody from the list."))
    other = minutes.secretary_id if kind == "chair" else minutes.chair_id
    if person is not None and person.pk == other:
        raise WrongValue(_("One person cannot both chair the meeting and write its minutes."))
    setattr(minutes, kind, person)
    minutes.save(update_fields=[kind])


def _write_hour(minutes: Minutes, column: str, value: str) -> None:
    moment = None
    if value:
        try:
            hour = time.fromisoformat(value)
        except ValueError as error:
            raise WrongValue(_("Write the hour like 13:05.")) from error
        day = minutes.meeting.first_day or clock.today()
        try:
            moment = local_moment(day, hour.replace(tzinfo=None), timezone.get_current_timezone())
        except HourSkipped as error:
            raise WrongValue(_("On that night this hour does not exist: clocks are put forward.")) from error
        except HourTwice:
            moment = timezone.make_aware(datetime.combine(day, hour))
    setattr(minutes, column, moment)
    if minutes.began_at and minutes.ended_at and minutes.ended_at <= minutes.began_at:
        raise WrongValue(_("A meeting ends after it began."))
    minutes.save(update_fields=[column])


def _item(minutes: Minutes, key: str) -> AgendaItem:
    item = AgendaItem.objects.select_for_update(of=("self",)).filter(
        meeting=minutes.meeting_id, pk=whole_number(key) or 0
    ).first()  # fmt: skip
    if item is None:
        raise WrongValue(
            _("Somebody has taken this item off the agenda. What you wrote is kept here; copy it to another item.")
        )
    return item


def _write_item(item: AgendaItem, kind: str, value: str, change: Change) -> None:
    if kind == "notes":
        item.notes = _together(change, item.notes)
    elif value and value not in AgendaItem.Outcome.values:
        raise WrongValue(_("Choose one of the outcomes."))
    else:
        item.outcome = value
    item.save(update_fields=[kind])


def _write_attendance(minutes: Minutes, key: str, kind: str, value: str) -> None:
    row = Attendance.objects.select_for_update(of=("self",)).filter(
        meeting=minutes.meeting_id, pk=whole_number(key) or 0
    )
    attendance = row.first()
    if attendance is None:
        raise WrongValue(_("Somebody has removed this person from the list."))
    if kind == "instead":
        attendance.represented_by = clean_line(value)[:200]
        if attendance.represented_by:
            attendance.mode = Attendance.Mode.REPRESENTED
        elif attendance.mode == Attendance.Mode.REPRESENTED:
            attendance.mode = Attendance.Mode.ABSENT
    elif value not in Attendance.Mode.values:
        raise WrongValue(_("Choose how the person takes part."))
    elif value == Attendance.Mode.REPRESENTED and not attendance.represented_by:
        raise WrongValue(_("Write who represents this person."))
    else:
        attendance.mode = value
        if value != Attendance.Mode.REPRESENTED:
            attendance.represented_by = ""
    attendance.save(update_fields=["mode", "represented_by"])


# Rows: each is named by what it belongs to and by a key that the page made, so that sending it again changes nothing.


def write_row(minutes: Minutes, name: str, parts: Mapping[str, Any], *, by: User) -> None:
    """Store one row: a decision, a task, a recommendation, a guest, a new item; rows that are not complete yet are left."""
    kind, *keys = name.split(".")
    texts = {part: str(value) for part, value in parts.items()}
    if kind == "decision" and len(keys) == 2:
        _write_decision(_item(minutes, keys[0]), _uuid(keys[1]), texts, by)
    elif kind == "task" and len(keys) == 2:
        _give_task(minutes, _item(minutes, keys[0]), _uuid(keys[1]), texts, by)
    elif kind == "recommend" and len(keys) == 2:
        _recommend(_item(minutes, keys[0]), whole_number(keys[1]) or 0, texts, by)
    elif kind == "guest" and len(keys) == 1:
        _write_guest(minutes, _uuid(keys[0]), texts)
    elif kind == "new-item" and len(keys) == 1:
        _add_item(minutes, _uuid(keys[0]), texts, by)
    else:
        raise WrongValue(_("This part of the minutes is not known."))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise WrongValue(_("This part of the minutes is not known.")) from error


def _count(text: str) -> int | None:
    if not text.strip():
        return None
    number = whole_number(text.strip())
    if number is None or number > MOST_VOTES:
        raise WrongValue(_("Write votes as whole numbers."))
    return number


def _write_decision(item: AgendaItem, key: UUID, parts: Mapping[str, str], by: User) -> None:
    decision = Decision.objects.select_for_update(of=("self",)).filter(key=key, meeting=item.meeting_id).first()
    text = clean_text(parts.get("text", ""), strip=False)
    if decision is None and not text.strip():
        return
    if not text.strip():
        raise WrongValue(_("A decision needs words. To take it away, use “Remove”."))
    if len(text) > LONGEST:
        raise WrongValue(_("This text is too long; at most %(limit)d characters.") % {"limit": LONGEST})
    votes = {name: _count(parts.get(name, "")) for name in ("votes_for", "votes_against", "abstained")}
    cast = sum(number or 0 for number in votes.values())
    present = Attendance.objects.filter(meeting=item.meeting_id).exclude(mode__in=["absent", "apologised"]).count()
    if cast > present:
        raise WrongValue(
            _("%(cast)d votes, but only %(present)d people are marked as present.") % {"cast": cast, "present": present}
        )
    if decision is None:
        day = min(item.meeting.first_day or clock.today(), clock.today())
        decision = Decision.objects.create(
            meeting=item.meeting,
            item=item,
            key=key,
            text=text,
            decided_on=day,
            created_by=by,
            created_at=clock.now(),
            **votes,
        )
        decision.proposals.set(item.proposals.all())
        decision.nodes.set(item.nodes.all())
    else:
        decision.text = merged(parts.get("base", decision.text), decision.text, text)
        for column, number in votes.items():
            setattr(decision, column, number)
        decision.save(update_fields=["text", *votes])
    if item.outcome in {"", AgendaItem.Outcome.INFORMATION}:
        item.outcome = AgendaItem.Outcome.DECISION
        item.save(update_fields=["outcome"])


def _give_task(minutes: Minutes, item: AgendaItem, key: UUID, parts: Mapping[str, str], by: User) -> None:
    title = clean_line(parts.get("title", ""))[:300]
    given = GivenTask.objects.filter(key=key, item__meeting=minutes.meeting_id).first()
    if given is not None or not title:
        return
    owner = people_of(minutes.meeting).filter(pk=whole_number(parts.get("owner", "")) or 0).first()
    try:
        due_on = date.fromisoformat(parts.get("due", ""))
    except ValueError as error:
        raise WrongValue(_("A task needs its day: until when.")) from error
    if owner is None:
        raise WrongValue(_("A task needs one person who does it."))
    groups = list(minutes.meeting.groups.all())
    proposals = list(item.proposals.all()[:2])
    task: Task = create_task(
        minutes.meeting.process, title=title, owner=owner, due_on=due_on, by=by, group=groups[0] if groups else None,
        proposal=proposals[0] if len(proposals) == 1 else None,
    )  # fmt: skip
    GivenTask.objects.create(item=item, task=task, key=key)
    if not item.outcome or item.outcome == AgendaItem.Outcome.INFORMATION:
        item.outcome = AgendaItem.Outcome.TASK
        item.save(update_fields=["outcome"])


def _recommend(item: AgendaItem, pk: int, parts: Mapping[str, str], by: User) -> None:
    proposal = Proposal.objects.filter(agenda_items=item, pk=pk).first()
    outcome, reason = parts.get("outcome", ""), clean_text(parts.get("reason", ""))[:20_000]
    if proposal is None:
        raise WrongValue(_("This proposal is not on the agenda."))
    if not outcome or not reason:
        return
    if outcome not in Outcome.values:
        raise WrongValue(_("Choose one of the outcomes."))
    if not is_allowed(by, "proposals.recommend_outcome", proposal):
        raise WrongValue(_("Recommendations are entered by the lead of the group or the coordinator."))
    last = Recommendation.objects.filter(proposal=proposal).first()
    if last is not None and (last.outcome, last.reason) == (outcome, reason):
        return
    recommend_outcome(proposal, by=by, outcome=outcome, reason=reason, version=last.version if last else 0)


def _write_guest(minutes: Minutes, key: UUID, parts: Mapping[str, str]) -> None:
    name = clean_line(parts.get("name", ""))[:200]
    mode = parts.get("mode") or Attendance.Mode.ON_SITE
    if not name:
        return
    if mode not in Attendance.Mode.values or mode == Attendance.Mode.REPRESENTED:
        raise WrongValue(_("Choose how the person takes part."))
    last = Attendance.objects.filter(meeting=minutes.meeting_id).aggregate(last=Max("position"))["last"]
    Attendance.objects.update_or_create(
        key=key, meeting=minutes.meeting,
        defaults={"name": name, "represents": clean_line(parts.get("represents", ""))[:300], "mode": mode},
        create_defaults={"name": name, "represents": clean_line(parts.get("represents", ""))[:300], "mode": mode, "position": (last or 0) + 1},
    )  # fmt: skip


def _add_item(minutes: Minutes, key: UUID, parts: Mapping[str, str], by: User) -> None:
    title = clean_line(parts.get("title", ""))[:300]
    if title and not AgendaItem.objects.filter(key=key).exists():
        add_item(minutes.meeting, title=title, by=by, key=key)
