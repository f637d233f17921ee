# SPDX-License-Identifier: EUPL-1.2
"""Replies as people write them: what is clear, and what is left to a person."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talka.plans.reading_replies import Said, read_reply

CODES = ["R1.1.1.1", "R1.1.1.2", "I1.1.1.1"]


def one(text: str) -> Said:
    (said,) = read_reply(text, ["R1"])
    return said


@pytest.mark.parametrize(
    ("text", "state", "percent"),
    [
        ("Izpildīts.", "done", 100),
        ("izpildits", "done", 100),
        ("Ir pabeigta", "done", 100),
        ("Visi darbi paveikti!", "done", 100),
        ("Izpildīts 60 %", "under_way", 60),
        ("Izpildīti aptuveni 40 %.", "under_way", 40),
        ("60%", "under_way", 60),
        ("100 %", "done", 100),
        ("0 %", "not_started", 0),
        ("procesā", "under_way", None),
        ("Procesā, 25 procenti", "under_way", 25),
        ("Tiek īstenots", "under_way", None),
        ("tiek veikti darbi", "under_way", None),
        ("Īstenošana notiek", "under_way", None),
        ("Uzsākta", "under_way", None),
        ("Daļēji izpildīts", "under_way", None),
        ("Kavējas, jo iepirkums ir pārsūdzēts.", "under_way", None),
        ("Nav pabeigts, darbi turpinās.", "under_way", None),
        ("Nav uzsākts", "not_started", None),
        ("Vēl nav sākts, trūkst naudas.", "not_started", None),
        ("neuzsākta", "not_started", None),
        ("Atcelts", "dropped", None),
        ("Pārtraukta ar domes lēmumu.", "dropped", None),
        ("Netiks īstenots", "dropped", None),
        ("Done", "done", 100),
        ("In progress, 35 %", "under_way", 35),
        ("Not started yet", "not_started", None),
        ("Cancelled", "dropped", None),
    ],
)
def test_what_people_write_is_understood(text: str, state: str, percent: int | None) -> None:
    said = one(text)
    assert (said.doubt, said.state, said.percent) == ("", state, percent)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("Paldies par atgādinājumu!", "no_state"),
        ("Nav izpildīts", "no_state"),
        ("Plānots pabeigt 2027. gadā.", "no_state"),
        ("Tiks uzsākts pavasarī", "no_state"),
        ("Iepirkums pabeigts.", "no_state"),
        ("ERAF līdzfinansējums ir 85 %", "no_state"),
        ("Uzsākts 2024. gadā, pabeigts 2025. gadā", "two_states"),
        ("Izpildīts vai atcelts, neatceros", "two_states"),
        ("Izpildīts, ERAF līdzfinansējums 85 %", "wrong_percent"),
        ("Procesā, 150 %", "wrong_percent"),
    ],
)
def test_what_leaves_a_doubt_is_left_to_a_person(text: str, doubt: str) -> None:
    assert one(text).doubt == doubt


def test_the_first_sentence_says_how_it_is_going_and_the_rest_is_prose() -> None:
    said = one("Labdien!\nTiek īstenots. Iepirkums pabeigts, līgums noslēgts 12.03.2026. Darbus sāks maijā.")
    assert (said.state, said.text) == (
        "under_way",
        "Iepirkums pabeigts, līgums noslēgts 12.03.2026. Darbus sāks maijā.",
    )


def test_each_code_begins_what_is_said_of_it() -> None:
    text = """Labdien!

    R1.1.1.1: pabeigts
    Visas ielas apsekotas.

    • r1.1.1.2. – procesā, 25%
    „I1.1.1.1” atcelts
    """
    found = read_reply(text, CODES)
    assert [(said.code, said.state, said.percent) for said in found] == [
        ("R1.1.1.1", "done", 100), ("R1.1.1.2", "under_way", 25), ("I1.1.1.1", "dropped", None),
    ]  # fmt: skip
    assert found[0].text == "Visas ielas apsekotas."


def test_a_longer_code_is_not_taken_for_a_shorter_one() -> None:
    found = read_reply("R1.1.1.10 pabeigts\nR1.1.1.1 procesā", CODES)
    assert [(said.code, said.doubt or said.state) for said in found] == [
        ("", "unknown_code"),
        ("R1.1.1.1", "under_way"),
    ]


def test_a_code_with_a_dot_at_its_end_is_known_without_it() -> None:
    assert read_reply("1.4 pabeigts", ["1.4.", "1.5."])[0].code == "1.4."


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("Viss izpildīts!", ["no_code"]),
        ("R1.1.1.1 un R1.1.1.2 izpildīts", ["several_codes"]),
        ("R1.1.1.1 izpildīts\nR1.1.1.1 procesā", ["twice", "twice"]),
        ("Viss pārējais atcelts.\nR1.1.1.1 izpildīts", ["no_code", ""]),
        ("R7.1 izpildīts\nR1.1.1.1 izpildīts", ["unknown_code", ""]),
        ("R1.1.1.1\nR1.1.1.2 izpildīts", ["no_state", ""]),
    ],
)
def test_only_what_stands_behind_one_known_code_is_clear(text: str, doubts: list[str]) -> None:
    assert [said.doubt for said in read_reply(text, CODES)] == doubts


def test_one_action_without_a_code_needs_none() -> None:
    assert read_reply("Procesā 10 %", [""])[0] == Said("", "under_way", 10, "")


@given(st.text(max_size=400), st.lists(st.sampled_from([*CODES, ""]), unique=True, max_size=4))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_comes_is_read_without_an_error_and_says_nothing_of_others(text: str, codes: list[str]) -> None:
    for said in read_reply(text, codes):
        assert said.code in {*codes, ""}
        assert said.doubt or said.state in {"not_started", "under_way", "done", "dropped"}
        assert said.percent is None or 0 <= said.percent <= 100


@pytest.mark.parametrize("piece", ["nav ", "R1.1.1.1 ", "1.1", "tiek \n", "% 1 ", "(((", "procesā, ", "0 "])
def test_a_huge_reply_takes_no_long_time(piece: str) -> None:
    begun = time.perf_counter()
    read_reply(piece * 200_000, CODES)
    assert time.perf_counter() - begun < 5
