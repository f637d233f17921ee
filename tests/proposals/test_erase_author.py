# SPDX-License-Identifier: EUPL-1.2
"""Nothing is left of a person who was erased, in any text of any table, but what was agreed to stay."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.core.clock import at
from talka.files.forms import Upload
from talka.files.inspection import Inspected
from talka.processes.models import Process
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Author, Proposal, ProposalFile, Receipt
from talka.proposals.operations import erasing
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.erasing import NotAnsweredYet, change_keeping, erase_author, erase_due_authors
from talka.proposals.operations.examining import add_note, prepare_reply, publish_replies
from talka.proposals.operations.forwarding import Addressee, Passed, enter_forwarding_reply, forward_proposal
from talka.proposals.operations.receiving import (
    confirm_address,
    correct_proposal,
    follow_proposal,
    publish_proposal,
    show_file,
    submit_proposal,
    withdraw_proposal,
)
from talka.proposals.operations.redacting import redact_proposal
from talka.proposals.personal_data import Passage
from talka.proposals.queries.keeping import due_until
from talka.proposals.queries.suspicion import Cover
from talka.proposals.signals import author_erased

SECRETS = ("Zigfrīda", "Purmal", "zigfrida@", "26123456", "26 123 456", "Ābeļu iela 5", "slepens stāsts", "Saulespuķe")
SENDER = Sender(
    name="Zigfrīda Purmale", email="zigfrida@example.lv", phone="26123456", postal_address="Ābeļu iela 5, Talka",
    on_behalf="association", on_behalf_name="Biedrība Saulespuķe",
)  # fmt: skip
TEXT = "Vajag soliņu. Tālrunis 26 123 456, Zigfrīdai Purmalei. Mans slepens stāsts."


def places_of(*words: str) -> list[str]:
    """Return every column of every table of the database in which one of the words stands, in any case of letters."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'tsvector')"
        )
        for table, column in cursor.fetchall():
            conditions = " OR ".join([f'"{column}"::text ILIKE %s'] * len(words))
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {conditions}', [f"%{word}%" for word in words])
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'bytea'"
        )
        for table, column in cursor.fetchall():
            conditions = " OR ".join([f"position(convert_to(%s, 'UTF8') IN \"{column}\") > 0"] * len(words))
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE {conditions}', words)
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    return sorted(found)


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def upload() -> Callable[[bytes], Upload]:
    return lambda content: Upload("Zigfrīda Purmale skice.pdf", Inspected("application/pdf", ".pdf", content))


@pytest.fixture
def heard(process: Process, visitor: Any, carol: User, media: Path, upload: Callable[[bytes], Upload]) -> Proposal:
    """A proposal with everything that can hang on one: letters, followers, notes, files, versions, an answer."""
    content = Content(
        text=TEXT,
        title="Soliņš Purmalei",
        place_text="pie Zigfrīdas Purmales mājas",
        files=[upload(b"%PDF-1.7 a"), upload(b"%PDF-1.7 b")],
    )
    proposal = submit_proposal(process, content=content, sender=SENDER, key=uuid.uuid4(), by=visitor)
    confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
    add_note(proposal, text="Zvanīju Zigfrīdai Purmalei, 26123456.", by=carol)
    forward_proposal(
        proposal, to=Addressee("Ceļu pārvalde", email="celi@example.lv"), passed=Passed("Raksta Zigfrīda Purmale.", True),
        is_theirs=False, signed_name="Karola", signed_title="", by=carol,
    )  # fmt: skip
    enter_forwarding_reply(proposal.forwardings.get(), text="Zigfrīdai Purmalei atbildēsim.", by=carol)
    redact_proposal(proposal, by=carol, covers=[Cover("text", Passage(TEXT.index("Mans"), len(TEXT), "other"))])
    proposal.refresh_from_db()
    publish_proposal(proposal, by=carol, anyway=True)
    proposal.refresh_from_db()
    follow_proposal(proposal, email="seko-Purmale@example.lv", language="lv", by=visitor)
    show_file(proposal.files.first(), by=carol, is_public=True)
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Cienītā Zigfrīda Purmale! Būs.", signed_name="Karola")
    return proposal


