# SPDX-License-Identifier: EUPL-1.2
"""What is late in the processes of a coordinator, by who owes it, and the letters that ask for it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process, Role
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals, prepare_reply
from talka.proposals.operations.reminding import NobodyToRemind, RemindedToday, remind_of_late
from talka.proposals.queries import owing
from tests.proposals.conftest import letters, text_of
from tests.proposals.entering import at_noon, enter

PAGE, REMIND = "/lv/workspace/late/", "/lv/workspace/late/remind/"


@pytest.fixture
def late(process: Process, group: WorkingGroup, leo: User, dora: User, carol: User) -> list[Proposal]:
    """Two late ones with leo's group, one with dora, one with nobody, one prepared, and one that has time."""
    today = clock.today()
    entries = [enter(process, carol, today - timedelta(days=days)) for days in (90, 80, 70, 60, 50, 0)]
    assign_proposals(entries[:2], by=carol, group=group)
    assign_proposals([entries[2]], by=carol, person=dora.person)
    assign_proposals([entries[4]], by=carol, group=group)
    prepare_reply(entries[4], by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    return entries


def test_it_stands_by_who_owes_it_with_counts(late: list[Proposal], process: Process, carol: User) -> None:
    found = owing.owing_in([process])
    assert [(one.name, one.step, one.late, one.soon, [p.number for p in one.rows]) for one in found] == [
        ("Mobilitāte", "answer", 2, 0, [1, 2]),
        ("", "assign", 1, 0, [4]),
        ("", "publish", 1, 0, [5]),
        ("Dora", "answer", 1, 0, [3]),
    ]
    assert [one.people for one in found] == [["Leo"], [], [], ["Dora"]]


def test_what_falls_due_within_a_week_is_soon(late: list[Proposal], process: Process) -> None:
    due = late[5].due_on
    assert due is not None
    with clock.at(at_noon(due - timedelta(days=7))):
        assert sum(one.soon for one in owing.owing_in([process])) == 1
    with clock.at(at_noon(due - timedelta(days=8))):
        assert sum(one.soon for one in owing.owing_in([process])) == 0


def test_the_page_is_for_coordinators_and_of_their_processes(
    late: list[Proposal], process: Process, carol: User, clara: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    said = text_of(sign_in(carol).get(PAGE))
    for expected in ("Mobilitāte", "Dora", "TP-1", "nokavēts", "Atgādināt: Leo", "Nevienam nav nodots"):
        assert expected in said
    assert "TP-6" not in said
    assert "TP-" not in text_of(sign_in(eve).get(f"{PAGE}?process={process.slug}"))
    assert sign_in(clara).get(PAGE).status_code == 403


def test_of_each_only_the_latest_stand_there_and_the_register_has_the_rest(
    late: list[Proposal], carol: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owing, "SHOWN_OF_EACH", 1)
    client = sign_in(carol)
    page = client.get(PAGE).content.decode()
    group = late[0].assigned_group
    assert group is None, "the row in the test is as it was read"
    asked = f"?due=pressing&amp;sort=due&amp;group={Proposal.objects.get(pk=late[0].pk).assigned_group_id}"
    assert asked in page
    register = client.get(reverse("proposals:show_register", args=[late[0].process.slug]) + asked.replace("&amp;", "&"))
    assert [proposal.number for proposal in register.context["page"]] == [1, 2, 5]


def test_the_page_asks_a_steady_number_of_times(
    late: list[Proposal],
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:
    for days in range(30, 50):
        entry = enter(process, carol, clock.today() - timedelta(days=days))
        assign_proposals([entry], by=carol, person=Person.objects.create(name=f"Persona {days}"))
    client = sign_in(carol)
    client.get(PAGE)
    with django_assert_max_num_queries(15):
        client.get(PAGE)


# --- Reminding by hand ----------------------------------------------------------------------------


def test_each_gets_one_letter_with_all_that_is_late(
    late: list[Proposal], process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    said = text_of(sign_in(carol).post(REMIND, follow=True))
    assert "2 cilvēki saņems vēstules" in said
    written = {letter.email: letter for letter in letters("proposals/remind_of_owed")}
    assert set(written) == {"leo@example.lv", "dora@example.lv"}
    leos = written["leo@example.lv"].text
    assert "TP-1" in leos
    assert "TP-2" in leos
    assert "TP-5" not in leos, "its answer is prepared: others owe the next step"
    assert "Karola" in leos
    assert "TP-3" in written["dora@example.lv"].text
    assert Event.objects.get(verb="proposals.remind_of_late").details == {"number": 2}


def test_one_of_them_is_reminded_alone_and_once_a_day(
    late: list[Proposal], process: Process, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(REMIND, {"to": f"group-{group.pk}"})
    assert [letter.email for letter in letters("proposals/remind_of_owed")] == ["leo@example.lv"]
    assert "šodien jau atgādināts" in text_of(client.post(REMIND, {"to": f"group-{group.pk}"}, follow=True))
    client.post(REMIND)
    assert [letter.email for letter in letters("proposals/remind_of_owed")] == ["leo@example.lv", "dora@example.lv"]
    with pytest.raises(RemindedToday):
        remind_of_late([process], by=carol)


@pytest.mark.parametrize("to", ["group-999999", "person-999999", "person-999999999999999999"])
def test_who_owes_nothing_late_gets_no_letter(late: list[Proposal], process: Process, carol: User, to: str) -> None:
    with pytest.raises(NobodyToRemind):
        remind_of_late([process], by=carol, key=to)
    assert not letters("proposals/remind_of_owed")


def test_a_coordinator_reminds_of_their_own_processes_only(
    late: list[Proposal], process: Process, carol: User, eve: User, clara: User, sign_in: Callable[[User], Client]
) -> None:
    with pytest.raises(PermissionDenied):
        remind_of_late([process], by=eve)
    sign_in(eve).post(REMIND, {"process": process.slug})
    assert not letters("proposals/remind_of_owed")
    assert sign_in(clara).post(REMIND).status_code == 403


def test_of_two_processes_one_can_be_asked_for(
    late: list[Proposal], process: Process, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    theirs = Process.objects.get(slug="kaimini")
    Role.objects.create(process=theirs, person=carol.person, organization=theirs.owner, kind="coordinator")
    enter(theirs, eve, clock.today() - timedelta(days=60))
    client = sign_in(carol)
    both, one = text_of(client.get(PAGE)), text_of(client.get(f"{PAGE}?process=kaimini"))
    assert "KN-1" in both
    assert "TP-1" in both
    assert "KN-1" in one
    assert "TP-1" not in one
