# SPDX-License-Identifier: EUPL-1.2
"""One person wrote, came, sent paper and stood in a table; erased, nothing of them is left in any app."""

import json
import uuid
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.appointments.models import Booking
from talka.appointments.operations.visits import write_down
from talka.core import clock
from talka.files.models import Attachment
from talka.groups.models import WorkingGroup
from talka.imports.models import ImportedLine, ImportSource
from talka.mailbox.models import InboundMessage, Original
from talka.mailbox.operations.handling import set_aside_message
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.models import Author, Delivery, Proposal, Recommendation, ReplyVersion, WordCount
from talka.proposals.operations.answering import correct_reply, recommend_outcome
from talka.proposals.operations.deadlines import extend_term
from talka.proposals.operations.deliveries import record_call
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.erasing import erase_author
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import publish_proposal
from talka.proposals.operations.redacting import redact_proposal
from talka.proposals.operations.searching import count_words
from talka.proposals.personal_data import Passage
from talka.proposals.queries.suspicion import Cover
from talka.scans.models import Scan, Stack
from talka.scans.operations.bringing import add_scans, keep_text, take_apart_stack
from talka.scans.operations.entering import register_scan
from tests.appointments.factories import at, book, make_reception
from tests.mailbox.conftest import account, receive  # noqa: F401 - fixtures
from tests.mailbox.mails import PDF, with_parts
from tests.privacy.conftest import ZIGFRIDA
from tests.privacy.test_one_person import ask, picks, search, unpacked
from tests.proposals.importing import confirmed, list_of
from tests.proposals.test_erase_author import places_of
from tests.scans.paper import jpeg, pdf, upload

SECRETS = ("Zigfrīd", "Purmal", "zigfrida@", "26123456", "26 123 456", "Ābeļu iela", "Slepens")
MAIL = "Zigfrīda Purmale <zigfrida@example.lv>"

Receive = Callable[..., InboundMessage]


@pytest.fixture(autouse=True)
def on_tuesday(db: None) -> Iterator[None]:
    """Be at reception hours."""
    with time_machine.travel(at("2030-02-05 15:30")):
        yield


@pytest.fixture
def mailed(receive: Receive) -> Proposal:  # noqa: F811
    """What came by mail with a file, and was written about again."""
    parts = [("Content-Type: text/plain; charset=utf-8", "Slepens: vajag soliņu.".encode()), ("Content-Type: application/pdf; name=Purmale.pdf", PDF)]  # fmt: skip
    proposal = receive(with_parts(*parts, sender=MAIL)).landings.get().proposal
    receive(subject=f"Re: {proposal.reference}", sender=MAIL, text="Vēl: Zigfrīda, 26 123 456.")
    assert proposal.additions.count() == 1
    return proposal


@pytest.fixture
def said(process: Process, carol: User, clara: User) -> Proposal:
    """What was said at reception hours."""
    with time_machine.travel(at("2030-02-04 09:00")):
        reception = make_reception(process, carol)
        booking = book(reception, "2030-02-05 15:00", name=ZIGFRIDA.name, email=ZIGFRIDA.email, about="Purmales soliņš")
    proposal = write_down(booking, content=Content(text="Slepens: vajag laipu."), sender=ZIGFRIDA, by=clara)
    assert proposal is not None
    return proposal


@pytest.fixture
def on_paper(process: Process, clara: User) -> Proposal:
    """A letter of two sheets in one file with another one."""
    add_scans(process, uploads=[upload(jpeg("Slepens"), "Purmale.jpg")], splitting=Stack.Splitting.WHOLE, by=clara)
    scan = Scan.objects.get()
    keep_text(scan.pages.get().pk, text="Slepens: Zigfrīda Purmale lūdz tiltu.")
    return register_scan(
        scan, content=Content(text="Slepens: vajag tiltu."), sender=ZIGFRIDA, key=uuid.uuid4(), received_at=clock.now(), by=clara
    )  # fmt: skip


@pytest.fixture
def listed(process: Process, clara: User) -> Proposal:
    """A line of a table, which holds it twice, and another person's line; the table was sent a second time and left lying."""
    header = "Priekšlikums;Datums;Kanāls;Vārds;E-pasts"
    line = "Slepens: vajag parku;04.02.2030;e-pasts;Zigfrīda Purmale;zigfrida@example.lv"
    content = f"{header}\n{line}\n{line}\nCits;03.02.2030;e-pasts;Jānis Cits;cits@example.lv".encode()
    for _time in range(2):
        confirmed(process, content, by=clara)
    return Proposal.objects.get(receipt__text="Slepens: vajag parku")


