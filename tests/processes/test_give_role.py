# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import Invitation, User
from talka.directory.models import Membership, Organization, Person, Staff
from talka.directory.operations import add_person
from talka.groups.models import WorkingGroup
from talka.processes.models import Participant, Process, Role
from talka.processes.operations import (
    LastCoordinator,
    OwnerTakesPart,
    RoleFromGroup,
    add_participant,
    end_role,
    give_role,
    remove_participant,
)

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def people(process: Process) -> str:
    """The address of the people of the process."""
    return f"/lv/workspace/p/{process.slug}/people/"


def filled(town: Organization, **changed: Any) -> dict[str, Any]:
    """A form that is right: a new clerk who is invited."""
    return {
        "name": "Jauna Darbiniece",
        "email": "jauna@example.lv",
        "invite": "on",
        "kind": "clerk",
        "organization": town.pk,
        **changed,
    }


def test_a_new_person_gets_a_role_and_an_invitation_at_once(
    process: Process, carol: User, town: Organization, people: str, sign_in: SignIn
) -> None:
    assert sign_in(carol).post(f"{people}new/", filled(town)).headers["Location"] == people
    role = Role.objects.get(person__name="Jauna Darbiniece")
    assert (role.kind, role.organization) == ("clerk", town)
    assert Invitation.objects.get().email == "jauna@example.lv"


def test_an_address_that_is_known_is_not_entered_twice(
    process: Process, carol: User, dora: User, town: Organization, people: str, sign_in: SignIn
) -> None:
    sign_in(carol).post(f"{people}new/", filled(town, email=dora.email.upper()))
    assert Role.objects.get(kind="clerk").person == dora.person
    assert not Person.objects.filter(name="Jauna Darbiniece").exists()
    assert not Invitation.objects.exists()


