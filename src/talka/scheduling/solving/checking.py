# SPDX-License-Identifier: EUPL-1.2
"""What is wrong with a timetable, whoever made it: counted pair by pair from the words of the rules, knowing nothing of the solver."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import combinations

from talka.scheduling.solving.problem import Days, Placed, Problem, Session, Standing, moved, overlap, week_of


class Rule(StrEnum):
    """What a timetable can offend against: first what must not be, then what should not."""

    ROOM_TWICE = "room_twice"
    ROOM_TAKEN = "room_taken"
    GROUP_TWICE = "group_twice"
    GROUP_BUSY = "group_busy"
    AWAY = "away"
    SEATS = "seats"
    ACCESS = "access"
    HOURS = "hours"
    UNPLACED = "unplaced"
    PERSON_TWICE = "person_twice"
    NOT_EVENING = "not_evening"
    WEEK_TWICE = "week_twice"
    ROOM_CHANGE = "room_change"

    @property
    def is_hard(self) -> bool:
        """Say whether the solver never offends against it."""
        return self in HARD

    @property
    def blocks(self) -> bool:
        """Say whether it cannot be: two meetings in one room or of one group at the same time."""
        return self in {self.ROOM_TWICE, self.ROOM_TAKEN, self.GROUP_TWICE, self.GROUP_BUSY}


HARD = frozenset(list(Rule)[:8])


@dataclass(frozen=True)
class Trouble:
    """One thing that is wrong: the sessions it is about, the other meeting where there is one, and who cannot be at both."""

    rule: Rule
    sessions: tuple[int, ...]
    persons: tuple[int, ...] = ()
    standing: int | None = None
    """Its place among the standing meetings of the problem."""


@dataclass(frozen=True)
class _Held:
    session: Session
    placed: Placed
    ends: datetime

    @property
    def starts(self) -> datetime:
        return self.placed.starts

    def meets(self, other: "_Held | Standing", pause: int = 0) -> bool:
        return overlap(self.starts, moved(self.ends, pause), other.starts, moved(other.ends, pause))


def troubles_of(problem: Problem, placed: Iterable[Placed]) -> list[Trouble]:
    """Return everything that is wrong with a timetable, what must not be before what should not, each in order of time."""
    held = _held(problem, placed)
    there = {one.session.key for one in held}
    found = [Trouble(Rule.UNPLACED, (one.key,)) for one in problem.sessions if one.key not in there]
    for one in held:
        found += _alone(problem, one)
    for one, other in combinations(held, 2):
        found += _together(problem, one, other)
    found += _of_groups(problem, held)
    order = {one.session.key: number for number, one in enumerate(held)}
    rules = list(Rule)
    return sorted(found, key=lambda one: (rules.index(one.rule), order.get(one.sessions[0], -1)))


def _held(problem: Problem, placed: Iterable[Placed]) -> list[_Held]:
    sessions = {one.key: one for one in problem.sessions}
    held = [_Held(sessions[one.session], one, moved(one.starts, sessions[one.session].minutes)) for one in placed]
    return sorted(held, key=lambda one: (one.starts.timestamp(), one.session.key))


def _alone(problem: Problem, one: _Held) -> Iterator[Trouble]:
    key, session = (one.session.key,), one.session
    room = next((room for room in problem.rooms if room.key == one.placed.room), None)
    if room is not None and not room.holds(session):
        yield Trouble(Rule.SEATS, key)
    if room is not None and session.accessible and not room.accessible:
        yield Trouble(Rule.ACCESS, key)
    if not _in_hours(problem, one):
        yield Trouble(Rule.HOURS, key)
    if session.evening and one.starts.astimezone(problem.zone).time() < problem.evening_from:
        yield Trouble(Rule.NOT_EVENING, key)
    away = {
        away.person
        for away in problem.away
        if away.person in session.persons and overlap(one.starts, one.ends, away.starts, away.ends)
    }
    if away:
        yield Trouble(Rule.AWAY, key, tuple(sorted(away)))
    for number, standing in enumerate(problem.standing):
        if standing.room == one.placed.room and one.meets(standing, problem.pause):
            yield Trouble(Rule.ROOM_TAKEN, key, standing=number)
        if one.meets(standing):
            if session.group in standing.groups:
                yield Trouble(Rule.GROUP_BUSY, key, standing=number)
            else:
                both = tuple(sorted(session.persons & standing.persons))
                if both:
                    yield Trouble(Rule.PERSON_TWICE, key, both, number)


def _in_hours(problem: Problem, one: _Held) -> bool:
    starts, ends = one.starts.astimezone(problem.zone), one.ends.astimezone(problem.zone)
    return (
        starts.date() in problem.days
        and starts.date() == ends.date()
        and problem.opens <= starts.time()
        and ends.time() <= problem.closes
    )


def _together(problem: Problem, one: _Held, other: _Held) -> Iterator[Trouble]:
    keys = (one.session.key, other.session.key)
    if one.placed.room == other.placed.room and one.meets(other, problem.pause):
        yield Trouble(Rule.ROOM_TWICE, keys)
    if not one.meets(other):
        return
    if one.session.group == other.session.group:
        yield Trouble(Rule.GROUP_TWICE, keys)
        return
    both = tuple(sorted(one.session.persons & other.session.persons))
    if both:
        yield Trouble(Rule.PERSON_TWICE, keys, both)


def _of_groups(problem: Problem, held: Sequence[_Held]) -> Iterator[Trouble]:
    weeks: dict[tuple[int, int, int], list[int]] = defaultdict(list)
    rooms: dict[int, dict[int, int]] = defaultdict(dict)
    for one in held:
        group, key = one.session.group, one.session.key
        weeks[(group, *week_of(one.starts, problem.zone))].append(key)
        rooms[group].setdefault(one.placed.room, key)
    for keys in weeks.values():
        if len(keys) > 1:
            yield Trouble(Rule.WEEK_TWICE, tuple(keys))
    for found in rooms.values():
        if len(found) > 1:
            yield Trouble(Rule.ROOM_CHANGE, tuple(found.values()))


def cost_of(problem: Problem, placed: Iterable[Placed], *, unplaced: int) -> int:
    """Return what a timetable costs by the weights of the problem, ``unplaced`` for every session that has no place."""
    placed, weights, cost = list(placed), problem.weights, 0
    for trouble in troubles_of(problem, placed):
        if trouble.rule == Rule.UNPLACED:
            cost += unplaced
        elif trouble.rule == Rule.PERSON_TWICE:
            cost += weights.person_twice * len(trouble.persons)
        elif trouble.rule == Rule.NOT_EVENING:
            cost += weights.not_evening
        elif trouble.rule == Rule.WEEK_TWICE:
            cost += weights.week_twice * (len(trouble.sessions) - 1)
        elif trouble.rule == Rule.ROOM_CHANGE:
            cost += weights.room_change * (len(trouble.sessions) - 1)
    return cost + weights.days * cost_of_days(problem, placed)


def cost_of_days(problem: Problem, placed: Iterable[Placed]) -> int:
    """Return how unevenly sessions lie over the days, or on how many days they lie where few are wanted."""
    counts = Counter(one.starts.astimezone(problem.zone).date() for one in placed)
    if problem.liking == Days.COMPACT:
        return len(counts)
    return sum(max(0, number - problem.fair_share) for number in counts.values())
