# SPDX-License-Identifier: EUPL-1.2
"""Why a session has no place: the first condition that leaves nothing, and how far it falls short."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from talka.scheduling.solving.problem import Placed, Problem, Room, Session, moved, overlap


class Reason(StrEnum):
    """Why a session has no place."""

    NO_ROOM = "no_room"
    NO_SEATS = "no_seats"
    NO_ACCESS = "no_access"
    NO_ACCESSIBLE_SEATS = "no_accessible_seats"
    TOO_LONG = "too_long"
    AWAY = "away"
    GROUP_BUSY = "group_busy"
    ROOMS_TAKEN = "rooms_taken"
    ROOMS_SHARED = "rooms_shared"
    FULL = "full"


@dataclass(frozen=True)
class Unplaced:
    """A session without a place: why, who is away, the most seats there are."""

    session: int
    reason: Reason
    persons: tuple[int, ...] = ()
    seats: int | None = None


def why_unplaced(problem: Problem, session: Session, placed: Iterable[Placed]) -> Unplaced:
    """Say why a session has no place beside those that have one."""
    rooms = [room for room in problem.rooms if room.suits(session)]
    if not rooms:
        return _no_room(problem, session)
    starts = list(problem.starts(session.minutes))
    if not starts:
        return Unplaced(session.key, Reason.TOO_LONG)
    spans = [(start, moved(start, session.minutes)) for start in starts]
    absences = [away for away in problem.away if away.person in session.persons]
    free = [span for span in spans if not any(overlap(*span, away.starts, away.ends) for away in absences)]
    if not free:
        return Unplaced(session.key, Reason.AWAY, tuple(sorted({away.person for away in absences})))
    busy = [one for one in problem.standing if session.group in one.groups]
    free = [span for span in free if not any(overlap(*span, one.starts, one.ends) for one in busy)]
    if not free:
        return Unplaced(session.key, Reason.GROUP_BUSY)
    keys = {room.key for room in rooms}
    standing: list[tuple[int | None, datetime, datetime]] = [
        (one.room, one.starts, one.ends) for one in problem.standing if one.room in keys
    ]
    if _all_taken(problem, free, keys, standing):
        return Unplaced(session.key, Reason.ROOMS_TAKEN)
    sessions = {one.key: one for one in problem.sessions}
    others = [(one.room, one.starts, moved(one.starts, sessions[one.session].minutes)) for one in placed]
    if _all_taken(problem, free, keys, [*standing, *others]):
        return Unplaced(session.key, Reason.ROOMS_SHARED)
    return Unplaced(session.key, Reason.FULL)


def _no_room(problem: Problem, session: Session) -> Unplaced:
    if not problem.rooms:
        return Unplaced(session.key, Reason.NO_ROOM)
    accessible = [room for room in problem.rooms if room.accessible]
    if session.accessible and not accessible:
        return Unplaced(session.key, Reason.NO_ACCESS)
    if session.accessible and any(room.holds(session) for room in problem.rooms):
        return Unplaced(session.key, Reason.NO_ACCESSIBLE_SEATS, seats=_most(accessible))
    return Unplaced(session.key, Reason.NO_SEATS, seats=_most(problem.rooms))


def _most(rooms: Iterable[Room]) -> int:
    return max((room.seats or 0 for room in rooms), default=0)


def _all_taken(
    problem: Problem,
    spans: list[tuple[datetime, datetime]],
    rooms: set[int],
    taken: list[tuple[int | None, datetime, datetime]],
) -> bool:
    pause = problem.pause
    return all(
        any(room == one and overlap(starts, moved(ends, pause), begins, moved(until, pause)) for one, begins, until in taken)
        for room in rooms
        for starts, ends in spans
    )  # fmt: skip