def test_somebody_of_a_participating_organization_is_found_whatever_the_diacritics(
    process: Process, carol: User, town: Organization, eve: User, people: str, sign_in: SignIn
) -> None:
    known = Person.objects.create(name="Šarlote Ķēniņa")
    Membership.objects.create(person=known, organization=town, title="galvenā speciāliste")
    client = sign_in(carol)
    page = client.get(f"{people}new/", {"q": "kenina sarl"}).content.decode()
    assert "Šarlote Ķēniņa" in page
    assert "galvenā speciāliste" in page
    assert client.get(f"{people}new/", {"q": "Ieva"}).context["found"] == []
    assert "Šarlote" in client.get(f"{people}new/", {"person": known.pk}).content.decode()
    client.post(f"{people}new/?person={known.pk}", {"person": known.pk, "kind": "observer", "organization": town.pk})
    assert Role.objects.get(kind="observer").person == known


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("name", {"name": ""}),
        ("email", {"email": ""}),
        ("email", {"email": "ne adrese"}),
        ("kind", {"kind": "king"}),
        ("kind", {"kind": "group_lead"}),
        ("organization", {"organization": "0"}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    process: Process, carol: User, town: Organization, people: str, sign_in: SignIn, field: str, changed: dict[str, Any]
) -> None:
    response = sign_in(carol).post(f"{people}new/", filled(town, **changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Person.objects.filter(name="Jauna Darbiniece").exists()


def test_a_stranger_cannot_be_given_a_role_by_their_number(
    process: Process, carol: User, eve: User, town: Organization, people: str, sign_in: SignIn
) -> None:
    response = sign_in(carol).post(f"{people}new/", {"person": eve.person.pk, "kind": "clerk", "organization": town.pk})
    assert response.status_code == 422
    assert not Role.objects.filter(process=process, person=eve.person).exists()


def test_each_organization_has_its_own_coordinators_who_can_bring_in_their_people(
    process: Process, carol: User, alice: User, other_town: Organization, people: str, sign_in: SignIn
) -> None:
    add_participant(process, organization=other_town, by=carol)
    give_role(process, person=alice.person, kind="coordinator", by=carol, organization=other_town)
    assert sign_in(alice).post(f"{people}new/", filled(other_town)).status_code == 302
    teams = sign_in(carol).get(people).context["teams"]
    assert [(str(team.organization), team.has_coordinator, len(team.roles)) for team in teams] == [
        ("Talkas novads", True, 1), ("Kaimiņu novads", True, 2),
    ]  # fmt: skip


def test_the_administrator_of_the_owner_names_the_first_coordinator(
    process: Process, adam: User, town: Organization, people: str, sign_in: SignIn
) -> None:
    client = sign_in(adam)
    assert client.post(f"{people}new/", filled(town, kind="coordinator")).status_code == 302
    assert Role.objects.filter(process=process, kind="coordinator").count() == 2


def test_a_role_ends_but_the_last_coordinator_stays(
    process: Process, carol: User, clara: User, people: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    role = Role.objects.get(person=clara.person)
    assert client.post(f"{people}{role.pk}/end/").status_code == 302
    assert not Role.objects.active().filter(person=clara.person).exists()
    mine = Role.objects.get(person=carol.person)
    assert client.post(f"{people}{mine.pk}/end/").status_code == 409
    with pytest.raises(LastCoordinator):
        end_role(mine, by=carol)


def test_a_role_from_a_working_group_ends_there(process: Process, carol: User, leo: User) -> None:
    with pytest.raises(RoleFromGroup):
        end_role(Role.objects.get(person=leo.person), by=carol)


def test_roles_of_another_process_are_not_there(
    process: Process, carol: User, eve: User, people: str, sign_in: SignIn
) -> None:
    theirs = Role.objects.get(person=eve.person)
    client = sign_in(carol)
    assert client.post(f"{people}{theirs.pk}/end/").status_code == 404
    assert client.post(f"{people}{theirs.pk}/invite/").status_code == 404
    with pytest.raises(PermissionDenied):
        end_role(theirs, by=carol)


def test_an_invitation_is_sent_again(
    process: Process, carol: User, town: Organization, people: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    client.post(f"{people}new/", filled(town))
    role = Role.objects.get(kind="clerk")
    assert client.post(f"{people}{role.pk}/invite/").status_code == 302
    assert Invitation.objects.filter(email="jauna@example.lv").count() == 2


def test_an_organization_is_found_by_its_name_or_entered(
    process: Process, carol: User, other_town: Organization, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"/lv/workspace/p/{process.slug}/process/organizations/new/"
    assert client.post(address, {"organization_name": "kaiminu NOVADS", "capacity": "partneris"}).status_code == 302
    assert Participant.objects.get(organization=other_town).capacity == "partneris"
    asked = client.post(address, {"organization_name": "Biedrība „Jaunie”"})
    assert asked.status_code == 422
    assert 'id="id_classification_error"' in asked.content.decode()
    assert (
        client.post(address, {"organization_name": "Biedrība „Jaunie”", "classification": "association"}).status_code
        == 302
    )
    assert Participant.objects.filter(
        organization__name="Biedrība „Jaunie”", organization__classification="association"
    ).exists()


def test_an_organization_leaves_with_its_roles_and_the_owner_stays(
    process: Process, carol: User, alice: User, other_town: Organization, sign_in: SignIn
) -> None:
    part = add_participant(process, organization=other_town, by=carol)
    give_role(process, person=alice.person, kind="coordinator", by=carol, organization=other_town)
    own = process.participants.exclude(pk=part.pk).get()
    with pytest.raises(OwnerTakesPart):
        remove_participant(own, by=carol)
    sign_in(carol).post(f"/lv/workspace/p/{process.slug}/process/organizations/{part.pk}/remove/")
    assert not Participant.objects.filter(pk=part.pk).exists()
    assert not Role.objects.active().filter(person=alice.person).exists()


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    process: Process,
    group: WorkingGroup,
    carol: User,
    town: Organization,
    people: str,
    sign_in: SignIn,
    django_assert_max_num_queries: Queries,
) -> None:
    for number in range(20):
        person = Person.objects.create(name=f"Cilvēks {number}", email=f"c{number}@example.lv")
        Staff.objects.create(person=person, organization=town)
        give_role(process, person=person, kind="observer", by=carol, organization=town)
    client = sign_in(carol)
    client.get(people)
    with django_assert_max_num_queries(22):
        assert client.get(people).status_code == 200
    with django_assert_max_num_queries(24):
        assert client.get(f"{people}new/", {"q": "cilvēks"}).status_code == 200


def test_an_entry_that_strangers_made_for_an_address_gets_no_role(
    process: Process, carol: User, eve: User, other_town: Organization, town: Organization, people: str, sign_in: SignIn
) -> None:
    theirs = add_person(other_town, name="Jauna", email="jauna@example.lv", title="speciāliste", by=eve)
    sign_in(carol).post(f"{people}new/", filled(town, email="jauna@example.lv"))
    role = Role.objects.get(kind="clerk")
    assert (role.person == theirs, role.person.email) == (False, "jauna@example.lv")


@pytest.mark.parametrize("number", ["²", "٣", "-1", "9" * 30, "x"])
def test_a_number_that_is_none_chooses_nobody(
    process: Process, carol: User, people: str, sign_in: SignIn, number: str
) -> None:
    assert sign_in(carol).get(f"{people}new/", {"person": number}).context["person"] is None
