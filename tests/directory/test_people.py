# SPDX-License-Identifier: EUPL-1.2
"""People of an organization: offices, roles, invitations."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import Invitation, User
from talka.accounts.operations import accept_invitation, open_account
from talka.audit.models import Event
from talka.core import clock
from talka.directory import operations
from talka.directory.models import Membership, Organization, Person, Staff
from talka.notifications.models import Notification


@pytest.fixture
def as_adam(adam: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(adam)


@pytest.fixture
def people(town: Organization) -> str:
    """The address of the town's list of people."""
    return f"/lv/workspace/administration/organizations/{town.slug}/people/"


@pytest.fixture
def zane(town: Organization, adam: User) -> Person:
    """The town's librarian, who has not been invited."""
    return operations.add_person(town, name="Zane Zariņa", email="zane@example.lv", title="bibliotekāre", by=adam)


def test_a_person_is_entered_with_office_role_and_invitation_at_once(
    as_adam: Client, people: str, town: Organization
) -> None:
    fields = {
        "name": "Zane Zariņa", "email": "Zane@Example.lv", "phone": "", "title": "bibliotēkas vadītāja", "starts_on": "2021-07-01",
        "role": "staff", "invite": "on", "language": "en",
    }  # fmt: skip
    page = as_adam.post(f"{people}new/", fields, follow=True).content.decode()
    person = Person.objects.get(name="Zane Zariņa")
    assert person.memberships.get().starts_on == date(2021, 7, 1)
    assert person.staff.get().organization == town
    letter = Notification.objects.get()
    assert (letter.email, letter.language) == ("zane@example.lv", "en")
    for shown in ("Zane Zariņa", "bibliotēkas vadītāja", "zane@example.lv", "uzaicinājums nosūtīts"):
        assert shown in page


def test_whoever_accepts_is_known_as_this_person(zane: Person, adam: User) -> None:
    operations.invite_person(zane, by=adam)
    account = open_account(Invitation.objects.get(), name="Zane Zariņa", language="lv")
    zane.refresh_from_db()
    assert zane.user == account
    assert Event.objects.filter(verb="directory.accept_invitation", actor_id=account.pk).exists()


def test_somebody_with_an_account_is_not_entered_twice(town: Organization, adam: User, alice: User) -> None:
    person = operations.add_person(
        town, name="A. Nezināma", email="ALISE@example.lv", title="bibliotekāre", invite=True, by=adam
    )
    assert person == alice.person
    assert person.name == "Alise"
    assert not Notification.objects.exists()


def test_the_same_form_twice_enters_one_person_and_one_office(zane: Person, town: Organization, adam: User) -> None:
    again = operations.add_person(
        town, name="Zane Zariņa", email="zane@example.lv", title="bibliotekāre", role="staff", by=adam
    )
    assert again == zane
    operations.add_person(
        town, name="Zane Zariņa", email="zane@example.lv", title="bibliotekāre", role="staff", by=adam
    )
    assert (zane.memberships.count(), zane.staff.count()) == (1, 1)


def test_a_person_of_another_municipality_is_never_taken_over_by_address(
    zane: Person, other_town: Organization, eve: User
) -> None:
    theirs = operations.add_person(other_town, name="Zane", email="zane@example.lv", by=eve)
    assert theirs != zane


def test_an_invitation_accepted_with_the_account_of_somebody_known_is_refused(
    zane: Person, adam: User, alice: User
) -> None:
    operations.invite_person(zane, by=adam)
    with pytest.raises(operations.KnownByAnotherName, match="kā: Alise"):
        accept_invitation(Invitation.objects.get(), user=alice)


def test_an_invitation_is_sent_again_and_the_earlier_one_ends(as_adam: Client, people: str, zane: Person) -> None:
    for _ in range(2):
        assert as_adam.post(f"{people}{zane.pk}/invitation/", follow=True).status_code == 200
    first, second = Invitation.objects.order_by("pk")
    assert first.expires_at <= clock.now() < second.expires_at
    zane.refresh_from_db()
    assert zane.invitation == second
    assert Notification.objects.count() == 2


