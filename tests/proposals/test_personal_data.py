# SPDX-License-Identifier: EUPL-1.2
"""What is taken for personal data in running text, and what is not."""

from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talka.proposals import personal_data
from talka.proposals.personal_data import bracketed, cover, find, name_forms, uncovered_place

FOUND = [
    ("Zvaniet 29123456.", "29123456", "phone"),
    ("Mans tālrunis: 2912-3456", "2912-3456", "phone"),
    ("tālr. 22 017 277, zvaniet", "22 017 277", "phone"),
    ("+371 26 123 456", "+371 26 123 456", "phone"),
    ("00371 63401234", "00371 63401234", "phone"),
    ("Zvaniet 22 000 000, lūdzu", "22 000 000", "phone"),
    ("Zvaniet 26123456 2 reizes dienā", "26123456", "phone"),
    ("No Anglijas: +44 20 7946 0958.", "+44 20 7946 0958", "phone"),
    ("Rakstiet anna.b@example.lv.", "anna.b@example.lv", "email"),
    ("uz „janis+2@pasts.example.lv”", "janis+2@pasts.example.lv", "email"),
    ("personas kods 161175-19997", "161175-19997", "code"),
    ("p.k. 16117519997", "16117519997", "code"),
    ("kods 321234-56789", "321234-56789", "code"),
    ("kods 32123456789", "32123456789", "code"),
    ("konts LV80BANK0000435195001", "LV80BANK0000435195001", "account"),
    ("konts LV80 BANK 0000 4351 9500 1 bankā", "LV80 BANK 0000 4351 9500 1", "account"),
    ("Mēs dzīvojam Lielajā ielā 5-12.", "Lielajā ielā 5-12", "address"),
    ("Raiņa bulvāris 7, dz. 3", "Raiņa bulvāris 7, dz. 3", "address"),
    ("Skolas iela 3 dzīvoklis 14", "Skolas iela 3 dzīvoklis 14", "address"),
    ("„Purmaļi”, Meldrāju pagasts", "„Purmaļi”, Meldrāju pagasts", "address"),
    ("Mani sauc Anna Bērziņa un es", "Anna Bērziņa", "name"),
    ("Ar cieņu\nJānis Kalns-Kalniņš", "Jānis Kalns-Kalniņš", "name"),
    ("Esmu Līga Ozola, trīs bērnu māte", "Līga Ozola", "name"),
    ("Mašīna AB-12 stāv uz ietves", "AB-12", "plate"),
    ("Uz ietves stāv HK-4321.", "HK-4321", "plate"),
]


@pytest.mark.parametrize(("text", "passage", "kind"), FOUND)
def test_it_is_found_whole(text: str, passage: str, kind: str) -> None:
    assert [(text[one.start : one.end], one.kind) for one in find(text)] == [(passage, kind)]


