# SPDX-License-Identifier: EUPL-1.2
import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries
from python_calamine import CalamineWorkbook

from talka.accounts.models import User
from talka.core.exports import unguarded
from talka.directory.models import Organization
from talka.plans.models import Source
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.nodes import FundingLine, change_node, create_node
from talka.plans.operations.plans import publish_plan
from talka.plans.operations.progress import Spent, report_money
from talka.plans.queries.money import Sums, add_sums, add_up, amounts_of, total, totals_of
from talka.plans.queries.yearly import Year, institutions_of, year_of
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

YEARS = (None, 2024, 2025, 2026, 2030)


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    """A plan with money from every source in several years, of two institutions and of none, planned and reported."""
    small = make_plan(process, by=carol)
    office = Organization.objects.create(name="Būvvalde", slug="buvvalde", classification="institution")
    change_node(small.other_action, organization=office, by=carol)
    change_node(small.action, organization=None, by=carol)
    for place, version in enumerate((small.action, small.other_action, small.investment), start=1):
        lines = [
            FundingLine(str(source), Decimal(1000 * place + 10 * at) + Decimal("0.37"), year, "ERAF" if source == "eu" else "")
            for at, source in enumerate(Source.values)
            for year in YEARS
        ]  # fmt: skip
        change_node(version, funding=lines, by=carol)
    spent = [Spent("eu", year, Decimal(700), Decimal("50.05"), "ERAF") for year in (2025, 2026, 2028)]
    small.edition = approve_edition(small.edition, approved_on=date(2024, 1, 25), decision="Nr. 1", by=carol)
    publish_plan(small.plan, by=carol)
    report_money(small.investment.node, lines=spent, by=carol)
    return small


def year(small: SmallPlan, number: int, **chosen: Any) -> Year:
    return year_of(small.edition, number, institutions_of(small.edition), **chosen)


def test_totals_by_source_by_institution_and_by_year_are_one_total(small: SmallPlan) -> None:
    everything = total(amounts_of(small.edition))
    assert everything == total(totals_of(small.edition))
    assert everything == add_sums(add_up(amounts_of(small.edition), lambda one: one.source).values())
    found = [year(small, number) for number, _sums in year(small, 2025).years]
    for one in found:
        assert add_sums(share.sums for share in one.shares) == one.total
        assert add_sums(line.sums for line in one.sources) == one.total
        assert dict(one.years)[one.number] == one.total
        assert one.everything == everything
    assert add_sums([*(one.total for one in found), found[0].undated]) == everything


def test_a_year_holds_what_its_term_touches_or_has_money_in(small: SmallPlan, carol: User) -> None:
    titles = {number: [work.title for _share, work in year(small, number).works] for number in (2024, 2027, 2028, 2029)}
    assert titles[2024] == ["Apmācīt skolēnus", "Veloceliņš Grīzupes ielā", "Apsekot ielas"]
    assert titles[2027] == ["Apmācīt skolēnus"]
    assert titles[2028] == ["Veloceliņš Grīzupes ielā"]
    assert titles[2029] == []


def test_institutions_stand_by_name_and_what_has_none_last(small: SmallPlan) -> None:
    assert [str(share.organization) for share in year(small, 2025).shares] == ["Būvvalde", "Talkas novads", "None"]


def test_one_institution_and_one_source_can_be_chosen(small: SmallPlan) -> None:
    office = Organization.objects.get(slug="buvvalde")
    of_office = year(small, 2025, organization=office.pk)
    assert [work.title for _share, work in of_office.works] == ["Apmācīt skolēnus"]
    of_loans = year(small, 2025, source="loan")
    assert [line.source for line in of_loans.sources] == ["loan"]
    assert of_loans.total == add_sums(line.sums for line in year(small, 2025).sources if line.source == "loan")
    assert year(small, 2027, source="loan").works == []


def test_what_is_spent_stands_beside_what_is_planned(small: SmallPlan) -> None:
    assert year(small, 2028).total == Sums(Decimal(0), Decimal(700), Decimal("50.05"))


def address(small: SmallPlan, name: str, *more: Any) -> str:
    with translation.override("lv"):
        return reverse(f"plans:{name}", args=[small.plan.process.slug, small.plan.slug, *more])


def test_the_page_shows_the_year_in_few_queries(
    small: SmallPlan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        response = Client().get(address(small, "show_year", 2025))
    text = response.content.decode()
    assert "2025. gads" in text
    assert "Veloceliņš Grīzupes ielā" in text
    assert 'data-chart="table-years"' in text


def test_without_a_year_the_nearest_of_the_period_is_shown(small: SmallPlan) -> None:
    assert "2026. gads" in Client().get(address(small, "show_year")).content.decode()
    assert Client().get(address(small, "show_year", 1066)).status_code == 404


def test_nonsense_in_the_address_asks_for_all(small: SmallPlan) -> None:
    text = Client().get(address(small, "show_year", 2025), {"organization": "x", "source": "gold", "page": "-1"})
    assert text.status_code == 200
    assert "Būvvalde" in text.content.decode()


def test_the_tables_hold_what_the_page_shows(small: SmallPlan) -> None:
    found = year(small, 2025, source="eu")
    answer = Client().get(address(small, "export_year", 2025, "csv"), {"source": "eu"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [unguarded(row[2]) for row in rows[1:]] == [work.title for _share, work in found.works]
    assert sum(Decimal(row[6]) for row in rows[1:]) == found.total.planned
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(Client().get(address(small, "export_year", 2025, "xlsx"), {"source": "eu"}).content)
    )
    assert len(book.sheet_names) == 4
    for name in book.sheet_names[:3]:
        last = book.get_sheet_by_name(name).to_python()[-1]
        assert [Decimal(str(cell)) for cell in last[-3:]] == [
            found.total.planned,
            found.total.committed,
            found.total.spent,
        ]
    assert Client().get(address(small, "export_year", 2025, "exe")).status_code == 404


def test_the_draft_of_another_edition_is_not_counted(small: SmallPlan, carol: User) -> None:
    before = year(small, 2025).total
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    create_node(draft, level=small.levels["i"], title="Jauns", funding=[FundingLine("eu", Decimal(5), 2025)], by=carol)
    assert year(small, 2025).total == before
    assert Client().get(address(small, "show_year", 2025), {"edition": draft.number}).status_code == 404


def test_a_plan_without_an_edition_says_so(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, url="https://example.lv/plans")
    publish_plan(small.plan, by=carol)
    response = Client().get(address(small, "show_year"))
    assert response.status_code == 200
    assert "Vēl nav apstiprināta neviena redakcija" in response.content.decode()
    assert Client().get(address(small, "export_year", 2025, "csv")).status_code == 404