def answered(proposal: Proposal, carol: User) -> Proposal:
    publish_replies([proposal], by=carol)
    proposal.refresh_from_db()
    return proposal


def test_nothing_is_left_of_the_person_but_the_published_text(heard: Proposal, carol: User, media: Path) -> None:
    answered(heard, carol)
    before = places_of(*SECRETS)
    for place in (
        "proposals_author.email",
        "proposals_receipt.text",
        "notifications_notification.text",
        "audit_event.object_label",
    ):
        assert place in before
    erase_author(heard, by=carol, reason="Iesniegums Nr. 7", leave_public=True)
    assert places_of(*SECRETS) == []
    heard.refresh_from_db()
    assert heard.published_at is not None
    assert heard.text == "Vajag soliņu. Tālrunis [tālruņa numurs], [personas vārds]. [personas dati]"
    assert heard.place_text == "pie [personas vārds] mājas"
    assert heard.reply.reason == "Cienītā [personas vārds]! Būs."
    assert heard.author.language == "lv"
    assert heard.title == "Soliņš [personas vārds]"
    assert [(file.is_public, file.attachment.name) for file in heard.files.all()] == [
        (True, "[personas vārds] skice.pdf")
    ]
    event = Event.objects.get(verb="proposals.erase_author")
    assert (event.object_label, event.reason) == (str(heard)[:300], "Iesniegums Nr. 7")


