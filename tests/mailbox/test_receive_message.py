# SPDX-License-Identifier: EUPL-1.2
"""What becomes of a mail by itself: it lands, is joined, marks a returned letter, or is kept and answered by nobody."""

import base64
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox

from talka.accounts.models import User
from talka.core import clock
from talka.mailbox.models import InboundMessage, MailAccount, Original
from talka.mailbox.operations.receiving import receive_message
from talka.notifications.models import Notification
from talka.notifications.operations import deliver, own_domain
from talka.processes.models import Process
from talka.processes.operations import close_process
from talka.proposals.models import Addition, Proposal, Register
from talka.proposals.operations.correspondence import receive_proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import publish_proposal, withdraw_proposal
from tests.files.samples import picture
from tests.mailbox.mails import PDF, mail, returned, with_parts
from tests.proposals.conftest import letters

Receive = Callable[..., InboundMessage]


def answer(proposal: Proposal, carol: User) -> None:
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Ierīkosim.", signed_name="Karola")
    publish_replies([proposal], by=carol)


def last_letter(template: str = "proposals/submit_proposal") -> Notification:
    return letters(template)[-1]


# --- It lands -------------------------------------------------------------------------------------


def test_a_mail_lands_with_number_and_acknowledgement(receive: Receive, process: Process) -> None:
    message = receive(text="Lūdzu soliņu.\n\nAr cieņu,\nAnna", subject="Re: Par soliņu", message_id="<a@example.lv>")
    proposal = message.landings.get().proposal
    assert (proposal.reference, proposal.title, proposal.text) == ("TP-1", "Par soliņu", "Lūdzu soliņu.")
    assert (proposal.channel, proposal.registered_by, proposal.published_at) == ("email", None, None)
    author = proposal.author
    assert (author.name, author.email, author.answer_by, author.confirmed_at) == (
        "Anna Liepa",
        "anna@example.lv",
        "email",
        None,
    )
    letter = last_letter()
    assert (letter.email, letter.reply_to, letter.earlier_ids) == (
        "anna@example.lv",
        "attistiba@talka.example",
        "<a@example.lv>",
    )
    assert "TP-1" in letter.text
    assert author.mail_secret in letter.text
    assert message.signature.startswith("Ar cieņu")


def test_the_letter_goes_out_as_an_answer_that_no_machine_answers(receive: Receive) -> None:
    receive(message_id="<a@example.lv>")
    deliver(last_letter().pk, last_try=True)
    (sent,) = outbox.outbox
    headers = sent.message()
    assert headers["In-Reply-To"] == headers["References"] == "<a@example.lv>"
    assert headers["Message-ID"] == last_letter().message_id
    assert headers["Reply-To"] == "attistiba@talka.example"
    assert (headers["Auto-Submitted"], headers["X-Auto-Response-Suppress"]) == ("auto-generated", "All")


def test_the_envelope_names_another_address_for_what_comes_back(receive: Receive, settings: Any) -> None:
    settings.TALKA_MAIL_RETURN = "atgriezti@talka.example"
    receive()
    deliver(last_letter().pk, last_try=True)
    (sent,) = outbox.outbox
    assert sent.from_email == "atgriezti@talka.example"
    assert sent.message()["From"] == settings.DEFAULT_FROM_EMAIL


def test_the_same_mail_again_changes_nothing(account: MailAccount) -> None:
    raw = mail()
    assert receive_message(account, raw)
    assert receive_message(account, b"Received: by mx\r\n" + raw) is None
    assert Proposal.objects.count() == InboundMessage.objects.count() == len(letters("proposals/submit_proposal")) == 1


def test_two_heaps_of_bytes_are_two_mails(account: MailAccount) -> None:
    assert receive_message(account, b"\xfe\xff viens")
    assert receive_message(account, b"\xfe\xff divi")
    assert receive_message(account, b"\xfe\xff divi") is None