def cells() -> str:
    """Return everything that is kept of tables, as text."""
    tables = [json.loads(zlib.decompress(source.tables)) for source in ImportSource.objects.all()]
    return json.dumps(tables, ensure_ascii=False)


def answered(proposal: Proposal, carol: User, leo: User, group: WorkingGroup) -> Proposal:
    """Take a proposal the whole way, with the author's name wherever somebody can write it."""
    extend_term(proposal, by=carol, until=proposal.due_on + timedelta(days=1), reason="Zigfrīda Purmale piekrita.")  # type: ignore[operator]
    assign_proposals([proposal], by=carol, group=group)
    publish_proposal(proposal, by=carol, anyway=True)
    Proposal.objects.filter(pk=proposal.pk).update(corrected_because="Tā lūdza Zigfrīda Purmale.")
    recommend_outcome(proposal, by=leo, outcome="accepted", reason="Zigfrīdai Purmalei taisnība.")
    Author.objects.filter(proposal=proposal).update(answer_by="phone", phone=ZIGFRIDA.phone)
    prepare_reply(
        proposal, by=carol, outcome="accepted", reason="Būs, Zigfrīda Purmale.", signed_name="Karola", salutation="Cienītā Zigfrīda!"
    )  # fmt: skip
    publish_replies([proposal], by=carol)
    record_call(Delivery.objects.get(author__proposal=proposal), reached=True, note="Pacēla Zigfrīda pati.", by=carol)
    correct_reply(
        proposal, by=carol, outcome="accepted", reason="Nebūs, 26 123 456.", because="Zigfrīda Purmale iebilda", signed_name="K", version=1
    )  # fmt: skip
    Delivery.objects.filter(author__proposal=proposal, done_at=None).update(failed_because="550 zigfrida@example.lv")
    proposal.refresh_from_db()
    return proposal


def test_nothing_is_left_in_any_app(
    mailed: Proposal, said: Proposal, on_paper: Proposal, listed: Proposal, carol: User, leo: User, group: WorkingGroup,
    django_capture_on_commit_callbacks: Any, settings: Any,
) -> None:  # fmt: skip
    every = [answered(proposal, carol, leo, group) for proposal in (mailed, said, on_paper, listed)]
    count_words()
    before = places_of(*SECRETS)
    for place in (
        "appointments_booking.name", "files_attachment.name", "mailbox_inboundmessage.own", "mailbox_original.content",
        "proposals_addition.text", "proposals_author.salutation", "proposals_delivery.failed_because", "proposals_delivery.note",
        "proposals_extension.reason", "proposals_recommendation.reason", "proposals_replyevent.reason", "proposals_replyversion.because",
        "proposals_replyversion.reason", "proposals_wordcount.word", "scans_scanpage.text",
    ):  # fmt: skip
        assert place in before, place
    assert cells().count("zigfrida@") == 4
    with django_capture_on_commit_callbacks(execute=True):
        for proposal in every:
            erase_author(proposal, by=carol, reason="Iesniegums", leave_public=False)
    assert places_of(*SECRETS) == []
    assert "zigfrida@" not in cells()
    assert cells().count("cits@example.lv") == 2
    assert not Scan.objects.exists()
    assert not Stack.objects.exists()
    assert not Attachment.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert ReplyVersion.objects.filter(reason="Būs, [personas vārds].").count() == 4
    assert Recommendation.objects.count() == Delivery.objects.filter(done_at__isnull=False).count() == 4
    booking = Booking.objects.get()
    assert (booking.proposal, booking.came, booking.forgotten_at is None) == (said, True, False)
    assert ImportedLine.objects.filter(made=f"proposals.proposal:{listed.pk}").exists()


def test_with_consent_the_public_words_stay_and_the_rest_goes(
    mailed: Proposal, carol: User, leo: User, group: WorkingGroup
) -> None:
    answered(mailed, carol, leo, group)
    erase_author(mailed, by=carol, reason="Iesniegums", leave_public=True)
    assert places_of(*SECRETS) == [
        "proposals_proposal.search",
        "proposals_proposal.text",
        "proposals_proposalevent.text",
    ]
    mailed.refresh_from_db()
    assert mailed.text == "Slepens: vajag soliņu."


