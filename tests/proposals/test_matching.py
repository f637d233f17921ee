# SPDX-License-Identifier: EUPL-1.2
"""The search of proposals: which forms of which words find what."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talka.core.words import VERSION
from talka.processes.models import Process
from talka.proposals import tasks
from talka.proposals.models import Proposal, WordCount
from talka.proposals.models import matching as module
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.receiving import correct_proposal
from talka.proposals.operations.searching import count_words, keep_words

Make = Callable[..., Proposal]


def found(words: str) -> set[str]:
    """Return the titles that a search finds."""
    return {proposal.title for proposal in Proposal.objects.matching(words)}


@pytest.mark.parametrize("words", ["skola", "skolā", "skolām", "Skolas", "SKOLU", "skol", "skolam"])
def test_every_form_of_a_word_finds_every_other(make_proposal: Make, words: str) -> None:
    make_proposal("Mazajām skolām vajag autobusu.", title="Autobuss")
    make_proposal("Siena pie baseina.", title="Siena")
    assert found(words) == {"Autobuss"}


def test_diacritics_do_not_matter_on_either_side(make_proposal: Make) -> None:
    make_proposal("Kāpas Jūrmalā.", title="Kāpas")
    make_proposal("Ludzu berniem laukumu Jurmala", title="bez zīmēm")
    assert found("jurmala") == found("Jūrmalas") == {"Kāpas", "bez zīmēm"}
    assert found("bērnu") == {"bez zīmēm"}


@pytest.mark.parametrize("words", ["Grīzupes iela", "grizupe", "Grīzupē", "Grīzupju", "GRĪZUPI"])
def test_a_name_that_no_dictionary_knows_is_found_in_every_case(make_proposal: Make, words: str) -> None:
    make_proposal("Bedres Grīzupes ielā.", title="Bedres")
    assert found(words) == {"Bedres"}


def test_the_last_word_finds_what_begins_like_it_and_the_others_whole_words(make_proposal: Make) -> None:
    make_proposal("Veloceliņš gar upi", title="Celiņš")
    assert found("velocel") == found("upe velocel") == {"Celiņš"}
    assert found("velocel upe") == set()
    assert found("eloceliņš") == set()


def test_all_words_must_be_there_quotes_keep_their_order_and_a_minus_leaves_out(make_proposal: Make) -> None:
    make_proposal("Liepu iela pie tilta.", title="A")
    make_proposal("Tilts, kur iela beidzas, un liepas.", title="B")
    assert found("liepa iela") == {"A", "B"}
    assert found('"Liepu iela"') == {"A"}
    assert found("„liepu ielā”") == {"A"}
    assert found("iela -beigties") == {"A"}
    assert found('-"liepu iela"') == {"B"}
    assert found("-iela") == set()


def test_a_phrase_does_not_run_from_the_title_into_the_text(make_proposal: Make) -> None:
    make_proposal("Iela ir tumša.", title="Liepu")
    assert found('"Liepu iela"') == set()


def test_a_register_number_finds_its_proposal(make_proposal: Make) -> None:
    proposal = make_proposal("Soliņš", title="Soliņš")
    assert found(proposal.reference) == found(str(proposal.number)) == {"Soliņš"}


def test_russian_and_english_words_are_found_in_their_forms(make_proposal: Make) -> None:
    make_proposal("Нужна новая детская площадка возле библиотеки", title="ru")
    make_proposal("Please repair the playgrounds.", title="en")
    assert found("детскую площадку") == found("библиотека") == {"ru"}
    assert found("playground") == {"en"}


def test_the_author_is_never_found_by_words(make_proposal: Make) -> None:
    make_proposal("Soliņš", sender=Sender(name="Zebiekste Ābola"))
    assert found("Zebiekste") == set()


def test_a_correction_is_found_by_its_words_at_once(make_proposal: Make, carol: Any) -> None:
    proposal = make_proposal("Soliņš", title="Soliņš")
    correct_proposal(
        proposal,
        by=carol,
        title="Gājēju pāreja",
        text="Pāreja.",
        topic=None,
        area=None,
        place_text="Valmierā",
        reason="x",
    )
    assert found("pārejas") == found("Valmiera") == {"Gājēju pāreja"}
    assert found("soliņš") == set()


def test_what_is_written_without_its_words_is_found_by_its_forms_and_gets_its_keys_from_the_job(
    make_proposal: Make,
) -> None:
    proposal = make_proposal("Soliņš", title="Soliņš")
    assert Proposal.objects.get(pk=proposal.pk).keys_version == VERSION
    Proposal.objects.filter(pk=proposal.pk).update(text="Jaunām skolām", title="Skolas")
    assert Proposal.objects.get(pk=proposal.pk).keys_version == 0
    assert found("skolām") == {"Skolas"}
    assert found("jaunas") == set()
    assert keep_words() == 1
    assert keep_words() == 0
    assert found("jauna skolā") == {"Skolas"}


def test_a_text_without_words_is_kept_once(make_proposal: Make) -> None:
    make_proposal("!!!", title="?!")
    Proposal.objects.update(keys_version=0)
    assert keep_words() == 1
    assert keep_words() == 0


def test_of_very_many_the_newest_are_shown_and_a_whole_list_has_all(
    make_proposal: Make, process: Process, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    for number in range(12):
        make_proposal("Salabojiet ielu pie tilta", title=f"{number}", public=True)
    make_proposal("Iela bez nosaukuma", title="reta", public=True)
    monkeypatch.setattr(module, "MANY", 3)
    monkeypatch.setattr(module, "MOST_FOUND", 5)
    count_words()
    caches["local"].clear()
    assert WordCount.objects.get(pk="=iela").number == 13
    assert found("iela tilts") == {str(number) for number in range(12)}  # all lie in one stretch
    monkeypatch.setattr(module, "newest_stretches", lambda _last, _least: ["('#0:0')"])
    assert found("iela tilts") == {"11", "10", "9", "8", "7"}
    assert len(Proposal.objects.matching("iela tilts", whole=True)) == 12
    assert found("iela nosaukums") == {"reta"}
    assert len(client.get("/lv/proposals/export/?q=iela").content.decode().splitlines()) == 14
    monkeypatch.setattr(module, "MOST_FOUND", 50)
    assert len(found("ielas tilt")) == 12


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60) | st.text(alphabet="\"-'\\:*&|!()<>„” aāš1\x00", max_size=30))
def test_no_search_is_an_error(db: None, words: str) -> None:
    assert list(Proposal.objects.matching(words)) == []


def test_a_search_uses_the_index(make_proposal: Make) -> None:
    make_proposal("Soliņš")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN SELECT id FROM proposals_proposal WHERE search @@ '''=soliņš'''::tsquery")
        assert "proposals_search" in "".join(row[0] for row in cursor.fetchall())


def test_the_jobs_give_keys_and_count(make_proposal: Make) -> None:
    for _number in range(3):
        make_proposal("Soliņš pie upes")
    Proposal.objects.update(keys_version=0)
    tasks.keep_words_of_proposals(0)
    tasks.count_words_of_proposals(0)
    assert set(Proposal.objects.values_list("keys_version", flat=True)) == {VERSION}
    assert WordCount.objects.get(pk="=upe").number == WordCount.objects.get(pk=".").number == 3


def test_what_was_found_is_marked_in_the_list_and_the_register(
    process: Process, make_proposal: Make, carol: Any, sign_in: Any, client: Client
) -> None:
    make_proposal("Pirmā rinda. " * 30 + "Tad <b>Ķekavā</b> pie skolām.", title="Skolas & citi", public=True)
    for page in (
        client.get(f"/lv/p/{process.slug}/proposals/?q=skola+kekava&sort=best"),
        client.get("/lv/search/?q=skola+kekava"),
        sign_in(carol).get(f"/lv/workspace/p/{process.slug}/register/?q=skola+kekava"),
    ):
        content = page.content.decode()
        assert "<mark>Skolas</mark> &amp; citi" in content
        assert "&lt;b&gt;<mark>Ķekavā</mark>&lt;/b&gt; pie <mark>skolām</mark>" in content


def test_the_best_match_comes_first_where_it_is_asked_for(
    process: Process, make_proposal: Make, client: Client
) -> None:
    make_proposal("Tilts.", title="Tilts", public=True)
    make_proposal("Gara runa par visu ko, arī par to, ka tilts ir vecs.", title="Vēl", public=True)

    def order(address: str) -> list[str]:
        return [proposal.title for proposal in client.get(address).context["page"]]

    assert order(f"/lv/p/{process.slug}/proposals/?q=tilts") == ["Vēl", "Tilts"]
    assert order(f"/lv/p/{process.slug}/proposals/?q=tilts&sort=best") == ["Tilts", "Vēl"]
    assert order(f"/lv/p/{process.slug}/proposals/?sort=best") == ["Vēl", "Tilts"]
    rows = client.get("/api/proposals?q=tilti&sort=best").json()["items"]
    assert [row["title"] for row in rows] == ["Tilts", "Vēl"]


def test_more_found_than_a_list_counts_is_said(
    process: Process, make_proposal: Make, carol: Any, sign_in: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(4):
        make_proposal("Tilts", public=True)
    monkeypatch.setattr("talka.proposals.queries.lists.MOST_COUNTED", 3)
    assert "Vairāk nekā 3" in client.get(f"/lv/p/{process.slug}/proposals/?q=tilts").content.decode()
    register = sign_in(carol).get(f"/lv/workspace/p/{process.slug}/register/?q=tilts").content.decode()
    assert "Vairāk nekā 3 ierakstu" in register


def test_the_register_finds_authors_by_beginnings_of_their_names_for_those_who_keep_it(
    process: Process, make_proposal: Make, carol: Any, leo: Any, sign_in: Any
) -> None:
    make_proposal("Soliņš", title="Soliņš", sender=Sender(name="Zebiekste Ābola"))
    address = f"/lv/workspace/p/{process.slug}/register/?q="
    assert "Soliņš" in sign_in(carol).get(f"{address}abol+zeb").content.decode()
    assert "TP-1" not in sign_in(carol).get(f"{address}bol").content.decode()
    assert "TP-1" not in sign_in(leo).get(f"{address}abol").content.decode()