def test_the_original_is_kept_byte_for_byte(account: MailAccount) -> None:
    raw = mail("Soliņš\x00", charset="utf-8")
    assert receive_message(account, raw)
    assert bytes(Original.objects.get().content) == raw


def test_what_comes_after_the_phase_has_ended_lands_too(receive: Receive, process: Process, carol: User) -> None:
    close_process(process, by=carol)
    assert receive().landings.count() == 1


def test_nothing_that_nobody_has_read_becomes_public(receive: Receive, process: Process) -> None:
    Register.objects.filter(process=process).update(publishing="at_once")
    assert receive().landings.get().proposal.published_at is None


def test_a_mail_from_the_future_is_received_now(account: MailAccount) -> None:
    message = receive_message(account, mail(), arrived_at=clock.now() + timedelta(days=3))
    assert message is not None
    assert message.landings.get().proposal.received_at <= clock.now()


def test_files_come_along_under_the_rules_of_uploads(receive: Receive, settings: Any) -> None:
    settings.MAX_FILE_BYTES = 100_000
    png = picture("PNG")
    message = receive(
        with_parts(
            ("Content-Type: text/plain; charset=utf-8", b"Skat. pielikumus."),
            (
                "Content-Type: application/pdf; name=karte.pdf\r\nContent-Transfer-Encoding: base64",
                base64.b64encode(PDF),
            ),
            ("Content-Type: application/pdf; name=viruss.pdf", b"MZ\x90\x00"),
            ("Content-Type: application/pdf; name=liels.pdf", PDF + b"x" * 200_000),
            ("Content-Type: application/pdf; name=tukss.pdf", b""),
            ("Content-Type: message/rfc822", mail("Iekšā.")),
            ('Content-Type: application/octet-stream; name="winmail.dat"', b"\x78\x9f\x3e\x22\x01"),
            (
                "Content-Type: image/png; name=logo.png\r\nContent-ID: <x@y>\r\nContent-Transfer-Encoding: base64",
                base64.b64encode(png),
            ),
        )
    )
    assert [(file.name, file.refusal) for file in message.files.all()] == [
        ("karte.pdf", ""),
        ("viruss.pdf", "unknown_kind"),
        ("liels.pdf", "too_large"),
        ("tukss.pdf", "empty"),
        ("message.eml", ""),
        ("winmail.dat", ""),
        ("logo.png", ""),
    ]
    given = [file.attachment.name for file in message.landings.get().proposal.files.all()]
    assert given == ["karte.pdf", "message.eml", "winmail.dat"]
    assert not any(file.is_public for file in message.landings.get().proposal.files.all())


def test_of_too_many_files_the_rest_is_named(receive: Receive, settings: Any) -> None:
    settings.MAX_MAIL_FILES = 2
    parts = [(f"Content-Type: application/pdf; name={n}.pdf", PDF) for n in range(4)]
    message = receive(with_parts(("Content-Type: text/plain", b"Skat."), *parts))
    assert [file.refusal for file in message.files.all()] == ["", "", "too_many", "too_many"]


def test_a_mail_with_nothing_but_a_file_lands_under_its_subject(receive: Receive) -> None:
    message = receive(with_parts(("Content-Type: application/pdf; name=vestule.pdf", PDF), subject="Iesniegums"))
    assert message.landings.get().proposal.receipt.text == "Iesniegums"


# --- The address it came from ---------------------------------------------------------------------


def test_the_answer_goes_where_the_mail_came_from_though_no_link_was_pressed(receive: Receive, carol: User) -> None:
    proposal = receive().landings.get().proposal
    answer(proposal, carol)
    letter = last_letter("proposals/publish_reply")
    assert letter.email == "anna@example.lv"
    assert letter.earlier_ids.split()[-1] == last_letter().message_id


def test_an_address_typed_into_a_form_still_gets_nothing_before_it_is_confirmed(
    make_proposal: Callable[..., Proposal], account: MailAccount, carol: User
) -> None:
    proposal = make_proposal(sender=Sender(email="anna@example.lv"))
    answer(proposal, carol)
    assert not letters("proposals/publish_reply")


