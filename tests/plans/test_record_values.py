# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area
from talka.plans.entering import Entered
from talka.plans.models import IndicatorValue
from talka.plans.operations.editions import start_edition
from talka.plans.operations.indicators import (
    YearOutside,
    assign_indicator,
    create_indicator,
    record_value,
    remove_indicator,
)
from talka.plans.operations.values import ValuesChanged, record_values
from talka.plans.queries.value_history import value_history
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


def address(small: SmallPlan, name: str, *parts: Any) -> str:
    return reverse(f"plans:{name}", args=[small.plan.process.slug, small.plan.slug, *parts])


def form_of(client: Client, there: str) -> dict[str, Any]:
    """Return what a page with values would send back as it is."""
    form = client.get(there).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def key(small: SmallPlan, year: int = 2025, area: Area | None = None) -> str:
    return f"{small.indicator.indicator_id}_{area.pk if area else 0}_{year}"


def test_all_values_of_a_year_are_entered_in_one_table(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    data = form_of(client, there) | {f"value_{key(small)}": "6,1 km", f"source_{key(small)}": "Mērījums"}
    assert client.post(there, data).status_code == 302
    value = IndicatorValue.objects.get()
    assert (value.year, value.value, value.source, value.area, value.entered_by) == (2025, Decimal("6.1"), "Mērījums", None, carol)  # fmt: skip
    page = client.get(there).content.decode()
    assert 'value="6,1"' in page
    assert "Karola" in page


@pytest.mark.parametrize(
    ("typed", "stored"), [("12,5", "12.5"), ("12.5", "12.5"), ("1 234", "1234"), ("1 234,5", "1234.5"), ("-3", "-3")]
)
def test_numbers_are_read_as_people_write_them(
    typed: str, stored: str, process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    client.post(there, form_of(client, there) | {f"value_{key(small)}": typed})
    assert IndicatorValue.objects.get().value == Decimal(stored)


@pytest.mark.parametrize(
    ("typed", "said"),
    [("daudz", "nav skaitlis"), ("45 %", "mērvienība ir „km”"), ("1.234", "divējādi"), ("1,234", "divējādi")],
)
def test_what_is_no_number_is_said_beside_it_and_nothing_is_saved(
    typed: str, said: str, process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    other = create_indicator(small.edition, name="Otrs", unit="km", by=carol)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    data = form_of(client, there) | {f"value_{key(small)}": typed, f"value_{other.indicator_id}_0_2025": "5"}
    response = client.post(there, data)
    assert response.status_code == 422
    assert said in str(response.context["form"].errors[f"value_{key(small)}"])
    assert f'value="{typed}"' in response.content.decode()
    assert not IndicatorValue.objects.exists()


def test_a_source_without_a_value_is_asked_about(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    response = client.post(there, form_of(client, there) | {f"note_{key(small)}": "Nav vēl zināms"})
    assert response.status_code == 422
    assert f"value_{key(small)}" in response.context["form"].errors


def test_no_value_of_a_year_that_has_not_come(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    small = make_plan(process, by=carol, approved=True)
    next_year = clock.today().year + 1
    for year in (next_year, 1989):
        assert sign_in(carol).get(address(small, "record_values_of_year", year)).status_code == 404
        with pytest.raises(YearOutside):
            record_value(small.indicator.indicator, year=year, value=Decimal(1), by=carol)


def test_a_correction_keeps_what_was_there_in_the_history(
    process: Process, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    indicator = small.indicator.indicator
    assign_indicator(indicator, owner=dora.person, by=carol)
    indicator.refresh_from_db()
    record_value(indicator, year=2024, value=Decimal(5), by=dora)
    client, there = sign_in(carol), address(small, "record_values_of_indicator", indicator.pk)
    client.post(
        there, form_of(client, there) | {f"value_{key(small, 2024)}": "5,4", f"note_{key(small, 2024)}": "Pārmērīts"}
    )
    client.post(there, form_of(client, there) | {f"value_{key(small, 2024)}": "", f"note_{key(small, 2024)}": ""})
    steps = [(one.kind, one.value, one.by) for one in value_history(indicator)]
    assert steps == [
        ("removed", Decimal("5.4"), "Karola"),
        ("corrected", Decimal("5.4"), "Karola"),
        ("entered", 5, "Dora"),
    ]
    assert not IndicatorValue.objects.exists()
    page = client.get(there).content.decode()
    assert all(word in page for word in ("izdzēsts", "labots", "ievadīts", "Pārmērīts", "Dora"))


def test_saving_an_unchanged_page_writes_nothing(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    entered = record_value(small.indicator.indicator, year=2025, value=Decimal("6.1"), by=carol)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    client.post(there, form_of(client, there))
    assert IndicatorValue.objects.get().entered_at == entered.entered_at
    assert len(value_history(small.indicator.indicator)) == 1


def test_who_was_overtaken_is_asked_and_then_saves(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    other = make_plan(process, by=carol, title="Cits", approved=True).indicator
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    data = form_of(client, there) | {f"value_{key(small)}": "7"}
    record_value(small.indicator.indicator, year=2025, value=Decimal("6.5"), by=carol)
    refused = client.post(there, data)
    assert refused.status_code == 409
    assert "Pa to laiku kāds šeit ievadīja 6,5" in refused.content.decode()
    assert IndicatorValue.objects.get().value == Decimal("6.5")
    again = {name: refused.context["form"][name].value() or "" for name in refused.context["form"].fields}
    assert client.post(there, again).status_code == 302
    assert IndicatorValue.objects.get().value == 7
    entry = Entered("x", other.indicator, None, 2025, Decimal(1), was="nekas")
    with pytest.raises(ValuesChanged):
        record_values([entry], by=carol)


def test_what_others_entered_meanwhile_is_not_touched_by_a_page_that_did_not_change_it(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    other = create_indicator(small.edition, name="Otrs", unit="km", by=carol)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    data = form_of(client, there) | {f"value_{key(small)}": "7"}
    record_value(other.indicator, year=2025, value=Decimal(3), by=carol)
    assert client.post(there, data).status_code == 302
    assert sorted(IndicatorValue.objects.values_list("value", flat=True)) == [3, 7]


def test_territories_are_entered_apart(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    small = make_plan(process, by=carol)
    area = Area.objects.create(name="Talkas pagasts", kind="parish")
    small.indicator.areas.add(area)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    client.post(there, form_of(client, there) | {f"value_{key(small)}": "6", f"value_{key(small, area=area)}": "2,5"})
    assert set(IndicatorValue.objects.values_list("area", "value")) == {(None, 6), (area.pk, Decimal("2.5"))}


def test_many_territories_come_in_pages_that_a_request_can_hold(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    areas = Area.objects.bulk_create(Area(name=f"Pagasts {n:03}", kind="parish") for n in range(150))
    small.indicator.areas.set(areas)
    client, there = sign_in(carol), address(small, "record_values_of_year", 2025)
    last = areas[-1]
    assert f"value_{key(small, area=last)}" not in form_of(client, there)
    second = f"{there}?page=2"
    data = form_of(client, second) | {f"value_{key(small, area=last)}": "2"}
    assert client.post(second, data)["Location"] == second
    assert IndicatorValue.objects.get().area == last
    assert client.post(there, form_of(client, there)).status_code == 302


def test_what_the_draft_leaves_out_still_gets_its_values(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    remove_indicator(draft.indicator_versions.get(), by=carol, reason="Nav vajadzīgs")
    page = sign_in(carol).get(address(small, "record_values_of_year", 2025)).content.decode()
    assert "Veloceliņu garums" in page
    assert (
        sign_in(carol).get(address(small, "record_values_of_indicator", small.indicator.indicator_id)).status_code
        == 200
    )


def test_who_is_named_enters_the_values_without_a_role(
    process: Process, carol: User, bob: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    create_indicator(start_edition(small.plan, name="RP 2025.1", by=carol), name="Ne viņa", unit="km", by=carol)
    client, there = sign_in(bob), reverse("plans:record_own_values", args=[2025])
    assert "Jums nav uzticēts neviens rādītājs" in client.get(there).content.decode()
    assert reverse("plans:record_own_values") not in client.get(reverse("proposals:list_owed")).content.decode()
    assign_indicator(small.indicator.indicator, owner=bob.person, by=carol)
    assert reverse("plans:record_own_values") in client.get(reverse("proposals:list_owed")).content.decode()
    page = client.get(there).content.decode()
    assert "Veloceliņu garums" in page
    assert "Ne viņa" not in page
    assert client.post(there, form_of(client, there) | {f"value_{key(small)}": "6,2"}).status_code == 302
    assert IndicatorValue.objects.get().entered_by == bob
    assert client.get(address(small, "record_values_of_year")).status_code == 404
    assert "Veloceliņu garums" not in sign_in(eve).get(there).content.decode()


def test_what_was_typed_survives_a_session_that_ended(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    there = address(small, "record_values_of_year", 2025)
    data = form_of(sign_in(carol), there) | {f"value_{key(small)}": "6,3"}
    visitor = Client()
    assert visitor.post(there, data).status_code == 302
    visitor.force_login(carol, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert 'value="6,3"' in visitor.get(there).content.decode()


def test_eve_and_a_clerk_may_not(
    process: Process, carol: User, clara: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    there = address(small, "record_values_of_indicator", small.indicator.indicator_id)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            record_values([Entered("x", small.indicator.indicator, None, 2025, Decimal(1))], by=other)
        with pytest.raises(PermissionDenied):
            record_value(small.indicator.indicator, year=2025, value=Decimal(1), by=other)
    sign_in(clara).post(there, {f"value_{key(small)}": "1"})
    assert not IndicatorValue.objects.exists()


def test_the_table_asks_as_little_for_many_as_for_one(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    client, there, numbers = sign_in(carol), address(small, "record_values_of_year", 2025), []
    client.get(there)
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(there)
        numbers.append(len(queries))
        for number in range(20):
            create_indicator(small.edition, name=f"Rādītājs {number}", unit="%", by=carol)
    assert numbers[0] == numbers[1]
