# SPDX-License-Identifier: EUPL-1.2
"""Keys of words: forms of one word share one, forms of different words do not; names are found in every case."""

import time
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from talka.core.words import asked_keys, keys_of, words_of
from talka.core.words import lexicon as lexicon

# Forms of one word a line, written by hand: nouns of the six declensions, adjectives, verbs of the three conjugations.
TOGETHER = ["", "skola skolas skolai skolu skolā skolām skolās", "iela ielas ielu ielā ielām", "bērns bērna bērnam bērnu bērni bērniem bērnos", "lācis lāča lācim lāci lāčiem lāčus", "brālis brāļa brālim brāļiem", "ūdens ūdeni ūdenī ūdeņi ūdeņu", "suns suņa sunim suņiem suņu", "tirgus tirgum tirgū tirgu", "lietus lietum lietū", "upe upes upei upju upēm upēs", "egle egles egļu eglēm", "māja mājas mājai māju mājās", "nakts naktī naktis nakšu naktīm", "zivs zivis zivju zivīm", "pils pilī pilis piļu", "ceļš ceļa ceļam ceļi ceļiem ceļos", "tilts tilta tiltam tilti tiltiem", "veloceliņš veloceliņa veloceliņu veloceliņi veloceliņiem", "apgaismojums apgaismojuma apgaismojumu apgaismojumā", "pieturā pietura pieturas pieturu pieturām", "liels liela lielam lielā lielāka lielākais vislielākais lielajiem lielās", "skaists skaista skaistu skaistākā skaistajām", "jauns jauna jaunam jaunākas jaunajiem", "tumšs tumša tumšu tumšajā tumšākas", "darīt daru dara darām darīja darīšu darītu nedarīja", "salabot salaboju salabos salabojiet nesalaboja", "iet eju iet ejam gāja iešu ejiet", "nest nesu nes nesa nesīs nesīšu", "remontēt remontē remontēja remontēs remontējiet", "prasīt prasa prasīja prasīs prasām", "mācīties mācos mācās mācījās mācīsies", "būvēt būvē būvēja būvēs būvētu", ""]  # fmt: skip
APART = [
    ("skola", "skolotājs"), ("iela", "ieva"), ("tilts", "tīkls"), ("māja", "māte"), ("bērns", "bērzs"), ("upe", "upene"),
    ("ceļš", "celiņš"), ("skola", "skolēns"), ("darīt", "darba"), ("sols", "sāls"), ("koks", "kokle"), ("sniegs", "sniedze"),
]  # fmt: skip

CASES = {
    "a": ("a", "as", "ai", "u", "ā"), "e": ("e", "es", "ei", "i", "ē"), "s": ("s", "a", "am", "u", "ā"), "š": ("š", "a", "am", "u", "ā"),
    "i": ("i", "u", "iem", "us", "os"), "as": ("as", "u", "ām", "as", "ās"), "es": ("es", "u", "ēm", "es", "ēs"), "us": ("us", "us", "um", "u", "ū"),
}  # fmt: skip
"""Endings of nominative, genitive, dative, accusative and locative, by the nominative."""

