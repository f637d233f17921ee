# SPDX-License-Identifier: EUPL-1.2
"""A timetable adjusted by hand, and published."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Changed, Refused
from talka.core.permissions import authorize
from talka.directory.models import Place
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import call_meeting
from talka.scheduling.models import PlannedSession, Timetable
from talka.scheduling.operations.timetables import lock_open
from talka.scheduling.queries.timetables import asked_of
from talka.scheduling.solving.checking import troubles_of


class RoomNotChosen(Refused):
    message = gettext_lazy("This room is not among those of the timetable. Add it in the settings first.")


class NotPlaced(Refused):
    message = gettext_lazy("This session has no place yet, so it cannot stay there.")


class ClashesLeft(Refused):
    message = gettext_lazy(
        "Two meetings are in one room, or of one group, at the same time. Move one of them, then publish."
    )


class NothingToPublish(Refused):
    message = gettext_lazy("No session has a place yet. Let the timetable be sought, or place sessions by hand.")


def _lock(session: PlannedSession) -> PlannedSession:
    lock_open(session.wish.timetable)
    return PlannedSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


@transaction.atomic
def move_session(
    session: PlannedSession, *, starts_at: datetime, place: Place, by: User, pinned: bool = True, seen: str = ""
) -> None:
    """Put a session to another time or room; what clashes then is shown and is for people to weigh.

    ``seen`` is where the person saw it; elsewhere means that somebody, or the solver, was quicker.
    """
    timetable = session.wish.timetable
    authorize(by, "scheduling.move_session", timetable)
    stored = _lock(session)
    if seen and seen != stored.mark:
        raise Changed
    if not timetable.places.filter(pk=place.pk).exists():
        raise RoomNotChosen
    stored.starts_at, stored.place, stored.pinned = starts_at, place, pinned
    stored.save(update_fields=["starts_at", "place", "pinned"])
    record("scheduling.move_session", timetable, by=by, scope=timetable.process)


@transaction.atomic
def pin_session(session: PlannedSession, *, pinned: bool, by: User) -> None:
    """Let a session stay where it is when the rest is sought again, or release it."""
    timetable = session.wish.timetable
    authorize(by, "scheduling.pin_session", timetable)
    stored = _lock(session)
    if pinned and stored.starts_at is None:
        raise NotPlaced
    stored.pinned = pinned
    stored.save(update_fields=["pinned"])
    record("scheduling.pin_session", timetable, by=by, scope=timetable.process, pinned=pinned)


@transaction.atomic
def publish_timetable(timetable: Timetable, *, by: User, access: str = Meeting.Access.PUBLIC) -> list[Meeting]:
    """Call all meetings of a timetable in one step; sessions without a place are left out, absences are forgotten."""
    authorize(by, "scheduling.publish_timetable", timetable)
    stored = lock_open(timetable)
    asked = asked_of(stored)
    placed = asked.placed()
    if not placed:
        raise NothingToPublish
    if any(one.rule.blocks for one in troubles_of(asked.problem, placed)):
        raise ClashesLeft
    meetings = []
    for session in asked.sessions.values():
        starts_at = session.starts_at
        if starts_at is None:
            continue
        session.meeting = call_meeting(
            timetable.process, title=_title(session, timetable.process.language), by=by, groups=[session.wish.group],
            starts_at=starts_at, ends_at=starts_at + timedelta(minutes=session.wish.minutes), place=session.place,
            access=access,
        )  # fmt: skip
        session.save(update_fields=["meeting"])
        meetings.append(session.meeting)
    stored.absences.all().delete()
    stored.published_at, stored.published_by = clock.now(), by
    stored.save(update_fields=["published_at", "published_by"])
    record("scheduling.publish_timetable", stored, by=by, scope=timetable.process, meetings=len(meetings))
    return meetings


def _title(session: PlannedSession, language: str) -> str:
    """Name a meeting in the language of its process."""
    group, number = session.wish.group.name[:150], session.number
    with translation.override(language):
        if session.wish.sessions < 2:
            return _("Working group “%(name)s”") % {"name": group}
        return _("Working group “%(name)s”, session %(number)d") % {"name": group, "number": number}
