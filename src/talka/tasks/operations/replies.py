# SPDX-License-Identifier: EUPL-1.2
"""Replies by mail to letters about tasks: what is clear is entered, what is not goes to the lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import clean_line, clean_text
from talka.directory.models import Person
from talka.notifications.operations import send_letter
from talka.plans.queries.owing import address_of
from talka.plans.reading_replies import LONGEST, NOT_STARTED, Said, read_reply
from talka.processes.models import Process
from talka.tasks.letters import code_of, language_of, thread_of, write_to_heads
from talka.tasks.link_holder import TaskHolder
from talka.tasks.models import State, Task, TaskUpdate, UnclearReply
from talka.tasks.operations.tasks import lock, update_task

_Doubt = UnclearReply.Doubt


class ReplySettled(Refused):
    message = _("Somebody has settled this reply already.")


@dataclass(frozen=True)
class Taken:
    """What became of a reply: the updates that were entered, and what was left unclear."""

    entered: Sequence[TaskUpdate] = ()
    unclear: Sequence[UnclearReply] = ()


@transaction.atomic
def take_reply(
    person: Person, process: Process, *, text: str, mail_key: str, from_address: str, received_at: datetime,
    acknowledge: bool = True,
) -> Taken:  # fmt: skip
    """Read a reply to a letter about tasks of a person; the caller knows that it is one. The same mail again changes nothing.

    Entered is what is said clearly, from the address that was asked. The rest goes to the lead of the first task.
    """
    mail_key = mail_key[:250]
    tasks = list(Task.objects.filter(process=process, owner=person).open().select_related("owner__user", "process"))
    if not tasks or _known(mail_key, process):
        return Taken()
    text = clean_text(text)[:LONGEST]
    own = bool(from_address) and address_of(person).lower() == from_address.lower()
    by_code = {code_of(task): task for task in tasks}
    entered: list[TaskUpdate] = []
    unclear: list[UnclearReply] = []
    said: list[Said] = []
    doubt = "" if own and text else _Doubt.NOTHING if own else _Doubt.OTHER_ADDRESS
    if doubt:
        said = [Said("", text=text, doubt=doubt)]
    else:
        said = read_reply(text, list(by_code))
    for one in said:
        task = by_code.get(one.code, tasks[0])
        if one.doubt:
            unclear.append(_keep(task, one, mail_key, from_address, received_at))
        else:
            holder: Any = TaskHolder(person.pk, task.pk)
            entered.append(
                update_task(
                    task, state=State.OPEN if one.state == NOT_STARTED else one.state, text=one.text or "", by=holder,
                    said_on=min(timezone.localdate(received_at), clock.today()), channel=TaskUpdate.Channel.MAIL,
                    mail_key=mail_key,
                )
            )  # fmt: skip
    record("tasks.take_reply", tasks[0], by=None, scope=process, entered=len(entered), unclear=len(unclear))
    for reply in unclear:
        write_to_heads("tasks/unclear_reply", reply.task, besides=None, reply=reply)
    if acknowledge and own:
        send_letter(
            "tasks/take_reply", email=address_of(person), language=language_of(person, process.language),
            user=person.user, thread=thread_of(person), entered=entered, unclear=unclear,
        )  # fmt: skip
    return Taken(entered, unclear)


def _known(mail_key: str, process: Process) -> bool:
    """Say whether something was taken from this mail already."""
    entered = TaskUpdate.objects.filter(task__process=process, mail_key=mail_key)
    return entered.exists() or UnclearReply.objects.filter(task__process=process, mail_key=mail_key).exists()


def _keep(task: Task, said: Said, mail_key: str, from_address: str, received_at: datetime) -> UnclearReply:
    doubt = said.doubt if said.doubt in _Doubt.values else _Doubt.OTHER
    reply, created = UnclearReply.objects.get_or_create(
        task=task, mail_key=mail_key,
        defaults={
            "from_address": clean_line(from_address)[:320], "received_at": received_at, "text": said.text, "doubt": doubt,
        },
    )  # fmt: skip
    if not created:
        reply.text = f"{reply.text}\n\n{said.text}"
        reply.save(update_fields=["text"])
    return reply


@transaction.atomic
def settle_reply(reply: UnclearReply, *, by: User) -> None:
    """Say that somebody has read an unclear reply; what it means is entered as an update."""
    authorize(by, "tasks.settle_reply", reply.task)
    task = lock(reply.task)
    locked = UnclearReply.objects.select_for_update(of=("self",)).get(pk=reply.pk)
    if locked.settled_at is not None:
        raise ReplySettled
    locked.settled_at, locked.settled_by = clock.now(), by
    locked.save(update_fields=["settled_at", "settled_by"])
    record("tasks.settle_reply", task, by=by, scope=task.process)