def test_an_invitation_out_of_date_is_shown_as_such(as_adam: Client, people: str, zane: Person, adam: User) -> None:
    operations.invite_person(zane, by=adam)
    Invitation.objects.update(expires_at=clock.now() - timedelta(days=1))
    assert "uzaicinājums novecojis" in as_adam.get(people).content.decode()


def test_an_invitation_needs_an_address_and_somebody_who_cannot_sign_in_yet(
    zane: Person, adam: User, alice: User
) -> None:
    with pytest.raises(operations.PersonCanSignIn):
        operations.invite_person(alice.person, by=adam)
    operations.change_person(zane, by=adam, name="Zane", email="", phone="")
    with pytest.raises(operations.PersonWithoutAddress):
        operations.invite_person(zane, by=adam)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "Z" * 201}, {"email": "nav"}, {"title": "T" * 301}, {"starts_on": "rīt"}, {"role": "king"},
        {"invite": "on", "email": ""}, {"language": "xx"},
    ],
)  # fmt: skip
def test_wrong_input_enters_nobody_and_keeps_what_was_typed(
    as_adam: Client, people: str, wrong: dict[str, str]
) -> None:
    before = Person.objects.count()
    response = as_adam.post(f"{people}new/", {"name": "Zane", "phone": "60000000", **wrong})
    assert response.status_code == 422
    assert 'value="60000000"' in response.content.decode()
    assert Person.objects.count() == before


