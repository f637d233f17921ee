# SPDX-License-Identifier: EUPL-1.2
"""Similar proposals: while typing, on pages, and as groups in the register."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.test import Client

from talka.accounts.models import User
from talka.processes.models import Process
from talka.proposals.likeness import ALIKE, likeness, notions_of, weigher
from talka.proposals.models import Proposal
from talka.proposals.operations.bundling import bundle_proposals, reject_similar
from talka.proposals.operations.receiving import withdraw_proposal
from talka.proposals.operations.searching import count_words
from talka.proposals.queries import groups_of_similar, similar_to

Make = Callable[..., Proposal]
WISH = "Vajag veloceliņu no skolas līdz bibliotēkai, bērniem bīstami braukt pa ceļu."
SAME = "Lūdzu izbūvēt velosipēdistu celiņu starp skolu un bibliotēku, tagad bērni brauc pa bīstamo ceļu."
OTHER = "Skolas ēdnīcā vajag siltas brokastis."


def alike(one: str, other: str) -> float:
    """Return how alike two texts are where no words have been counted."""
    return likeness(notions_of(one), notions_of(other), weigher({}, 0))


def test_the_same_words_are_alike_and_nothing_is_like_nothing() -> None:
    assert alike(WISH, WISH) == 1
    assert alike(WISH, SAME) >= ALIKE > alike(WISH, OTHER)
    assert alike(WISH, "") == alike("", "") == alike("Lūdzu vajag!", "Lūdzu vajag!") == 0


def test_the_same_wish_for_another_street_is_another_wish() -> None:
    assert alike("Salabojiet bedres Liepu ielā", "Bedres Liepu ielā jāsalabo") >= ALIKE
    assert alike("Salabojiet bedres Liepu ielā", "Salabojiet bedres Grīzupes ceļā") < ALIKE


def test_pairs_written_for_it_are_told_apart_as_well_as_before() -> None:
    with (Path(__file__).parents[2] / "bench/pairs.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = sum(alike(row["said"], row["same"]) >= ALIKE for row in rows)
    wrong = sum(alike(row["said"], row["other"]) >= ALIKE for row in rows)
    assert len(rows) == 300
    assert found / (found + wrong) > 0.7
    assert found / len(rows) > 0.48


def test_what_is_like_a_text_comes_first_and_only_of_what_may_be_seen(
    make_proposal: Make, django_assert_max_num_queries: Any
) -> None:
    same, _other = make_proposal(SAME, public=True), make_proposal(OTHER, public=True)
    for number in range(3):
        make_proposal(f"Cits jautājums par kanalizāciju un tās maksu {number}.", public=True)
    make_proposal(WISH)
    count_words()
    public = Proposal.objects.filter(published_at__isnull=False)
    similar_to(public, "", WISH)
    with django_assert_max_num_queries(3):
        found = similar_to(public, "", WISH)
    assert [one.proposal for one in found] == [same]
    assert similar_to(public, "", "") == similar_to(public, "", "un vai lūdzu") == []


def test_a_withdrawn_one_is_not_shown(make_proposal: Make, carol: User) -> None:
    withdraw_proposal(make_proposal(SAME, public=True), by=carol)
    assert similar_to(Proposal.objects.all(), "", WISH) == []


def test_while_typing_a_visitor_sees_public_ones_with_a_way_to_follow(
    process: Process, make_proposal: Make, client: Client
) -> None:
    make_proposal(SAME, title="Celiņš <b>", public=True)
    make_proposal(WISH, title="Slepens")
    page = client.post(f"/lv/p/{process.slug}/proposals/similar/", {"text": WISH})
    content = page.content.decode()
    assert "Celiņš &lt;b&gt;" in content
    assert "Slepens" not in content
    assert not page.cookies
    assert client.post(f"/lv/p/{process.slug}/proposals/similar/", {"text": ""}).content.decode().strip() == ""
    assert client.get(f"/lv/p/{process.slug}/proposals/similar/").status_code == 405


def test_a_form_that_comes_back_shows_similar_ones_without_scripts(
    process: Process, make_proposal: Make, client: Client
) -> None:
    make_proposal(SAME, title="Celiņš", public=True)
    page = client.post(f"/lv/p/{process.slug}/proposals/new/", {"text": WISH, "email": "nav adrese"})
    assert page.status_code == 422
    assert "Celiņš" in page.content.decode()


def test_the_page_of_a_proposal_leads_to_similar_ones(process: Process, make_proposal: Make, client: Client) -> None:
    one, _same, hidden = make_proposal(WISH, public=True), make_proposal(SAME, title="Celiņš", public=True), make_proposal(WISH, title="Slepens")  # fmt: skip
    here = f"/lv/p/{process.slug}/proposals/{one.number}/"
    assert f"{here}similar/" in client.get(here).content.decode()
    page = client.get(f"{here}similar/").content.decode()
    assert "Celiņš" in page
    assert "Slepens" not in page
    assert client.get(f"/lv/p/{process.slug}/proposals/{hidden.number}/similar/").status_code == 404


def test_the_clerk_sees_similar_entries_while_typing_and_on_the_entry(
    process: Process, make_proposal: Make, clara: User, sign_in: Callable[[User], Client]
) -> None:
    one = make_proposal(WISH, title="Slepens")
    make_proposal(SAME, title="Otrs")
    typed = sign_in(clara).post(f"/lv/workspace/p/{process.slug}/register/similar/typed/", {"text": SAME})
    assert "Slepens" in typed.content.decode()
    entry = sign_in(clara).get(f"/lv/workspace/p/{process.slug}/register/{one.number}/").content.decode()
    assert "Otrs" in entry


def test_groups_are_suggested_until_they_are_bundled_or_said_to_be_different(
    process: Process, make_proposal: Make, carol: User
) -> None:
    first, second, third = make_proposal(WISH), make_proposal(SAME), make_proposal(WISH + " Ļoti vajag.")
    make_proposal(OTHER)
    rows = Proposal.objects.all()
    (group,) = groups_of_similar(process, rows)
    assert {one.pk for one in group} == {first.pk, second.pk, third.pk}
    reject_similar([first, second], by=carol)
    reject_similar([second, third], by=carol)
    (group,) = groups_of_similar(process, rows)
    assert {one.pk for one in group} == {first.pk, third.pk}
    bundle_proposals([first, third], by=carol)
    assert groups_of_similar(process, rows) == []
