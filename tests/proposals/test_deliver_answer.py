# SPDX-License-Identifier: EUPL-1.2
"""How a published answer gets on its way: by mail, by letter, by telephone, or not."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.notifications.models import Notification
from talka.notifications.operations import deliver
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Author, Delivery, Proposal
from talka.proposals.operations.answering import correct_reply
from talka.proposals.operations.deliveries import (
    ContactMissing,
    DeliverySettled,
    deliver_otherwise,
    record_call,
    return_mail,
)
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies, reopen_proposal
from talka.proposals.operations.receiving import confirm_address, register_proposal
from tests.proposals.conftest import letters, text_of

Answered = Callable[..., Delivery]


@pytest.fixture
def answered(process: Process, make_proposal: Callable[..., Proposal], carol: User) -> Answered:
    """Return a function that takes a proposal in, answers it and returns its delivery; entered by staff unless ``web``."""

    def answer(sender: Sender, *, web: bool = False, confirmed: bool = False) -> Delivery:
        if web:
            proposal = make_proposal("Soliņi.", sender=sender)
        else:
            proposal = register_proposal(
                process, content=Content(text="Soliņi."), sender=sender, key=uuid.uuid4(), channel="paper",
                received_at=clock.now(), by=carol,
            )  # fmt: skip
        if confirmed:
            confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
        prepare_reply(proposal, by=carol, outcome="accepted", reason="Soliņi būs.", signed_name="Karola")
        publish_replies([proposal], by=carol)
        return Delivery.objects.get(author__proposal=proposal)

    return answer


def page(process: Process, name: str = "list_deliveries", *parts: int) -> str:
    return reverse(f"proposals:{name}", args=[process.slug, *parts])


@pytest.mark.parametrize(
    ("sender", "way"),
    [
        (Sender(email="a@example.lv", postal_address="Rīgas iela 1", phone="26000000"), "email"),
        (Sender(postal_address="Rīgas iela 1", phone="26000000"), "post"),
        (Sender(phone="26000000"), "phone"),
        (Sender(email="a@example.lv", postal_address="Rīgas iela 1", answer_by="post"), "post"),
        (Sender(email="a@example.lv", phone="26000000", answer_by="phone"), "phone"),
        (Sender(email="a@example.lv", answer_by="none"), "none"),
        (Sender(), "unknown"),
    ],
)
def test_an_answer_goes_as_its_author_asked_or_as_is_known(answered: Answered, sender: Sender, way: str) -> None:
    delivery = answered(sender)
    assert (delivery.way, delivery.failed_at) == (way, None)
    assert len(letters("proposals/publish_reply")) == (1 if way == "email" else 0)


def test_a_wish_without_an_address_waits_for_a_person(answered: Answered, process: Process) -> None:
    delivery = answered(Sender(phone="26000000", answer_by="post"))
    assert list(Delivery.objects.to_settle()) == [delivery]
    assert queries.count_deliveries(process) == queries.ToDeliver(letters=0, calls=0, to_settle=1, on_their_way=0)


def test_from_the_web_a_mail_leaves_once_the_address_is_confirmed(answered: Answered) -> None:
    delivery = answered(Sender(email="a@example.lv"), web=True)
    assert delivery.awaits_confirmation
    assert letters("proposals/publish_reply") == []
    for _twice in range(2):
        confirm_address(delivery.author.proposal, by=LinkHolder(delivery.author.proposal_id, reads_mail=True))
    assert [letter.email for letter in letters("proposals/publish_reply")] == ["a@example.lv"]


def test_what_another_institution_forwarded_brings_no_trust_in_the_address(answered: Answered) -> None:
    author = answered(Sender(email="a@example.lv")).author
    assert author.mailing_address == "a@example.lv"
    author.proposal.channel = Proposal.Channel.FORWARDED
    assert author.mailing_address == ""
    author.confirmed_at = clock.now()
    assert author.mailing_address == "a@example.lv"


def test_of_several_versions_that_waited_only_the_last_one_is_sent(answered: Answered, carol: User) -> None:
    delivery = answered(Sender(email="a@example.lv"), web=True)
    proposal = delivery.author.proposal
    correct_reply(proposal, by=carol, outcome="partly", reason="Labots.", because="kļūda", signed_name="K", version=1)
    confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
    assert letters("proposals/publish_reply") == []
    assert len(letters("proposals/correct_reply")) == 1


def test_a_mail_that_was_taken_is_done_and_the_author_reads_when(answered: Answered) -> None:
    delivery = answered(Sender(email="a@example.lv"))
    assert delivery.letter is not None
    deliver(delivery.letter.pk, last_try=False)
    delivery.refresh_from_db()
    assert delivery.done_at is not None
    own = Client().get(reverse("proposals:show_receipt", args=[delivery.author.secret]))
    assert "nosūtīta e-pastā" in text_of(own)


def test_a_mail_given_up_or_returned_comes_back_as_something_to_do(
    answered: Answered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_notification: Notification) -> None:
        raise OSError("no route")

    given_up, returned = (answered(Sender(email=f"{name}@example.lv")) for name in "ab")
    assert returned.letter is not None
    deliver(returned.letter.pk, last_try=False)
    assert [return_mail(returned.letter, because="User unknown") for _twice in range(2)] == [1, 0]
    monkeypatch.setattr("talka.notifications.operations._hand_over", refuse)
    assert given_up.letter is not None
    deliver(given_up.letter.pk, last_try=True)
    assert set(Delivery.objects.to_settle()) == {given_up, returned}
    assert not Delivery.objects.filter(done_at__isnull=False).exists()


def test_another_way_takes_the_place_of_the_one_that_failed(
    answered: Answered, process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    failed = answered(Sender(name="Anna Kalniņa", email="a@example.lv"))
    assert failed.letter is not None
    return_mail(failed.letter, because="User unknown")
    client, address = sign_in(clara), page(process, "deliver_otherwise", failed.pk)
    assert "User unknown" in text_of(client.get(page(process), {"show": "settle"}))
    client.post(address, {"way": "post", "contact": "Rīgas iela 1, Talka, LV-4101"})
    assert [(one.way, one.author.postal_address) for one in Delivery.objects.to_do()] == [
        ("post", "Rīgas iela 1, Talka, LV-4101")
    ]
    again = client.post(address, {"way": "post", "contact": ""})
    assert again.status_code == 409
    own = text_of(Client().get(reverse("proposals:show_receipt", args=[failed.author.secret])))
    assert "vēstulē: tiks nosūtīta" in own
    assert "User unknown" not in own


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"way": "post"}, "nav zināma"),
        ({"way": "phone", "contact": "zvanīt vakarā"}, "Ievadiet tālruņa numuru"),
        ({"way": "email", "contact": "anna"}, "derīgu e-pasta adresi"),
        ({"way": "pigeon"}, "Kā atbildēt"),
        ({}, "Kā atbildēt"),
    ],
)
def test_a_wrong_address_is_said_and_nothing_changes(
    answered: Answered,
    process: Process,
    clara: User,
    sign_in: Callable[[User], Client],
    fields: dict[str, Any],
    sentence: str,
) -> None:
    delivery = answered(Sender(phone="26000000"))
    response = sign_in(clara).post(page(process, "deliver_otherwise", delivery.pk), fields)
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert Delivery.objects.count() == 1


def test_an_address_that_staff_enter_is_written_to_and_one_from_the_web_is_not(answered: Answered, clara: User) -> None:
    delivery = answered(Sender(email="nav@mans.lv"), web=True)
    again = deliver_otherwise(delivery, way="email", by=clara)
    assert again.awaits_confirmation
    assert letters("proposals/publish_reply") == []
    third = deliver_otherwise(again, way="email", contact="Anna@Example.lv", by=clara)
    assert third.letter is not None
    assert third.letter.email == "anna@example.lv"
    with pytest.raises(ContactMissing):
        deliver_otherwise(third, way="post", by=clara)


def test_who_cannot_be_reached_is_no_task(answered: Answered, clara: User) -> None:
    delivery = answered(Sender(phone="26000000"))
    deliver_otherwise(delivery, way="none", by=clara)
    assert not Delivery.objects.to_do().exists()
    assert Author.objects.get().way_of_answering == "none"


def test_calls_are_told_or_tried_again(
    answered: Answered, process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    delivery = answered(Sender(name="Oskars Vītols", phone="26 000 000"))
    client, address = sign_in(clara), page(process, "record_call", delivery.pk)
    said = text_of(client.get(address))
    assert all(part in said for part in ("26 000 000", "Godātais Oskar Vītol!", "Soliņi būs."))
    client.post(address, {"do": "not_reached", "note": "Aizņemts."})
    listed = text_of(client.get(page(process), {"show": "calls"}))
    assert "zvanīts 1 reizi" in listed
    assert "Aizņemts." in listed
    client.post(address, {"do": "reached", "note": ""})
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.done_by) == (2, clara)
    assert client.post(address, {"do": "reached"}).status_code == 409
    assert client.post(address, {"do": "reached", "note": "ā" * 501}).status_code == 422
    assert "paziņota pa tālruni" in text_of(client.get(page(process), {"show": "done"}))


def test_an_answer_taken_back_is_not_delivered(answered: Answered, carol: User) -> None:
    delivery = answered(Sender(phone="26000000"))
    reopen_proposal(delivery.author.proposal, by=carol, reason="Kļūda.")
    assert not Delivery.objects.to_do().exists()


def test_a_correction_goes_the_same_way_and_what_was_not_told_yet_is_told_as_it_is_now(
    answered: Answered, process: Process, carol: User, clara: User
) -> None:
    told, untold = answered(Sender(phone="26000000")), answered(Sender(phone="26000001"))
    record_call(told, reached=True, note="", by=clara)
    for delivery in (told, untold):
        correct_reply(
            delivery.author.proposal,
            by=carol,
            outcome="partly",
            reason="Labots.",
            because="kļūda",
            signed_name="K",
            version=1,
        )
    assert {(one.author_id, one.version.number) for one in Delivery.objects.to_call()} == {
        (told.author_id, 2),
        (untold.author_id, 2),
    }
    assert queries.count_deliveries(process).calls == 2
    assert [len(queries.deliveries_to(one.author)) for one in (told, untold)] == [2, 1]


def test_only_those_who_keep_the_register_see_and_do_it(
    answered: Answered, process: Process, carol: User, clara: User, leo: User, bob: User, eve: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    delivery = answered(Sender(name="Oskars", phone="26 000 000"))
    for user in (leo, bob, eve):
        assert not Delivery.objects.visible_to(user).exists()
        with pytest.raises(PermissionDenied):
            record_call(delivery, reached=True, note="", by=user)
        with pytest.raises(PermissionDenied):
            deliver_otherwise(delivery, way="none", by=user)
    assert Delivery.objects.visible_to(clara).count() == Delivery.objects.visible_to(carol).count() == 1
    for name in ("record_call", "deliver_otherwise"):
        assert sign_in(eve).get(reverse(f"proposals:{name}", args=["kaimini", delivery.pk])).status_code == 404
    record_call(delivery, reached=True, note="", by=clara)
    with pytest.raises(DeliverySettled):
        record_call(delivery, reached=True, note="", by=carol)


def test_more_deliveries_need_no_more_queries(
    answered: Answered,
    process: Process,
    clara: User,
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(6):
        answered(Sender(name=f"Oskars {number}", phone="26 000 000"))
        answered(Sender(name=f"Anna {number}", postal_address="Rīgas iela 1"))
    client = sign_in(clara)
    for part in ("letters", "calls", "settle", "mails", "done", "nonsense"):
        with django_assert_max_num_queries(20):
            assert client.get(page(process), {"show": part}).status_code == 200