def test_a_public_file_keeps_its_bytes_and_loses_no_name_that_it_should_not(
    heard: Proposal, carol: User, upload: Callable[[bytes], Upload], visitor: Any, process: Process,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    shared = submit_proposal(
        process,
        content=Content(text="Tas pats fails.", files=[upload(b"%PDF-1.7 b")]),
        sender=Sender(),
        key=uuid.uuid4(),
        by=visitor,
    )
    shown, hidden = heard.files.order_by("pk")
    paths = [file.attachment.content.name for file in (shown, hidden)]
    answered(heard, carol)
    with django_capture_on_commit_callbacks(execute=True):
        erase_author(heard, by=carol, reason="x", leave_public=True)
    assert [default_storage.exists(path) for path in paths] == [True, True]
    answered_other = shared
    withdraw_proposal(answered_other, by=carol)
    with django_capture_on_commit_callbacks(execute=True):
        erase_author(answered_other, by=carol, reason="x", leave_public=True)
    assert [default_storage.exists(path) for path in paths] == [True, False]
    assert ProposalFile.objects.get().attachment_id == shown.attachment_id


def test_without_consent_the_text_leaves_the_public_pages_and_is_erased_too(heard: Proposal, carol: User) -> None:
    answered(heard, carol)
    erase_author(heard, by=carol, reason="Lūdza dzēst visu.", leave_public=False)
    assert places_of(*SECRETS, "Vajag soliņu") == []
    heard.refresh_from_db()
    assert (heard.title, heard.text, heard.published_at, heard.files.count()) == ("[dzēsts]", "[dzēsts]", None, 0)
    assert Client().get(reverse("proposals:show_proposal", args=[heard.process.slug, heard.number])).status_code == 404
    assert heard.reply.published_at is not None


def test_a_private_text_goes_with_the_term(process: Process, visitor: Any, carol: User) -> None:
    content = Content(text="Slepens stāsts par Zigfrīdu.", keep_private=True)
    proposal = submit_proposal(process, content=content, sender=SENDER, key=uuid.uuid4(), by=visitor)
    withdraw_proposal(proposal, by=LinkHolder(proposal.pk), reason="Es, Zigfrīda Purmale, pārdomāju.")
    erase_author(proposal, by=carol, reason="x", leave_public=True)
    assert places_of(*SECRETS) == []


def test_the_secret_links_open_nothing_any_more(heard: Proposal, carol: User) -> None:
    secret = heard.author.secret
    answered(heard, carol)
    erase_author(heard, by=carol, reason="x", leave_public=True)
    assert Client().get(reverse("proposals:show_receipt", args=[secret])).status_code == 404


def test_what_waits_for_an_answer_is_not_erased(heard: Proposal, carol: User) -> None:
    with pytest.raises(NotAnsweredYet):
        erase_author(heard, by=carol, reason="x", leave_public=True)
    heard.refresh_from_db()
    assert heard.author.email == "zigfrida@example.lv"


def test_erasing_twice_is_erasing_once(heard: Proposal, carol: User) -> None:
    answered(heard, carol)
    for _turn in range(2):
        erase_author(heard, by=carol, reason="x", leave_public=True)
    assert Event.objects.filter(verb="proposals.erase_author").count() == 1


def test_the_entry_says_that_it_was_erased(heard: Proposal, carol: User, sign_in: Callable[[User], Client]) -> None:
    answered(heard, carol)
    erase_author(heard, by=carol, reason="x", leave_public=True)
    page = reverse("proposals:manage_proposal", args=[heard.process.slug, heard.number])
    said = sign_in(carol).get(page).content.decode()
    assert "Saņemtais teksts dzēsts" in said
    assert not any(secret in said for secret in SECRETS)


def test_the_text_as_received_can_be_erased_whole_and_in_no_other_way(heard: Proposal) -> None:
    receipts = Receipt.objects.filter(proposal=heard)
    for change in (
        {"text": ""},
        {"text": "cits"},
        {"erased_at": clock.now()},
        {"text": "", "title": "x", "erased_at": clock.now()},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            receipts.update(**change)
    receipts.update(text="", title="", erased_at=clock.now())
    for change in ({"text": "cits"}, {"erased_at": None}, {"erased_at": clock.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            receipts.update(**change)


# --- After the term -------------------------------------------------------------------------------


@pytest.fixture
def long_closed(heard: Proposal, process: Process, carol: User, settings: Any) -> Proposal:
    """Answered 200 days ago, in a process that was closed 100 days ago; the term is three months."""
    settings.KEEP_MONTHS = 3
    with at(clock.now() - timedelta(days=200)):
        answered(heard, carol)
    Process.objects.filter(pk=process.pk).update(closed_at=clock.now() - timedelta(days=100))
    return heard


def test_after_the_term_the_job_erases_once_and_leaves_what_is_public(long_closed: Proposal) -> None:
    assert erase_due_authors() == 1
    assert erase_due_authors() == 0
    assert places_of(*SECRETS) == []
    long_closed.refresh_from_db()
    assert long_closed.published_at is not None
    event = Event.objects.get(verb="proposals.erase_author")
    assert (event.actor_id, event.actor_label) == (None, "")


@pytest.mark.parametrize(
    ("months", "closed", "gone"),
    [(3, 80, 0), (3, 100, 1), (0, 4000, 0), (4, 100, 0)],
)
def test_the_term_counts_from_the_end(
    long_closed: Proposal, process: Process, months: int, closed: int, gone: int
) -> None:
    process.register.keep_months = months
    process.register.save()
    Process.objects.filter(pk=process.pk).update(closed_at=clock.now() - timedelta(days=closed))
    assert erase_due_authors() == gone


def test_a_process_that_is_open_and_a_proposal_that_waits_are_left_alone(
    long_closed: Proposal, process: Process, make_proposal: Callable[..., Proposal]
) -> None:
    Process.objects.filter(pk=process.pk).update(closed_at=None)
    assert erase_due_authors() == 0
    waits = make_proposal("Bez atbildes.", sender=Sender(email="gaida@example.lv"))
    Process.objects.filter(pk=process.pk).update(closed_at=clock.now() - timedelta(days=4000))
    Proposal.objects.filter(pk=waits.pk).update(received_at=clock.now() - timedelta(days=4000))
    assert erase_due_authors() == 1
    assert Author.objects.get(proposal=waits).email == "gaida@example.lv"


def test_an_answer_after_the_closing_begins_the_term_anew(long_closed: Proposal) -> None:
    Proposal.objects.filter(pk=long_closed.pk).update(answered_at=clock.now() - timedelta(days=10))
    assert erase_due_authors() == 0
    assert [row.erased_on for row in due_until(clock.today() + timedelta(days=100))] != []


def test_the_last_days_of_months_are_counted_as_the_calendar_has_them(long_closed: Proposal, process: Process) -> None:
    ended = clock.now().replace(year=2025, month=11, day=30, hour=10)
    Process.objects.filter(pk=process.pk).update(closed_at=ended)
    Proposal.objects.filter(pk=long_closed.pk).update(answered_at=ended)
    (row,) = due_until(clock.today())
    assert str(row.erased_on) == "2026-02-28"


def test_one_that_cannot_be_erased_does_not_stop_the_rest(
    long_closed: Proposal, process: Process, make_proposal: Callable[..., Proposal], carol: User, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    Process.objects.filter(pk=process.pk).update(closed_at=None)
    other = make_proposal("Otrs.", sender=SENDER)
    with at(clock.now() - timedelta(days=150)):
        withdraw_proposal(other, by=carol)
    Process.objects.filter(pk=process.pk).update(closed_at=clock.now() - timedelta(days=100))
    erase = erasing._erase

    def fail_on_first(proposal: Proposal, **more: Any) -> None:
        erase(proposal, **more)
        if proposal.pk == long_closed.pk:
            raise OSError("disks")

    monkeypatch.setattr(erasing, "_erase", fail_on_first)
    assert erase_due_authors() == 1
    assert Author.objects.get(proposal=long_closed).name == "Zigfrīda Purmale"
    assert Author.objects.get(proposal=other).name == ""
    monkeypatch.setattr(erasing, "_erase", erase)
    assert erase_due_authors() == 1


def test_the_term_is_set_with_what_it_rests_on(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client, page = sign_in(carol), reverse("proposals:change_keeping", args=[process.slug])
    for wrong in (
        {"keep_months": "-1", "keep_act": "x"},
        {"keep_months": "12", "keep_act": ""},
        {"keep_months": "99999", "keep_act": "x"},
        {"keep_months": "gads"},
    ):
        response = client.post(page, wrong)
        assert response.status_code == 422
        assert wrong["keep_months"] in response.content.decode()
    assert client.post(page, {"keep_months": "24", "keep_act": "Lietu nomenklatūra 4-7"}).status_code == 302
    process.register.refresh_from_db()
    assert (process.register.keep_months, process.register.keep_act) == (24, "Lietu nomenklatūra 4-7")
    assert Event.objects.get(verb="proposals.change_keeping").reason == "Lietu nomenklatūra 4-7"
    client.post(page, {"keep_months": "", "keep_act": ""})
    process.register.refresh_from_db()
    assert process.register.keep_months is None


def test_who_must_not_erases_nothing(heard: Proposal, carol: User, clara: User, eve: User) -> None:
    answered(heard, carol)
    for user in (clara, eve):
        with pytest.raises(PermissionDenied):
            erase_author(heard, by=user, reason="x", leave_public=False)
        with pytest.raises(PermissionDenied):
            change_keeping(heard.process.register, by=user, keep_months=1, keep_act="x")


def test_corrections_of_the_text_leave_no_older_version_behind(heard: Proposal, carol: User) -> None:
    heard.refresh_from_db()
    correct_proposal(
        heard,
        by=carol,
        title="Soliņš",
        text="Vajag soliņu.",
        topic=None,
        area=None,
        place_text="",
        reason="Izņemti dati.",
    )
    answered(heard, carol)
    erase_author(heard, by=carol, reason="x", leave_public=True)
    assert places_of(*SECRETS) == []
    heard.refresh_from_db()
    assert heard.text == "Vajag soliņu."


def test_apps_above_hear_of_it_while_they_can_still_see_whose_it_is(heard: Proposal, carol: User) -> None:
    told: list[tuple[int, str]] = []

    def listen(sender: object, *, proposal: Proposal, author: Author, **_more: Any) -> None:
        told.append((proposal.pk, author.email))

    answered(heard, carol)
    author_erased.connect(listen)
    try:
        erase_author(heard, by=carol, reason="x", leave_public=True)
    finally:
        author_erased.disconnect(listen)
    assert told == [(heard.pk, "zigfrida@example.lv")]
