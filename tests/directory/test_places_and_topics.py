# SPDX-License-Identifier: EUPL-1.2
"""Places with how to get in, and the one tree of topics."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event
from talka.directory import operations, queries
from talka.directory.models import Organization, Place, Topic

PLACES = "/lv/workspace/administration/places/"
TOPICS = "/lv/workspace/administration/topics/"
HALL = {"name": "Domes ēka", "address": "Lielā iela 1, Talka", "floor": "2. stāvs", "room": "zāle", "access": "full"}


@pytest.fixture
def as_dora(dora: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(dora)


def test_a_place_is_entered_with_point_and_accessibility(as_dora: Client, dora: User, town: Organization) -> None:
    fields = {
        **HALL,
        "access_note": "Lifts\r\npagalmā",
        "longitude": "21.01",
        "latitude": "56.51",
        "organization": town.pk,
    }
    assert "Domes ēka" in as_dora.post(f"{PLACES}new/", fields, follow=True).content.decode()
    place = Place.objects.get()
    assert (place.access, place.access_note, place.longitude, place.organization) == (
        "full",
        "Lifts\npagalmā",
        21.01,
        town,
    )
    assert Event.objects.filter(verb="directory.create_place", actor_id=dora.pk).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""}, {"name": "N" * 201}, {"access": "maybe"}, {"longitude": "21"}, {"latitude": "56"},
        {"longitude": "181", "latitude": "56"}, {"longitude": "21", "latitude": "nan"}, {"longitude": "x", "latitude": "y"},
        {"access_note": "a" * 2001},
    ],
)  # fmt: skip
def test_a_wrong_place_is_refused_and_stays_on_the_page(as_dora: Client, wrong: dict[str, str]) -> None:
    response = as_dora.post(f"{PLACES}new/", {**HALL, **wrong})
    assert response.status_code == 422
    page = response.content.decode()
    assert "ds-error-summary" in page
    assert "Lielā iela 1, Talka" in page
    assert not Place.objects.exists()


def test_a_place_is_not_given_to_somebody_elses_organization(as_dora: Client, other_town: Organization) -> None:
    assert as_dora.post(f"{PLACES}new/", {**HALL, "organization": other_town.pk}).status_code == 422


def test_a_place_is_changed_by_its_own_staff_only(
    as_dora: Client, eve: User, town: Organization, sign_in: Callable[[User], Client]
) -> None:
    place = Place.objects.create(name="Domes ēka", organization=town)
    assert sign_in(eve).post(f"{PLACES}{place.pk}/", HALL).status_code == 403
    as_dora.post(f"{PLACES}{place.pk}/", {**HALL, "name": "Jaunā dome"})
    place.refresh_from_db()
    assert (place.name, place.room) == ("Jaunā dome", "zāle")


def test_places_are_found_and_only_ones_own_are_linked(
    as_dora: Client, town: Organization, other_town: Organization
) -> None:
    mine = Place.objects.create(name="Domes ēka", organization=town)
    theirs = Place.objects.create(name="Kaimiņu nams", address="Lielā iela 9", organization=other_town)
    page = as_dora.get(PLACES, {"q": "liela iela 9"}).content.decode()
    assert "Kaimiņu nams" in page
    assert "Domes ēka" not in page
    page = as_dora.get(PLACES).content.decode()
    assert f'href="{PLACES}{mine.pk}/"' in page
    assert f'href="{PLACES}{theirs.pk}/"' not in page


def test_empty_lists_say_what_to_do(as_dora: Client) -> None:
    assert "Vēl nav ievadīta neviena vieta" in as_dora.get(PLACES).content.decode()
    assert "Vēl nav ievadīta neviena tēma" in as_dora.get(TOPICS).content.decode()


def test_a_topic_is_entered_in_its_place_in_the_tree(as_dora: Client) -> None:
    as_dora.post(f"{TOPICS}new/", {"name": "Mobilitāte", "words": "ceļi, ielas,, ceļi , "})
    above = Topic.objects.get()
    assert above.words == ["ceļi", "ielas"]
    page = as_dora.post(f"{TOPICS}new/", {"name": "Veloceliņi", "parent": above.pk}, follow=True).content.decode()
    assert Topic.objects.get(parent=above).name == "Veloceliņi"
    assert page.index("Mobilitāte") < page.index("Veloceliņi")


def test_the_tree_is_read_from_top_to_bottom(db: None) -> None:
    b, a = Topic.objects.create(name="B"), Topic.objects.create(name="A")
    Topic.objects.create(name="B1", parent=b)
    Topic.objects.create(name="A2", parent=Topic.objects.create(name="A1", parent=a))
    assert [(branch.topic.name, branch.depth) for branch in queries.topic_tree()] == [
        ("A", 0),
        ("A1", 1),
        ("A2", 2),
        ("B", 0),
        ("B1", 1),
    ]


def test_entering_a_topic_twice_keeps_one(dora: User) -> None:
    assert operations.create_topic(name="Kultūra", by=dora) == operations.create_topic(name="Kultūra", by=dora)
    assert Event.objects.filter(verb="directory.create_topic").count() == 1


@pytest.mark.parametrize(
    "fields", [{"name": ""}, {"name": "K" * 201}, {"name": "K", "parent": "77"}, {"name": "K", "words": "w" * 61}]
)
def test_a_wrong_topic_is_refused(as_dora: Client, fields: dict[str, str]) -> None:
    assert as_dora.post(f"{TOPICS}new/", fields).status_code == 422
    assert not Topic.objects.exists()


def test_a_topic_is_renamed_by_an_administrator_but_not_to_anothers_name(
    adam: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    topic, _other = Topic.objects.create(name="Kultura"), Topic.objects.create(name="Sports")
    address = f"{TOPICS}{topic.pk}/"
    assert sign_in(dora).post(address, {"name": "Kultūra"}).status_code == 403
    assert sign_in(adam).post(address, {"name": "Sports"}).status_code == 422
    assert sign_in(adam).post(address, {"name": "Kultūra", "words": "teātris"}).status_code == 302
    topic.refresh_from_db()
    assert (topic.name, topic.words) == ("Kultūra", ["teātris"])


def test_the_tree_asks_once_however_large_it_is(as_dora: Client, django_assert_max_num_queries: Any) -> None:
    Topic.objects.bulk_create(Topic(name=f"Tēma {number}") for number in range(100))
    with django_assert_max_num_queries(12):
        assert "Tēma 99" in as_dora.get(TOPICS).content.decode()
