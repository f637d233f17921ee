# SPDX-License-Identifier: EUPL-1.2
"""One page for all that somebody answers for: by the link without an account, or signed in."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.plans.link_holder import UpdateHolder
from talka.plans.models import Outlay, ProgressUpdate, UpdateRequest
from talka.plans.operations.plans import unpublish_plan
from talka.plans.operations.progress import report_money, update_progress
from talka.processes.models import Process
from tests.plans.asking import ask, give, request_of
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User, dora: User, bob: User) -> SmallPlan:
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    give(plan, bob.person, plan.other_action, by=carol)
    return plan


@pytest.fixture
def request_to_dora(small: SmallPlan, carol: User, dora: User) -> UpdateRequest:
    return request_of(ask(small, by=carol), dora)


def address(request: UpdateRequest) -> str:
    return reverse("plans:answer_round", args=[request.secret])


def said(small: SmallPlan, **fields: dict[str, Any]) -> dict[str, Any]:
    """Return what a browser sends: all fields of dora's nodes, and what was typed (``action={"state": "done"}``)."""
    sent: dict[str, Any] = {}
    for name in ("action", "investment"):
        node = getattr(small, name).node_id
        sent |= {
            f"n{node}-{field}": ""
            for field in ("percent", "text", "new_source", "new_fund", "new_year", "new_committed", "new_spent")
        }
        sent |= {f"n{node}-{field}": value for field, value in fields.get(name, {}).items()}
    return sent


def test_without_an_account_all_of_theirs_is_on_one_page_and_nothing_of_others(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest
) -> None:
    response = client.get(address(request_to_dora))
    page = response.content.decode()
    assert "Apsekot ielas" in page
    assert "Veloceliņš Grīzupes ielā" in page
    assert "Apmācīt skolēnus" not in page
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "no-store"


def test_some_is_saved_and_the_rest_can_wait(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest, dora: User
) -> None:
    sent = said(small, action={"state": "under_way", "percent": "40", "text": "Apsekotas sešas ielas."})
    assert client.post(address(request_to_dora), sent).status_code == 302
    update = ProgressUpdate.objects.get()
    assert (update.node, update.state, update.percent, update.text) == (
        small.action.node, "under_way", 40, "Apsekotas sešas ielas.",
    )  # fmt: skip
    assert (update.person, update.entered_by, update.round) == (dora.person, None, request_to_dora.round)


def test_the_same_form_sent_twice_is_entered_once(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest
) -> None:
    sent = said(small, action={"state": "done", "text": "Gatavs."})
    for _time in range(2):
        client.post(address(request_to_dora), sent)
    assert ProgressUpdate.objects.count() == 1


def test_what_is_right_is_saved_and_what_is_wrong_stays_with_all_that_was_typed(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest
) -> None:
    sent = said(small, action={"state": "done"}, investment={"percent": "400", "text": "Rakts tiek jau trešo mēnesi."})
    response = client.post(address(request_to_dora), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Rakts tiek jau trešo mēnesi." in page
    assert f'href="#id_n{small.investment.node_id}-percent"' in page
    assert ProgressUpdate.objects.get().node == small.action.node


def test_words_without_a_state_and_a_part_of_what_is_done_are_asked_about(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest
) -> None:
    sent = said(small, action={"text": "Strādājam."}, investment={"state": "done", "percent": "80"})
    page = client.post(address(request_to_dora), sent).content.decode()
    assert "Izvēlieties, kā sokas." in page
    assert "Izpildīts nozīmē 100 procentus." in page
    assert not ProgressUpdate.objects.exists()


def test_money_is_reported_as_people_write_it(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest, carol: User
) -> None:
    report_money(small.investment.node, lines=[], by=carol)
    money = {
        "state": "under_way", "committed_0": "850 000,50", "spent_0": "12 500 EUR", "new_source": "private",
        "new_year": "2025", "new_fund": "Ziedojumi", "new_spent": "100",
    }  # fmt: skip
    assert client.post(address(request_to_dora), said(small, investment=money)).status_code == 302
    rows = {(row.source, row.year, row.fund): (row.committed, row.spent) for row in Outlay.objects.all()}
    assert rows == {
        ("eu", 2025, "ERAF"): (Decimal("850000.50"), Decimal(12500)), ("private", 2025, "Ziedojumi"): (0, 100),
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"new_spent": "daudz"}, {"new_spent": "5"}, {"new_source": "eu", "new_year": "2025"}, {"spent_0": "-5"}]
)
def test_money_that_cannot_be_read_or_lacks_something_is_refused(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest, wrong: dict[str, str]
) -> None:
    assert client.post(address(request_to_dora), said(small, investment=wrong)).status_code == 422
    assert not Outlay.objects.exists()


