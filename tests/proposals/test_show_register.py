# SPDX-License-Identifier: EUPL-1.2
import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import withdraw_proposal
from talka.proposals.views import register as register_views
from tests.proposals.conftest import text_of


def address(process: Process, name: str = "show_register", *parts: str) -> str:
    return reverse(f"proposals:{name}", args=[process.slug, *parts])


@pytest.fixture
def three(make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User) -> list[Proposal]:
    """One not assigned, one with the group and an answer prepared, one answered."""
    first = make_proposal("Soliņi pie ezera", sender=Sender(name="Anna Bērziņa", email="anna@example.lv"))
    second, third = make_proposal("Veloceliņš"), make_proposal("Tilts", public=True)
    assign_proposals([second, third], by=carol, group=group)
    for proposal in (second, third):
        prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([third], by=carol)
    return [first, second, third]


def test_the_tiles_count_what_they_say(three: list[Proposal], process: Process, carol: User, leo: User) -> None:
    whole, own = queries.figures(process, carol), queries.figures(process, leo)
    assert (whole.waiting, whole.unassigned, whole.prepared, whole.answered, whole.average_days) == (2, 1, 1, 1, 0.0)
    assert (own.waiting, own.unassigned, own.prepared, own.answered) == (1, 0, 1, 1)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [3, 2, 1]),
        ("sort=number", [1, 2, 3]),
        ("sort=title", [1, 3, 2]),
        ("state=waiting", [2, 1]),
        ("state=received", [1]),
        ("state=prepared", [2]),
        ("state=answered", [3]),
        ("public=yes", [3]),
        ("public=no", [2, 1]),
        ("channel=paper", []),
        ("q=solin", [1]),
        ("q=TP-2", [2]),
        ("q=b%C4%93rzi%C5%86a", [1]),
        ("from=2100-01-01", []),
        ("to=2000-01-01", []),
        ("from=nav&to=9999-99-99&group=x&person=0&sort=drop", [3, 2, 1]),
    ],
)
def test_filters_and_order(
    three: list[Proposal],
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    query: str,
    numbers: list[int],
) -> None:
    response = sign_in(carol).get(f"{address(process)}?{query}")
    assert [proposal.number for proposal in response.context["page"]] == numbers


