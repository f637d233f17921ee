# SPDX-License-Identifier: EUPL-1.2
"""A smaller run of what ``make bench`` measures: the worker is killed while it reads, and nothing is lost or doubled."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from bench.dovecot import MailServer
from bench.mailbox import lay_account, read_while_killed
from bench.mails import mails
from django.db import connection as database

from talka.mailbox.models import InboundMessage, MailAccount
from talka.mailbox.operations.reading import read_mail
from talka.proposals.models import Proposal

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(server: MailServer) -> None:
    outcome = read_while_killed(server, lay_account(server), number=150, kills=2)
    assert (outcome.kills, outcome.lost, outcome.twice, outcome.changed, outcome.numbers_wrong) == (2, 0, 0, 0, 0)
    assert outcome.proposals > 100


def test_two_readers_at_once_take_every_mail_once(server: MailServer) -> None:
    account_id = lay_account(server)
    MailAccount.objects.update(afterwards="leave", move_to="")
    for number, raw in enumerate(mails(40, seed=5)):
        server.lay(raw, number=number)
    start = Barrier(2)

    def read(_number: int) -> int:
        try:
            account = MailAccount.objects.get(pk=account_id)
            start.wait(10)
            return read_mail(account)
        finally:
            database.close()

    with ThreadPoolExecutor(2) as threads:
        taken = list(threads.map(read, range(2)))
    assert sum(taken) == InboundMessage.objects.count() == 40
    numbers = list(Proposal.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