NOT_FOUND = [
    "Programma 2021-2027, stratēģija 2021 2027 un 2021.–2027. gadam.",
    "Iesniegts 24.11.2026., atbildēts 2026-11-24, plkst. 10.30–12.00.",
    "Izmaksas 25 000 000 EUR, no tām 21 250 300 eiro no fondiem.",
    "Tas maksās 22 500 000 kopā ar nodokļiem.",
    "Skatiet LP-31 un LP-1205; arī TP-7.",
    "SIA „Ceļi”, reģ. nr. 40003000642, un biedrība 50008012345.",
    "Kadastra apzīmējums 6401 007 0012 un 64010070012.",
    "Brīvības iela 7, Ilūkste, LV-5447; Rožu laukums 5/6, Liepāja, LV-3401.",
    "MK noteikumu Nr. 628 73. punkts, RV 1 un U1.1.1, VTP1.",
    "Pieturā „Meldrāji” gaidīja 140 cilvēki, 63 bērni 40 minūtēs.",
    "Valsts ceļš P73 un A13, 6,2 km, apmēram 1,1 miljons eiro.",
    "Zvaniet 112, 113 vai 8555.",
    "Koordinātas 56.6123456, 24.2812345.",
    "Rīgas iela 10 un Kalna iela 4, mājas no 5 līdz 12.",
    "Ar cieņu izturieties pret dabu. Es dzīvoju Talkā.",
    "Summa 26 500 300 EUR.",
    "Līgums Nr. 2026/12345678.",
]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_it_is_left_alone(text: str) -> None:
    assert [(text[one.start : one.end], one.kind) for one in find(text, prefixes=("LP", "TP"))] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Anna Bērziņa", "Prasiet Annai Bērziņai."), ("Jānis Bērziņš", "Satiku Jāni Bērziņu"), ("Andris Lācis", "pie Lāča"),
        ("Gatis Ozols", "Ozolam, Gatim to teicām"), ("Zenta Egle", "Zentas Egles sēta"), ("Jānis Briedis", "Jāņa Brieža māja"),
        ("Mikus", "ar Miku"), ("Aivars", "Aivaram"),
    ],
)  # fmt: skip
def test_the_authors_name_is_found_in_every_case(name: str, text: str) -> None:
    assert {one.kind for one in find(text, names=[name])} == {"name"}


def test_the_first_name_alone_and_common_words_are_not_a_name() -> None:
    assert find("Anna un ozols pie ozoliem, bērziņš.", names=["Anna Ozola", "Jānis Bērziņš"]) == []


TEXTS = st.text(max_size=400) | st.lists(
    st.sampled_from([*(text for text, _p, _k in FOUND), *NOT_FOUND, "2", "-", " ", "LV", "@", "[[", "]]", "\n", "“"]), max_size=12
).map("".join)  # fmt: skip


@given(text=TEXTS, names=st.lists(st.text(max_size=40), max_size=2))
def test_whatever_comes_it_finds_ranges_inside_the_text_in_order_and_none_twice(text: str, names: list[str]) -> None:
    found = find(text, names=names)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@given(text=TEXTS)
def test_places_of_the_covered_text_lead_back_to_the_text_before(text: str) -> None:
    found = find(text)
    covered = cover(text, found, mark := lambda kind: f"[{kind}]")
    if not found:
        assert covered == text
    for place in range(len(covered) + 1):
        start = uncovered_place(place, found, mark, is_end=False)
        assert 0 <= start <= uncovered_place(place, found, mark, is_end=True) <= len(text)
    assert uncovered_place(len(covered), found, mark, is_end=True) == len(text)


@given(text=TEXTS, first=st.integers(0, 60), length=st.integers(1, 20))
def test_what_is_bracketed_is_read_back_and_brackets_of_the_text_itself_do_no_harm(
    text: str, first: int, length: int
) -> None:
    start, end = min(first, len(text)), min(first + length, len(text))
    written = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
    if "[" not in text and "]" not in text:
        assert bracketed(text, written) == ([(start, end)] if end > start else [])
    bracketed(text, written)
    assert bracketed(text, text) == []


def test_forms_of_a_name_do_not_run_wild() -> None:
    assert all(len(name_forms(word)) < 20 for word in ("Ozols", "Anna", "Jānis", "Egle", "Mikus", "Bruno", "Li"))


def test_it_is_quick_on_the_longest_text_that_may_come() -> None:
    for piece in (
        "A" * 50,
        "Skolas iela " * 4,
        "2 0 " * 12,
        "LV80 BANK 0000 ",
        "Anna Anna ",
        "a.a.a@",
        "„Anna ",
        "+4 4 4 ",
    ):
        text = (piece * 20_000)[:20_000]
        began = perf_counter()
        find(text, names=["Anna Bērziņa"])
        assert perf_counter() - began < 1.5, piece


def test_every_kind_is_one_that_can_be_said() -> None:
    kinds = {"email", "phone", "code", "account", "address", "plate", "name", "other"}
    assert {getattr(personal_data, name.upper()) for name in kinds} == kinds
