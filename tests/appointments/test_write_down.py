# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.appointments.models import Booking, Reception
from talka.appointments.operations.bookings import BookingCalledOff
from talka.appointments.operations.visits import NotCome, WrittenDown, write_down
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content
from tests.appointments.factories import at, book

SignIn = Callable[[User], Client]
TEXT = "Pieturā vajag solu un nojumi."


def page(booking: Booking) -> str:
    return reverse("appointments:write_down", args=[booking.reception.process.slug, booking.pk])


def typed(**fields: Any) -> dict[str, Any]:
    return {
        "agreed": "yes", "text": TEXT, "title": "", "channel": "desk", "name": "Anna Liepa", "answer_by": "phone", "phone": "20 000 111",
        "email": "", "postal_address": "",
    } | fields  # fmt: skip


@pytest.fixture
def booking(reception: Reception) -> Iterator[Booking]:
    """A visit that takes place now."""
    booking = book(reception, "2030-02-05 15:00", phone="20 000 111")
    with time_machine.travel(at("2030-02-05 15:18")):
        yield booking


def test_what_was_said_becomes_a_proposal_of_the_visitor_who_agrees(
    booking: Booking, clara: User, sign_in: SignIn
) -> None:
    client = sign_in(clara)
    form = client.get(page(booking)).content.decode()
    assert 'value="Anna Liepa"' in form
    assert 'value="20 000 111"' in form
    response = client.post(page(booking), typed(), follow=True)
    proposal = Proposal.objects.get()
    booking.refresh_from_db()
    assert (booking.proposal, booking.came) == (proposal, True)
    assert (proposal.text, proposal.channel, proposal.registered_by, proposal.received_at) == (
        TEXT,
        "desk",
        clara,
        at("2030-02-05 15:00"),
    )
    author = proposal.author
    assert (author.name, author.phone, author.email, author.answer_by) == ("Anna Liepa", "20 000 111", "", "phone")
    assert f"Pasakiet apmeklētājam numuru: {proposal.reference}." in response.content.decode()
    assert (
        proposal.reference
        in client.get(
            reverse("appointments:show_day", args=[proposal.process.slug, booking.reception_id, "2030-02-05"])
        ).content.decode()
    )


def test_a_visit_makes_one_proposal_at_most(booking: Booking, clara: User, sign_in: SignIn) -> None:
    sign_in(clara).post(page(booking), typed())
    again = sign_in(clara).post(page(booking), typed(text="Cits"))
    assert again["Location"] == reverse("proposals:manage_proposal", args=[booking.reception.process.slug, 1])
    assert Proposal.objects.count() == 1
    with pytest.raises(WrittenDown):
        write_down(booking, by=clara, content=Content(text="Cits"))


def test_where_the_visitor_does_not_agree_only_the_visit_is_kept(
    booking: Booking, clara: User, sign_in: SignIn
) -> None:
    response = sign_in(clara).post(page(booking), typed(agreed="no"))
    booking.refresh_from_db()
    assert response.status_code == 302
    assert (booking.came, booking.proposal) == (True, None)
    assert not Proposal.objects.exists()
    assert TEXT not in str(Booking.objects.values().get())


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"agreed": ""}, "Pajautājiet apmeklētājam"),
        ({"text": ""}, "Uzrakstiet, kas tika teikts"),
        ({"answer_by": "email"}, "Tur jāsūta atbilde"),
        ({"answer_by": "post"}, "Tur jāsūta atbilde"),
        ({"answer_by": "x"}, "x"),
        ({"channel": "web"}, "web"),
        ({"email": "nav"}, "e-pasta"),
    ],
)
def test_wrong_input_is_said_and_the_text_is_kept(
    booking: Booking, clara: User, sign_in: SignIn, wrong: dict[str, str], sentence: str
) -> None:
    response = sign_in(clara).post(page(booking), typed(title="Nosaukums", **wrong))
    body = response.content.decode()
    assert response.status_code == 422
    assert sentence in body
    assert 'value="Nosaukums"' in body
    assert not Proposal.objects.exists()


def test_nothing_is_written_down_before_the_day_or_of_what_was_called_off(reception: Reception, clara: User) -> None:
    ahead, off = book(reception, "2030-02-05 15:00"), book(reception, "2030-02-05 15:20")
    with pytest.raises(NotCome):
        write_down(ahead, by=clara, content=Content(text=TEXT))
    Booking.objects.filter(pk=off.pk).update(cancelled_at=at("2030-02-04 10:00"))
    with time_machine.travel(at("2030-02-05 18:00")), pytest.raises(BookingCalledOff):
        write_down(off, by=clara, content=Content(text=TEXT))
    assert not Proposal.objects.exists()


def test_who_may_not_enter_proposals_writes_nothing_down(
    booking: Booking, eve: User, dora: User, sign_in: SignIn
) -> None:
    Reception.objects.update(specialist=dora.person)
    assert sign_in(eve).post(page(booking), typed()).status_code == 404
    assert sign_in(dora).post(page(booking), typed()).status_code == 403
    for user in (eve, dora):
        with pytest.raises(PermissionDenied):
            write_down(booking, by=user, content=Content(text=TEXT))
    assert not Proposal.objects.exists()
