# SPDX-License-Identifier: EUPL-1.2
"""The day of the answer in the register: column, filters, order, tile, tables; on the author's page and in the API."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import change_register, publish_proposal
from tests.proposals.conftest import text_of
from tests.proposals.entering import at_noon, enter


def address(process: Process, name: str = "show_register", *parts: str) -> str:
    return reverse(f"proposals:{name}", args=[process.slug, *parts])


@pytest.fixture
def four(process: Process, carol: User) -> list[Proposal]:
    """Late, due later, an information request that is late, and one answered long ago."""
    today = clock.today()
    entries = [
        enter(process, carol, today - timedelta(days=60)),
        enter(process, carol, today),
        enter(process, carol, today - timedelta(days=90), regime="information"),
        enter(process, carol, today - timedelta(days=120)),
    ]
    prepare_reply(entries[3], by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies(entries[3:], by=carol)
    return entries


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("due=late", [3, 1]),
        ("due=late&sort=due", [3, 1]),
        ("due=pressing&sort=-due", [1, 3]),
        ("due=week", []),
        ("due=rīt", [4, 3, 2, 1]),
        ("regime=information", [3]),
        ("regime=drop", [4, 3, 2, 1]),
        ("sort=due", [3, 1, 2, 4]),
        ("sort=-due", [2, 1, 3, 4]),
    ],
)
def test_filters_and_order(
    four: list[Proposal],
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    query: str,
    numbers: list[int],
) -> None:
    page = sign_in(carol).get(f"{address(process)}?{query}").context["page"]
    assert [proposal.number for proposal in page] == numbers


def test_what_falls_due_within_seven_days_is_found(
    four: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    due = four[1].due_on
    assert due is not None
    client = sign_in(carol)
    with clock.at(at_noon(due - timedelta(days=7))):
        assert [p.number for p in client.get(f"{address(process)}?due=week").context["page"]] == [2]


def test_the_tile_counts_and_the_row_says_late_in_words(
    four: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    assert queries.figures(process, carol).late == 2
    said = text_of(sign_in(carol).get(f"{address(process)}?due=late"))
    assert said.count(" nokavēts ") >= 2


def test_the_database_keeps_what_is_owed_true(four: list[Proposal]) -> None:
    for proposal in Proposal.objects.all():
        assert proposal.owed_on == (proposal.due_on if proposal.waits else None)
    assert {p.number for p in Proposal.objects.all().late()} == {p.number for p in Proposal.objects.all() if p.is_late}


def test_the_table_has_the_days_and_the_act(
    four: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    table = sign_in(carol).get(f"{address(process, 'export_register', 'csv')}?due=late").content.decode("utf-8-sig")
    assert "Atbildēt līdz" in table
    assert str(four[0].due_on) in table
    assert "Informācijas atklātības likums" in table


def test_the_author_and_everybody_read_by_when(process: Process, carol: User) -> None:
    entry = enter(process, carol, date(2026, 11, 2))
    publish_proposal(entry, by=carol)
    receipt = reverse("proposals:show_receipt", args=[entry.author.secret])
    public = reverse("proposals:show_proposal", args=[process.slug, entry.number])
    for page in (receipt, public):
        with clock.at(at_noon(date(2026, 11, 16))):
            assert "Atbilde jāsniedz līdz 16.11.2026. (Iesniegumu likums)." in text_of(Client().get(page))
        with clock.at(at_noon(date(2026, 11, 17))):
            said = text_of(Client().get(page))
            assert "Atbilde bija jāsniedz līdz 16.11.2026. (Iesniegumu likums), un tā kavējas." in said
    prepare_reply(entry, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([entry], by=carol)
    assert "jāsniedz līdz" not in text_of(Client().get(public))


def test_programs_read_by_when(process: Process, carol: User) -> None:
    entry = enter(process, carol, date(2026, 11, 2))
    publish_proposal(entry, by=carol)
    found = Client().get(f"/api/processes/{process.slug}/proposals/{entry.number}").json()
    assert found["due_on"] == "2026-11-16"


def test_an_entry_without_a_term_says_so(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    entry = enter(process, carol, clock.today() - timedelta(days=60))
    Proposal.objects.filter(pk=entry.pk).update(received_at=at_noon(date(2007, 5, 5)), due_on=None, term=None)
    page = reverse("proposals:manage_proposal", args=[process.slug, entry.number])
    assert "termiņš nav noteikts" in text_of(sign_in(carol).get(page))


def test_how_long_before_is_a_setting_of_the_register(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    form = {"prefix": "TP", "publishing": "after_review"}
    assert client.post(address(process, "change_register"), form | {"remind_before": "31"}).status_code == 422
    client.post(address(process, "change_register"), form | {"remind_before": "5"})
    process.register.refresh_from_db()
    assert process.register.remind_before == 5
    change_register(process.register, by=carol, **form)
    process.register.refresh_from_db()
    assert process.register.remind_before == 5, "not said means as it was"
