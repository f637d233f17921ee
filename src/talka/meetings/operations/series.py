# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.recurrence.rules import BadRule, Rule
from talka.core.working_days import WorkingDays
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting, MeetingQuerySet, Series
from talka.meetings.operations.calling import check_groups, touch_meeting
from talka.meetings.operations.telling import tell_cancelled, tell_change
from talka.meetings.recurring import Planned, moment_of, planned
from talka.processes.models import Process
from talka.proposals.models import MovedDay

HORIZON = timedelta(days=183)
"""How far ahead the meetings of a series without an end are made."""
MOST = 200
"""Meetings of one series that are made at once."""
COPIED = ("description", "remote_url", "remote_public", "remote_note", "help_note", "access")


class RuleUnreadable(Refused):
    message = _("The rule cannot be read at “%(part)s”.")


class SeriesEmpty(Refused):
    message = _("By this rule there would be no meeting at all. Check the first day, the end and the holidays.")


class SeriesEnded(Refused):
    message = _("This series has ended.")


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def times_of(series: Series, *, until: date | None = None) -> list[Planned]:
    """Return the times of a series up to a day; without one, half a year ahead of today or of its beginning."""
    first = timezone.localtime(series.starts_at, _zone())
    last = until or max(first.date(), clock.today()) + HORIZON
    try:
        rule = Rule.read(series.rule, zone=_zone())
    except BadRule as bad:
        raise RuleUnreadable(part=bad.part) from None
    if rule.freq not in {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}:
        raise RuleUnreadable(part=rule.freq)
    if until is None and (rule.count is not None or rule.until is not None):
        last = max(last, first.date() + timedelta(days=2 * 366))
    left_out = {date.fromisoformat(day) for day in series.left_out}
    found = planned(
        rule, first.replace(tzinfo=None), zone=_zone(), until=last,
        holidays=series.holidays, working_days=WorkingDays(dict(MovedDay.objects.values_list("day", "is_working"))), left_out=left_out,
    )  # fmt: skip
    return [one for _number, one in zip(range(MOST), found, strict=False)]


@transaction.atomic
def create_series(
    process: Process, *, title: str, rule: str, starts_at: datetime, by: User,
    groups: Sequence[WorkingGroup] = (), **fields: Any,
) -> Series:  # fmt: skip
    """Create a series and its meetings: all of them, or half a year of one without an end. ``fields`` are those of ``Series``."""
    authorize(by, "meetings.create_series", process)
    check_groups(process, groups, by)
    series = Series.objects.create(
        process=process, title=title, rule=rule, starts_at=starts_at, created_by=by, created_at=clock.now(), **fields
    )
    series.groups.set(groups)
    if not make_meetings(series):
        raise SeriesEmpty
    record("meetings.create_series", series, by=by, scope=process, rule=rule)
    return series


def make_meetings(series: Series) -> int:
    """Make the meetings of a series that are not there yet, those to come only; return how many. Twice makes none twice."""
    if series.ended_at is not None:
        return 0
    known = set(series.meetings.values_list("occurs_at", flat=True))
    groups = list(series.groups.all())
    shift = timedelta(minutes=series.shift_minutes)
    made = 0
    for one in times_of(series):
        if one.starts_at is None or one.occurs_at in known or one.starts_at < min(clock.now(), series.starts_at):
            continue
        starts_at = later(one.starts_at, shift)
        meeting = Meeting.objects.create(
            process=series.process, series=series, occurs_at=one.occurs_at, title=series.title,
            starts_at=starts_at, ends_at=starts_at + timedelta(minutes=series.minutes), place=series.place,
            created_by=series.created_by, created_at=clock.now(), changed_at=clock.now(),
            **{name: value for name, value in series.details.items() if name in COPIED},
        )  # fmt: skip
        meeting.groups.set(groups)
        made += 1
    return made


def later(moment: datetime, shift: timedelta) -> datetime:
    """Return a moment whose hour on the clock is later by ``shift``, also over the change of clocks."""
    return moment_of(timezone.localtime(moment, _zone()).replace(tzinfo=None) + shift, _zone())


