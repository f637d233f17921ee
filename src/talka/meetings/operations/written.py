# SPDX-License-Identifier: EUPL-1.2
"""What a single field of minutes that are being written may hold, and how it is stored."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from talka.core import clock
from talka.core.local_time import HourSkipped, HourTwice, local_moment
from talka.core.text import clean_line, clean_text, whole_number
from talka.meetings.merging import merged
from talka.meetings.models import AgendaItem, Attendance, Minutes
from talka.meetings.queries.people import people_of

LONGEST = 50_000
PAST_MIDNIGHT = timedelta(hours=8)
"""How long a meeting may have lasted at most for its end to be taken for one on the next day."""


class WrongValue(ValueError):
    """A value that cannot be taken; holds a sentence for the person who typed it."""


@dataclass(frozen=True)
class Change:
    """A new value of a field, with the one it began from; the value of a row is a mapping of its parts."""

    value: Any
    base: str = ""


def write_field(minutes: Minutes, name: str, change: Change) -> None:
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
        _write_item(item_of(minutes, key), kind, value, change)
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
            hour = time.fromisoformat(value).replace(tzinfo=None)
        except ValueError as error:
            raise WrongValue(_("Write the hour like 13:05.")) from error
        day = minutes.meeting.first_day or clock.today()
        moment, began = _moment_on(day, hour), minutes.began_at
        if column == "ended_at" and began is not None and moment <= began:
            tomorrow = _moment_on(day + timedelta(days=1), hour)
            moment = tomorrow if tomorrow - began <= PAST_MIDNIGHT else moment
    setattr(minutes, column, moment)
    if minutes.began_at and minutes.ended_at and minutes.ended_at <= minutes.began_at:
        raise WrongValue(_("A meeting ends after it began."))
    minutes.save(update_fields=[column])


def _moment_on(day: date, hour: time) -> datetime:
    """Return when the clock shows an hour on a day; of one that comes twice the first time is meant."""
    try:
        return local_moment(day, hour, timezone.get_current_timezone())
    except HourSkipped as error:
        raise WrongValue(_("On that night this hour does not exist: clocks are put forward.")) from error
    except HourTwice:
        return timezone.make_aware(datetime.combine(day, hour))


def item_of(minutes: Minutes, key: str) -> AgendaItem:
    """Return an item of the meeting, locked; raise ``WrongValue`` where somebody has taken it off."""
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