# --- Answers to our letters -----------------------------------------------------------------------


def test_an_answer_to_our_letter_is_added_to_its_proposal_and_reopens_nothing(receive: Receive, carol: User) -> None:
    proposal = receive().landings.get().proposal
    answer(proposal, carol)
    letter = last_letter("proposals/publish_reply")
    message = receive(text="Paldies, bet kad?", subject="Re: kaut kas", headers={"In-Reply-To": letter.message_id})
    assert (message.kind, message.about) == ("reply", proposal)
    addition = Addition.objects.get()
    assert (addition.proposal, addition.text, addition.from_author, addition.read_at) == (
        proposal,
        "Paldies, bet kad?",
        True,
        None,
    )
    proposal.refresh_from_db()
    assert proposal.answered_at
    assert Proposal.objects.count() == 1
    assert not message.acknowledged


def test_an_answer_from_another_address_is_added_and_said_to_be_so(receive: Receive) -> None:
    proposal = receive().landings.get().proposal
    receive(sender="kaimins@example.lv", headers={"References": f"<cits@example.lv> {last_letter().message_id}"})
    assert (Addition.objects.get().proposal, Addition.objects.get().from_author) == (proposal, False)


def test_a_number_in_the_subject_counts_from_the_authors_address_only(receive: Receive) -> None:
    proposal = receive().landings.get().proposal
    assert receive(subject="Re: TP-1 saņemts").about == proposal
    assert receive(subject="Re: TP-1 saņemts", sender="cits@example.lv").kind == "new"
    assert receive(subject="TP-99").kind == "new"


def test_a_second_mail_in_the_same_thread_goes_to_the_same_proposal(receive: Receive) -> None:
    first = receive(message_id="<a@example.lv>")
    again = receive(text="Vēl par to pašu.", headers={"In-Reply-To": "<a@example.lv>"})
    assert again.about == first.landings.get().proposal
    assert receive(text="Cits.", sender="cits@example.lv", headers={"In-Reply-To": "<a@example.lv>"}).kind == "new"


def test_an_answer_to_a_letter_of_another_process_is_not_added_there(receive: Receive, eve: User) -> None:
    receive_proposal(
        Process.objects.get(slug="kaimini"), content=Content(text="Cits."), sender=Sender(email="a@b.lv"),
        key=uuid.uuid4(), channel="email", received_at=clock.now(),
    )  # fmt: skip
    assert receive(headers={"In-Reply-To": last_letter().message_id}).kind == "new"