def test_the_link_opens_no_node_of_anybody_else(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest
) -> None:
    node = small.other_action.node_id
    client.post(address(request_to_dora), {f"n{node}-state": "dropped", f"n{node}-text": "Ha!", f"n{node}-percent": ""})
    assert not ProgressUpdate.objects.exists()
    holder = UpdateHolder(request_to_dora.person_id, small.plan.pk)
    with pytest.raises(PermissionDenied):
        update_progress(small.other_action.node, state="dropped", by=holder)
    with pytest.raises(PermissionDenied):
        update_progress(small.action.node, state="done", by=UpdateHolder(request_to_dora.person_id, small.plan.pk + 1))


def test_what_was_handed_over_is_no_longer_on_the_page(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest, carol: User, bob: User
) -> None:
    give(small, bob.person, small.action, by=carol)
    page = client.get(address(request_to_dora)).content.decode()
    assert "Apsekot ielas" not in page
    client.post(address(request_to_dora), said(small, action={"state": "dropped"}))
    assert not ProgressUpdate.objects.exists()


def test_a_wrong_link_is_not_there_and_an_old_one_says_so(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest, carol: User
) -> None:
    assert client.get(reverse("plans:answer_round", args=["nav-tada"])).status_code == 404
    with clock.at(clock.now() + timedelta(days=200)):
        response = client.get(address(request_to_dora))
    assert response.status_code == 409
    assert "Šī saite vairs nav derīga." in response.content.decode()
    assert "Apsekot ielas" not in response.content.decode()
    unpublish_plan(small.plan, by=carol)
    assert client.get(address(request_to_dora)).status_code == 409


def test_signed_in_the_same_page_needs_no_link_and_asks_nobody_else(
    small: SmallPlan,
    request_to_dora: UpdateRequest,
    dora: User,
    eve: User,
    clara: User,
    sign_in: Callable[[User], Client],
) -> None:
    page = reverse("plans:answer_owed", args=[small.plan.process.slug, small.plan.slug])
    assert "Apsekot ielas" in sign_in(dora).get(page).content.decode()
    assert sign_in(dora).post(page, said(small, action={"state": "done"})).status_code == 302
    update = ProgressUpdate.objects.get()
    assert (update.entered_by, update.person, update.round) == (dora, dora.person, request_to_dora.round)
    for other in (eve, clara):
        assert sign_in(other).get(page).status_code == 403


def test_what_was_typed_outlives_the_session(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest, dora: User, sign_in: Callable[[User], Client]
) -> None:
    sign_in(dora)  # sets up her second step
    page = reverse("plans:answer_owed", args=[small.plan.process.slug, small.plan.slug])
    assert client.post(page, said(small, action={"text": "Garš stāsts"})).status_code == 302
    client.force_login(dora, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Garš stāsts" in client.get(page).content.decode()
    assert not ProgressUpdate.objects.exists()


def test_a_page_of_many_costs_as_many_queries_as_one_of_few(
    client: Client, small: SmallPlan, request_to_dora: UpdateRequest, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(14):
        client.get(address(request_to_dora))
