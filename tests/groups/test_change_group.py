# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event
from talka.directory.models import Person, Topic
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import change_group, close_group, create_group, move_group
from talka.groups.operations.seating import seat_person
from talka.processes.models import Process

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def work(process: Process) -> str:
    """The address below which the groups of the process are changed."""
    return f"/lv/workspace/p/{process.slug}/"


def filled(**changed: Any) -> dict[str, Any]:
    """A form that is right."""
    return {
        "name": "Izglītība",
        "kind": "thematic",
        "joining": "open",
        "new_topic": "Izglītība",
        "subtopic_names": "Skolas\n bērnudārzi \n\nSkolas",
        **changed,
    }


def test_a_group_is_formed_with_new_topics(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    response = sign_in(carol).post(f"{work}new-group/", filled())
    group = WorkingGroup.objects.get(name="Izglītība")
    assert response.headers["Location"] == f"{work}groups/{group.slug}/"
    assert group.topic is not None
    assert group.topic.name == "Izglītība"
    assert {topic.name: topic.parent for topic in group.subtopics.all()} == {
        "Skolas": group.topic,
        "bērnudārzi": group.topic,
    }


def test_a_topic_of_the_tree_is_used_and_not_entered_twice(
    process: Process, carol: User, topic: Topic, work: str, sign_in: SignIn
) -> None:
    known = Topic.objects.create(name="Veloceliņi", parent=topic)
    sign_in(carol).post(f"{work}new-group/", filled(topic=topic.pk, new_topic="", subtopic_names="Veloceliņi"))
    assert list(WorkingGroup.objects.get(name="Izglītība").subtopics.all()) == [known]


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "x" * 201}),
        ("topic", {"new_topic": ""}),
        ("topic", {"topic": "0"}),
        ("subtopic_names", {"subtopic_names": "x" * 201}),
        ("subtopic_names", {"subtopic_names": "\n".join(str(number) for number in range(51))}),
        ("joining", {"joining": "never"}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    process: Process, carol: User, work: str, sign_in: SignIn, field: str, changed: dict[str, Any]
) -> None:
    response = sign_in(carol).post(f"{work}new-group/", filled(how_to_join="Rakstiet mums", **changed))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Rakstiet mums" in response.content.decode()
    assert not WorkingGroup.objects.exists()


def test_its_lead_changes_the_group_and_the_address_stays(
    group: WorkingGroup, leo: User, work: str, sign_in: SignIn
) -> None:
    slug = group.slug
    assert sign_in(leo).post(f"{work}groups/{slug}/change/", filled(name="Ielas un ceļi")).status_code == 302
    group.refresh_from_db()
    assert (group.name, group.slug, group.subtopic_names) == ("Ielas un ceļi", slug, "bērnudārzi\nSkolas")


def test_two_people_at_one_group_lose_nothing(
    group: WorkingGroup, carol: User, topic: Topic, work: str, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"{work}groups/{group.slug}/change/"
    seen = client.get(address).context["form"].initial["seen"]
    change_group(group, by=carol, subtopic_names=["Tilti"])
    told = client.post(
        address, filled(name=group.name, topic=topic.pk, new_topic="", subtopic_names="Ietves", seen=seen)
    )
    assert told.status_code == 409
    assert ("Apakštēmas", "Tilti") in told.context["form"].theirs
    assert "Ietves" in told.content.decode()
    assert WorkingGroup.objects.get(pk=group.pk).subtopic_names == "Tilti"


def test_a_preview_shows_the_description_and_saves_nothing(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    page = sign_in(carol).post(f"{work}new-group/", filled(description="- **skolas**", preview="1")).content.decode()
    assert "<strong>skolas</strong>" in page
    assert not WorkingGroup.objects.exists()


def test_groups_change_places(process: Process, group: WorkingGroup, carol: User, work: str, sign_in: SignIn) -> None:
    other = create_group(process, name="Kultūra", by=carol)
    sign_in(carol).post(f"{work}groups/{other.slug}/move/", {"direction": "up"})
    assert list(process.groups.all()) == [other, group]
    move_group(other, by=carol, up=True)
    assert list(process.groups.all()) == [other, group]


def test_a_group_is_closed_with_a_reason_and_opened_again(
    group: WorkingGroup, carol: User, leo: User, work: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    assert client.post(f"{work}groups/{group.slug}/close/", {"reason": ""}).status_code == 422
    client.post(f"{work}groups/{group.slug}/close/", {"reason": "Darbs pabeigts."})
    assert WorkingGroup.objects.get(pk=group.pk).closed_at is not None
    assert Event.objects.get(verb="groups.close_group").reason == "Darbs pabeigts."
    client.post(f"{work}groups/{group.slug}/reopen/")
    assert WorkingGroup.objects.get(pk=group.pk).closed_at is None
    with pytest.raises(PermissionDenied):
        close_group(group, by=leo)


def test_a_group_of_another_process_is_not_there(
    process: Process, group: WorkingGroup, eve: User, sign_in: SignIn
) -> None:
    assert sign_in(eve).get(f"/lv/workspace/p/kaimini/groups/{group.slug}/").status_code == 404
    with pytest.raises(PermissionDenied):
        change_group(group, by=eve, name="Svešs")


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    process: Process,
    group: WorkingGroup,
    carol: User,
    work: str,
    sign_in: SignIn,
    django_assert_max_num_queries: Queries,
) -> None:
    for number in range(15):
        one = create_group(process, name=f"Grupa {number}", by=carol)
        for function, represents in (("lead", "institution"), ("member", "resident"), ("member", "business")):
            person = Person.objects.create(name=f"{function} {represents} {number}")
            seat_person(one, person=person, by=carol, function=function, represents=represents)
    client = sign_in(carol)
    client.get(f"{work}groups/")
    with django_assert_max_num_queries(22):
        response = client.get(f"{work}groups/")
    balance = dict(response.context["open"])[WorkingGroup.objects.get(name="Grupa 3")]
    assert (balance.total, balance.residents, balance.businesses, balance.associations, balance.institutions) == (
        3,
        1,
        1,
        0,
        1,
    )
