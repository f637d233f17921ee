# SPDX-License-Identifier: EUPL-1.2
import csv
import io
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models import NodeVersion
from talka.plans.operations.editions import approve_edition
from talka.plans.operations.nodes import FundingLine, create_node
from talka.plans.operations.plans import publish_plan
from talka.plans.operations.progress import Spent, report_money, update_progress
from talka.plans.queries.unfunded import unfunded
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol)


def invest(small: SmallPlan, title: str, by: User, *lines: FundingLine, **fields: Any) -> NodeVersion:
    fields = {"parent": small.task.node, **fields}
    return create_node(small.edition, level=small.levels["i"], title=title, funding=lines, by=by, **fields)


def found(small: SmallPlan) -> dict[str, tuple[str, Decimal | None]]:
    return {
        one.version.title: (one.why, one.missing) for priority in unfunded(small.edition) for one in priority.lacking
    }


def test_an_investment_with_all_its_sources_is_not_listed(small: SmallPlan) -> None:
    assert unfunded(small.edition) == []


def test_one_without_any_money_is_listed_without_a_sum(small: SmallPlan, carol: User) -> None:
    invest(small, "Baseins", carol)
    assert found(small) == {"Baseins": ("nothing", None)}


def test_what_has_no_source_yet_is_missing(small: SmallPlan, carol: User) -> None:
    invest(
        small, "Tilts", carol, FundingLine("municipal", Decimal(50), 2025), FundingLine("open", Decimal("150.50"), 2026)
    )
    [priority] = unfunded(small.edition)
    [tilts] = priority.lacking
    assert (tilts.why, tilts.planned, tilts.found, tilts.missing) == ("open", Decimal("200.5"), 50, Decimal("150.5"))
    assert priority.version == small.priority


def test_what_is_committed_beyond_the_planned_money_is_missing(small: SmallPlan, carol: User) -> None:
    report_money(small.investment.node, lines=[Spent("eu", 2025, Decimal(1200000), Decimal(0), "ERAF")], by=carol)
    assert found(small) == {"Veloceliņš Grīzupes ielā": ("exceeded", Decimal("99999.50"))}


def test_what_is_done_or_dropped_is_left_out(small: SmallPlan, carol: User) -> None:
    for title, state in (("Baseins", "done"), ("Halle", "dropped"), ("Tilts", "under_way")):
        update_progress(invest(small, title, carol).node, state=state, by=carol)
    assert list(found(small)) == ["Tilts"]


def test_actions_are_not_investments(small: SmallPlan, carol: User) -> None:
    lines = [FundingLine("open", Decimal(5), 2025)]
    create_node(small.edition, level=small.levels["r"], parent=small.task.node, title="Kursi", funding=lines, by=carol)
    assert found(small) == {}


def test_priorities_stand_in_the_order_of_the_tree_and_codes_in_that_of_numbers(small: SmallPlan, carol: User) -> None:
    invest(small, "Zem nekā", carol, parent=None)
    invest(small, "Otrajā", carol, parent=small.empty_priority.node)
    for number in range(2, 12):
        invest(small, f"Pirmajā {number}", carol)
    priorities = unfunded(small.edition)
    assert [priority.version for priority in priorities] == [small.priority, small.empty_priority, None]
    assert [one.version.code for one in priorities[0].lacking][-2:] == ["I1.1.1.10", "I1.1.1.11"]


def test_the_page_and_its_table_show_the_list(
    small: SmallPlan, carol: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    invest(small, "Tilts", carol, FundingLine("open", Decimal(640000), 2026))
    invest(small, "=Baseins", carol)
    approve_edition(small.edition, approved_on=clock.today(), decision="Nr. 1", by=carol)
    publish_plan(small.plan, by=carol)
    with translation.override("lv"):
        page = reverse("plans:list_unfunded", args=[small.plan.process.slug, small.plan.slug])
        table = reverse("plans:export_unfunded", args=[small.plan.process.slug, small.plan.slug, "csv"])
    with django_assert_max_num_queries(12):
        text = Client().get(page).content.decode()
    assert "640\xa0000\xa0EUR" in text
    assert "VTP1 Pieejama vide" in text
    rows = list(csv.reader(io.StringIO(Client().get(table).content.decode("utf-8-sig"))))
    assert [(row[2], row[7]) for row in rows[1:]] == [("Tilts", "640000.00"), ("'=Baseins", "")]
