# SPDX-License-Identifier: EUPL-1.2
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

from bench.timetable import made_up, measure_timetable
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talka.scheduling.solving.checking import Rule, cost_of, troubles_of
from talka.scheduling.solving.model import Solution, solve
from talka.scheduling.solving.problem import Away, Days, Placed, Problem, Room, Session, Standing, Weights, moved
from talka.scheduling.solving.reasons import Reason
from tests.scheduling.towns import RIGA, ilukste, liepaja, moment


def _solved(problem: Problem) -> Solution:
    found = solve(problem, seconds=20)
    assert not [one for one in troubles_of(problem, found.placed) if one.rule.is_hard]
    assert found.cost == cost_of(problem, found.placed, unplaced=found.unplaced_cost)
    assert found.bound <= found.cost
    return found


def test_five_sessions_of_two_days_find_their_hours_in_one_hall() -> None:
    found = _solved(ilukste())
    assert len(found.placed) == 5
    assert {one.starts.date() for one in found.placed} == {date(2020, 2, 12), date(2020, 2, 13)}
    assert troubles_of(ilukste(), found.placed) == []


def test_the_hours_that_were_announced_are_without_clash() -> None:
    announced = ("2020-02-12 13:00", "2020-02-12 16:00", "2020-02-13 09:00", "2020-02-13 12:30", "2020-02-13 15:30")
    placed = [Placed(key, moment(when), 1) for key, when in enumerate(announced, start=1)]
    assert troubles_of(ilukste(), placed) == []


def test_twelve_groups_find_their_hours_in_one_room() -> None:
    found = _solved(liepaja())
    assert len(found.placed) == 12
    assert found.cost == 0
    assert len({one.starts.date() for one in found.placed}) == 12


def test_compact_days_are_as_few_as_the_room_allows() -> None:
    found = _solved(replace(liepaja(), liking=Days.COMPACT))
    assert len({one.starts.date() for one in found.placed}) == 4
    assert found.gap == 0


def test_the_same_timetable_is_found_again() -> None:
    assert solve(liepaja(), seconds=20).placed == solve(liepaja(), seconds=20).placed


def test_what_is_pinned_stays_and_the_rest_goes_around_it() -> None:
    problem = liepaja()
    pinned = Placed(4, moment("2020-01-08 10:00"), 56)
    sessions = tuple(replace(one, pinned=pinned) if one.key == 4 else one for one in problem.sessions)
    found = _solved(replace(problem, sessions=sessions))
    assert pinned in found.placed
    assert len(found.placed) == 12


def test_two_that_are_pinned_at_once_do_not_hinder_the_rest() -> None:
    problem = liepaja()
    pins = {key: Placed(key, moment("2020-01-08 10:00"), 56) for key in (4, 5)}
    sessions = tuple(replace(one, pinned=pins.get(one.key)) for one in problem.sessions)
    found = solve(replace(problem, sessions=sessions), seconds=20)
    wrong = [one for one in troubles_of(problem, found.placed) if one.rule.is_hard]
    assert [(one.rule, one.sessions) for one in wrong] == [(Rule.ROOM_TWICE, (4, 5))]
    assert len(found.placed) == 12


def test_meetings_that_stand_already_take_room_group_and_people() -> None:
    problem = replace(ilukste(), days=(date(2020, 2, 12),))
    hall = Standing(moment("2020-02-12 09:00"), moment("2020-02-12 12:00"), room=1)
    theirs = Standing(moment("2020-02-12 13:00"), moment("2020-02-12 18:00"), groups=frozenset({2}))
    found = _solved(replace(problem, sessions=problem.sessions[1:2], standing=(hall, theirs)))
    assert [one.reason for one in found.unplaced] == [Reason.ROOMS_TAKEN]


def test_the_reason_names_the_condition_that_leaves_nothing() -> None:
    problem = replace(ilukste(), rooms=(Room(1, 20), Room(2, 10, accessible=True)))
    away = Away(7, moment("2020-02-01 00:00"), moment("2020-03-01 00:00"))
    busy = Standing(moment("2020-02-12 00:00"), moment("2020-02-14 00:00"), groups=frozenset({5}))
    sessions = (
        Session(1, 1, 120, people=80),
        Session(2, 2, 120, people=15, accessible=True),
        Session(3, 3, 600),
        Session(4, 4, 120, persons=frozenset({7})),
        Session(5, 5, 120),
        Session(6, 6, 120),
    )
    found = _solved(replace(problem, sessions=sessions, away=(away,), standing=(busy,)))
    assert {one.session: (one.reason, one.seats, one.persons) for one in found.unplaced} == {
        1: (Reason.NO_SEATS, 20, ()),
        2: (Reason.NO_ACCESSIBLE_SEATS, 10, ()),
        3: (Reason.TOO_LONG, None, ()),
        4: (Reason.AWAY, None, (7,)),
        5: (Reason.GROUP_BUSY, None, ()),
    }
    assert [one.session for one in found.placed] == [6]