def test_who_leads_a_group_sees_what_it_was_given_and_finds_no_names(
    three: list[Proposal], process: Process, leo: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(leo)
    assert [proposal.number for proposal in client.get(address(process)).context["page"]] == [3, 2]
    assert not client.get(f"{address(process)}?q=Anna").context["page"].object_list


def test_the_register_asks_a_steady_number_of_times(
    three: list[Proposal],
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
    make_proposal: Callable[..., Proposal],
) -> None:
    client = sign_in(carol)
    for _number in range(10):
        make_proposal()
    with django_assert_max_num_queries(30):
        client.get(address(process))


def test_many_are_assigned_at_once_and_the_list_comes_back_as_it_was(
    three: list[Proposal], process: Process, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    data = {"pick": [1], "to": f"group-{group.pk}", "asked": "state=received"}
    response = sign_in(carol).post(address(process, "assign_proposals"), data)
    assert response["Location"] == f"{address(process)}?state=received"
    assert Proposal.objects.get(number=1).assigned_group == group


def test_all_found_means_all_that_the_filters_find(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    data = {"all": "1", "to": f"person-{carol.person.pk}", "asked": "state=waiting"}
    sign_in(carol).post(address(process, "assign_proposals"), data)
    assert [p.assigned_person_id for p in Proposal.objects.order_by("number")] == [
        carol.person.pk,
        carol.person.pk,
        None,
    ]


def test_more_than_can_be_changed_at_once_is_refused(
    three: list[Proposal],
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(register_views, "MOST_AT_ONCE", 2)
    client = sign_in(carol)
    response = client.post(address(process, "publish_proposals"), {"all": "1"}, follow=True)
    assert "ne vairāk kā 2" in text_of(response)
    assert Proposal.objects.filter(published_at__isnull=False).count() == 1


def test_publishing_many_leaves_out_what_its_author_keeps_private(
    make_proposal: Callable[..., Proposal], process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    make_proposal()
    make_proposal(keep_private=True)
    response = sign_in(clara).post(address(process, "publish_proposals"), {"pick": [1, 2]}, follow=True)
    assert "1 priekšlikums publicēts" in text_of(response)
    assert [p.published_at is None for p in Proposal.objects.order_by("number")] == [False, True]


def test_publishing_many_does_not_wait_for_a_choice_of_group(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(carol).get(address(process, "show_register")).content.decode()
    (form,) = re.findall(r"<form[^>]*data-bulk[^>]*>", page)
    assert "novalidate" in form


def test_assigning_many_leaves_out_what_was_withdrawn_and_says_so(
    make_proposal: Callable[..., Proposal],
    process: Process,
    group: WorkingGroup,
    carol: User,
    sign_in: Callable[[User], Client],
) -> None:
    make_proposal()
    withdraw_proposal(make_proposal(), by=carol)
    data = {"pick": [1, 2], "to": f"group-{group.pk}"}
    response = sign_in(carol).post(address(process, "assign_proposals"), data, follow=True)
    assert "1 priekšlikums nodots. 1 izlaists, jo ir atsaukts." in text_of(response)
    assert [p.assigned_group for p in Proposal.objects.order_by("number")] == [group, None]
    alone = sign_in(carol).post(address(process, "assign_proposals"), {**data, "pick": [2]}, follow=True)
    assert "ir atsaukts" in text_of(alone)
    assert Proposal.objects.get(number=2).assigned_group is None


def test_answers_go_out_together_or_not_at_all(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    response = client.post(address(process, "publish_replies"), {"pick": [1, 2]}, follow=True)
    assert "TP-1" in str(next(iter(response.context["messages"])))
    assert Proposal.objects.get(number=2).answered_at is None
    client.post(address(process, "publish_replies"), {"pick": [2]})
    assert Proposal.objects.get(number=2).answered_at is not None


def test_nothing_ticked_or_nobody_chosen_is_said(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    said = text_of(client.post(address(process, "assign_proposals"), {"pick": ["x", "-1", "99999999999"]}, follow=True))
    assert "Vispirms atzīmējiet" in said
    assert "Izvēlieties grupu" in text_of(client.post(address(process, "assign_proposals"), {"pick": [1]}, follow=True))


def test_numbers_of_another_process_cannot_be_slipped_in(
    three: list[Proposal], process: Process, eve: User, sign_in: Callable[[User], Client]
) -> None:
    theirs = Process.objects.get(slug="kaimini")
    sign_in(eve).post(address(theirs, "publish_proposals"), {"pick": [1, 2], "all": "1"})
    assert Proposal.objects.filter(published_at__isnull=False).count() == 1
    assert sign_in(eve).post(address(process, "publish_proposals"), {"pick": [1]}).status_code == 403


def test_a_clerk_does_not_assign(
    three: list[Proposal], process: Process, group: WorkingGroup, clara: User, sign_in: Callable[[User], Client]
) -> None:
    data = {"pick": [1], "to": f"group-{group.pk}"}
    assert sign_in(clara).post(address(process, "assign_proposals"), data).status_code == 403


def test_the_table_is_what_is_shown_and_the_log_says_who_took_it(
    three: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    table = client.get(f"{address(process, 'export_register', 'csv')}?state=received").content.decode("utf-8-sig")
    assert "anna@example.lv" in table
    assert "Veloceliņš" not in table
    book = client.get(address(process, "export_register", "xlsx")).content
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        assert "Veloceliņš" in archive.read("xl/sharedStrings.xml").decode()
    events = Event.objects.filter(verb="proposals.export_register").order_by("pk")
    assert [(e.actor_id, e.details["number"], e.details["authors"]) for e in events] == [
        (carol.pk, 1, True),
        (carol.pk, 3, True),
    ]


def test_personal_data_is_in_the_table_only_for_those_who_keep_the_register(
    three: list[Proposal],
    process: Process,
    group: WorkingGroup,
    carol: User,
    leo: User,
    sign_in: Callable[[User], Client],
) -> None:
    assign_proposals([three[0]], by=carol, group=group)
    table = sign_in(leo).get(address(process, "export_register", "csv")).content.decode("utf-8-sig")
    assert "Soliņi pie ezera" in table
    assert "Anna" not in table


def test_a_process_without_a_register_works_and_offers_its_letters(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    process.register.delete()
    assert "P" in text_of(sign_in(carol).get(address(process)))
    said = sign_in(carol).get(address(process)).content.decode()
    assert address(process, "change_register") in said


def test_strange_filters_sent_with_many_do_no_harm(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    asked = QueryDict(mutable=True)
    asked.update({"q": "\x00", "sort": "//evil.example"})
    response = sign_in(carol).post(address(process, "publish_proposals"), {"pick": [1], "asked": asked.urlencode()})
    assert response["Location"].startswith(address(process))