def test_staff_record_offices_but_give_no_roles(
    dora: User, people: str, town: Organization, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(dora)
    assert 'name="role"' not in client.get(f"{people}new/").content.decode()
    client.post(f"{people}new/", {"name": "Zane", "title": "bibliotekāre", "role": "administrator"})
    assert Membership.objects.filter(person__name="Zane").exists()
    assert not Staff.objects.filter(person__name="Zane").exists()
    with pytest.raises(PermissionDenied):
        operations.add_person(town, name="Z", role="administrator", by=dora)
    assert not Person.objects.filter(name="Z").exists()


def test_a_role_is_given_and_ended(as_adam: Client, people: str, zane: Person, town: Organization) -> None:
    as_adam.post(f"{people}{zane.pk}/role/", {"kind": "staff"})
    as_adam.post(f"{people}{zane.pk}/role/", {"kind": "staff"})
    staff = zane.staff.get()
    assert (
        "Lomu"
        not in as_adam.post(f"{people.removesuffix('people/')}roles/{staff.pk}/end/", follow=True).content.decode()
    )
    assert not zane.staff.exists()
    verbs = Event.objects.filter(scope=f"directory.organization:{town.pk}").values_list("verb", flat=True)
    assert {"directory.appoint_staff", "directory.dismiss_staff"} <= set(verbs)


def test_a_role_that_does_not_exist_is_not_given(as_adam: Client, people: str, zane: Person) -> None:
    assert (
        "Izvēlieties lomu." in as_adam.post(f"{people}{zane.pk}/role/", {"kind": "king"}, follow=True).content.decode()
    )
    assert not zane.staff.exists()


def test_the_last_administrator_stays(as_adam: Client, adam: User, people: str) -> None:
    staff = adam.person.staff.get()
    response = as_adam.post(f"{people.removesuffix('people/')}roles/{staff.pk}/end/")
    assert response.status_code == 409
    assert "vienīgais organizācijas administrators" in response.content.decode()
    assert adam.person.staff.exists()


def test_an_office_ends_and_stays_in_the_history(as_adam: Client, people: str, zane: Person) -> None:
    office = zane.memberships.get()
    end = f"{people.removesuffix('people/')}offices/{office.pk}/end/"
    yesterday = clock.today() - timedelta(days=1)
    assert as_adam.post(end, {"ends_on": yesterday.isoformat()}).status_code == 302
    office.refresh_from_db()
    assert office.ends_on == yesterday
    assert "bibliotekāre" not in as_adam.get(people).content.decode()
    assert "bibliotekāre" in as_adam.get(f"{people}{zane.pk}/").content.decode()


def test_an_office_does_not_end_before_it_began(as_adam: Client, people: str, zane: Person) -> None:
    office = zane.memberships.get()
    Membership.objects.update(starts_on=clock.today())
    end = f"{people.removesuffix('people/')}offices/{office.pk}/end/"
    assert as_adam.post(end, {"ends_on": "2000-01-01"}).status_code == 422


def test_another_office_is_added(as_adam: Client, people: str, zane: Person) -> None:
    assert as_adam.post(f"{people}{zane.pk}/office/", {"title": "arhivāre"}).status_code == 302
    assert zane.memberships.count() == 2
    assert as_adam.post(f"{people}{zane.pk}/office/", {"title": ""}).status_code == 422


def test_name_and_contacts_are_changed(as_adam: Client, people: str, zane: Person) -> None:
    as_adam.post(f"{people}{zane.pk}/", {"name": "Zane <b>Kalna", "email": "ZANE.KALNA@example.lv", "phone": "1"})
    zane.refresh_from_db()
    assert (zane.name, zane.email) == ("Zane <b>Kalna", "zane.kalna@example.lv")
    assert "<b>Kalna" not in as_adam.get(people).content.decode()


def test_the_neighbours_administrator_reaches_nobody_of_the_town(
    eve: User, people: str, zane: Person, other_town: Organization, sign_in: Callable[[User], Client]
) -> None:
    client, theirs = sign_in(eve), people.replace("talkas-novads", other_town.slug)
    assert client.get(f"{people}{zane.pk}/").status_code == 403
    assert client.get(f"{theirs}{zane.pk}/").status_code == 404
    assert client.post(f"{theirs}{zane.pk}/invitation/").status_code == 404
    assert client.post(f"{theirs}{zane.pk}/role/", {"kind": "administrator"}).status_code == 404
    office = zane.memberships.get()
    assert (
        client.post(f"{theirs.removesuffix('people/')}offices/{office.pk}/end/", {"ends_on": "2021-01-01"}).status_code
        == 404
    )
    assert not Notification.objects.exists()


def test_people_are_found_by_name_and_address(as_adam: Client, people: str, zane: Person) -> None:
    for words in ("zarina", "ZANE@"):
        assert "Zane Zariņa" in as_adam.get(people, {"q": words}).content.decode()
    assert "Neviens nav atrasts" in as_adam.get(people, {"q": "nav tāda"}).content.decode()


def test_the_list_asks_no_more_for_more_people(
    as_adam: Client, people: str, town: Organization, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        person = Person.objects.create(name=f"Persona {number:02}", email=f"p{number}@example.lv")
        Membership.objects.create(person=person, organization=town, title="amats")
    with django_assert_max_num_queries(16):
        assert "Persona 20" in as_adam.get(people).content.decode()


def test_an_empty_list_says_what_to_do(
    root: User, other_town: Organization, people: str, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(root).get(people.replace("talkas-novads", other_town.slug)).content.decode()
    assert "Vēl neviens nav ievadīts" in page


def test_entering_somebody_known_elsewhere_opens_neither_name_nor_contacts(
    zane: Person, adam: User, other_town: Organization, eve: User, sign_in: Callable[[User], Client]
) -> None:
    operations.change_person(zane, by=adam, name=zane.name, email=zane.email, phone="60 000 001")
    operations.invite_person(zane, by=adam)
    open_account(Invitation.objects.get(), name="Zane", language="lv")
    assert operations.add_person(other_town, name="Z.", email="zane@example.lv", title="eksperte", by=eve) == zane
    client, page = sign_in(eve), f"/lv/workspace/administration/organizations/{other_town.slug}/people/{zane.pk}/"
    shown = client.get(page)
    assert (shown.status_code, "60 000 001" in shown.content.decode()) == (200, False)
    assert client.post(page, {"name": "Cita", "email": "cita@example.lv"}).status_code == 403
    with pytest.raises(PermissionDenied):
        operations.change_person(zane, by=adam, name="Cita", email="", phone="")
    zane.memberships.filter(organization=other_town).update(ends_on=clock.today() - timedelta(days=1))
    operations.change_person(zane, by=adam, name="Zane Kalna", email="", phone="")
