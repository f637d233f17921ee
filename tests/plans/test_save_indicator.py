# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core.errors import Changed
from talka.plans.models import IndicatorTarget, IndicatorVersion, Measure
from talka.plans.operations.editions import EditionApproved, start_edition
from talka.plans.operations.indicators import (
    MeasureExists,
    OtherUnit,
    assign_indicator,
    change_indicator,
    compare_indicator,
    create_indicator,
    create_measure,
    move_indicator,
    remove_indicator,
)
from talka.plans.operations.nodes import CodeTaken, ReasonMissing
from talka.processes.models import Process, Role
from talka.processes.operations import give_role
from tests.plans.factories import SmallPlan, make_plan

FIELDS: dict[str, Any] = {
    "name": "Iedzīvotāji, kas šķiro", "unit": "%", "decimals": "1", "direction": "up", "baseline": "34,5 %",
    "baseline_year": "2023", "target_2025": "45", "target_2027": "55.5", "source": "Komunālā pārvalde",
}  # fmt: skip


def address(small: SmallPlan, name: str, *parts: Any) -> str:
    return reverse(f"plans:{name}", args=[small.plan.process.slug, small.plan.slug, *parts])


def test_the_coordinator_adds_an_indicator_with_latvian_numbers(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    data = {**FIELDS, "nodes": [small.task.node_id, small.priority.node_id], "code": "R2"}
    response = sign_in(carol).post(address(small, "create_indicator"), data)
    assert response.status_code == 302
    version = small.edition.indicator_versions.get(name=FIELDS["name"])
    assert (version.code, version.unit, version.decimals, version.baseline) == ("R2", "%", 1, Decimal("34.5"))
    assert dict(version.targets.values_list("year", "value")) == {2025: 45, 2027: Decimal("55.5")}
    assert set(version.nodes.all()) == {small.task.node, small.priority.node}
    assert version.position == small.indicator.position + 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("baseline", "trīsdesmit", "nav skaitlis"),
        ("baseline", "34 km", "mērvienība ir „%”"),
        ("target_2025", "1.234", "divējādi"),
        ("target_2027", "1" * 15, "pārāk liels"),
        ("target_2027", "0,12345", "vairāk nekā četri cipari"),
        ("baseline_year", "", "kura gada bāzes vērtība"),
        ("baseline_year", "1989", "1990"),
        ("unit", "", "jāaizpilda"),
        ("nodes", "999999", "999999"),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_nothing_typed_is_lost(
    field: str, typed: str, said: str, process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    response = sign_in(carol).post(address(small, "create_indicator"), {**FIELDS, field: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in str(response.context["form"].errors[field])
    assert FIELDS["name"] in page
    assert small.edition.indicator_versions.count() == 1


def test_what_it_tells_about_is_found_by_code_or_words_and_the_form_stays_as_typed(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    data = {**FIELDS, "baseline": "34,5", "nodes": [small.task.node_id], "find": "droša", "search": "1"}
    response = sign_in(carol).post(address(small, "create_indicator"), data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "RV1.1 Droša kustība" in page
    assert 'value="34,5"' in page
    form = response.context["form"]
    assert [one.node for one in form.found] == [small.direction.node]
    assert str(small.task.node_id) in form["nodes"].value()
    by_code = sign_in(carol).post(address(small, "create_indicator"), {**data, "find": "u1.1"})
    assert [one.node for one in by_code.context["form"].found] == [small.task.node]
    nothing = sign_in(carol).post(address(small, "create_indicator"), {**data, "find": "kosmoss"})
    assert "Plānā nekas tā nesaucas" in nothing.content.decode()


def test_a_change_keeps_its_values_and_says_why(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    page = sign_in(carol).get(address(small, "change_indicator", small.indicator.indicator_id))
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    data |= {"name": "Veloceliņu kopgarums", "target_2027": "11", "change_reason": "Precizēts aprēķins"}
    response = sign_in(carol).post(address(small, "change_indicator", small.indicator.indicator_id), data)
    assert response.status_code == 302
    version = draft.indicator_versions.get()
    assert (version.name, version.change_reason) == ("Veloceliņu kopgarums", "Precizēts aprēķins")
    assert dict(version.targets.values_list("year", "value")) == {2025: 6, 2027: 11}
    assert version.indicator == small.indicator.indicator
    small.indicator.refresh_from_db()
    assert small.indicator.name == "Veloceliņu garums"


def test_two_who_change_the_same_do_not_overwrite_each_other(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol)
    client = sign_in(carol)
    there = address(small, "change_indicator", small.indicator.indicator_id)
    form = client.get(there).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    change_indicator(small.indicator, targets={2025: Decimal(7)}, by=carol)
    refused = client.post(there, {**data, "name": "Mans nosaukums"})
    assert refused.status_code == 409
    assert "Mans nosaukums" in refused.content.decode()
    again = refused.context["form"]
    assert client.post(there, {**data, "name": "Mans nosaukums", "seen": again["seen"].value()}).status_code == 302
    with pytest.raises(Changed):
        change_indicator(small.indicator, name="Vēl cits", seen="0" * 16, by=carol)


def test_codes_are_not_doubled(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    other = create_indicator(small.edition, name="Cits", unit="%", code="R1", by=carol)
    with pytest.raises(CodeTaken):
        create_indicator(small.edition, name="Trešais", unit="%", code="R1", by=carol)
    with pytest.raises(CodeTaken):
        change_indicator(small.indicator, code="R1", by=carol)
    change_indicator(other, code="", by=carol)
    assert change_indicator(small.indicator, code="R1", by=carol).code == "R1"


def test_what_stood_before_needs_a_reason_to_go(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    fresh = create_indicator(draft, name="Jauns", unit="%", by=carol)
    remove_indicator(fresh, by=carol)
    with pytest.raises(ReasonMissing):
        remove_indicator(draft.indicator_versions.get(), by=carol)
    client, there = sign_in(carol), address(small, "remove_indicator", small.indicator.indicator_id)
    assert client.post(there, {"reason": ""}).status_code == 422
    assert client.post(there, {"reason": "Dati vairs netiek vākti"}).status_code == 302
    assert not draft.indicator_versions.exists()
    removal = draft.removals.get()
    assert (removal.indicator, removal.reason) == (small.indicator.indicator, "Dati vairs netiek vākti")
    assert small.edition.indicator_versions.count() == 1


def test_the_order_is_changed_by_a_button(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    small = make_plan(process, by=carol)
    second = create_indicator(small.edition, name="Otrais", unit="%", by=carol)
    there = address(small, "move_indicator", second.indicator_id)
    names = lambda: list(small.edition.indicator_versions.values_list("name", flat=True))  # noqa: E731
    assert sign_in(carol).post(there, {"direction": "up"}).status_code == 302
    assert names() == ["Otrais", "Veloceliņu garums"]
    move_indicator(second, by=carol, up=True)
    assert names() == ["Otrais", "Veloceliņu garums"]
    sign_in(carol).post(there, {"direction": "down"})
    assert names() == ["Veloceliņu garums", "Otrais"]


def test_an_approved_edition_does_not_change(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    for change in (
        lambda: create_indicator(small.edition, name="Vēlu", unit="%", by=carol),
        lambda: change_indicator(small.indicator, name="Vēlu", by=carol),
        lambda: remove_indicator(small.indicator, by=carol, reason="Vēlu"),
        lambda: move_indicator(small.indicator, by=carol, up=True),
    ):
        with pytest.raises(EditionApproved):
            change()
    with pytest.raises(ProgrammingError, match="approved"), transaction.atomic():
        IndicatorTarget.objects.filter(version=small.indicator).update(value=1)


def test_without_a_draft_there_is_nothing_to_change_but_values_are_entered(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    client = sign_in(carol)
    assert client.get(address(small, "create_indicator")).status_code == 404
    page = client.get(address(small, "manage_indicators")).content.decode()
    assert address(small, "record_values_of_year") in page
    assert address(small, "create_indicator") not in page


def test_who_enters_the_values_is_found_by_name(
    process: Process, carol: User, dora: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    client, there = sign_in(carol), address(small, "assign_indicator", small.indicator.indicator_id)
    assert f"?person={dora.person.pk}" in client.get(there, {"q": "dor"}).content.decode()
    assert "Dora" in client.get(there, {"person": dora.person.pk}).content.decode()
    assert client.post(there, {"owner": eve.person.pk}).status_code == 422
    assert client.post(there, {"owner": dora.person.pk}).status_code == 302
    small.indicator.indicator.refresh_from_db()
    assert small.indicator.indicator.owner == dora.person
    client.post(there, {"owner": ""})
    small.indicator.indicator.refresh_from_db()
    assert small.indicator.indicator.owner is None


def test_a_measure_is_chosen_in_the_same_unit_or_made_by_a_coordinator(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    small = make_plan(process, by=carol, approved=True)
    metres = create_measure(process, name="Veloceliņu garums", unit="m", by=carol)
    with pytest.raises(OtherUnit):
        compare_indicator(small.indicator, measure=metres, by=carol)
    client, there = sign_in(carol), address(small, "compare_indicator", small.indicator.indicator_id)
    assert client.post(there, {"measure": metres.pk}).status_code == 422
    made = client.post(there, {"new": "Veloceliņu garums", "definition": "Ar cietu segumu."})
    assert made.status_code == 302
    measure = Measure.objects.get(unit="km")
    assert (measure.definition, measure.indicators.get()) == ("Ar cietu segumu.", small.indicator.indicator)
    assert client.post(there, {"new": "Veloceliņu garums"}).status_code == 409
    assert client.post(there, {"new": "Cits", "measure": measure.pk}).status_code == 422
    assert client.post(there, {"measure": ""}).status_code == 302
    with pytest.raises(MeasureExists):
        create_measure(process, name="Veloceliņu garums", unit="km", by=carol)


def test_an_editor_chooses_a_measure_but_makes_none(
    process: Process, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    give_role(process, person=dora.person, kind=Role.Kind.EDITOR, by=carol, organization=process.owner)
    small = make_plan(process, by=carol, approved=True)
    with pytest.raises(PermissionDenied):
        create_measure(process, name="Viss", unit="km", by=dora)
    page = sign_in(dora).get(address(small, "compare_indicator", small.indicator.indicator_id))
    assert "new" not in page.context["form"].fields
    measure = create_measure(process, name="Garums", unit="km", by=carol)
    compare_indicator(small.indicator, measure=measure, by=dora)
    assert measure.indicators.count() == 1


def test_eve_and_a_clerk_may_not(process: Process, carol: User, clara: User, eve: User) -> None:
    small = make_plan(process, by=carol)
    before = Event.objects.count()
    for other in (eve, clara):
        for attempt in (
            lambda who: create_indicator(small.edition, name="Svešs", unit="%", by=who),
            lambda who: change_indicator(small.indicator, name="Svešs", by=who),
            lambda who: remove_indicator(small.indicator, by=who, reason="Tāpat"),
            lambda who: move_indicator(small.indicator, by=who, up=True),
            lambda who: assign_indicator(small.indicator.indicator, owner=who.person, by=who),
            lambda who: compare_indicator(small.indicator, measure=None, by=who),
            lambda who: create_measure(process, name="Svešs", unit="%", by=who),
        ):
            with pytest.raises(PermissionDenied):
                attempt(other)
    assert IndicatorVersion.objects.get().name == "Veloceliņu garums"
    assert Event.objects.count() == before
