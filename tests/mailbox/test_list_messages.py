# SPDX-License-Identifier: EUPL-1.2
"""The mail of a process as pages: list, one mail, today, and the entry of the register."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.mailbox.models import InboundMessage, MailAccount, Trouble
from talka.processes.models import Process
from talka.proposals.models import Addition
from talka.proposals.operations.correspondence import receive_addition
from talka.proposals.operations.examining import assign_proposals
from tests.mailbox.mails import PDF, mail, returned, with_parts
from tests.mailbox.test_handling import page
from tests.mailbox.test_receive_message import last_letter
from tests.proposals.conftest import text_of

Receive = Callable[..., InboundMessage]


@pytest.fixture
def clerk(clara: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(clara)


def address(process: Process, query: str = "") -> str:
    return reverse("mailbox:list_messages", args=[process.slug]) + query


def test_each_mail_lies_in_its_folder(receive: Receive, process: Process, clerk: Client) -> None:
    receive(subject="Ierosinājums")
    receive(subject="Re: TP-1 atbilde")
    receive(subject="Prombūtne", headers={"Auto-Submitted": "auto-replied"})
    receive(mail("", subject="", sender="tukss@example.lv"))
    for folder, words in (
        ("landed", "Ierosinājums"), ("replies", "TP-1 atbilde"), ("automatic", "Prombūtne"), ("broken", "tukss@example.lv"),
    ):  # fmt: skip
        said = text_of(clerk.get(address(process, f"?folder={folder}")))
        assert words in said
        assert "1 e-pasts" in said
    assert "4 e-pasti" in text_of(clerk.get(address(process, "?folder=all")))
    assert clerk.get(address(process, "?folder=nav&page=99")).status_code == 200


def test_search_finds_by_sender_and_subject_and_number(receive: Receive, process: Process, clerk: Client) -> None:
    receive(subject="Ierosinājums")
    receive(subject="Tilts", sender="Jānis <janis@example.lv>")
    for query in ("?q=tilts", "?q=janis", "?q=Jānis", "?folder=all&number=2"):
        said = text_of(clerk.get(address(process, query)))
        assert "Tilts" in said
        assert "Ierosinājums" not in said
    assert "Visam kopā neatbilst nekas" in text_of(clerk.get(address(process, "?q=nekas tāds")))


def test_a_list_asks_the_same_number_of_times_however_long_it_is(
    receive: Receive,
    process: Process,
    clerk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    receive()
    clerk.get(address(process))
    with django_assert_max_num_queries(25) as first:
        clerk.get(address(process))
    for number in range(6):
        receive(subject=f"Nr. {number}")
    with django_assert_num_queries(len(first)):
        clerk.get(address(process))


def test_without_a_mailbox_the_page_says_how_to_connect_one(
    process: Process, carol: User, clerk: Client, sign_in: Any
) -> None:
    assert reverse("mailbox:save_account", args=[process.slug]) in sign_in(carol).get(address(process)).content.decode()
    assert reverse("mailbox:save_account", args=[process.slug]) not in clerk.get(address(process)).content.decode()


def test_a_mail_is_shown_as_text_whatever_it_holds(receive: Receive, clerk: Client) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    message = receive(text=evil, subject=evil, sender=f'"{evil}" <a@example.lv>')
    said = clerk.get(page(message)).content.decode()
    assert "<script>alert" not in said
    assert "<img src=x" not in said


def test_history_signature_checks_and_files_are_told_in_words(
    receive: Receive, account: MailAccount, clerk: Client
) -> None:
    MailAccount.objects.update(trusted_server="mx.talka.example")
    raw = with_parts(
        ("Content-Type: text/plain; charset=utf-8", "Piekrītu.\n\nAr cieņu,\nAnna\n\nOn 3.03.2026 Talka wrote:\n> Saņemts.".encode()),
        ("Content-Type: application/pdf; name=karte.pdf", PDF),
        ("Content-Type: application/x-msdownload; name=spele.exe", b"MZ"),
    )  # fmt: skip
    message = receive(b"Authentication-Results: mx.talka.example; spf=pass; dmarc=fail\r\n" + raw)
    said = text_of(clerk.get(page(message)))
    assert all(
        words in said
        for words in ("Piekrītu.", "Ar cieņu,", "Saņemts.", "karte.pdf", "spele.exe", "SPF: pass", "DMARC: fail", "Sūtītājs var būt cits")
    )  # fmt: skip
    file = message.files.get(refusal="")
    assert b"".join(clerk.get(page(message, "download_message_file", file.pk))) == PDF  # type: ignore[arg-type]
    refused = message.files.exclude(refusal="").get()
    assert clerk.get(page(message, "download_message_file", refused.pk)).status_code == 404


def test_the_address_of_somebody_we_know_is_a_hint_and_no_proof(receive: Receive, alice: User, clerk: Client) -> None:
    receive(sender=alice.email)
    message = receive(sender=f"Kāds cits <{alice.email}>", subject="Otrs")
    said = text_of(clerk.get(page(message)))
    assert "Alise" in said
    assert "nepierāda" in said
    assert "TP-1" in said
    assert message.landings.get().proposal.author.user is None


def test_the_original_is_only_ever_saved(receive: Receive, clerk: Client) -> None:
    message = receive(text="<script>")
    response = clerk.get(page(message, "download_original"))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


def test_a_message_within_a_mail_is_only_ever_saved(receive: Receive, clerk: Client) -> None:
    message = receive(
        with_parts(("Content-Type: text/plain", b"Skat."), ("Content-Type: message/rfc822", mail("<script>")))
    )
    response = clerk.get(page(message, "download_message_file", message.files.get().pk))
    assert b"<script>" in b"".join(response)  # type: ignore[arg-type]
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


# --- Where it appears besides ---------------------------------------------------------------------


def test_what_the_author_wrote_later_stands_on_the_entry_and_on_today_until_it_is_read(
    receive: Receive, process: Process, carol: User, leo: User, group: WorkingGroup, sign_in: Callable[[User], Client]
) -> None:
    proposal = receive().landings.get().proposal
    assign_proposals([proposal], by=carol, group=group)
    receive(text="Vai zināms termiņš?", subject="Re: TP-1")
    entry = reverse("proposals:manage_proposal", args=[process.slug, 1])
    client = sign_in(leo)
    assert "Vai zināms termiņš?" in text_of(client.get(reverse("portal:show_workspace")))
    said = client.get(entry).content.decode()
    assert "Vai zināms termiņš?" in said
    assert "anna@example.lv" not in said
    assert "anna@example.lv" in sign_in(carol).get(entry).content.decode()
    addition = Addition.objects.get()
    client.post(reverse("proposals:read_addition", args=[process.slug, 1, addition.pk]))
    addition.refresh_from_db()
    assert addition.read_by == leo
    assert "Vai zināms termiņš?" not in text_of(client.get(reverse("portal:show_workspace")))


def test_what_was_written_later_is_nobody_elses(
    receive: Receive, process: Process, eve: User, alice: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    proposal = receive().landings.get().proposal
    receive_addition(
        proposal, text="Slepens.", key=uuid.uuid4(), channel="email", received_at=clock.now(), from_author=True
    )
    for user in (eve, alice, dora):
        assert "Slepens." not in sign_in(user).get(reverse("portal:show_workspace")).content.decode()
    assert (
        "Slepens."
        not in Client().get(reverse("proposals:list_process_proposals", args=[process.slug])).content.decode()
    )


def test_a_returned_letter_is_told_on_the_entry_and_to_the_administrator(
    receive: Receive, process: Process, clerk: Client, root: User, sign_in: Callable[[User], Client]
) -> None:
    receive()
    receive(returned(last_letter().message_id))
    assert "5.1.1" in text_of(clerk.get(reverse("proposals:manage_proposal", args=[process.slug, 1])))
    assert "5.1.1" in text_of(sign_in(root).get(reverse("notifications:list_failed_mails")))


def test_a_mailbox_in_trouble_is_told_to_coordinator_and_administrator_only(
    account: MailAccount,
    process: Process,
    carol: User,
    adam: User,
    clara: User,
    eve: User,
    sign_in: Callable[[User], Client],
) -> None:
    MailAccount.objects.update(trouble=Trouble.SIGN_IN, trouble_since=clock.now())
    today, accounts = reverse("portal:show_workspace"), reverse("mailbox:list_accounts")
    for user in (carol, adam):
        assert account.address in text_of(sign_in(user).get(today))
    assert account.address not in text_of(sign_in(eve).get(today))
    assert account.address in text_of(sign_in(adam).get(accounts))
    assert account.address not in text_of(sign_in(eve).get(accounts))
    assert "nav lasāma" in text_of(sign_in(clara).get(address(process)))


def test_mail_that_waits_for_somebody_to_look_is_told_on_today(receive: Receive, clerk: Client) -> None:
    receive(mail("", subject=""))
    assert "?folder=broken" in clerk.get(reverse("portal:show_workspace")).content.decode()


def test_an_entry_leads_to_its_mail(receive: Receive, process: Process, clerk: Client) -> None:
    receive(subject="Mans e-pasts")
    entry = clerk.get(reverse("proposals:manage_proposal", args=[process.slug, 1])).content.decode()
    assert "?folder=all&amp;number=1" in entry
    assert "Mans e-pasts" in text_of(clerk.get(address(process, "?folder=all&number=1")))
