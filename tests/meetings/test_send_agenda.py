# SPDX-License-Identifier: EUPL-1.2
"""Agendas out: by hand, by the clock in set working days before, once more with what has changed."""

from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.files.inspection import inspect
from talka.groups.models import WorkingGroup
from talka.meetings.models import Custom, Invitation, Meeting
from talka.meetings.operations.agenda import NothingToShow, add_item, change_item, move_item, remove_item
from talka.meetings.operations.agenda_sending import (
    MeetingBegun,
    NobodyToSend,
    NothingChanged,
    send_agenda,
    send_due_agendas,
)
from talka.meetings.operations.calling import MeetingCancelled, cancel_meeting
from talka.meetings.operations.papers import add_papers
from talka.meetings.tasks import send_due_agendas as job
from talka.notifications.models import Notification
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting

SignIn = Callable[[User], Client]


@pytest.fixture
def meeting(process: Process, group: WorkingGroup, leo: User, bob: User, carol: User) -> Meeting:
    """A meeting of the group on a Wednesday; leo leads it, bob sits in it."""
    return make_meeting(process, carol, "2031-02-12 13:00", "2031-02-12 14:00", groups=[group])


def text_of_pdf(content: bytes) -> str:
    """Return the text of a PDF as another library reads it."""
    return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def letters(template: str = "meetings/send_agenda") -> list[Notification]:
    return list(Notification.objects.filter(template=template).order_by("email", "pk"))


def test_the_agenda_goes_to_members_and_those_invited_once_each(
    meeting: Meeting, leo: User, bob: User, alice: User, eve: User, sign_in: SignIn, process: Process
) -> None:
    add_item(meeting, title="Ietves", by=leo, minutes_planned=20)
    add_item(meeting, title="Zemes pirkums", by=leo, withheld=True, about="Cena 5000")
    for user in (alice, bob, eve):
        answered = {"answer": "declined", "answered_at": clock.now(), "channel": "link"} if user == eve else {}
        person, _made = Person.objects.get_or_create(user=user, defaults={"name": user.name})
        Invitation.objects.create(meeting=meeting, person=person, email=user.email, **answered)
    page = f"/lv/workspace/p/{process.slug}/meetings/{meeting.pk}/agenda/"
    shown = sign_in(leo).post(f"{page}send/", follow=True).content.decode()
    assert "Darba kārtību saņems 3 cilvēki." in shown
    sent = letters()
    assert [one.email for one in sent] == sorted([leo.email, bob.email, alice.email])
    assert sent[0].subject == "Darba kārtība: Sanāksme"
    assert "1. 13.00–13.20 Ietves" in sent[0].text
    assert "Zemes pirkums (nav publisks)" in sent[0].text
    assert "5000" not in sent[0].text
    assert f"/lv/p/{process.slug}/meetings/{meeting.pk}/" in sent[0].text
    meeting.refresh_from_db()
    assert meeting.agenda_sent_at is not None
    assert meeting.agenda_published_at == meeting.agenda_sent_at


def test_a_later_letter_says_what_has_changed_and_nothing_is_sent_without_a_change(
    meeting: Meeting, leo: User, sign_in: SignIn, process: Process
) -> None:
    first = add_item(meeting, title="Ietves", by=leo, minutes_planned=20)
    second = add_item(meeting, title="Soliņi", by=leo, minutes_planned=10)
    third = add_item(meeting, title="Koki", by=leo)
    send_agenda(meeting, by=leo)
    with pytest.raises(NothingChanged):
        send_agenda(meeting, by=leo)
    change_item(first, by=leo, title="Ietves un pārejas")
    move_item(second, by=leo, up=True)
    remove_item(third, by=leo)
    add_item(meeting, title="Dažādi", by=leo)
    add_papers(meeting, files=[("Tāme.pdf", inspect(b"%PDF-1.4"))], by=leo, item=first)
    page = f"/lv/workspace/p/{process.slug}/meetings/{meeting.pk}/agenda/"
    client = sign_in(leo)
    assert "Izsūtīt izmaiņas" in client.get(page).content.decode()
    client.post(f"{page}send/")
    text = letters()[-1].text
    for told in (
        "„Ietves” tagad saucas „Ietves un pārejas”", "jauns punkts: „Dažādi”", "svītrots: „Koki”", "punktu secība",
        "cits laiks: „Soliņi”", "citi dokumenti: „Ietves un pārejas”",
    ):  # fmt: skip
        assert told in text
    assert letters()[-1].subject.startswith("Darba kārtība ir mainīta")
    assert "Izsūtīt izmaiņas" not in client.get(page).content.decode()


