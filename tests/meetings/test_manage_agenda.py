# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pgtrigger
import pytest
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.core.errors import Changed, Refused
from talka.directory.models import Person
from talka.files.inspection import inspect
from talka.groups.models import WorkingGroup
from talka.groups.operations.asking import plan_action
from talka.meetings.models import AgendaItem, Meeting, Minutes
from talka.meetings.operations.agenda import (
    MOST_ITEMS,
    NothingToShow,
    TooManyItems,
    add_item,
    begin_agenda,
    change_item,
    move_item,
    place_item,
    publish_agenda,
    remove_item,
    take_pending,
)
from talka.meetings.operations.calling import MeetingCancelled, MinutesLocked, cancel_meeting
from talka.meetings.operations.papers import add_papers
from talka.meetings.queries.agenda import agenda_for
from talka.meetings.queries.pending import pending_for
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals
from talka.tasks.operations.tasks import create_task, update_task
from tests.meetings.factories import at, make_meeting

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def meeting(process: Process, group: WorkingGroup, carol: User) -> Meeting:
    return make_meeting(process, carol, "2031-02-12 13:00", "2031-02-12 14:00", groups=[group])


@pytest.fixture
def page(process: Process, meeting: Meeting) -> str:
    return f"/lv/workspace/p/{process.slug}/meetings/{meeting.pk}/agenda/"


def titles(meeting: Meeting) -> list[str]:
    """Return the items in order."""
    return list(AgendaItem.objects.filter(meeting=meeting).values_list("title", flat=True))


def make_proposals(group: WorkingGroup, carol: User, make: Callable[..., Proposal], number: int) -> list[Proposal]:
    """Send in proposals and give them to the group."""
    proposals = [make(title=f"Soliņi parkā {n}") for n in range(number)]
    assign_proposals(proposals, by=carol, group=group)
    return proposals


def test_items_are_added_changed_ordered_and_removed(meeting: Meeting, leo: User) -> None:
    first = add_item(meeting, title="Atklāšana", by=leo, minutes_planned=5)
    add_item(meeting, title="Ietves", by=leo, minutes_planned=30)
    third = add_item(meeting, title="Soliņi", by=leo)
    move_item(third, by=leo, up=True)
    assert titles(meeting) == ["Atklāšana", "Soliņi", "Ietves"]
    place_item(first, by=leo, position=99)
    assert titles(meeting) == ["Soliņi", "Ietves", "Atklāšana"]
    move_item(first, by=leo, up=False)
    change_item(third, by=leo, title="Soliņi parkā")
    remove_item(first, by=leo)
    assert titles(meeting) == ["Soliņi parkā", "Ietves"]
    verbs = list(Event.objects.filter(verb__startswith="meetings.").order_by("pk").values_list("verb", flat=True))
    assert verbs[-4:] == ["meetings.place_item", "meetings.place_item", "meetings.change_item", "meetings.remove_item"]


def test_the_clock_of_the_whole_says_when_it_runs_over(meeting: Meeting, carol: User) -> None:
    for title, minutes in (("A", 25), ("B", 40), ("C", None)):
        add_item(meeting, title=title, by=carol, minutes_planned=minutes)
    agenda = agenda_for(meeting, carol, inside=True)
    assert [line.hours for line in agenda.lines] == ["13.00–13.25", "13.25–14.05", "14.05"]
    assert (agenda.planned, agenda.over) == (65, 5)


def test_the_clock_is_right_in_the_night_when_clocks_go_back(process: Process, carol: User) -> None:
    night = make_meeting(process, carol, "2031-10-26 03:30", "2031-10-26 05:00")
    add_item(night, title="A", by=carol, minutes_planned=60)
    add_item(night, title="B", by=carol, minutes_planned=60)
    assert [line.hours for line in agenda_for(night, carol, inside=True).lines] == ["3.30–3.30", "3.30–4.30"]


def test_nobody_overwrites_what_they_have_not_read(meeting: Meeting, carol: User, sign_in: SignIn, page: str) -> None:
    item = add_item(meeting, title="Ietves", by=carol)
    client = sign_in(carol)
    seen = client.get(f"{page}{item.pk}/").context["form"].initial["seen"]
    change_item(item, by=carol, title="Ietves un pārejas")
    with pytest.raises(Changed):
        change_item(item, by=carol, seen=seen, title="Cits")
    answer = client.post(f"{page}{item.pk}/", {"title": "Mans virsraksts", "kind": "topic", "seen": seen})
    assert answer.status_code == 409
    assert "Mans virsraksts" in answer.content.decode()
    assert "Ietves un pārejas" in answer.content.decode()


