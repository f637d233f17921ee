# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.plans.models import Plan
from talka.plans.operations.plans import change_plan, create_plan
from talka.processes.models import Process
from tests.plans.factories import make_plan

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def work(process: Process) -> str:
    """The address below which the plans of the process are written."""
    return f"/lv/workspace/p/{process.slug}/"


def filled(process: Process, **changed: Any) -> dict[str, Any]:
    """A form that is right."""
    return {
        "kind": "programme", "title": "Attīstības programma", "owner": process.owner_id, "starts_year": "2027",
        "ends_year": "2033", "structure": "programme", "first_edition": "RP 2027.1", **changed,
    }  # fmt: skip


def test_an_empty_list_says_what_to_do(process: Process, carol: User, clara: User, work: str, sign_in: SignIn) -> None:
    page = sign_in(carol).get(f"{work}plans/").content.decode()
    assert "Neviens plāns vēl nav sākts" in page
    assert f"{work}new-plan/" in page
    assert f"{work}new-plan/" not in sign_in(clara).get(f"{work}plans/").content.decode()


def test_a_plan_begins_with_levels_and_a_draft(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    client = sign_in(carol)
    response = client.post(f"{work}new-plan/", filled(process))
    plan = Plan.objects.get()
    assert response.headers["Location"] == f"{work}plans/attistibas-programma/"
    assert [(one.letter, one.name, one.pattern) for one in plan.levels.all()] == [
        ("p", "vidēja termiņa prioritāte", "VTP{n}"), ("v", "rīcības virziens", "RV{p}.{n}"), ("u", "uzdevums", "U{v}.{n}"),
        ("r", "pasākums", "R{u}.{n}"), ("i", "investīciju projekts", "I{u}.{n}"),
    ]  # fmt: skip
    assert plan.editions.get().name == "RP 2027.1"
    page = client.get(f"{work}plans/").content.decode()
    assert "2027–2033" in page
    assert "RP 2027.1" in page


def test_levels_are_copied_from_another_plan(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    source = make_plan(process, by=carol)
    source.levels["u"].name = "rīcības uzdevums"
    source.levels["u"].save()
    sign_in(carol).post(f"{work}new-plan/", filled(process, structure=f"plan:{source.plan.pk}"))
    made = Plan.objects.exclude(pk=source.plan.pk).get()
    assert [level.name for level in made.levels.all()][2] == "rīcības uzdevums"


def test_a_document_kept_elsewhere_needs_only_its_address(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    address = "https://example.lv/strategija.pdf"
    sign_in(carol).post(f"{work}new-plan/", filled(process, url=address, kind="strategy", ends_year="2050"))
    plan = Plan.objects.get()
    assert (plan.url, plan.levels.count(), plan.editions.count()) == (address, 0, 0)


def test_a_long_period_is_warned_of_and_not_refused(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    response = sign_in(carol).post(f"{work}new-plan/", filled(process, ends_year="2040"), follow=True)
    page = response.content.decode()
    assert "Pārbaudiet periodu: tajā ir 14 gadi" in page
    assert "Attīstības plānošanas sistēmas likums" in page
    assert Plan.objects.get().ends_year == 2040


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("title", {"title": ""}),
        ("title", {"title": "x" * 301}),
        ("kind", {"kind": "wish"}),
        ("starts_year", {"starts_year": "divi"}),
        ("starts_year", {"starts_year": "1200"}),
        ("ends_year", {"ends_year": "2026"}),
        ("structure", {"structure": "plan:999"}),
        ("first_edition", {"first_edition": ""}),
        ("url", {"url": "javascript:alert(1)"}),
        ("owner", {"owner": "0"}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    process: Process, carol: User, work: str, sign_in: SignIn, field: str, changed: dict[str, Any]
) -> None:
    response = sign_in(carol).post(f"{work}new-plan/", filled(process, summary="Īsumā par plānu", **changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Īsumā par plānu" in response.content.decode()
    assert not Plan.objects.exists()


def test_settings_are_changed_and_two_people_lose_nothing(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    small, client = make_plan(process, by=carol), sign_in(carol)
    address = f"{work}plans/{small.plan.slug}/settings/"
    seen = client.get(address).context["form"].initial["seen"]
    data = filled(process, update_months=["3", "9"], update_days="21", stale_after_months="8", note="", seen=seen)
    assert client.post(address, data).status_code == 302
    plan = Plan.objects.get()
    assert (plan.update_months, plan.update_days, plan.stale_after_months) == ([3, 9], 21, 8)
    told = client.post(address, {**data, "title": "Cits nosaukums"})
    assert told.status_code == 409
    assert "Cits nosaukums" in told.content.decode()
    assert Plan.objects.get().title == "Attīstības programma"


def test_a_plan_serves_others_that_are_found_by_words(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    small, client = make_plan(process, by=carol), sign_in(carol)
    strategy = create_plan(
        process, title="Ilgtspējīga stratēģija", kind="strategy", starts_year=2020, ends_year=2040, by=carol
    )
    address = f"{work}plans/{small.plan.slug}/serves/"
    assert client.get(f"{address}?q=ilgtspejiga").context["found"] == [strategy]
    client.post(address, {"add": strategy.pk})
    assert list(small.plan.parents.all()) == [strategy]
    assert client.get(address).context["found"] == []
    assert client.post(f"{work}plans/{strategy.slug}/serves/", {"add": small.plan.pk}).status_code == 409
    client.post(address, {"remove": strategy.pk})
    assert not small.plan.parents.exists()


def test_plans_of_others_that_are_hidden_are_not_found(
    process: Process, carol: User, eve: User, sign_in: SignIn
) -> None:
    theirs = Process.objects.get(slug="kaimini")
    hidden = create_plan(theirs, title="Slepens plāns", kind="other", starts_year=2024, ends_year=2025, by=eve)
    small = make_plan(process, by=carol)
    address = f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/serves/"
    client = sign_in(carol)
    assert client.get(f"{address}?q=slepens").context["found"] == []
    assert client.post(address, {"add": hidden.pk}).status_code == 404


def test_a_plan_is_published_and_hidden_with_a_reason(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    small, client = make_plan(process, by=carol), sign_in(carol)
    address = f"{work}plans/{small.plan.slug}/"
    assert client.post(f"{address}publish/").status_code == 409
    shown = make_plan(process, by=carol, title="Otrs", approved=True)
    address = f"{work}plans/{shown.plan.slug}/"
    client.post(f"{address}publish/")
    assert Plan.objects.get(pk=shown.plan.pk).published_at is not None
    assert client.post(f"{address}unpublish/", {"reason": ""}).status_code == 422
    client.post(f"{address}unpublish/", {"reason": "Pārbaudām skaitļus."})
    assert Plan.objects.get(pk=shown.plan.pk).published_at is None


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    process: Process, carol: User, work: str, sign_in: SignIn, django_assert_max_num_queries: Queries
) -> None:
    for number in range(12):
        create_plan(process, title=f"Plāns {number}", kind="other", starts_year=2024, ends_year=2025, first_edition="A", by=carol)  # fmt: skip
    client = sign_in(carol)
    client.get(f"{work}plans/")
    with django_assert_max_num_queries(20):
        client.get(f"{work}plans/")


def test_eve_and_a_clerk_may_not(process: Process, carol: User, clara: User, eve: User) -> None:
    small = make_plan(process, by=carol)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            create_plan(process, title="Svešs", kind="other", starts_year=2024, ends_year=2025, by=other)
        with pytest.raises(PermissionDenied):
            change_plan(small.plan, title="Svešs", by=other)
