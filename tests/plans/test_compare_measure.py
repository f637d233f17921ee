# SPDX-License-Identifier: EUPL-1.2
import csv
import io
from collections.abc import Callable
from decimal import Decimal

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.accounts.models import User
from talka.directory.models import Organization
from talka.plans.models import Measure
from talka.plans.operations.editions import start_edition
from talka.plans.operations.indicators import change_indicator, compare_indicator, create_measure, record_value
from talka.plans.operations.plans import unpublish_plan
from talka.processes.models import Process
from talka.processes.operations import create_process, publish_process
from tests.plans.factories import SmallPlan, make_plan


def two_towns(process: Process, carol: User, eve: User) -> tuple[SmallPlan, SmallPlan, Measure]:
    """Publish a plan in each of two municipalities whose indicator is the same measure."""
    theirs = Process.objects.get(slug="kaimini")
    ours, other = make_plan(process, by=carol, published=True), make_plan(theirs, by=eve, published=True)
    measure = create_measure(process, name="Veloceliņu garums", unit="km", definition="Ar cietu segumu.", by=carol)
    compare_indicator(ours.indicator, measure=measure, by=carol)
    compare_indicator(other.indicator, measure=measure, by=eve)
    record_value(ours.indicator.indicator, year=2025, value=Decimal("6.1"), by=carol)
    record_value(other.indicator.indicator, year=2024, value=Decimal("3.4"), by=eve)
    return ours, other, measure


def test_the_same_measure_of_two_municipalities_side_by_side(process: Process, carol: User, eve: User) -> None:
    ours, other, measure = two_towns(process, carol, eve)
    response = Client().get(reverse("plans:compare_measure", args=[measure.pk]))
    page = response.content.decode()
    assert [column.municipality for column in response.context["columns"]] == ["Kaimiņu novads", "Talkas novads"]
    assert response.context["years"] == [
        (2023, [Decimal("4.2"), Decimal("4.2")]), (2024, [Decimal("3.4"), None]), (2025, [None, Decimal("6.1")])
    ]  # fmt: skip
    for small in (ours, other):
        parts = [small.plan.process.slug, small.plan.slug, small.indicator.indicator_id]
        assert reverse("plans:show_indicator", args=parts) in page
    assert "Ar cietu segumu." in page
    listed = Client().get(reverse("plans:list_measures")).content.decode()
    assert reverse("plans:compare_measure", args=[measure.pk]) in listed
    exported = Client().get(reverse("plans:export_measure", args=[measure.pk])).content.decode("utf-8-sig")
    assert [row[4:] for row in csv.reader(io.StringIO(exported))][1:] == [
        ["2023", "4.2"], ["2024", "3.4"], ["2023", "4.2"], ["2025", "6.1"]
    ]  # fmt: skip


def test_only_published_plans_as_in_force(
    process: Process, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    ours, other, measure = two_towns(process, carol, eve)
    there = reverse("plans:compare_measure", args=[measure.pk])
    draft = start_edition(ours.plan, name="RP 2025.1", by=carol)
    change_indicator(draft.indicator_versions.get(), name="Slepens", by=carol)
    assert "Slepens" not in sign_in(carol).get(there).content.decode()
    unpublish_plan(other.plan, by=eve)
    for client in (Client(), sign_in(carol), sign_in(eve)):
        assert "Kaimiņu novads" not in client.get(there).content.decode()
    unpublish_plan(ours.plan, by=carol)
    assert Client().get(there).status_code == 404
    assert "Vēl nekas netiek salīdzināts" in Client().get(reverse("plans:list_measures")).content.decode()


def test_the_page_of_an_indicator_leads_to_the_comparison(process: Process, carol: User, eve: User) -> None:
    ours, _other, measure = two_towns(process, carol, eve)
    parts = [process.slug, ours.plan.slug, ours.indicator.indicator_id]
    page = Client().get(reverse("plans:show_indicator", args=parts)).content.decode()
    assert reverse("plans:compare_measure", args=[measure.pk]) in page


def test_a_comparison_takes_as_many_queries_for_five_as_for_two(
    process: Process, carol: User, eve: User, root: User
) -> None:
    _ours, _other, measure = two_towns(process, carol, eve)
    there, numbers = reverse("plans:compare_measure", args=[measure.pk]), []
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert Client().get(there).status_code == 200
        numbers.append(len(queries))
        for number in range(3) if len(numbers) == 1 else ():
            make_town(number, measure, root)
    assert numbers[0] == numbers[1] <= 6


def make_town(number: int, measure: Measure, root: User) -> None:
    """Publish the plan of one more municipality."""
    owner = Organization.objects.create(name=f"Novads {number}", slug=f"n-{number}", classification="municipality")
    process = create_process(kind="other", title=f"Novads {number}", owner=owner, by=root, summary="Plāns.")
    publish_process(process, by=root)
    small = make_plan(process, by=root, published=True)
    compare_indicator(small.indicator, measure=measure, by=root)