def test_what_waits_is_gathered_once(
    meeting: Meeting,
    process: Process,
    group: WorkingGroup,
    carol: User,
    leo: User,
    bob: User,
    make_proposal: Callable[..., Proposal],
) -> None:
    proposals = make_proposals(group, carol, make_proposal, 2)
    Proposal.objects.filter(pk=proposals[0].pk).update(published_at=clock.now())
    plan_action(group, title="Ierīkot soliņus", by=leo)
    owner = Person.objects.get(user=bob)
    due = create_task(process, title="Tāme", owner=owner, due_on=meeting.first_day, by=carol, group=group)  # type: ignore[arg-type]
    create_task(process, title="Vēlāk", owner=owner, due_on=at("2032-01-01 00:00").date(), by=carol, group=group)
    done = create_task(process, title="Jau gatavs", owner=owner, due_on=clock.today(), by=carol, group=group)
    update_task(done, state="done", by=bob)
    earlier = make_meeting(process, carol, "2031-01-12 13:00", groups=[group])
    AgendaItem.objects.create(meeting=earlier, title="Velonovietnes", outcome="postponed", minutes_planned=15)
    later = make_meeting(process, carol, "2031-03-12 13:00", groups=[group])
    AgendaItem.objects.create(meeting=later, title="Atlikts vēlāk", outcome="postponed")
    waiting = pending_for(meeting, carol)
    assert [(one.kind, one.title) for one in waiting] == [
        ("postponed", "Velonovietnes"), ("task", "Tāme"), ("proposal", "Soliņi parkā 0"), ("proposal", "Soliņi parkā 1"),
        ("action", "Ierīkot soliņus"),
    ]  # fmt: skip
    made = begin_agenda(meeting, by=leo)
    assert titles(meeting) == [
        "Velonovietnes",
        "Tāme",
        f"{proposals[0].reference} Soliņi parkā 0",
        f"Priekšlikums {proposals[1].reference}",
    ]
    assert made[0].continues is not None
    assert made[0].minutes_planned == 15
    assert list(made[1].tasks.all()) == [due]
    assert [one.kind for one in pending_for(meeting, carol)] == ["action"]
    remove_item(made[0], by=leo)
    assert "Velonovietnes" in [one.title for one in pending_for(meeting, carol)]


def test_many_proposals_become_one_item(
    meeting: Meeting, group: WorkingGroup, carol: User, make_proposal: Callable[..., Proposal]
) -> None:
    proposals = make_proposals(group, carol, make_proposal, 3)
    keys = [f"proposal-{one.pk}" for one in proposals]
    (item,) = take_pending(meeting, by=carol, keys=[*keys, keys[0], "proposal-999", "x"], together=True)
    assert item.title == "Priekšlikumi " + ", ".join(one.reference for one in proposals)
    assert set(item.proposals.all()) == set(proposals)
    assert take_pending(meeting, by=carol, keys=keys) == []


def test_an_agenda_of_a_cancelled_meeting_or_of_approved_minutes_stays(meeting: Meeting, carol: User) -> None:
    item = add_item(meeting, title="Ietves", by=carol)
    minutes = Minutes.objects.create(meeting=meeting, number="1", approved_at=clock.now())
    for change in (
        lambda: add_item(meeting, title="Vēl", by=carol), lambda: change_item(item, by=carol, title="Cits"),
        lambda: remove_item(item, by=carol), lambda: place_item(item, by=carol, position=3), lambda: publish_agenda(meeting, by=carol),
    ):  # fmt: skip
        with pytest.raises(MinutesLocked):
            change()
    with pgtrigger.ignore("meetings.Minutes:as_approved"):
        minutes.delete()
    cancel_meeting(meeting, by=carol, reason="Slimība")
    with pytest.raises(MeetingCancelled):
        add_item(meeting, title="Vēl", by=carol)


def test_an_agenda_has_an_end(meeting: Meeting, carol: User) -> None:
    AgendaItem.objects.bulk_create(AgendaItem(meeting=meeting, title=str(n), position=n) for n in range(MOST_ITEMS))
    with pytest.raises(TooManyItems) as refused:
        add_item(meeting, title="Vēl", by=carol)
    assert isinstance(refused.value, Refused)


def test_an_empty_agenda_is_not_published(meeting: Meeting, carol: User) -> None:
    with pytest.raises(NothingToShow):
        publish_agenda(meeting, by=carol)


