# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

from django.test import Client

from talka.accounts.models import User
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import change_group, close_group
from talka.groups.operations.seating import seat_person
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals
from tests.portal.meetings import call_in_three_days


def address(group: WorkingGroup) -> str:
    """Return where the group's page is."""
    return f"/lv/p/{group.process.slug}/groups/{group.slug}/"


def test_members_are_numbers_and_organizations_and_names_only_with_consent(
    group: WorkingGroup, leo: User, bob: User, carol: User, client: Client
) -> None:
    for name, public in (("Anna Redzama", True), ("Jānis Neredzams", False)):
        seat_person(group, person=Person.objects.create(name=name), by=carol, represents="resident", name_public=public)
    page = client.get(address(group)).content.decode()
    assert "Leo, nodaļas vadītājs" in page
    assert "Biedrība „Ritenis”" in page
    assert "Anna Redzama" in page
    assert "Jānis Neredzams" not in page
    assert "Bruno" not in page
    members = client.get(address(group)).context["page"].members
    assert [(part.represents, part.number) for part in members] == [("biedrība", 1), ("iedzīvotāji", 2)]


def test_it_says_what_about_who_may_join_and_when_it_meets(group: WorkingGroup, carol: User, client: Client) -> None:
    change_group(group, by=carol, subtopic_names=["Veloceliņi"], description="Vērtē *ceļus*.")
    call_in_three_days(group.process, carol, title="Pirmā sēde", groups=[group])
    call_in_three_days(group.process, carol, title="Citu sēde")
    page = client.get(address(group)).content.decode()
    for expected in (
        "Veloceliņi",
        "<em>ceļus</em>",
        "Rakstiet mums.",
        "Grupa ir atvērta ikvienam",
        "Pirmā sēde",
        "meetings.ics",
    ):
        assert expected in page
    assert "Citu sēde" not in page


def test_its_proposals_are_listed_with_a_link_to_all_of_them(
    group: WorkingGroup,
    carol: User,
    make_proposal: Callable[..., Proposal],
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    proposals = [make_proposal(f"Priekšlikums {n}", public=True) for n in range(7)]
    assign_proposals([*proposals, make_proposal("Nepublicēts")], by=carol, group=group)
    with django_assert_max_num_queries(10):
        page = client.get(address(group)).content.decode()
    assert "Grupai nodoti un publicēti 7 priekšlikumi." in page
    assert f"/lv/p/programma/proposals/?group={group.pk}" in page
    assert "Priekšlikums 6" in page
    assert "Nepublicēts" not in page


def test_a_closed_group_takes_nothing(process: Process, group: WorkingGroup, carol: User, client: Client) -> None:
    close_group(group, by=carol)
    page = client.get(address(group)).content.decode()
    assert "Grupa darbu beigusi" in page
    assert "/proposals/new/" not in page
