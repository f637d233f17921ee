# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from talka.accounts.models import User
from talka.plans.models import Edition
from talka.plans.operations.editions import approve_edition, show_edition, start_edition
from talka.plans.operations.nodes import change_node, create_node, remove_node
from talka.plans.operations.plans import unpublish_plan
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def second(small: SmallPlan, carol: User) -> Edition:
    """The second edition, approved: an action is amended, one removed, one added."""
    draft = start_edition(small.plan, name="RP 2025.1", note="Pēc budžeta.", by=carol)
    change_node(
        draft.versions.get(node=small.action.node), title="Apsekot visas ielas", change_reason="Tā lēma dome.", by=carol
    )
    remove_node(draft.versions.get(node=small.other_action.node), by=carol, reason="Paveikts citā projektā.")
    create_node(draft, level=small.levels["r"], parent=small.task.node, title="Jauns pasākums", by=carol)
    return approve_edition(draft, approved_on=date(2025, 1, 30), decision="Lēmums Nr. 2", by=carol)


def page(small: SmallPlan, name: str, client: Client | None = None, **query: Any) -> Any:
    with translation.override("en"):
        address = reverse(f"plans:{name}", args=[small.plan.process.slug, small.plan.slug])
    return (client or Client()).get(address, query)


def test_editions_stand_with_decision_and_counts(small: SmallPlan, second: Edition) -> None:
    text = page(small, "list_editions").content.decode()
    assert text.index("RP 2025.1") < text.index("Domes 25.01.2024. lēmums Nr. 12")
    for words in ("Lēmums Nr. 2", "Pēc budžeta.", "2 actions", "1 investment", "1 added, 1 amended, 1 removed"):
        assert words in " ".join(text.split()), words


def test_many_editions_are_counted_in_few_queries_and_once(
    small: SmallPlan, second: Edition, carol: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in (2026, 2027, 2028):
        draft = start_edition(small.plan, name=f"RP {year}.1", by=carol)
        approve_edition(draft, approved_on=date(2025, 2, 1), decision=f"Nr. {year}", by=carol)
    caches["local"].clear()
    with django_assert_max_num_queries(12):
        page(small, "list_editions")
    with django_assert_max_num_queries(4):
        page(small, "list_editions")


def test_a_draft_stands_there_for_everybody_once_it_is_shown(small: SmallPlan, second: Edition, carol: User) -> None:
    draft = start_edition(small.plan, name="RP 2026.1", by=carol)
    assert "RP 2026.1" not in page(small, "list_editions").content.decode()
    assert page(small, "compare_editions", to=draft.number).status_code == 404
    show_edition(draft, by=carol)
    assert "RP 2026.1" in page(small, "list_editions").content.decode()
    assert page(small, "compare_editions", to=draft.number).status_code == 200


def test_eve_and_visitors_see_nothing_of_a_plan_that_is_not_published(
    small: SmallPlan, second: Edition, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    unpublish_plan(small.plan, by=carol)
    for client in (Client(), sign_in(eve)):
        for name in ("list_editions", "compare_editions", "show_year", "list_unfunded"):
            assert page(small, name, client).status_code == 404
    assert page(small, "list_editions", sign_in(carol)).status_code == 200


def test_the_comparison_shows_what_changed_and_why(
    small: SmallPlan, second: Edition, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        response = page(small, "compare_editions")
    text = " ".join(response.content.decode().split())
    assert "What changed from RP 2024.1 to RP 2025.1" in text
    assert '<ins><span class="sr-only">put in: </span>visas <span class="sr-only">, </span></ins>' in text
    for words in ("Tā lēma dome.", "Paveikts citā projektā.", "Jauns pasākums"):
        assert words in text
    removed = page(small, "compare_editions", kind="removed").content.decode()
    assert "Apmācīt skolēnus" in removed
    assert "Jauns pasākums" not in removed


def test_the_order_of_the_two_editions_does_not_matter(small: SmallPlan, second: Edition) -> None:
    assert "RP 2024.1 to RP 2025.1" in page(small, "compare_editions", **{"from": 2, "to": 1}).content.decode()


@pytest.mark.parametrize("query", [{"from": "9"}, {"to": "abc"}, {"from": "1", "to": "-1"}])
def test_an_edition_that_is_not_there_is_not_found(small: SmallPlan, second: Edition, query: dict[str, str]) -> None:
    assert page(small, "compare_editions", **query).status_code == 404


def test_one_edition_cannot_be_compared(small: SmallPlan) -> None:
    assert page(small, "compare_editions").status_code == 404
    assert "Compare" not in page(small, "list_editions").content.decode()


def test_one_and_the_same_edition_says_so(small: SmallPlan, second: Edition) -> None:
    assert "one and the same" in page(small, "compare_editions", **{"from": 2, "to": 2}).content.decode()


def test_what_is_typed_is_never_markup(small: SmallPlan, carol: User) -> None:
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    change_node(draft.versions.get(node=small.action.node), title="<b>x</b>", change_reason="<i>y</i>", by=carol)
    show_edition(draft, by=carol)
    text = page(small, "compare_editions", to=draft.number).content.decode()
    assert "<b>x</b>" not in text
    assert "<i>y</i>" not in text
