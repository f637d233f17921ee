# SPDX-License-Identifier: EUPL-1.2
"""The timetable as a model for OR-Tools CP-SAT.

Every session begins at one of its allowed minutes and takes one of the rooms that suit it: an optional interval in each, no two
at once in a room. What should not be costs by its weight; a session left out costs more than everything it could spoil. What is
pinned does not enter as a variable but takes its room and time away from the rest.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import combinations, pairwise
from typing import Any

from ortools.sat.python import cp_model

from talka.scheduling.solving.problem import Days, Placed, Problem, Session, Standing, monday, moved, overlap
from talka.scheduling.solving.reasons import Unplaced, why_unplaced

Told = Callable[[float, float, float], None]
"""Hears how many seconds went by, what the best timetable so far costs and what none can be cheaper than."""


@dataclass(frozen=True)
class Solution:
    """What was found: the places, what has none and why, its cost, and the bound below which no timetable can be."""

    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    cost: int
    bound: int
    seconds: float
    unplaced_cost: int

    @property
    def gap(self) -> float:
        """Return by what part of its cost the timetable might still become cheaper; 0 when it is the best there is."""
        return max(self.cost - self.bound, 0) / self.cost if self.cost else 0.0


@dataclass
class _Free:
    """A session that the solver is free to place."""

    session: Session
    starts: list[int]
    start: cp_model.IntVar
    present: cp_model.IntVar
    rooms: Mapping[int, cp_model.IntVar]
    days: dict[date, cp_model.IntVar] = field(default_factory=dict)


def solve(
    problem: Problem,
    *,
    seconds: float,
    seed: int = 1,
    workers: int = 2,
    hint: Iterable[Placed] = (),
    told: Told | None = None,
) -> Solution:
    """Find a timetable within so many seconds: the same one each time, where the best is found before they are over."""
    building = _Building(problem)
    building.build()
    building.hint(hint)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    solver.parameters.interleave_search = True
    solver.solve(building.model, _Listener(told) if told else None)
    placed = tuple(building.pinned + building.read(solver))
    there = {one.session for one in placed}
    missing = tuple(why_unplaced(problem, one, placed) for one in problem.sessions if one.key not in there)
    return Solution(
        placed, missing, round(solver.objective_value), round(solver.best_objective_bound), solver.wall_time,
        building.unplaced_cost,
    )  # fmt: skip


class _Listener(cp_model.CpSolverSolutionCallback):
    def __init__(self, told: Told) -> None:
        super().__init__()
        self.told = told

    def on_solution_callback(self) -> None:
        self.told(self.wall_time, self.objective_value, self.best_objective_bound)


class _Building:
    def __init__(self, problem: Problem) -> None:
        self.problem, self.weights = problem, problem.weights
        self.model = cp_model.CpModel()
        self.cost: list[cp_model.LinearExprT] = []
        sessions = {one.key: one for one in problem.sessions}
        self.pinned = [one.pinned for one in problem.sessions if one.pinned is not None]
        self.taken = list(problem.standing) + [
            Standing(
                one.starts, moved(one.starts, sessions[one.session].minutes), frozenset({sessions[one.session].group}),
                sessions[one.session].persons, one.room,
            )
            for one in self.pinned
        ]  # fmt: skip
        self.unplaced_cost = self._unplaced_cost()
        self.free: list[_Free] = []
        self.of_group: dict[int, list[_Free]] = defaultdict(list)
        self.pinned_of_group: dict[int, list[Placed]] = defaultdict(list)
        for one in self.pinned:
            self.pinned_of_group[sessions[one.session].group].append(one)
        self.group_of = {key: one.group for key, one in sessions.items()}

    def build(self) -> None:
        """Write down variables, rules and costs."""
        by_length = {one.minutes: list(self.problem.starts(one.minutes)) for one in self.problem.sessions}
        for session in self.problem.sessions:
            if session.pinned is None:
                self._add_session(session, by_length[session.minutes])
        self._rooms_once()
        self._groups_once()
        self._persons_once()
        self._evenings()
        self._days()
        self._weeks()
        self._room_changes()
        self.model.minimize(cp_model.LinearExpr.sum(self.cost))

    def _unplaced_cost(self) -> int:
        """Return more than what any one session can spoil."""
        weights, worst = self.weights, 0
        sits: Counter[int] = Counter()
        for persons in [one.persons for one in self.problem.sessions] + [one.persons for one in self.problem.standing]:
            sits.update(persons)
        for session in self.problem.sessions:
            worst = max(worst, sum(sits[person] - 1 for person in session.persons))
        return (
            1
            + weights.person_twice * worst
            + weights.not_evening
            + weights.week_twice
            + weights.room_change
            + weights.days
        )

    def _add_session(self, session: Session, starts: list[datetime]) -> None:
        blocked = [(one.starts, one.ends) for one in self.problem.away if one.person in session.persons]
        blocked += [(one.starts, one.ends) for one in self.taken if session.group in one.groups]
        allowed = [
            int(start.timestamp()) // 60
            for start in starts
            if not any(overlap(start, moved(start, session.minutes), *span) for span in blocked)
        ]
        suitable = [room.key for room in self.problem.rooms if room.suits(session)]
        if not allowed or not suitable:
            self.cost.append(self.unplaced_cost)
            return
        model, name = self.model, str(session.key)
        start = model.new_int_var_from_domain(cp_model.Domain.from_values(allowed), f"start {name}")
        present = model.new_bool_var(f"present {name}")
        rooms = {key: model.new_bool_var(f"room {name} {key}") for key in suitable}
        model.add(sum(rooms.values()) == present)
        self.cost.append(self.unplaced_cost * (1 - present))
        one = _Free(session, allowed, start, present, rooms)
        self.free.append(one)
        self.of_group[session.group].append(one)

    def _rooms_once(self) -> None:
        pause, model = self.problem.pause, self.model
        for room in self.problem.rooms:
            intervals = [
                model.new_optional_fixed_size_interval_var(
                    one.start, one.session.minutes + pause, one.rooms[room.key], f"in {one.session.key} {room.key}"
                )
                for one in self.free
                if room.key in one.rooms
            ]
            spans = [_span(one, pause) for one in self.taken if one.room == room.key]
            intervals += [model.new_fixed_size_interval_var(low, high - low, "taken") for low, high in _joined(spans)]
            model.add_no_overlap(intervals)

    def _groups_once(self) -> None:
        """A group is in one place at once; its sessions, being alike, come in the order of their numbers."""
        for free in self.of_group.values():
            for one, later in pairwise(free):
                self.model.add_implication(later.present, one.present)
                if one.session.minutes == later.session.minutes:
                    after = one.start + one.session.minutes
                    self.model.add(after <= later.start).only_enforce_if(later.present)
            if len({one.session.minutes for one in free}) > 1:
                self.model.add_no_overlap(
                    [
                        self.model.new_optional_fixed_size_interval_var(one.start, one.session.minutes, one.present, "")
                        for one in free
                    ]
                )

    def _persons_once(self) -> None:
        if not self.weights.person_twice:
            return
        for one, other in combinations(self.free, 2):
            both = len(one.session.persons & other.session.persons)
            if both and one.session.group != other.session.group:
                clash = self.model.new_bool_var("")
                before, after = self.model.new_bool_var(""), self.model.new_bool_var("")
                self.model.add(one.start + one.session.minutes <= other.start).only_enforce_if(before)
                self.model.add(other.start + other.session.minutes <= one.start).only_enforce_if(after)
                self.model.add_bool_or(before, after, clash, ~one.present, ~other.present)
                self.cost.append(self.weights.person_twice * both * clash)
        for one in self.free:
            for taken in self.taken:
                both = len(one.session.persons & taken.persons)
                if both and one.session.group not in taken.groups:
                    self._soft(one, _clear_of(one, taken), self.weights.person_twice * both)
        pinned = self.taken[len(self.problem.standing) :]
        known = [*combinations(pinned, 2), *((one, other) for one in pinned for other in self.problem.standing)]
        for fixed, held in known:
            if not fixed.groups & held.groups and overlap(fixed.starts, fixed.ends, held.starts, held.ends):
                self.cost.append(self.weights.person_twice * len(fixed.persons & held.persons))

    def _soft(self, one: _Free, good: list[int], cost: int) -> None:
        """Let a session cost so much where it begins at none of the good minutes."""
        if len(good) == len(one.starts) or not cost:
            return
        if not good:
            self.cost.append(cost * one.present)
            return
        bad = self.model.new_bool_var("")
        domain = cp_model.Domain.from_values(good)
        self.model.add_linear_expression_in_domain(one.start, domain).only_enforce_if([~bad, one.present])
        self.cost.append(cost * bad)

    def _evenings(self) -> None:
        for one in self.free:
            if one.session.evening:
                good = [minute for minute in one.starts if self._local(minute).time() >= self.problem.evening_from]
                self._soft(one, good, self.weights.not_evening)
        evening = {one.key for one in self.problem.sessions if one.evening}
        early = [one for one in self.pinned if one.session in evening and self._clock(one) < self.problem.evening_from]
        self.cost.append(self.weights.not_evening * len(early))

    def _clock(self, placed: Placed) -> time:
        return placed.starts.astimezone(self.problem.zone).time()

    def _local(self, minute: int) -> datetime:
        return datetime.fromtimestamp(minute * 60, tz=self.problem.zone)

    def _days(self) -> None:
        """Tie each session to its day, and count the sessions of each day."""
        for one in self.free:
            of_day: dict[date, list[int]] = defaultdict(list)
            for minute in one.starts:
                of_day[self._local(minute).date()].append(minute)
            for day, minutes in of_day.items():
                there = one.days[day] = self.model.new_bool_var("")
                domain = cp_model.Domain.from_values(minutes)
                self.model.add_linear_expression_in_domain(one.start, domain).only_enforce_if(there)
            self.model.add(sum(one.days.values()) == one.present)
        if not self.weights.days:
            return
        pinned = Counter(one.starts.astimezone(self.problem.zone).date() for one in self.pinned)
        for day in sorted({*self.problem.days, *pinned}):
            held = [one.days[day] for one in self.free if day in one.days]
            if self.problem.liking == Days.COMPACT:
                used = self.model.new_bool_var("")
                for literal in held:
                    self.model.add_implication(literal, used)
                self._capacity(day, used)
                self.cost.append(self.weights.days * (1 if pinned[day] else used))
            else:
                over = self.model.new_int_var(0, len(self.problem.sessions), "")
                self.model.add(over >= sum(held) + pinned[day] - self.problem.fair_share)
                self.cost.append(self.weights.days * over)

    def _capacity(self, day: date, used: cp_model.IntVar) -> None:
        """Say what follows but is hard to see: no day takes more minutes than its rooms have, so few days have a bound."""
        problem, pause = self.problem, self.problem.pause
        opens, closes = problem.moment(day, problem.opens), problem.moment(day, problem.closes)
        if opens is None or closes is None:
            return
        minutes = (int(closes.timestamp()) - int(opens.timestamp())) // 60
        longer = [(one.session.minutes + pause) * one.days[day] for one in self.free if day in one.days]
        self.model.add(sum(longer) <= len(problem.rooms) * (minutes + pause) * used)

    def _weeks(self) -> None:
        if not self.weights.week_twice:
            return
        for group in {one.group for one in self.problem.sessions}:
            of_week: dict[date, list[Any]] = defaultdict(list)
            for one in self.of_group[group]:
                for day, there in one.days.items():
                    of_week[monday(day)].append(there)
            for placed in self.pinned_of_group[group]:
                of_week[monday(placed.starts.astimezone(self.problem.zone).date())].append(1)
            if len(self.of_group[group]) + len(self.pinned_of_group[group]) > 1:
                for found in of_week.values():
                    self._more_than_one(found, self.weights.week_twice)

    def _more_than_one(self, found: list[Any], weight: int) -> None:
        over = self.model.new_int_var(0, len(self.problem.sessions), "")
        self.model.add(over >= sum(found) - 1)
        self.cost.append(weight * over)

    def _room_changes(self) -> None:
        if not self.weights.room_change:
            return
        for group in {one.group for one in self.problem.sessions}:
            free, pinned = self.of_group[group], {one.room for one in self.pinned_of_group[group]}
            if len(free) + len(self.pinned_of_group[group]) < 2:
                continue
            used: list[Any] = [1] * len(pinned)
            for room in sorted({key for one in free for key in one.rooms} - pinned):
                literal = self.model.new_bool_var("")
                for one in free:
                    if room in one.rooms:
                        self.model.add_implication(one.rooms[room], literal)
                used.append(literal)
            self._more_than_one(used, self.weights.room_change)

    def hint(self, placed: Iterable[Placed]) -> None:
        """Begin the search at an earlier timetable."""
        known = {one.session: one for one in placed}
        for one in self.free:
            before = known.get(one.session.key)
            if before is not None:
                self.model.add_hint(one.start, int(before.starts.timestamp()) // 60)
                for key, literal in one.rooms.items():
                    self.model.add_hint(literal, key == before.room)

    def read(self, solver: cp_model.CpSolver) -> list[Placed]:
        """Return where the solver put the sessions."""
        return [
            Placed(one.session.key, self._local(solver.value(one.start)), key)
            for one in self.free
            for key, literal in one.rooms.items()
            if solver.boolean_value(literal)
        ]


def _span(one: Standing, pause: int) -> tuple[int, int]:
    return int(one.starts.timestamp()) // 60, -(-int(one.ends.timestamp()) // 60) + pause


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join spans that overlap, for fixed intervals may not.

    >>> _joined([(5, 9), (1, 3), (2, 4)])
    [(1, 4), (5, 9)]
    """
    found: list[tuple[int, int]] = []
    for low, high in sorted(spans):
        if found and low <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], high)
        else:
            found.append((low, high))
    return found


def _clear_of(one: _Free, taken: Standing) -> list[int]:
    low, high = int(taken.starts.timestamp()) // 60, -(-int(taken.ends.timestamp()) // 60)
    return [minute for minute in one.starts if minute >= high or minute + one.session.minutes <= low]
