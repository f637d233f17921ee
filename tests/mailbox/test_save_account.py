# SPDX-License-Identifier: EUPL-1.2
"""Connecting a mailbox, on the page and against a real server."""

from collections.abc import Callable
from typing import Any

import pytest
from bench.dovecot import PASSWORD, USER, MailServer
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from talka.accounts.models import User
from talka.mailbox.models import MailAccount
from talka.mailbox.operations.reading import begin_reading
from talka.mailbox.tasks import read_mailbox, read_mailboxes
from talka.processes.models import Process
from talka.proposals.models import Proposal, Register
from tests.mailbox.mails import mail
from tests.proposals.conftest import text_of


def address(process: Process) -> str:
    return reverse("mailbox:save_account", args=[process.slug])


def filled(server: MailServer, **changed: str) -> dict[str, str]:
    return {
        "address": "Attistiba@Talka.example", "host": "127.0.0.1", "port": str(server.port), "security": "plain", "user": USER,
        "password": PASSWORD, "folder": "INBOX", "afterwards": "mark", "move_to": "", "read_since": "2026-01-01",
        "trusted_server": "", "enabled": "on",
    } | changed  # fmt: skip


def test_a_mailbox_is_tried_saved_and_read(
    process: Process, carol: User, server: MailServer, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    response = client.post(address(process), filled(server), follow=True)
    assert "Pastkasti var nolasīt" in text_of(response)
    account = MailAccount.objects.get()
    assert account.address == "attistiba@talka.example"
    assert PASSWORD not in account.password_sealed
    assert Register.objects.get(process=process).reply_to == "attistiba@talka.example"
    assert PASSWORD not in client.get(address(process)).content.decode()
    server.lay(mail())
    read_mailbox(account_id=account.pk)
    assert Proposal.objects.count() == 1


def test_without_a_new_password_the_kept_one_stays(
    process: Process, carol: User, server: MailServer, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(address(process), filled(server))
    assert client.post(address(process), filled(server, password="", afterwards="leave")).status_code == 302
    assert MailAccount.objects.get().afterwards == "leave"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"password": "nepareiza"}, "password"),
        ({"port": "1"}, "port"),
        ({"folder": "Nav tādas"}, "folder"),
        ({"security": "tls"}, "security"),
        ({"afterwards": "move", "move_to": "Nav tādas"}, "move_to"),
        ({"afterwards": "move"}, "move_to"),
        ({"afterwards": "move", "move_to": "INBOX"}, "move_to"),
        ({"password": ""}, "password"),
        ({"address": "nav"}, "address"),
        ({"host": ""}, "host"),
        ({"port": "99999"}, "port"),
        ({"read_since": "0001-01-01"}, "read_since"),
        ({"host": "mail.example.lv"}, "security"),
    ],
)
def test_what_is_wrong_is_said_next_to_its_field_and_nothing_typed_is_lost(
    process: Process,
    carol: User,
    server: MailServer,
    sign_in: Callable[[User], Client],
    changed: dict[str, str],
    field: str,
) -> None:
    response = sign_in(carol).post(address(process), filled(server, **changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert 'value="Attistiba@Talka.example"' in response.content.decode() or field == "address"
    assert not MailAccount.objects.exists()


def test_a_mailbox_that_cannot_be_reached_yet_is_saved_all_the_same(
    process: Process, carol: User, server: MailServer, sign_in: Callable[[User], Client]
) -> None:
    assert sign_in(carol).post(address(process), filled(server, port="1", do="untried")).status_code == 302
    assert MailAccount.objects.get().port == 1


def test_two_processes_do_not_read_one_folder(
    process: Process, carol: User, eve: User, server: MailServer, sign_in: Callable[[User], Client]
) -> None:
    sign_in(carol).post(address(process), filled(server))
    theirs = Process.objects.get(slug="kaimini")
    response = sign_in(eve).post(address(theirs), filled(server))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["folder"])


def test_when_it_is_no_longer_read_letters_name_no_address_to_answer_to(
    process: Process, carol: User, server: MailServer, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(address(process), filled(server))
    client.post(address(process), filled(server) | {"enabled": ""})
    assert Register.objects.get(process=process).reply_to == ""


def test_the_clock_reads_every_mailbox_one_worker_each(account: MailAccount, process: Process, settings: Any) -> None:
    read_mailboxes(timestamp=0)
    read_mailboxes(timestamp=1)
    begin_reading(account)
    (job,) = ProcrastinateJob.objects.filter(task_name="talka.mailbox.tasks.read_mailbox")
    assert (job.args, job.lock) == ({"account_id": account.pk}, f"mailbox-{account.pk}")


def test_one_that_is_not_to_be_read_is_not(account: MailAccount) -> None:
    MailAccount.objects.update(enabled=False)
    read_mailboxes(timestamp=0)
    assert not ProcrastinateJob.objects.filter(task_name="talka.mailbox.tasks.read_mailbox").exists()
    read_mailbox(account_id=account.pk)
    account.refresh_from_db()
    assert not account.trouble


def test_read_now_puts_it_into_the_queue(
    account: MailAccount, process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    sign_in(clara).post(reverse("mailbox:read_now", args=[process.slug]))
    assert ProcrastinateJob.objects.filter(task_name="talka.mailbox.tasks.read_mailbox").count() == 1
