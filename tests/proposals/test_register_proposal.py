# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.processes.operations import close_process
from talka.proposals.models import Proposal, Register
from talka.proposals.operations.entering import take_back_entry
from talka.proposals.operations.examining import add_note
from talka.proposals.operations.receiving import publish_proposal
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


# --- Said in person, by telephone, at a meeting ----------------------------------------------------


@pytest.mark.parametrize(("answer_by", "field"), [("email", "email"), ("post", "postal_address"), ("phone", "phone")])
def test_the_way_of_answering_asks_for_its_address_beside_the_field(
    process: Process, clara: User, sign_in: Callable[[User], Client], answer_by: str, field: str
) -> None:
    client = sign_in(clara)
    response = client.post(address(process), filled(channel="phone", answer_by=answer_by))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in response.content.decode()
    known = {"email": "anna@example.lv", "postal_address": "Lauku iela 1", "phone": "20 000 000"}
    client.post(address(process), filled(channel="phone", answer_by=answer_by, **{field: known[field]}))
    assert Proposal.objects.get().author.answer_by == answer_by


def test_nobody_who_wants_no_answer_is_asked_for_an_address(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    assert sign_in(clara).post(address(process), filled(channel="desk", answer_by="none")).status_code == 302
    assert Proposal.objects.get().author.way_of_answering == "none"


def test_what_was_said_is_read_back_with_its_number_and_the_way_of_answering(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    form = filled(channel="phone", phone="20 000 000", answer_by="phone")
    html = sign_in(clara).post(address(process), form, follow=True).content.decode()
    assert "Nolasiet to cilvēkam" in html
    assert "Jūsu priekšlikuma numurs ir TP-1." in html
    assert "Ar atbildi zvanīsim uz numuru 20 000 000." in html


def test_the_channel_can_be_chosen_by_the_address_and_the_register_leads_there(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    html = client.get(reverse("proposals:show_register", args=[process.slug])).content.decode()
    for key, channel in (("A", "desk"), ("T", "phone"), ("M", "meeting")):
        link = f"{address(process)}?channel={channel}"
        assert f'data-key="Alt+{key}" href="{link}"' in html
        assert client.get(link).context["form"]["channel"].value() == channel


def test_the_meeting_is_kept_where_it_was_said_at_one_and_stands_in_the_thread(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    client.post(address(process), filled(channel="meeting", at_meeting="Mobilitātes grupa, 12. marts"))
    client.post(address(process), filled(channel="desk", at_meeting="Mobilitātes grupa, 12. marts"))
    first, second = Proposal.objects.order_by("number")
    assert (first.receipt.at_meeting, second.receipt.at_meeting) == ("Mobilitātes grupa, 12. marts", "")
    publish_proposal(first, by=clara)
    page = Client().get(reverse("proposals:show_proposal", args=[process.slug, 1]))
    assert "Mobilitātes grupa, 12. marts" in page.content.decode()


# --- Its language ---------------------------------------------------------------------------------


def test_a_text_in_russian_is_marked_as_such_on_its_page_and_in_the_register(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    client.post(address(process), filled(text="Просим поставить скамейки у остановки."))
    proposal = Proposal.objects.get()
    assert proposal.language == "ru"
    assert proposal.author.language == "lv"
    publish_proposal(proposal, by=clara)
    page = Client().get(reverse("proposals:show_proposal", args=[process.slug, 1])).content.decode()
    assert '<h1 lang="ru">' in page
    assert '<div class="text section" lang="ru">' in page
    entry = client.get(reverse("proposals:manage_proposal", args=[process.slug, 1])).content.decode()
    assert "<dd>krievu</dd>" in entry


def test_the_language_is_chosen_on_entry_or_corrected_later(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    client.post(address(process), filled(text="Benches, please.", language="en"))
    proposal = Proposal.objects.get()
    assert proposal.language == "en"
    fields = {"title": proposal.title, "text": proposal.text, "language": "ru", "place_text": "", "reason": ""}
    client.post(reverse("proposals:correct_proposal", args=[process.slug, 1]), fields)
    proposal.refresh_from_db()
    assert (proposal.language, proposal.corrected_at) == ("ru", None)


# --- Taken back -----------------------------------------------------------------------------------


def test_only_who_entered_it_takes_an_entry_back_and_only_before_anything_came_of_it(
    process: Process, clara: User, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    sign_in(clara).post(address(process), filled())
    proposal = Proposal.objects.get()
    for other in (carol, eve):
        with pytest.raises(PermissionDenied):
            take_back_entry(proposal, by=other)
    add_note(proposal, text="Piezīme.", by=carol)
    take_back_entry(proposal, by=clara)
    take_back_entry(proposal, by=clara)
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.WITHDRAWN
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