# --- Nobody is answered ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ({"Auto-Submitted": "auto-replied"}, "auto_reply"),
        ({"Auto-Submitted": "auto-generated; type=x"}, "auto_reply"),
        ({"X-Autoreply": "yes"}, "auto_reply"),
        ({"Precedence": "auto_reply"}, "auto_reply"),
        ({"Subject": "Automātiska atbilde: prom"}, "auto_reply"),
        ({"Precedence": "bulk"}, "list"),
        ({"List-Id": "<jaunumi.example.lv>"}, "list"),
        ({"List-Unsubscribe": "<https://example.lv/>"}, "list"),
        ({"Return-Path": "<>"}, "bounce"),
        ({"From": "MAILER-DAEMON@mx.example.lv"}, "bounce"),
        ({"X-Failed-Recipients": "anna@example.lv"}, "bounce"),
        ({"X-Loop": "127.0.0.1"}, "loop"),
        ({"From": "attistiba@talka.example"}, "own"),
        ({"From": "Talka <talka@talka.example>"}, "own"),
    ],
)
def test_what_a_machine_wrote_is_kept_apart_and_never_acknowledged(
    receive: Receive, headers: dict[str, str], kind: str, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Talka <talka@talka.example>"
    assert own_domain() == "127.0.0.1"
    assert receive(headers=headers).kind == kind
    assert not Proposal.objects.exists()
    assert not Notification.objects.exists()
    assert InboundMessage.objects.in_folder("automatic").count() == 1


def test_auto_submitted_no_is_a_person(receive: Receive) -> None:
    assert receive(headers={"Auto-Submitted": "no"}).landings.exists()


def test_our_own_letter_that_comes_back_in_is_a_loop(receive: Receive) -> None:
    receive()
    assert receive(message_id=last_letter().message_id, sender="cits@example.lv").kind == "loop"


def test_who_asks_for_no_automatic_answer_gets_none_and_is_registered(receive: Receive) -> None:
    message = receive(headers={"X-Auto-Response-Suppress": "All"})
    assert message.landings.exists()
    assert not message.acknowledged
    assert not Notification.objects.exists()


def test_a_flood_from_one_address_is_registered_and_no_longer_acknowledged(receive: Receive, settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"acknowledge_mail": (2, 3600)}
    acknowledged = [receive(text=f"Nr. {number}").acknowledged for number in range(4)]
    assert acknowledged == [True, True, False, False]
    assert Proposal.objects.count() == 4


def test_a_mail_without_a_sender_is_registered_and_nobody_is_written_to(receive: Receive) -> None:
    assert receive(sender="").landings.get().proposal.author.email == ""
    assert not Notification.objects.exists()


# --- Letters that come back -----------------------------------------------------------------------


def test_a_returned_letter_is_marked_and_leads_to_its_proposal(receive: Receive) -> None:
    proposal = receive().landings.get().proposal
    message = receive(returned(last_letter().message_id))
    assert (message.kind, message.about) == ("bounce", proposal)
    letter = last_letter()
    assert letter.returned_at
    assert "5.1.1" in letter.returned_because
    assert letter.state == Notification.State.QUEUED


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_a_letter_that_is_only_delayed_has_not_come_back(receive: Receive, action: str) -> None:
    receive()
    receive(returned(last_letter().message_id, action=action))
    assert last_letter().returned_at is None


def test_a_report_on_a_letter_that_is_not_ours_marks_nothing(receive: Receive) -> None:
    receive()
    assert receive(returned("<svesa@example.lv>")).about is None
    assert last_letter().returned_at is None


# --- Broken, and believed or not ------------------------------------------------------------------


def test_an_empty_mail_waits_for_somebody_to_look(receive: Receive) -> None:
    message = receive(mail("", subject=""))
    assert message.kind == "broken"
    assert list(InboundMessage.objects.in_folder("broken")) == [message]
    assert not Proposal.objects.exists()


def test_what_has_neither_sender_nor_subject_nor_identity_waits_too(receive: Receive) -> None:
    message = receive(b"\r\n\r\nsveiki")
    assert (message.kind, message.own) == ("broken", "sveiki")


def test_what_cannot_be_settled_is_kept_as_it_came(account: MailAccount, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise ValueError

    monkeypatch.setattr(
        "talka.mailbox.operations.receiving._settle", lambda message, *_rest: message.kind == "broken" or fail()
    )
    message = receive_message(account, mail())
    assert message is not None
    assert message.kind == "broken"
    assert Original.objects.count() == 1


def test_only_what_the_trusted_server_says_of_the_sender_is_kept(receive: Receive, account: MailAccount) -> None:
    MailAccount.objects.update(trusted_server="mx.talka.example")
    forged = {"Authentication-Results": "mx.evil.example; spf=pass; dkim=pass; dmarc=pass"}
    assert receive(headers=forged).checks == {}
    real = {"Authentication-Results": "mx.talka.example; spf=fail (x; dkim=pass) smtp.mailfrom=a@b; dmarc=fail"}
    assert receive(headers=real).checks == {"spf": "fail", "dmarc": "fail"}


def test_a_withdrawal_letter_reaches_who_wrote_by_mail(receive: Receive, carol: User) -> None:
    proposal = receive().landings.get().proposal
    publish_proposal(proposal, by=carol)
    withdraw_proposal(proposal, by=carol)
    assert last_letter("proposals/withdraw_proposal").email == "anna@example.lv"
