# SPDX-License-Identifier: EUPL-1.2
"""Organizations: entered, changed, ended with successors, found."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.directory import operations
from talka.directory.models import Organization, Staff

START = "/lv/workspace/administration/organizations/"
FIELDS = {"name": "Talkas novada bibliotēka", "classification": "institution"}


@pytest.fixture
def as_adam(adam: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(adam)


def test_an_administrator_enters_a_part_of_the_municipality(as_adam: Client, adam: User, town: Organization) -> None:
    response = as_adam.post(
        f"{START}new/",
        {**FIELDS, "parent": town.pk, "website": "biblioteka.example.lv", "valid_from": "2021-07-01"},
        follow=True,
    )
    assert response.status_code == 200
    entered = Organization.objects.get(parent=town)
    assert (entered.slug, entered.website) == ("talkas-novada-biblioteka", "https://biblioteka.example.lv")
    assert entered.valid_from == date(2021, 7, 1)
    assert Event.objects.filter(verb="directory.create_organization", actor_id=adam.pk).exists()
    assert entered.name in response.content.decode()


def test_two_of_the_same_name_get_addresses_of_their_own(adam: User) -> None:
    names = ["A 2", "A", "A", "A", "¡!", "¡!"]
    made = [operations.create_organization(name=name, classification="association", by=adam) for name in names]
    assert [one.slug for one in made] == ["a-2", "a", "a-3", "a-4", "organization", "organization-2"]


def test_nobody_makes_a_part_of_somebody_elses(
    adam: User, eve: User, town: Organization, sign_in: Callable[[User], Client]
) -> None:
    response = sign_in(eve).post(f"{START}new/", {**FIELDS, "parent": town.pk})
    assert response.status_code == 422
    assert not Organization.objects.filter(parent=town).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "\x00 \u200b"}, {"name": "T" * 301}, {"classification": "king"}, {"registration_number": "9" * 21},
        {"website": "javascript:alert(1)"}, {"email": "nav"}, {"valid_from": "31.02.2021"}, {"valid_from": "2021-07-01", "valid_to": "2020-01-01"},
        {"parent": "999999"}, {"parent": "x"}, {"area": "999999999999999999999"},
    ],
)  # fmt: skip
def test_wrong_input_is_said_and_what_was_typed_stays(as_adam: Client, wrong: dict[str, str]) -> None:
    response = as_adam.post(f"{START}new/", {**FIELDS, "phone": "+371 60000000", **wrong})
    assert response.status_code == 422
    page = response.content.decode()
    assert "ds-error-summary" in page
    assert 'value="+371 60000000"' in page


def test_a_registration_number_belongs_to_one(as_adam: Client, town: Organization, other_town: Organization) -> None:
    Organization.objects.filter(pk=other_town.pk).update(registration_number="90000000001")
    response = as_adam.post(
        f"{START}{town.slug}/",
        {"name": town.name, "classification": "municipality", "registration_number": "90000000001"},
    )
    assert response.status_code == 422
    assert "Kaimiņu novads" in response.content.decode()


def test_what_is_known_is_changed_and_logged(as_adam: Client, town: Organization) -> None:
    html = "Talkas <i>novads</i>"
    response = as_adam.post(
        f"{START}{town.slug}/",
        {"name": html, "classification": "municipality", "email": "dome@talka.example"},
        follow=True,
    )
    town.refresh_from_db()
    assert (town.name, town.email, town.slug) == (html, "dome@talka.example", "talkas-novads")
    assert "<i>novads" not in response.content.decode()
    assert Event.objects.filter(
        verb="directory.change_organization", scope=f"directory.organization:{town.pk}"
    ).exists()


def test_an_organization_is_never_part_of_itself(as_adam: Client, adam: User, town: Organization) -> None:
    office = operations.create_organization(name="Nodaļa", classification="department", parent=town, by=adam)
    Staff.objects.create(person=adam.person, organization=office, kind=Staff.Kind.ADMINISTRATOR)
    response = as_adam.post(
        f"{START}{town.slug}/", {"name": "Talkas novads", "classification": "municipality", "parent": office.pk}
    )
    assert response.status_code == 409
    assert "nevar būt daļa" in response.content.decode()
    town.refresh_from_db()
    assert town.parent is None


def test_a_merger_is_recorded_with_who_follows(
    as_adam: Client, town: Organization, other_town: Organization, root: User
) -> None:
    merged = operations.create_organization(name="Apvienotais novads", classification="municipality", by=root)
    response = as_adam.post(
        f"{START}{town.slug}/end/", {"ended_on": "2021-06-30", "successors": [merged.pk]}, follow=True
    )
    assert "Apvienotais novads" in response.content.decode()
    town.refresh_from_db()
    assert town.valid_to == date(2021, 6, 30)
    assert list(merged.predecessors.all()) == [town]
    assert town not in Organization.objects.current()


def test_an_organization_does_not_end_before_it_began(as_adam: Client, town: Organization) -> None:
    Organization.objects.filter(pk=town.pk).update(valid_from=date(2021, 7, 1))
    assert as_adam.post(f"{START}{town.slug}/end/", {"ended_on": "2021-06-30"}).status_code == 422


@pytest.mark.parametrize(
    ("words", "found"),
    [("talkas", True), ("TALKAS nov", True), ("90000000", True), ("kaimin", False), ("x\x00' --", False)],
)
def test_organizations_are_found_whatever_the_diacritics(
    as_adam: Client, town: Organization, other_town: Organization, words: str, found: bool
) -> None:
    Organization.objects.filter(pk=town.pk).update(registration_number="90000000001")
    page = as_adam.get(START, {"q": words}).content.decode()
    assert ("Talkas novads" in page) == found
    assert ("Kaimiņu novads" in page) == (words == "kaimin")


def test_the_list_is_filtered_by_kind_and_by_time(
    as_adam: Client, town: Organization, other_town: Organization
) -> None:
    Organization.objects.filter(pk=other_town.pk).update(valid_to=date(2020, 1, 1))
    assert "Kaimiņu novads" in as_adam.get(START, {"ended": "1"}).content.decode()
    assert "Kaimiņu novads" not in as_adam.get(START).content.decode()
    assert "Nekas nav atrasts" in as_adam.get(START, {"kind": "company"}).content.decode()
    assert "Talkas novads" in as_adam.get(START, {"kind": "nonsense"}).content.decode()


def test_only_what_one_may_open_is_linked(as_adam: Client, town: Organization, other_town: Organization) -> None:
    page = as_adam.get(START).content.decode()
    assert f'href="{START}{town.slug}/people/"' in page
    assert f'href="{START}{other_town.slug}/people/"' not in page


def test_the_list_asks_no_more_for_more_organizations(as_adam: Client, django_assert_max_num_queries: Any) -> None:
    Organization.objects.bulk_create(
        Organization(name=f"Biedrība {n}", slug=f"b-{n}", classification="association") for n in range(80)
    )
    with django_assert_max_num_queries(12):
        page = as_adam.get(START, {"page": "2", "q": "biedriba"}).content.decode()
    assert "80 organizācijas" in page


def test_what_was_typed_survives_a_session_that_ended(
    client: Client, adam: User, sign_in: Callable[[User], Client]
) -> None:
    assert client.post(f"{START}new/", FIELDS).status_code == 302
    signed_in = sign_in(adam)
    session, kept = signed_in.session, client.session
    for key, value in kept.items():
        session[key] = value
    session.save()
    assert 'value="Talkas novada bibliotēka"' in signed_in.get(f"{START}new/").content.decode()


def test_an_organization_of_today_is_current_on_its_first_and_last_day(town: Organization) -> None:
    Organization.objects.filter(pk=town.pk).update(valid_from=clock.today(), valid_to=clock.today())
    assert town in Organization.objects.current()