PLACES = [
    "Rīg|a", "Liepāj|a", "Jūrmal|a", "Jelgav|a", "Valmier|a", "Ogr|e", "Rēzekn|e", "Bausk|a", "Kuldīg|a", "Siguld|a", "Madon|a", "Valk|a",
    "Alūksn|e", "Gulben|e", "Krāslav|a", "Ludz|a", "Smilten|e", "Mārup|e", "Varakļān|i", "Līvān|i", "Preiļ|i", "Limbaž|i", "Tals|i", "Tukum|s",
    "Ādaž|i", "Ropaž|i", "Olain|e", "Ķekav|a", "Saulkrast|i", "Ilūkst|e", "Aizkraukl|e", "Balv|i", "Dobel|e", "Sald|us", "Jēkabpil|s", "Aknīst|e",
    "Viesīt|e", "Sal|a", "Kandav|a", "Dundag|a", "Roj|a", "Engur|e", "Skrund|a", "Aizput|e", "Grobiņ|a", "Nīc|a", "Rucav|a", "Pāvilost|a",
    "Durb|e", "Priekul|e", "Vaiņod|e", "Grīzup|e", "Karost|a", "Ezerkrast|s", "Zvejniekciem|s", "Lielvārd|e", "Ikšķil|e", "Ķegum|s", "Ērgļ|i", "Jaunpiebalg|a",
]  # fmt: skip
PEOPLE = [
    "Ann|a", "Ilz|e", "Kristīn|e", "Ines|e", "Mārtiņ|š", "Edgar|s", "Zan|e", "Laur|a", "Artūr|s", "Dac|e", "Normund|s", "Raimond|s", "Ilon|a", "Guntar|s",
    "Sandr|a", "Agnes|e", "Kārlin|e", "Rihard|s", "Gundeg|a", "Zigmārt|s", "Bērziņ|š", "Kalniņ|š", "Ozoliņ|š", "Ozol|s", "Liepiņ|š", "Janson|s", "Krūmiņ|š",
    "Krūmiņ|a", "Bērziņ|a", "Kalniņ|a", "Ozoliņ|a", "Ozol|a", "Liepiņ|a", "Vītol|s", "Vītoliņ|š", "Eglīt|e", "Zvaigzn|e", "Kārkliņ|š", "Balodīt|e", "Šmit|s",
    "Šmit|e", "Zariņ|a", "Ābol|s", "Ābol|a", "Vilciņ|š", "Grīnberg|s", "Grīnberg|a", "Vanag|s", "Siliņ|š", "Jēriņ|š", "Priedīt|e", "Apin|e", "Strautiņ|š",
]  # fmt: skip
SHIFTED = [
    "Jānis Jāņa Jānim Jāni Jānī", "Uldis Ulža Uldim Uldi Uldī", "Aldis Alda Aldim Aldi", "Lācis Lāča Lācim Lāci Lācī", "Zvirbulis Zvirbuļa Zvirbulim Zvirbulī",
    "Dreimanis Dreimaņa Dreimanim Dreimani",
    "Balodis Baloža Balodim Balodi", "Cēsis Cēsu Cēsīm Cēsīs", "Salaspils Salaspilij Salaspili Salaspilī", "Daugavpils Daugavpilij Daugavpilī", "Ventspils Ventspilī",
    "Krūze Krūzes Krūzem Krūzi", "Egle Egles Eglem Egli", "Strīķis Strīķa Strīķim", "Kuldīga Kuldīgai Kuldīgā", "Carnikava Carnikavas Carnikavā",
    "Inčukalns Inčukalna Inčukalnā", "Rāznas Rāznā Rāzna", "Suntaži Suntažu Suntažos", "Ulbroka Ulbrokā", "Stopiņi Stopiņos Stopiņu",
]  # fmt: skip
INDECLINABLE = ["Bordo", "Sigita", "Otto", "Hugo", "Tallinn", "Oslo", "Ivanenko", "Verdi"]


def cases(name: str) -> list[str]:
    """Decline a name whose stem does not change: ``Rīg|a``."""
    stem, ending = name.split("|")
    return [stem + one for one in CASES.get(ending, ("",))]


def shared(forms: list[str]) -> frozenset[str]:
    """Return the keys under which all the forms are kept."""
    return frozenset.intersection(*map(keys_of, forms))


@pytest.mark.parametrize("line", [line for line in TOGETHER if line])
def test_forms_of_a_word_share_a_key(line: str) -> None:
    assert shared(line.split())


@pytest.mark.parametrize(("first", "second"), APART)
def test_different_words_share_none(first: str, second: str) -> None:
    assert keys_of(first).isdisjoint(keys_of(second))


@pytest.mark.parametrize(
    "forms",
    [*map(cases, PLACES + PEOPLE), *[line.split() for line in SHIFTED], *[[name] for name in INDECLINABLE]],
    ids=lambda forms: forms[0],
)
def test_a_name_is_found_by_each_of_its_cases_in_each_of_its_cases(forms: list[str]) -> None:
    for kept in forms:
        for asked in forms:
            assert keys_of(kept) & asked_keys(asked)
            assert keys_of(kept) & asked_keys(asked.lower())


def test_a_word_that_is_typed_without_diacritics_finds_the_words_it_may_be() -> None:
    assert "bērns" in asked_keys("berniem")
    assert "jūrmala" in asked_keys("jurmalas")
    assert keys_of("berniem") == {"~bern"}


def test_numbers_signs_and_nothing_have_no_keys() -> None:
    assert keys_of("2027") == keys_of("39i") == keys_of("") == frozenset()
    assert [word.text for word in words_of(" – ! _ 5.–9. ")] == ["5", "9"]


def test_a_word_without_end_is_cut() -> None:
    assert len(next(words_of("ā" * 100_000)).text) == 60
    assert keys_of("x" * 100_000)


def test_a_missing_word_list_stops_with_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "FILE", Path("/nonexistent"))
    lexicon.lexicon.cache_clear()
    with pytest.raises(ImproperlyConfigured, match="make run"):
        lexicon.lexicon()
    monkeypatch.undo()
    assert lexicon.lexicon().words("skolas") == {"skola"}


def test_running_text_is_read_at_twenty_thousand_words_a_second() -> None:
    text = " ".join(line for line in TOGETHER * 40)
    keys_of.cache_clear()
    start = time.perf_counter()
    number = sum(bool(keys_of(word.text)) for word in words_of(text))
    assert number / (time.perf_counter() - start) > 20_000
