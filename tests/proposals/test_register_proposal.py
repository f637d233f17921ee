# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.processes.operations import close_process
from talka.proposals.models import Proposal, Register
from tests.proposals.conftest import letters, sign_in_again


def address(process: Process) -> str:
    return reverse("proposals:register_proposal", args=[process.slug])


def filled(**fields: Any) -> dict[str, Any]:
    return {
        "text": "Vēstulē rakstīts: vajag soliņus.", "channel": "paper", "received_on": clock.today().isoformat(),
        "on_behalf": "self", "key": str(uuid.uuid4()),
    } | fields  # fmt: skip


def test_a_paper_is_entered_with_its_day_and_its_sender(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    day = clock.today() - timedelta(days=3)
    response = sign_in(clara).post(
        address(process),
        filled(received_on=day.isoformat(), name="Anna", postal_address="Lauku iela 1", email="anna@example.lv"),
    )
    proposal = Proposal.objects.get()
    assert response["Location"] == reverse("proposals:manage_proposal", args=[process.slug, 1]) + "?entered=1"
    assert proposal.received_at.date() == day
    assert (proposal.channel, proposal.registered_by, proposal.author.postal_address) == (
        "paper",
        clara,
        "Lauku iela 1",
    )
    assert len(letters("proposals/submit_proposal")) == 1


def test_what_came_in_time_is_entered_after_the_phase_has_ended(
    process: Process, carol: User, clara: User, sign_in: Callable[[User], Client]
) -> None:
    close_process(process, by=carol)
    assert sign_in(clara).post(address(process), filled()).status_code == 302


@pytest.mark.parametrize(
    "wrong",
    [
        {"received_on": "2999-01-01"},
        {"received_on": ""},
        {"received_on": "0001-01-01"},
        {"channel": "web"},
        {"text": ""},
        {"text": "So\ufffdi"},
    ],
)
def test_wrong_input_is_said(
    process: Process, clara: User, sign_in: Callable[[User], Client], wrong: dict[str, str]
) -> None:
    assert sign_in(clara).post(address(process), filled() | wrong).status_code == 422
    assert not Proposal.objects.exists()


def test_the_same_entry_sent_twice_is_one(process: Process, clara: User, sign_in: Callable[[User], Client]) -> None:
    client, form = sign_in(clara), filled()
    assert client.post(address(process), form)["Location"] == client.post(address(process), form)["Location"]
    assert Proposal.objects.count() == 1


def test_the_next_of_a_stack_begins_with_the_same_channel_and_day(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    response = client.post(address(process), filled(channel="desk", do="another"), follow=True)
    assert response.context["form"]["channel"].value() == "desk"


def test_what_was_typed_when_the_session_ended_comes_back(process: Process, clara: User) -> None:
    client = Client()
    client.post(address(process), filled(text="Garš teksts no papīra."))
    sign_in_again(client, clara)
    assert "Garš teksts no papīra." in client.get(address(process)).content.decode()


def test_the_first_proposal_of_a_process_without_a_register_opens_one(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    process.register.delete()
    sign_in(clara).post(address(process), filled())
    assert Proposal.objects.get().reference == "P-1"
    assert Register.objects.get(process=process).last_number == 1


# --- Settings -------------------------------------------------------------------------------------


def settings_of(process: Process) -> str:
    return reverse("proposals:change_register", args=[process.slug])


def test_a_register_is_opened_and_changed_on_one_page(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    process.register.delete()
    client = sign_in(carol)
    client.post(settings_of(process), {"prefix": "lp", "publishing": "at_once"})
    client.post(settings_of(process), {"prefix": "LPĀ", "publishing": "after_review"})
    register = Register.objects.get(process=process)
    assert (register.prefix, register.publishing) == ("LPĀ", "after_review")


@pytest.mark.parametrize("prefix", ["", "L P", "LP-1", "<b>", "ABCDEFGHI", "L\x00"])
def test_only_letters_stand_before_the_number(
    process: Process, carol: User, sign_in: Callable[[User], Client], prefix: str
) -> None:
    response = sign_in(carol).post(settings_of(process), {"prefix": prefix, "publishing": "at_once"})
    assert (response.status_code, Register.objects.get(process=process).prefix) in {(422, "TP"), (302, "L")}


def test_the_letters_stay_once_a_number_was_given(
    process: Process, make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client]
) -> None:
    make_proposal()
    response = sign_in(carol).post(settings_of(process), {"prefix": "XX", "publishing": "at_once"})
    assert response.status_code == 409
    assert Register.objects.get(process=process).prefix == "TP"


def test_where_proposals_appear_at_once_they_do(
    process: Process, carol: User, sign_in: Callable[[User], Client], make_proposal: Callable[..., Proposal]
) -> None:
    sign_in(carol).post(settings_of(process), {"prefix": "TP", "publishing": "at_once"})
    assert make_proposal().published_at is not None
    assert make_proposal(keep_private=True).published_at is None