def following(series: Series, since: datetime, *, apart: bool) -> MeetingQuerySet:
    """Return the meetings of a series from a moment on that are still ahead; those changed apart only where asked for."""
    ahead = Meeting.objects.filter(series=series, starts_at__gt=clock.now(), starts_at__gte=since)
    ahead = ahead.filter(cancelled_at__isnull=True)
    return (ahead if apart else ahead.filter(apart=False)).order_by("starts_at", "pk")


@transaction.atomic
def change_series(
    series: Series, *, by: User, since: datetime, apart: bool = False, shift: timedelta | None = None, **fields: Any
) -> int:
    """Change the meetings of a series from a moment on that are still ahead, and return how many.

    ``fields`` may be ``title``, ``place``, ``minutes``; ``shift`` moves the hour on the clock, also of meetings that are made
    later. What has been held never changes.
    """
    authorize(by, "meetings.change_series", series)
    series_now = Series.objects.select_for_update().get(pk=series.pk)
    if series_now.ended_at is not None:
        raise SeriesEnded
    number = 0
    for meeting in following(series_now, since, apart=apart):
        changes: dict[str, Any] = {name: fields[name] for name in ("title", "place") if name in fields}
        if meeting.starts_at is not None and (shift or "minutes" in fields):
            starts_at = later(meeting.starts_at, shift or timedelta())
            length = timedelta(minutes=fields["minutes"]) if "minutes" in fields else None
            length = length or ((meeting.ends_at or starts_at) - meeting.starts_at)
            changes |= {"starts_at": starts_at, "ends_at": starts_at + length if length else None}
        if changes:
            moved = changed_names(meeting, changes)
            touch_meeting(meeting, **changes)
            tell_change(meeting, moved)
            number += 1
    if shift:
        series_now.shift_minutes += round(shift.total_seconds() / 60)
    for name, value in fields.items():
        setattr(series_now, name, value)
    series_now.save(update_fields=["shift_minutes", *fields])
    record("meetings.change_series", series_now, by=by, scope=series.process, fields=sorted(fields), meetings=number)
    return number


@transaction.atomic
def end_series(series: Series, *, by: User, since: datetime, reason: str = "") -> int:
    """End a series: its meetings from a moment on are cancelled, or removed where nobody has been told of them yet.

    Return how many there were. What has been held, or changed apart, stays as it is.
    """
    authorize(by, "meetings.end_series", series)
    series_now = Series.objects.select_for_update().get(pk=series.pk)
    if series_now.ended_at is not None:
        raise SeriesEnded
    number = 0
    for meeting in following(series_now, since, apart=False):
        told = (
            meeting.agenda_sent_at
            or meeting.agenda_published_at
            or meeting.invitations.filter(sent_at__isnull=False).exists()
        )
        if told or meeting.papers.exists() or meeting.items.exists():
            touch_meeting(meeting, cancelled_at=clock.now(), cancelled_because=reason)
            tell_cancelled(meeting)
        else:
            meeting.delete()
        number += 1
    series_now.ended_at = clock.now()
    series_now.save(update_fields=["ended_at"])
    record("meetings.end_series", series_now, by=by, scope=series.process, reason=reason, meetings=number)
    return number


@transaction.atomic
def replace_series(series: Series, *, starts_at: datetime, by: User, reason: str = "", **fields: Any) -> Series:
    """Let a series go on by another rule: the old one ends on the first day of the new one. ``fields`` as for ``create_series``."""
    since = clock.day_begins(timezone.localtime(starts_at, _zone()).date())
    end_series(series, by=by, since=since, reason=reason)
    return create_series(series.process, starts_at=starts_at, by=by, **fields)


def prolong_series() -> int:
    """Make the meetings that have come within half a year, of every series that goes on; return how many."""
    number = 0
    for series in Series.objects.filter(ended_at__isnull=True).select_related("process"):
        with transaction.atomic():
            number += make_meetings(Series.objects.select_for_update().get(pk=series.pk))
    return number
