# SPDX-License-Identifier: EUPL-1.2
"""Whoever is invited answers by the link, without an account, until the meeting begins."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core.holdings import Wanted, holders
from talka.groups.models import WorkingGroup
from talka.meetings.answers import Answer
from talka.meetings.models import Invitation, Meeting
from talka.meetings.operations import answering, calling, inviting
from talka.meetings.operations.forgetting import MeetingAhead, erase_invitation, forget_old_invitations
from talka.meetings.queries.invited import invited
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting
from tests.meetings.inviting import invitation_of


@pytest.fixture(autouse=True)
def in_february(db: None) -> Iterator[None]:
    """Be before the meeting, in Latvian."""
    with time_machine.travel(at("2030-02-01 09:00")), translation.override("lv"):
        yield


@pytest.fixture
def meeting(in_february: None, process: Process, group: WorkingGroup, carol: User, leo: User, bob: User) -> Meeting:
    meeting = make_meeting(
        process, carol, "2030-02-12 13:00", "2030-02-12 15:00", groups=[group], remote_url="https://video.example.lv/x",
        access="members",
    )  # fmt: skip
    inviting.send_invitations(meeting, by=carol)
    return meeting


@pytest.fixture
def to_bob(meeting: Meeting, bob: User) -> Invitation:
    return invitation_of(meeting, bob)


def page(invitation: Invitation) -> str:
    return reverse("meetings:answer_invitation", args=[invitation.secret])


def test_opening_the_link_fills_in_the_choice_and_answers_nothing(to_bob: Invitation) -> None:
    shown = Client().get(page(to_bob) + "?answer=declined")
    assert shown.status_code == 200
    assert shown.context["form"]["answer"].initial == "declined"
    to_bob.refresh_from_db()
    assert to_bob.answer == "none"
    assert shown["Cache-Control"] == "no-store"


def test_an_answer_is_kept_with_what_is_needed_and_can_be_changed(to_bob: Invitation, meeting: Meeting) -> None:
    given = {"answer": "accepted", "remote": "remote", "needs": "Subtitri", "note": "Kavēšos"}
    assert Client().post(page(to_bob), given).status_code == 302
    to_bob.refresh_from_db()
    assert (to_bob.answer, to_bob.remote, to_bob.needs, to_bob.note) == ("accepted", True, "Subtitri", "Kavēšos")
    assert (invited(meeting).coming, invited(meeting).remote) == (1, 1)
    Client().post(page(to_bob), {"answer": "declined"})
    to_bob.refresh_from_db()
    assert (to_bob.answer, to_bob.remote, to_bob.channel) == ("declined", False, "link")


def test_somebody_who_comes_instead_has_to_be_named(to_bob: Invitation, meeting: Meeting) -> None:
    refused = Client().post(page(to_bob), {"answer": "instead", "note": "Būs cits"})
    assert refused.status_code == 422
    assert "Būs cits" in refused.content.decode()
    Client().post(page(to_bob), {"answer": "instead", "represented_by": "Anna Liepa"})
    to_bob.refresh_from_db()
    assert to_bob.represented_by == "Anna Liepa"
    assert (invited(meeting).coming, invited(meeting).absent) == (1, 0)


def test_no_answer_or_a_made_up_one_is_refused_beside_the_field(to_bob: Invitation) -> None:
    for answer in ("", "maybe", "none"):
        assert Client().post(page(to_bob), {"answer": answer}).status_code == 422
    to_bob.refresh_from_db()
    assert to_bob.answer == "none"


def test_once_the_meeting_has_begun_the_answer_stays(to_bob: Invitation) -> None:
    with time_machine.travel(at("2030-02-12 13:01")):
        assert Client().post(page(to_bob), {"answer": "accepted"}).status_code == 409
    to_bob.refresh_from_db()
    assert to_bob.answer == "none"


def test_an_invitation_taken_back_cannot_be_answered(to_bob: Invitation, carol: User) -> None:
    inviting.withdraw_invitation(to_bob, by=carol)
    assert Client().get(page(to_bob)).status_code == 409
    with pytest.raises(answering.InvitationTakenBack):
        answering.enter_answer(to_bob, said=Answer("accepted"), by=carol)


def test_a_cancelled_meeting_is_said_to_be_cancelled_and_takes_no_answer(
    to_bob: Invitation, meeting: Meeting, carol: User
) -> None:
    calling.cancel_meeting(meeting, by=carol, reason="Sniegs")
    shown = Client().get(page(to_bob)).content.decode()
    assert "Sniegs" in shown
    assert 'name="answer"' not in shown
    assert Client().post(page(to_bob), {"answer": "accepted"}).status_code == 409


def test_an_answer_to_the_time_before_the_meeting_was_moved_does_not_count(
    to_bob: Invitation, meeting: Meeting, carol: User
) -> None:
    Client().post(page(to_bob), {"answer": "accepted"})
    calling.change_meeting(meeting, by=carol, starts_at=at("2030-02-20 13:00"), ends_at=at("2030-02-20 15:00"))
    to_bob.refresh_from_db()
    assert (to_bob.answer, to_bob.is_outdated, invited(meeting).waiting) == ("accepted", True, 2)
    Client().post(page(to_bob), {"answer": "accepted"})
    assert invited(meeting).coming == 1


def test_what_was_said_by_telephone_is_entered_by_whoever_runs_the_meeting(
    to_bob: Invitation, meeting: Meeting, leo: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    address = reverse("meetings:enter_answer", args=[meeting.process.slug, meeting.pk, to_bob.pk])
    assert sign_in(leo).post(address, {"answer": "tentative", "note": "Zvanīja"}).status_code == 302
    to_bob.refresh_from_db()
    assert (to_bob.answer, to_bob.channel, to_bob.entered_by) == ("tentative", "workspace", leo)
    with pytest.raises(PermissionDenied):
        answering.enter_answer(to_bob, said=Answer("declined"), by=eve)
    with pytest.raises(PermissionDenied):
        answering.answer_invitation(to_bob, said=Answer("declined"), by=eve)


def test_some_time_after_the_meeting_only_whether_somebody_came_is_kept(to_bob: Invitation, carol: User) -> None:
    Client().post(page(to_bob), {"answer": "accepted", "needs": "Subtitri", "note": "Kavēšos"})
    old = page(to_bob)
    with time_machine.travel(at("2030-02-12 15:00") + timedelta(days=settings.KEEP_INVITATIONS_DAYS - 1)):
        assert forget_old_invitations() == 0
    with time_machine.travel(at("2030-02-12 15:00") + timedelta(days=settings.KEEP_INVITATIONS_DAYS + 1)):
        assert forget_old_invitations() == 2
        assert forget_old_invitations() == 0
    to_bob.refresh_from_db()
    assert (to_bob.answer, to_bob.needs, to_bob.note, to_bob.email) == ("accepted", "", "", "")
    assert Client().get(old).status_code == 404


def test_a_person_who_asks_is_given_and_erased_what_is_held(
    to_bob: Invitation, meeting: Meeting, carol: User, eve: User
) -> None:
    holder = next(one for one in holders() if one.name == "invitations")
    (found,) = holder.find(Wanted(email="bruno@example.lv"), by=carol)
    assert not holder.find(Wanted(email="bruno@example.lv"), by=eve)
    assert holder.copy(found).values["letters"]
    assert found.kept_because
    with pytest.raises(MeetingAhead):
        erase_invitation(to_bob, by=carol, reason="lūgums")
    with time_machine.travel(at("2030-02-13 09:00")):
        holder.erase(found, by=carol, reason="lūgums", leave_public=False)
    assert not Invitation.objects.filter(pk=to_bob.pk).exists()
