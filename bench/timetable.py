# SPDX-License-Identifier: EUPL-1.2
"""A timetable of 60 groups with 600 people in 12 rooms within four weeks: seconds, what it costs, and what none can be cheaper than."""

import random
import time
from datetime import date, timedelta
from datetime import time as Hour  # noqa: N812
from zoneinfo import ZoneInfo

from bench.figures import report
from talka.scheduling.solving.checking import cost_of, troubles_of
from talka.scheduling.solving.model import Solution, solve
from talka.scheduling.solving.problem import Away, Problem, Room, Session, moved

SEED = 4021
SEATS = (12, 16, 20, 20, 24, 24, 30, 30, 40, 50, 80, 120)


def made_up(*, groups: int, people: int, rooms: int, weeks: int, sessions: int = 2) -> Problem:
    """Make up a town: every fifth person sits in two to four groups, a third of the groups are of residents, some leads are away."""
    chance = random.Random(SEED)
    zone, first = ZoneInfo("Europe/Riga"), date(2027, 2, 1)
    days = tuple(first + timedelta(days=number) for number in range(weeks * 7) if number % 7 < 5)
    sits: list[set[int]] = [set() for _group in range(groups)]
    for person in range(people):
        number = chance.choice((2, 2, 2, 3, 3, 4)) if chance.random() < 0.2 else 1
        for group in chance.sample(range(groups), min(number, groups)):
            sits[group].add(person)
    wanted = [
        Session(
            group * 10 + number, group, (90, 120, 120, 180)[group % 4], people=len(sits[group]) + chance.randrange(12),
            accessible=group % 3 == 0, evening=group % 3 == 1, persons=frozenset(sits[group]),
        )
        for group in range(groups)
        for number in range(sessions)
    ]  # fmt: skip
    problem = Problem(
        zone, days, Hour(9), Hour(20),
        tuple(Room(key, SEATS[key], accessible=key % 2 == 1) for key in range(len(SEATS) - rooms, len(SEATS))),
        tuple(wanted), step=30, pause=15,
    )  # fmt: skip
    away = []
    for members in sits[::2]:
        begins = problem.moment(chance.choice(days), Hour(0))
        assert begins is not None
        away.append(Away(min(members), begins, moved(begins, 60 * 24 * chance.randrange(1, 5))))
    return Problem(**{**problem.__dict__, "away": tuple(away)})


def measure_timetable(problem: Problem, *, seconds: float) -> Solution:
    """Solve and report; everything is counted again by who did not make it."""
    begun = time.perf_counter()
    found = solve(problem, seconds=seconds)
    took = time.perf_counter() - begun
    name = f"timetable, {len(problem.sessions)} sessions in {len(problem.rooms)} rooms"
    report(f"{name}: seconds", took, "s", at_most=seconds)
    report(f"{name}: sessions without a place", len(found.unplaced), "", at_most=0)
    report(
        f"{name}: rules offended", sum(one.rule.is_hard for one in troubles_of(problem, found.placed)), "", at_most=0
    )
    report(f"{name}: costs", found.cost, "")
    report(f"{name}: counted again", cost_of(problem, found.placed, unplaced=found.unplaced_cost), "")
    report(f"{name}: bound", found.bound, "")
    report(f"{name}: gap", found.gap * 100, "%")
    return found


def measure() -> None:
    """Report the whole town: 60 groups that meet twice, 600 people, 12 rooms, four weeks."""
    measure_timetable(made_up(groups=60, people=600, rooms=12, weeks=4), seconds=60)
