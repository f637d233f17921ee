# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a timetable and why something has no place, in the words of the language that is read now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from talka.core import clock, dates
from talka.core.reading import language
from talka.directory.models import Person
from talka.directory.wording import place_words
from talka.meetings.wording import when_words
from talka.scheduling.models import PlannedSession
from talka.scheduling.queries.timetables import Asked
from talka.scheduling.solving.checking import Rule, Trouble
from talka.scheduling.solving.problem import Placed, moved
from talka.scheduling.solving.reasons import Reason, Unplaced, why_unplaced


@dataclass(frozen=True)
class Said:
    """One thing in words: the session to move to mend it, and whether it hinders publishing."""

    text: str
    session: int
    blocks: bool = False
    is_hard: bool = False


class Words:
    """Says what troubles a timetable; names of people are asked for once."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.names: dict[int, str] = {}

    def _know(self, persons: Iterable[int]) -> None:
        wanted = set(persons) - self.names.keys()
        if wanted:
            self.names |= dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name"))

    def _people(self, persons: Iterable[int]) -> str:
        names = sorted(self.names.get(person, "–") for person in persons)
        if len(names) > 5:
            more = len(names) - 4
            return (
                ", ".join(names[:4])
                + " "
                + ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more}
            )
        return ", ".join(names)

    def reasons(self, placed: list[Placed]) -> list[Said]:
        """Say of every session without a place why it has none."""
        there = {one.session for one in placed}
        missing = [one for one in self.asked.problem.sessions if one.key not in there]
        found = [why_unplaced(self.asked.problem, one, placed) for one in missing]
        self._know(person for one in found for person in one.persons)
        return [Said(self._reason(one), one.session, is_hard=True) for one in found]

    def _reason(self, why: Unplaced) -> str:
        session = self.asked.sessions[why.session]
        people = next(one.people for one in self.asked.problem.sessions if one.key == why.session)
        facts = {"who": self._people(why.persons), "seats": why.seats or 0, "people": people}
        return f"{session_words(session)}: {_REASONS[why.reason]() % facts}"

    def troubles(self, troubles: Iterable[Trouble], placed: Iterable[Placed] = ()) -> list[Said]:
        """Say what is wrong; what has no place is said by ``reasons``. ``placed``: where sessions are thought to be."""
        wrong = [one for one in troubles if one.rule != Rule.UNPLACED]
        self._know(person for one in wrong for person in one.persons)
        where = {one.session: one for one in placed or self.asked.placed()}
        return [Said(self._trouble(one, where), one.sessions[-1], one.rule.blocks, one.rule.is_hard) for one in wrong]

    def _trouble(self, trouble: Trouble, where: dict[int, Placed]) -> str:
        sessions = [self.asked.sessions[key] for key in trouble.sessions]
        first = where[trouble.sessions[0]]
        meeting = self.asked.standing[trouble.standing] if trouble.standing is not None else None
        known = meeting is not None and meeting.process_id == sessions[0].wish.timetable.process_id
        other = session_words(sessions[-1])
        if meeting is not None:
            other = _quoted(meeting.title) if known else _("a meeting of somebody else")
            other = f"{other} ({when_words(meeting)})"
        place = self.asked.places.get(first.room)
        weeks = ", ".join(moment_words(where[key].starts) for key in trouble.sessions)
        rooms = "; ".join(self._room(where[key].room) for key in trouble.sessions)
        people = next(one.people for one in self.asked.problem.sessions if one.key == trouble.sessions[0])
        facts = {
            "one": session_words(sessions[0]), "other": other, "when": moment_words(first.starts),
            "who": self._people(trouble.persons), "weeks": weeks, "rooms": rooms, "room": self._room(first.room),
            "seats": (place.seats if place else None) or 0, "people": people,
        }  # fmt: skip
        return _TROUBLES[trouble.rule]() % facts

    def _room(self, key: int) -> str:
        place = self.asked.places.get(key)
        return place_words(place) if place is not None else "–"


def session_words(session: PlannedSession) -> str:
    """Name a session: its group, and which one of several."""
    group = session.wish.group.name
    if session.wish.sessions < 2:
        return _quoted(group)
    return _("“%(group)s”, session %(number)d") % {"group": group, "number": session.number}


def _quoted(name: str) -> str:
    return f"“{name}”" if language() == "en" else f"„{name}”"


def moment_words(moment: datetime) -> str:
    """Write a day with its weekday and the hour."""
    day = dates.day_and_weekday(moment.date(), language(), today=clock.today())
    at = " plkst. " if language() == "lv" else ", "
    return f"{day}{at}{dates.clock_time(moment, language())}"


def hours_of(placed: Placed, minutes: int) -> str:
    """Write from when to when a session is."""
    return dates.hours(placed.starts, moved(placed.starts, minutes), language())


_REASONS = {
    Reason.NO_ROOM: lambda: _("no room is chosen for this timetable."),
    Reason.NO_SEATS: lambda: _("no room has %(people)d seats; the largest has %(seats)d."),
    Reason.NO_ACCESS: lambda: _("no room is accessible by wheelchair."),
    Reason.NO_ACCESSIBLE_SEATS: lambda: _(
        "no accessible room has %(people)d seats; the largest accessible one has %(seats)d."
    ),
    Reason.TOO_LONG: lambda: _("there is no day with so many hours in a row. Allow more days or longer hours."),
    Reason.AWAY: lambda: _("those who are away leave no time that is allowed: %(who)s."),
    Reason.GROUP_BUSY: lambda: _("the group has other meetings at every time that is left."),
    Reason.ROOMS_TAKEN: lambda: _("rooms that would do are taken by other meetings at every time that is left."),
    Reason.ROOMS_SHARED: lambda: _("rooms that would do are taken by other groups at every time that is left."),
    Reason.FULL: lambda: _(
        "the search ended before a place was found, or other sessions of the group fill every time that is left. "
        "Search longer, or place it by hand."
    ),
}  # fmt: skip

_TROUBLES = {
    Rule.ROOM_TWICE: lambda: _("%(one)s and %(other)s are in one room at the same time, or without a pause between: %(room)s, %(when)s."),
    Rule.ROOM_TAKEN: lambda: _("%(one)s: the room %(room)s is taken by %(other)s."),
    Rule.GROUP_TWICE: lambda: _("%(one)s and %(other)s are at the same time: %(when)s."),
    Rule.GROUP_BUSY: lambda: _("%(one)s, %(when)s: the group has another meeting then, %(other)s."),
    Rule.AWAY: lambda: _("%(one)s, %(when)s: away then is %(who)s."),
    Rule.SEATS: lambda: _("%(one)s: %(people)d people are expected, the room %(room)s has %(seats)d seats."),
    Rule.ACCESS: lambda: _("%(one)s needs a room that is accessible by wheelchair; %(room)s is not."),
    Rule.HOURS: lambda: _("%(one)s, %(when)s, is outside of the days and hours that are allowed."),
    Rule.PERSON_TWICE: lambda: _("Two at the same time %(when)s, %(one)s and %(other)s, for: %(who)s."),
    Rule.NOT_EVENING: lambda: _("%(one)s should be in the evening, but is %(when)s."),
    Rule.WEEK_TWICE: lambda: _("%(one)s: the group meets more than once in a week: %(weeks)s."),
    Rule.ROOM_CHANGE: lambda: _("%(one)s: the group changes rooms: %(rooms)s."),
}  # fmt: skip
