# SPDX-License-Identifier: EUPL-1.2
import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.directory.models import Area
from talka.plans.operations.editions import start_edition
from talka.plans.operations.indicators import assign_indicator, change_indicator, create_indicator, record_value
from talka.plans.queries.indicators import indicators_of
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


def address(small: SmallPlan, name: str, *parts: Any) -> str:
    return reverse(f"plans:{name}", args=[small.plan.process.slug, small.plan.slug, *parts])


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_visitor_sees_where_each_starts_is_and_goes(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, published=True)
    record_value(small.indicator.indicator, year=2026, value=Decimal("8.04"), by=carol)
    page = Client().get(address(small, "list_indicators")).content.decode()
    assert "<b>8,0</b>" in page
    assert "4,2" in page
    assert "9,5" in page
    assert page.count("tuvojas mērķim") == 3  # beside the number, in the row, in the explanation
    with translation.override("lv"):  # the request leaves its language behind
        english = Client().get(address(small, "list_indicators").replace("/lv/", "/en/")).content.decode()
    assert "nearing the target" in english
    assert "<b>8.0</b>" in english


def test_one_page_with_its_table_chart_and_sources(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, published=True)
    area = Area.objects.create(name="Talkas pagasts", kind="parish")
    indicator = small.indicator.indicator
    record_value(indicator, year=2024, value=Decimal("4.8"), source="Mērījums dabā", note="Bez Ozolu ielas", by=carol)
    record_value(indicator, year=2024, value=Decimal("1.5"), area=area, by=carol)
    response = Client().get(address(small, "show_indicator", indicator.pk))
    page = response.content.decode()
    for told in (
        "Mērījums dabā",
        "Bez Ozolu ielas",
        "Talkas pagasts",
        "1,5",
        "U1.1.1 Veloceliņu tīkls",
        "bāzes vērtība",
    ):
        assert told in page, told
    assert 'data-chart="table-years"' in page
    assert 'data-value="4.8"' in page
    years = [(one.year, one.value, one.target) for one in response.context["years"]]
    assert years == [
        (2023, Decimal("4.2"), None), (2024, Decimal("4.8"), None), (2025, None, Decimal(6)), (2026, None, None),
        (2027, None, Decimal("9.5")),
    ]  # fmt: skip


def test_names_of_people_are_not_public(
    process: Process, carol: User, dora: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, published=True)
    assign_indicator(small.indicator.indicator, owner=dora.person, by=carol)
    record_value(small.indicator.indicator, year=2024, value=Decimal(5), by=carol)
    for client in (Client(), sign_in(eve)):
        for name, parts in (("list_indicators", []), ("show_indicator", [small.indicator.indicator_id]), ("export_indicators", [])):  # fmt: skip
            page = client.get(address(small, name, *parts)).content.decode()
            assert "Dora" not in page
            assert "Karola" not in page


def test_open_data_has_a_line_for_each_value(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, published=True)
    record_value(small.indicator.indicator, year=2024, value=Decimal(-640000), source="=HYPERLINK()", by=carol)
    rows = rows_of(Client().get(address(small, "export_indicators")).content)
    assert [row[3:7] for row in rows[1:]] == [
        ["2023", "", "bāzes vērtība", "4.2"], ["2025", "", "mērķa vērtība", "6"], ["2027", "", "mērķa vērtība", "9.5"],
        ["2024", "", "faktiskā vērtība", "-640000"],
    ]  # fmt: skip
    assert rows[4][7] == "'=HYPERLINK()"
    assert rows_of(Client().get(address(small, "export_indicator", small.indicator.indicator_id)).content) == rows


def test_a_draft_and_a_hidden_plan_are_not_for_visitors(
    process: Process, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, published=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    change_indicator(draft.indicator_versions.get(), name="Vēl slepens nosaukums", by=carol)
    fresh = create_indicator(draft, name="Vēl slepens", unit="%", by=carol)
    hidden = make_plan(process, by=carol, title="Slēpts plāns", approved=True)
    for client in (Client(), sign_in(eve)):
        assert "slepens" not in client.get(address(small, "list_indicators")).content.decode()
        assert client.get(address(small, "list_indicators"), {"edition": draft.number}).status_code == 404
        assert client.get(address(small, "show_indicator", fresh.indicator_id)).status_code == 404
        assert client.get(address(hidden, "list_indicators")).status_code == 404
    shown = sign_in(carol).get(address(small, "show_indicator", fresh.indicator_id), {"edition": draft.number})
    assert shown.status_code == 200


def test_a_node_shows_the_indicators_that_tell_about_it(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, published=True)
    record_value(small.indicator.indicator, year=2026, value=Decimal(10), by=carol)
    context = {"process": process, "plan": small.plan}
    told = render_to_string("plans/indicator_of_node.html", {**context, "indicators": indicators_of(small.task)})
    assert "Veloceliņu garums" in told
    assert "sasniegts" in told
    assert address(small, "show_indicator", small.indicator.indicator_id) in told
    assert not render_to_string("plans/indicator_of_node.html", {**context, "indicators": []}).strip()


def test_the_list_asks_as_little_for_many_as_for_one(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    numbers = []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            Client().get(address(small, "list_indicators"))
        numbers.append(len(queries))
        for number in range(20):
            create_indicator(small.edition, name=f"Rādītājs {number}", unit="%", nodes=[small.task.node], by=carol)
    assert numbers[0] == numbers[1] <= 12
