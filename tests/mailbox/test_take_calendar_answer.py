# SPDX-License-Identifier: EUPL-1.2
"""What calendars answer by mail goes to the invitation, never into the register, and nobody is answered."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.mailbox.models import InboundMessage, MailAccount
from talka.meetings.models import Invitation, Meeting
from talka.meetings.operations import calling, inviting
from talka.meetings.reading_answers import read_answer
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.models import Proposal
from tests.mailbox.mails import with_parts
from tests.meetings.factories import at, make_meeting
from tests.meetings.inviting import invitation_of, letters_to, reply

Receive = Callable[..., InboundMessage]
BOB = "Bruno <bruno@example.lv>"


@pytest.fixture(autouse=True)
def in_february(db: None) -> Iterator[None]:
    """Be before the meeting."""
    with time_machine.travel(at("2030-02-01 09:00")):
        yield


@pytest.fixture
def meeting(
    in_february: None, process: Process, group: WorkingGroup, carol: User, leo: User, bob: User, account: MailAccount
) -> Meeting:
    meeting = make_meeting(process, carol, "2030-02-12 13:00", "2030-02-12 15:00", groups=[group])
    inviting.send_invitations(meeting, by=carol)
    return meeting


def answered(calendar: bytes, *, sender: str = BOB, kind: str = "alternative", **fields: Any) -> bytes:
    """Return a mail as calendars send it: a line of text, and the answer beside it."""
    text = ("Content-Type: text/plain; charset=utf-8", b"Accepted")
    return with_parts(
        text, ("Content-Type: text/calendar; charset=UTF-8; method=REPLY", calendar), sender=sender,
        subject="Accepted", kind=kind, **fields,
    )  # fmt: skip


def test_the_letter_names_the_mailbox_as_organizer_and_asks_for_an_answer(meeting: Meeting, bob: User) -> None:
    (letter,) = letters_to(bob)
    assert letter.reply_to == "attistiba@talka.example"
    unfolded = letter.calendar.replace("\r\n ", "")
    assert 'ORGANIZER;CN="Talkas novads":mailto:attistiba@talka.example' in unfolded
    assert "RSVP=TRUE" in unfolded


@pytest.mark.parametrize(
    ("said", "kept"), [("ACCEPTED", "accepted"), ("TENTATIVE", "tentative"), ("DECLINED", "declined")]
)
def test_an_answer_is_kept_and_is_no_proposal(
    meeting: Meeting, bob: User, receive: Receive, said: str, kept: str
) -> None:
    letters = Notification.objects.count()
    message = receive(answered(reply(meeting, "bruno@example.lv", said)))
    one = invitation_of(meeting, bob)
    assert (one.answer, one.channel) == (kept, "mail")
    assert (message.kind, message.invitation) == ("invitation", one)
    assert list(InboundMessage.objects.in_folder("replies")) == [message]
    assert not Proposal.objects.exists()
    assert Notification.objects.count() == letters


def test_an_answer_that_a_calendar_gives_by_itself_counts_too(meeting: Meeting, bob: User, receive: Receive) -> None:
    boundary_mail = answered(reply(meeting, "bruno@example.lv")).replace(
        b"Subject:", b"Auto-Submitted: auto-replied\r\nSubject:"
    )
    assert receive(boundary_mail).kind == "invitation"
    assert invitation_of(meeting, bob).answer == "accepted"


def test_an_older_answer_that_comes_later_changes_nothing(meeting: Meeting, bob: User, receive: Receive) -> None:
    late = clock.now() - timedelta(minutes=5)
    receive(answered(reply(meeting, "bruno@example.lv", "DECLINED", stamp=late + timedelta(minutes=2))))
    receive(answered(reply(meeting, "bruno@example.lv", "ACCEPTED", stamp=late)))
    assert invitation_of(meeting, bob).answer == "declined"


def test_an_answer_to_the_time_before_is_kept_as_such_and_asks_again(
    meeting: Meeting, bob: User, carol: User, receive: Receive
) -> None:
    before = reply(meeting, "bruno@example.lv")
    calling.change_meeting(meeting, by=carol, starts_at=at("2030-02-13 13:00"), ends_at=at("2030-02-13 15:00"))
    receive(answered(before))
    one = invitation_of(meeting, bob)
    assert (one.answer, one.is_outdated) == ("accepted", True)
    receive(answered(reply(meeting, "bruno@example.lv", "DECLINED")))
    one.refresh_from_db()
    assert (one.answer, one.is_outdated) == ("declined", False)


def test_an_answer_from_another_address_waits_for_a_person(meeting: Meeting, bob: User, receive: Receive) -> None:
    message = receive(answered(reply(meeting, "bruno@example.lv"), sender="Ieva <ieva@example.lv>"))
    assert (message.kind, message.invitation) == ("broken", None)
    assert list(InboundMessage.objects.in_folder("broken")) == [message]
    assert invitation_of(meeting, bob).answer == "none"
    assert not Proposal.objects.exists()


def test_from_another_address_it_counts_where_it_names_the_letter(
    meeting: Meeting, bob: User, receive: Receive
) -> None:
    (letter,) = letters_to(bob)
    raw = answered(reply(meeting, "bruno@example.lv"), sender="Bruno <bruno@majas.example>")
    receive(raw.replace(b"Subject:", f"In-Reply-To: {letter.message_id}\r\nSubject:".encode()))
    assert invitation_of(meeting, bob).answer == "accepted"


def test_nobody_answers_for_somebody_else(meeting: Meeting, bob: User, leo: User, receive: Receive) -> None:
    receive(answered(reply(meeting, "leo@example.lv", "DECLINED")))
    assert (invitation_of(meeting, leo).answer, invitation_of(meeting, bob).answer) == ("none", "none")


def test_an_answer_to_a_stranger_s_meeting_becomes_nothing(meeting: Meeting, receive: Receive) -> None:
    message = receive(answered(reply(meeting, "bruno@example.lv").replace(str(meeting.uid).encode(), b"cits-uid")))
    assert message.kind == "auto_reply"
    assert not Proposal.objects.exists()


def test_another_time_that_is_proposed_becomes_a_note(meeting: Meeting, bob: User, receive: Receive) -> None:
    receive(answered(reply(meeting, "bruno@example.lv", method="COUNTER", more="COMMENT:Labāk no rīta\r\n")))
    one = invitation_of(meeting, bob)
    assert one.answer == "none"
    assert "12.02.2030. 13:00" in one.note
    assert "Labāk no rīta" in one.note


def test_words_in_reply_to_the_letter_become_a_note(meeting: Meeting, bob: User, receive: Receive) -> None:
    (letter,) = letters_to(bob)
    message = receive(sender=BOB, text="Būšu, bet kavēšos.", headers={"In-Reply-To": letter.message_id})
    assert message.kind == "invitation"
    one = invitation_of(meeting, bob)
    assert (one.answer, one.note) == ("none", "Būšu, bet kavēšos.")
    assert not Proposal.objects.exists()


def test_after_the_meeting_has_begun_an_answer_changes_nothing(meeting: Meeting, bob: User, receive: Receive) -> None:
    with time_machine.travel(at("2030-02-12 13:30")):
        receive(answered(reply(meeting, "bruno@example.lv")))
    assert invitation_of(meeting, bob).answer == "none"


def test_a_moment_in_the_future_does_not_keep_later_answers_out(meeting: Meeting, bob: User, receive: Receive) -> None:
    receive(answered(reply(meeting, "bruno@example.lv", stamp=clock.now() + timedelta(days=900), sequence=9999)))
    with time_machine.travel(at("2030-02-01 10:00")):
        receive(answered(reply(meeting, "bruno@example.lv", "DECLINED")))
    assert Invitation.objects.get(pk=invitation_of(meeting, bob).pk).answer == "declined"


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_whatever_the_bytes_reading_an_answer_never_raises(noise: bytes) -> None:
    whole = b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n" + noise + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    for content in (noise, whole):
        said = read_answer(content)
        assert said is None or said.sequence >= 0