def test_a_table_that_holds_the_erased_line_is_known_again_and_brings_nothing_back(
    listed: Proposal, process: Process, carol: User, clara: User, leo: User, group: WorkingGroup
) -> None:
    erase_author(answered(listed, carol, leo, group), by=carol, reason="x", leave_public=False)
    line = list_of("Slepens: vajag parku", Vārds="Zigfrīda Purmale", **{"E-pasts": "zigfrida@example.lv"})
    run = confirmed(process, line.replace(b"12.05.2025", b"04.02.2030"), by=clara)
    assert (run.taken, run.known) == (0, 1)


def test_a_letter_among_others_goes_and_theirs_stay(
    process: Process, clara: User, carol: User, leo: User, group: WorkingGroup, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    pictures = [upload(jpeg(text), f"{text}.jpg").inspected for text in ("viens", "divi", "trīs")]
    add_scans(process, uploads=[upload(pdf(["a", "b", "c"]), "kaudze.pdf")], splitting=Stack.Splitting.EVERY, by=clara)
    monkeypatch.setattr("talka.scans.reading.pages_of", lambda *_args, **_more: [one.content for one in pictures])
    take_apart_stack(Stack.objects.get().pk)
    first, second, _third = Scan.objects.order_by("pk")
    entries = [
        register_scan(scan, content=Content(text=f"Lapa {scan.pk}."), sender=ZIGFRIDA, key=uuid.uuid4(), received_at=clock.now(), by=clara)
        for scan in (first, second)
    ]  # fmt: skip
    answered(entries[0], carol, leo, group)
    with django_capture_on_commit_callbacks(execute=True):
        erase_author(entries[0], by=carol, reason="x", leave_public=False)
    assert Scan.objects.count() == 2
    assert Stack.objects.count() == 1
    assert Scan.objects.filter(proposal=entries[1]).exists()
    for page in second.pages.all():
        assert default_storage.exists(page.picture.content.name)


def test_what_was_published_cannot_be_changed_before_nor_after_the_erasing(
    said: Proposal, carol: User, leo: User, group: WorkingGroup
) -> None:
    answered(said, carol, leo, group)
    versions = ReplyVersion.objects.filter(reply__proposal=said)
    for erased in (False, True):
        if erased:
            erase_author(said, by=carol, reason="x", leave_public=True)
        for change in ({"reason": "cits"}, {"signed_name": "Cits"}, {"outcome": "rejected"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                versions.update(**change)


# --- What never became a proposal -----------------------------------------------------------------


@pytest.fixture
def spam(receive: Receive, clara: User) -> InboundMessage:  # noqa: F811
    """A mail that was set aside."""
    message = receive(sender=MAIL, text="Pirkt, 26 123 456.", headers={"Auto-Submitted": "auto-replied"})
    set_aside_message(message, as_what="spam", reason="Reklāma.", by=clara)
    return message


@pytest.fixture
def visit(process: Process, carol: User) -> Booking:
    """A visit that is over."""
    with time_machine.travel(at("2030-02-04 09:00")):
        reception = make_reception(process, carol)
        return book(
            reception,
            "2030-02-05 15:00",
            name=ZIGFRIDA.name,
            email=ZIGFRIDA.email,
            phone=ZIGFRIDA.phone,
            about="Purmales",
        )


def test_mail_and_bookings_are_found_by_those_who_answer_for_them(
    spam: InboundMessage, visit: Booking, carol: User, adam: User, eve: User, clara: User, sign_in: Callable[[User], Client]
) -> None:  # fmt: skip
    keys = {f"mail/mail:{spam.pk}", f"bookings/booking:{visit.pk}"}
    for user in (carol, adam):
        assert keys <= set(picks(search(sign_in(user), email="Zigfrida@example.lv")))
        assert keys <= set(picks(search(sign_in(user), name="Zigfrida Purmalle")))
    assert f"bookings/booking:{visit.pk}" in picks(search(sign_in(carol), phone="+371 26123456"))
    assert not keys & set(picks(search(sign_in(eve), email="zigfrida@example.lv")))
    assert ask(sign_in(eve), "export_person", sorted(keys)).status_code == 422
    assert ask(sign_in(clara), "erase_person", sorted(keys), sure="yes", leave_public="no").status_code == 403
    assert (InboundMessage.objects.count(), Booking.objects.known().count()) == (1, 1)


def test_they_are_given_out_with_everything_in_them(
    spam: InboundMessage, visit: Booking, carol: User, sign_in: Callable[[User], Client]
) -> None:
    archive = unpacked(ask(sign_in(carol), "export_person", [f"mail/mail:{spam.pk}", f"bookings/booking:{visit.pk}"]))
    held = json.loads(archive.read("mail.json").decode())
    (mail,) = held["items"]
    assert set(mail) <= set(held["keys"])
    assert (mail["email"], mail["text"].strip()) == ("zigfrida@example.lv", "Pirkt, 26 123 456.")
    assert archive.read(mail["files"][0]) == bytes(Original.objects.get().content)
    held = json.loads(archive.read("bookings.json").decode())
    (booking,) = held["items"]
    assert set(booking) <= set(held["keys"])
    assert (booking["name"], booking["phone"], booking["about"]) == (ZIGFRIDA.name, ZIGFRIDA.phone, "Purmales")
    assert len(booking["letters"]) == 1


def test_they_are_erased_with_their_letters(
    spam: InboundMessage, visit: Booking, carol: User, sign_in: Callable[[User], Client]
) -> None:
    keys = [f"mail/mail:{spam.pk}", f"bookings/booking:{visit.pk}"]
    assert ask(sign_in(carol), "erase_person", keys, sure="yes", leave_public="no").status_code == 302
    assert places_of(*SECRETS) == []
    assert not Notification.objects.filter(template__startswith="appointments/").exists()
    assert not InboundMessage.objects.exists()
    assert Booking.objects.get().forgotten_at is not None


def test_mail_of_a_proposal_that_waits_and_a_time_that_has_not_come_stay(
    mailed: Proposal, process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    book(make_reception(process, carol), "2030-02-12 15:00", name=ZIGFRIDA.name, email=ZIGFRIDA.email)
    client = sign_in(carol)
    keys = picks(search(client, email="zigfrida@example.lv"))
    assert sum(key.startswith("mail/") for key in keys) == 2
    page = ask(client, "erase_person", keys).content.decode()
    assert f"pieder pie {mailed.reference}" in page
    assert "Vispirms atsakiet pierakstu" in page
    ask(client, "erase_person", keys, sure="yes", leave_public="no")
    assert InboundMessage.objects.count() == 2
    assert Booking.objects.known().count() == 1


def test_a_reply_of_somebody_else_to_an_answered_proposal_is_erased_with_what_was_added(
    mailed: Proposal, receive: Receive, carol: User, leo: User, group: WorkingGroup, sign_in: Callable[[User], Client]  # noqa: F811
) -> None:  # fmt: skip
    letter = Notification.objects.filter(thread=f"proposals.proposal:{mailed.pk}").exclude(message_id="").first()
    assert letter is not None
    receive(sender="Jānis Kaimiņš <kaimins@example.lv>", text="Es arī!", headers={"In-Reply-To": letter.message_id})
    answered(mailed, carol, leo, group)
    client = sign_in(carol)
    keys = [key for key in picks(search(client, email="kaimins@example.lv")) if key.startswith("mail/")]
    assert len(keys) == 1
    ask(client, "erase_person", keys, sure="yes", leave_public="no")
    assert places_of("kaimins@", "Kaimiņš", "Es arī") == []
    assert mailed.additions.count() == 1


def test_somebody_signed_in_takes_out_bookings_with_their_proved_address_only(
    process: Process, carol: User, alice: User, sign_in: Callable[[User], Client]
) -> None:
    book(make_reception(process, carol), "2030-02-12 15:00", name="Alise", email=alice.email)
    client, export = sign_in(alice), reverse("privacy:export_own_data")
    assert "bookings.json" in unpacked(client.post(export)).namelist()
    alice.emailaddress_set.update(verified=False)
    assert "bookings.json" not in unpacked(client.post(export)).namelist()


# --- What search knows ----------------------------------------------------------------------------


def test_a_name_that_no_proposal_holds_any_more_is_counted_nowhere(
    make_proposal: Callable[..., Proposal], carol: User
) -> None:
    both = [make_proposal(f"Soliņš pie Purmales, {number}.", title="Soliņš", sender=Sender()) for number in range(2)]
    other = make_proposal("Soliņš.")
    count_words()
    assert WordCount.objects.filter(word__contains="purmal").exists()
    start = both[0].text.index("Purmales")
    redact_proposal(both[0], by=carol, covers=[Cover("text", Passage(start, start + 8, "name"))])
    assert not WordCount.objects.filter(word__contains="purmal").exists()
    assert WordCount.objects.filter(word__contains="solin", number=3).exists()
    both[0].refresh_from_db()
    assert "purmal" not in str(both[0].search)
    assert "purmal" in str(Proposal.objects.get(pk=both[1].pk).search)
    assert other.pk