def test_what_cannot_be_sent_is_refused(process: Process, meeting: Meeting, carol: User, eve: User, bob: User) -> None:
    with pytest.raises(NothingToShow):
        send_agenda(meeting, by=carol)
    add_item(meeting, title="Ietves", by=carol)
    for other in (eve, bob):
        with pytest.raises(PermissionDenied):
            send_agenda(meeting, by=other)
    alone = make_meeting(process, carol, "2031-02-12 13:00")
    add_item(alone, title="Ietves", by=carol)
    with pytest.raises(NobodyToSend):
        send_agenda(alone, by=carol)
    with time_machine.travel(at("2031-02-12 13:00"), tick=False), pytest.raises(MeetingBegun):
        send_agenda(meeting, by=carol)
    cancel_meeting(meeting, by=carol)
    with pytest.raises(MeetingCancelled):
        send_agenda(meeting, by=carol)
    assert letters() == []


@pytest.mark.parametrize(
    ("now", "days", "sent"),
    [
        ("2031-02-06 07:00", 3, False),  # Thursday: four working days before
        ("2031-02-07 07:00", 3, True),  # Friday: three
        ("2031-02-08 07:00", 3, False),  # Saturday: nobody is written to
        ("2031-02-10 07:00", 3, True),  # a worker that was down makes up for it
        ("2031-02-12 14:30", 3, False),  # the meeting is held
        ("2031-02-07 07:00", 0, False),  # by hand only
        ("2031-02-11 07:00", 1, True),
    ],
)
def test_the_clock_sends_in_set_working_days_before_and_never_twice(
    process: Process, meeting: Meeting, leo: User, now: str, days: int, sent: bool
) -> None:
    add_item(meeting, title="Ietves", by=leo)
    Custom.objects.create(process=process, agenda_days=days)
    with time_machine.travel(at(now), tick=False):
        assert send_due_agendas() == (2 if sent else 0)
        job(timestamp=0)
    assert len(letters()) == (2 if sent else 0)


def test_who_leads_is_reminded_once_of_an_agenda_that_is_missing(meeting: Meeting, leo: User, bob: User) -> None:
    with time_machine.travel(at("2031-02-07 07:00"), tick=False):
        assert send_due_agendas() == 1
        assert send_due_agendas() == 0
    (reminder,) = letters("meetings/remind_agenda")
    assert reminder.email == leo.email
    assert f"/meetings/{meeting.pk}/agenda/" in reminder.text
    assert "stop" in reminder.text
    with time_machine.travel(at("2031-02-10 07:00"), tick=False):
        add_item(meeting, title="Ietves", by=leo)
        assert send_due_agendas() == 2
    assert letters() != []


def test_nobody_is_reminded_who_does_not_want_it(meeting: Meeting, leo: User) -> None:
    User.objects.filter(pk=leo.pk).update(gets_reminders=False)
    with time_machine.travel(at("2031-02-07 07:00"), tick=False):
        assert send_due_agendas() == 0
    assert letters("meetings/remind_agenda") == []


