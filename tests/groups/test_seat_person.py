# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import Invitation, User
from talka.core import clock
from talka.directory.models import Organization, Person
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.operations.seating import AlreadySeated, LeadTaken, change_mandate, seat_person
from talka.processes.models import Process, Role

SignIn = Callable[[User], Client]


@pytest.fixture
def members(process: Process, group: WorkingGroup) -> str:
    """The address of the members of the group."""
    return f"/lv/workspace/p/{process.slug}/groups/{group.slug}/members/"


def filled(**changed: Any) -> dict[str, Any]:
    """A form that is right: a new member who speaks for residents."""
    return {
        "name": "Jauna Dalībniece",
        "email": "jauna@example.lv",
        "invite": "on",
        "function": "member",
        "represents": "resident",
        **changed,
    }


def test_the_lead_seats_a_new_person_who_is_invited_at_once(
    group: WorkingGroup, leo: User, members: str, sign_in: SignIn
) -> None:
    assert sign_in(leo).post(f"{members}new/", filled()).status_code == 302
    mandate = Mandate.objects.get(person__name="Jauna Dalībniece")
    assert (mandate.represents, mandate.name_public, mandate.starts_on) == ("resident", False, clock.today())
    assert Invitation.objects.filter(email="jauna@example.lv").exists()
    assert Role.objects.filter(person=mandate.person, kind="member").exists()


def test_somebody_known_is_seated_for_an_association_that_is_entered(
    group: WorkingGroup, carol: User, dora: User, members: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    known = dora.person.pk
    assert client.get(f"{members}new/", {"q": "dor"}).context["found"] == [dora.person]
    data = {
        "person": known,
        "function": "member",
        "represents": "association",
        "organization_name": "Biedrība „Taka”",
        "name_public": "on",
    }
    assert client.post(f"{members}new/", data).status_code == 422
    assert client.post(f"{members}new/", {**data, "classification": "association"}).status_code == 302
    mandate = Mandate.objects.get(person=dora.person)
    assert mandate.organization == Organization.objects.get(name="Biedrība „Taka”")
    assert mandate.name_public


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("name", {"name": ""}),
        ("email", {"email": ""}),
        ("organization_name", {"represents": "association"}),
        ("function", {"function": "king"}),
        ("represents", {"represents": ""}),
        ("starts_on", {"starts_on": "1026-01-01"}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    group: WorkingGroup, carol: User, members: str, sign_in: SignIn, field: str, changed: dict[str, Any]
) -> None:
    response = sign_in(carol).post(f"{members}new/", filled(title="galvenā eksperte", **changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "galvenā eksperte" in response.content.decode()
    assert not Person.objects.filter(name="Jauna Dalībniece").exists()


def test_nobody_is_seated_twice_and_one_leads(
    group: WorkingGroup, carol: User, leo: User, bob: User, members: str, sign_in: SignIn
) -> None:
    with pytest.raises(AlreadySeated):
        seat_person(group, person=leo.person, by=carol)
    with pytest.raises(LeadTaken):
        change_mandate(Mandate.objects.get(person=bob.person), by=carol, function="lead")
    response = sign_in(carol).post(f"{members}new/", filled(function="lead"))
    assert response.status_code == 409
    assert 'value="Jauna Dalībniece"' in response.content.decode()
    assert not Person.objects.filter(name="Jauna Dalībniece").exists()


def test_a_mandate_is_changed_and_the_role_in_the_process_follows(
    group: WorkingGroup, carol: User, bob: User, members: str, sign_in: SignIn
) -> None:
    mandate = Mandate.objects.get(person=bob.person)
    address = f"{members}{mandate.pk}/"
    assert "Biedrība „Ritenis”" in sign_in(carol).get(address).content.decode()
    sign_in(carol).post(address, {"function": "deputy", "represents": "resident", "title": "velobraucējs"})
    mandate.refresh_from_db()
    assert (mandate.function, mandate.organization, mandate.title) == ("deputy", None, "velobraucējs")
    assert [(role.kind, role.organization) for role in Role.objects.active().filter(person=bob.person)] == [
        ("group_lead", None)
    ]


def test_a_mandate_ends_and_with_it_the_role(
    group: WorkingGroup, carol: User, bob: User, members: str, sign_in: SignIn
) -> None:
    mandate = Mandate.objects.get(person=bob.person)
    Mandate.objects.filter(pk=mandate.pk).update(starts_on=clock.today() - timedelta(days=30))
    assert sign_in(carol).post(f"{members}{mandate.pk}/end/", {"reason": "Pats lūdza."}).status_code == 302
    mandate.refresh_from_db()
    assert mandate.ends_on == clock.today() - timedelta(days=1)
    assert not Role.objects.active().filter(person=bob.person).exists()
    assert sign_in(carol).get(f"{members}{mandate.pk}/").status_code == 404


def test_members_are_named_to_those_who_run_the_group_only(
    group: WorkingGroup, bob: User, clara: User, eve: User, carol: User, leo: User, sign_in: SignIn
) -> None:
    address = f"/lv/workspace/p/{group.process.slug}/groups/{group.slug}/"
    assert [sign_in(user).get(address).status_code for user in (carol, leo, clara, bob, eve)] == [
        200,
        200,
        403,
        403,
        403,
    ]
    assert "Bruno" in sign_in(leo).get(address).content.decode()


def test_a_mandate_of_another_group_is_not_there(
    group: WorkingGroup, bob: User, carol: User, eve: User, process: Process, sign_in: SignIn
) -> None:
    mandate = Mandate.objects.get(person=bob.person)
    assert sign_in(eve).get(f"/lv/workspace/p/kaimini/groups/{group.slug}/members/{mandate.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        change_mandate(mandate, by=eve, function="secretary")


def test_a_number_that_is_none_chooses_nobody(carol: User, members: str, sign_in: SignIn) -> None:
    assert sign_in(carol).get(f"{members}new/", {"person": "²"}).context["person"] is None