def test_more_sessions_than_hours_leaves_out_as_few_as_it_can() -> None:
    problem = replace(ilukste(), days=(date(2020, 2, 12),))
    found = _solved(problem)
    assert len(found.placed) == 3
    assert {one.reason for one in found.unplaced} == {Reason.ROOMS_SHARED}


def test_hours_that_a_clock_change_skips_or_doubles_begin_nothing() -> None:
    for night in (date(2026, 3, 29), date(2026, 10, 25)):
        sessions = tuple(Session(key, 1, 60) for key in range(9))
        problem = Problem(
            RIGA, (night,), time(1), time(6), (Room(1),), sessions, step=30, weights=Weights(week_twice=0)
        )
        starts = [f"{one:%H:%M}" for one in problem.starts(60)]
        assert not {"03:00", "03:30"} & set(starts)
        found = _solved(problem)
        spans = sorted((one.starts.timestamp(), moved(one.starts, 60).timestamp()) for one in found.placed)
        assert all(later[0] >= one[1] for one, later in pairwise(spans))
        assert len(found.placed) == 4


def test_an_evening_is_kept_for_those_who_work() -> None:
    problem = replace(liepaja(4), closes=time(20))
    sessions = tuple(replace(one, evening=one.key < 3) for one in problem.sessions)
    found = _solved(replace(problem, sessions=sessions))
    assert all(one.starts.time() >= time(17) for one in found.placed if one.session < 3)
    assert found.cost == 0


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """A small town with everything in it that can go wrong, also around the night in which the clock is put forward."""
    first = date(2026, 3, 27)
    days = tuple(first + timedelta(days=number) for number in range(draw(st.integers(1, 4))))
    midnight = moment("2026-03-27 00:00")
    people = st.frozensets(st.integers(1, 6), max_size=3)
    span = st.tuples(st.integers(0, 4 * 24 * 60), st.integers(1, 24 * 60))
    rooms = tuple(
        Room(key, draw(st.one_of(st.none(), st.integers(1, 30))), draw(st.booleans()))
        for key in range(draw(st.integers(0, 2)))
    )
    sessions, key = [], 0
    for group in range(draw(st.integers(1, 3))):
        persons, minutes = draw(people), draw(st.sampled_from((60, 90, 150)))
        size, accessible, evening = draw(st.integers(0, 20)), draw(st.booleans()), draw(st.booleans())
        for _number in range(draw(st.integers(1, 2))):
            sessions.append(Session(key, group, minutes, size, accessible, evening, persons))
            key += 1
    away = draw(st.lists(st.tuples(st.integers(1, 6), span), max_size=2))
    stands = draw(
        st.lists(st.tuples(span, st.sets(st.integers(0, 2), max_size=1), people, st.integers(0, 2)), max_size=2)
    )
    return Problem(
        RIGA, days, time(draw(st.integers(0, 10))), time(draw(st.integers(12, 23))), rooms, tuple(sessions),
        tuple(Away(one, moved(midnight, begins), moved(midnight, begins + long)) for one, (begins, long) in away),
        tuple(
            Standing(moved(midnight, begins), moved(midnight, begins + long), frozenset(groups), persons, room)
            for (begins, long), groups, persons, room in stands
        ),
        step=draw(st.sampled_from((15, 30))), pause=draw(st.sampled_from((0, 15))),
        liking=draw(st.sampled_from(list(Days))),
    )  # fmt: skip


@given(problem=problems())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_comes_out_obeys_the_rules_and_costs_what_it_says(problem: Problem) -> None:
    found = _solved(problem)
    assert {one.session for one in found.placed} | {one.session for one in found.unplaced} == {
        one.key for one in problem.sessions
    }


def test_a_part_of_a_town_is_solved_as_the_bench_solves_it() -> None:
    found = measure_timetable(made_up(groups=12, people=120, rooms=6, weeks=2), seconds=30)
    assert not found.unplaced
    assert found.bound <= found.cost