def test_everybody_reads_a_published_agenda_but_closed_items(
    meeting: Meeting, process: Process, group: WorkingGroup, carol: User, bob: User, eve: User, sign_in: SignIn,
    make_proposal: Callable[..., Proposal],
) -> None:  # fmt: skip
    public, hidden = make_proposals(group, carol, make_proposal, 2)
    Proposal.objects.filter(pk=public.pk).update(published_at=clock.now())
    member = Person.objects.get(user=bob)
    item = add_item(meeting, title="Ietves", by=carol, minutes_planned=20, proposals=[public, hidden], presenter=member)
    secret = add_item(meeting, title="Sarunas ar zemes īpašnieku", by=carol, withheld=True)
    (paper,) = add_papers(meeting, files=[("tame.pdf", inspect(b"%PDF-1.4"))], by=carol)
    paper.item = secret
    paper.save()
    url = f"/lv/p/{process.slug}/meetings/{meeting.pk}/"
    assert "Ietves" not in Client().get(url).content.decode()
    publish_agenda(meeting, by=carol)
    for client in (Client(), sign_in(eve)):
        seen = client.get(url).content.decode()
        assert "Ietves" in seen
        assert public.reference in seen
        assert f"/proposals/{hidden.number}/" not in seen
        assert "Slēgts punkts" in seen
        assert "zemes īpašnieku" not in seen
        assert member.name not in seen
        assert "tame.pdf" not in seen
        assert client.get(f"{url}papers/{paper.pk}/").status_code == 404
    inside = sign_in(bob).get(url).content.decode()
    assert "Sarunas ar zemes īpašnieku" in inside
    assert member.name in inside
    assert item.title in inside


def test_the_lead_makes_an_agenda_on_one_page(
    meeting: Meeting,
    group: WorkingGroup,
    carol: User,
    leo: User,
    sign_in: SignIn,
    page: str,
    make_proposal: Callable[..., Proposal],
) -> None:
    make_proposals(group, carol, make_proposal, 2)
    client = sign_in(leo)
    shown = client.get(page)
    assert "Sākt ar visu, kas gaida" in shown.content.decode()
    client.post(f"{page}take/", {"all": "1"})
    assert len(titles(meeting)) == 2
    client.post(f"{page}new/", {"quick": "1", "title": " Nākamā   sēde ", "minutes_planned": "5"})
    assert titles(meeting)[-1] == "Nākamā sēde"
    wrong = client.post(f"{page}new/", {"quick": "1", "title": "", "minutes_planned": "900"})
    assert wrong.status_code == 422
    assert 'value="900"' in wrong.content.decode()
    last = AgendaItem.objects.filter(meeting=meeting).last()
    assert last is not None
    client.post(f"{page}{last.pk}/place/", {"direction": "up"})
    assert titles(meeting)[1] == "Nākamā sēde"
    client.post(f"{page}{last.pk}/place/", {"position": "0"})
    assert titles(meeting)[0] == "Nākamā sēde"
    client.post(f"{page}publish/", {})
    meeting.refresh_from_db()
    assert meeting.agenda_published_at is not None
    client.post(f"{page}publish/", {"withdraw": "1"})
    meeting.refresh_from_db()
    assert meeting.agenda_published_at is None


def test_wrong_input_is_said_next_to_the_field(meeting: Meeting, carol: User, sign_in: SignIn, page: str) -> None:
    answer = sign_in(carol).post(
        f"{page}new/",
        {"title": "Ietves", "kind": "topic", "references": "LP-999", "codes": "R9.9.9", "minutes_planned": "0"},
    )
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"references", "codes", "minutes_planned"}
    assert "Ietves" in answer.content.decode()


def test_a_long_agenda_asks_few_questions(
    meeting: Meeting, process: Process, group: WorkingGroup, carol: User, sign_in: SignIn, page: str, django_assert_max_num_queries: Queries,
    make_proposal: Callable[..., Proposal],
) -> None:  # fmt: skip
    proposals = make_proposals(group, carol, make_proposal, 3)
    for n in range(40):
        add_item(meeting, title=f"Punkts {n}", by=carol, proposals=proposals[:2], presenter=Person.objects.first())
    client = sign_in(carol)
    client.get(page)
    with django_assert_max_num_queries(14):
        client.get(page)
    with django_assert_max_num_queries(22):
        client.get(f"{page}waiting/")
    publish_agenda(meeting, by=carol)
    visitor = Client()
    url = f"/lv/p/{process.slug}/meetings/{meeting.pk}/"
    visitor.get(url)
    add_item(meeting, title="Vēl viens", by=carol)
    with django_assert_max_num_queries(14):
        visitor.get(url)


def test_how_meetings_are_run_is_set_and_wrong_patterns_are_refused(
    process: Process, carol: User, sign_in: SignIn
) -> None:
    url = f"/lv/workspace/p/{process.slug}/meetings/settings/"
    client = sign_in(carol)
    right = {"agenda_days": "4", "correction_days": "7", "number_pattern": "DG-{number}/{year}"}
    assert client.post(url, right | {"seen": client.get(url).context["form"].initial["seen"]}).status_code == 302
    assert client.get(url).context["form"].initial["number_pattern"] == "DG-{number}/{year}"
    for pattern in ("bez numura", "{number}{x}", "{number", "{number}}"):
        assert client.post(url, right | {"number_pattern": pattern}).status_code == 422, pattern