def test_usual_items_frame_an_agenda_that_is_begun(
    process: Process, meeting: Meeting, carol: User, sign_in: SignIn
) -> None:
    settings = f"/lv/workspace/p/{process.slug}/meetings/settings/"
    sent = {"agenda_days": "3", "correction_days": "5", "number_pattern": "{number}", "closing_items": "Dažādi"}
    client = sign_in(carol)
    wrong = client.post(settings, sent | {"opening_items": "\n".join(f"Punkts {n}" for n in range(21))})
    assert wrong.status_code == 422
    assert "Ne vairāk kā 20 punkti." in wrong.content.decode()
    assert client.post(settings, sent | {"opening_items": "Atklāšana (5)\n\nKārtība"}).status_code == 302
    for _time in range(2):
        client.post(f"/lv/workspace/p/{process.slug}/meetings/{meeting.pk}/agenda/take/", {"all": "1"})
    items: list[Any] = list(meeting.items.values_list("title", "minutes_planned"))
    assert items == [("Atklāšana", 5), ("Kārtība", None), ("Dažādi", None)]


def test_an_item_is_dropped_beside_another(meeting: Meeting, leo: User, sign_in: SignIn, process: Process) -> None:
    first, second, third = (add_item(meeting, title=title, by=leo) for title in "ABC")
    page = f"/lv/workspace/p/{process.slug}/meetings/{meeting.pk}/agenda/"
    client = sign_in(leo)

    def drop(item: Any, where: str, beside: int) -> tuple[int, str]:
        answer = client.post(f"{page}{item.pk}/place/", {"where": where, "beside": str(beside)})
        return answer.status_code, "".join(meeting.items.values_list("title", flat=True))

    assert drop(first, "after", third.pk) == (302, "BCA")
    assert drop(first, "before", second.pk) == (302, "ABC")
    assert drop(second, "after", second.pk) == (302, "ABC")
    assert drop(third, "before", 999_999)[0] == 404


def test_the_printed_agenda_and_the_interface_say_what_the_reader_may_see(
    meeting: Meeting, leo: User, bob: User, sign_in: SignIn, process: Process
) -> None:
    add_item(meeting, title="Ietves — 1. posms", by=leo, minutes_planned=20, presenter_name="Anna Liepa, arhitekte")
    add_item(meeting, title="Zemes pirkums", by=leo, withheld=True, minutes_planned=10)
    url = f"/lv/p/{process.slug}/meetings/{meeting.pk}/agenda.pdf"
    interface = f"/api/processes/{process.slug}/meetings/{meeting.pk}"
    assert Client().get(url).status_code == 404
    assert Client().get(interface).json()["agenda"] == []
    assert sign_in(leo).get(url).status_code == 200
    send_agenda(meeting, by=leo)
    everybody = text_of_pdf(Client().get(url).content)
    assert "Ietves — 1. posms" in everybody
    assert "13.20–13.30" in everybody
    assert "Slēgts punkts" in everybody
    assert "Zemes" not in everybody
    assert "Zemes pirkums" in text_of_pdf(sign_in(bob).get(url).content)
    told = Client().get(interface).json()["agenda"]
    assert [(one["title"], one["closed"]) for one in told] == [("Ietves — 1. posms", False), ("", True)]
    assert told[0]["presenter"] == "Anna Liepa, arhitekte"


def test_today_says_what_is_next_for_the_meetings_of_ones_groups(
    meeting: Meeting, leo: User, eve: User, sign_in: SignIn
) -> None:
    with time_machine.travel(at("2031-02-07 07:00"), tick=False):
        client, today = sign_in(leo), "/lv/workspace/"
        assert "Sagatavot darba kārtību" in client.get(today).content.decode()
        add_item(meeting, title="Ietves", by=leo)
        assert "Izsūtīt darba kārtību" in client.get(today).content.decode()
        send_agenda(meeting, by=leo)
        assert "Kas jādara jūsu grupu sanāksmēm" not in client.get(today).content.decode()
        assert "Kas jādara jūsu grupu sanāksmēm" not in sign_in(eve).get(today).content.decode()
    with time_machine.travel(at("2031-02-13 07:00"), tick=False):
        assert "Rakstīt protokolu" in sign_in(leo).get(today).content.decode()
