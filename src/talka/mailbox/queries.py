# SPDX-License-Identifier: EUPL-1.2
"""What a mail belongs to, who its sender may be, and how much waits."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Count

from talka.directory.models import Person
from talka.mailbox.models import InboundMessage, MailAccount
from talka.mailbox.parsing import Parsed
from talka.meetings.models import Invitation, Meeting
from talka.meetings.reading_answers import Said, read_answer
from talka.notifications.models import Notification
from talka.plans.models import UpdateRequest
from talka.processes.models import Process
from talka.proposals.models import Proposal, Register
from talka.tasks.models import Asked

EARLIER_SHOWN = 5


def own_addresses() -> set[str]:
    """Return the addresses that our letters are sent from, in small letters."""
    given = (settings.DEFAULT_FROM_EMAIL, settings.TALKA_MAIL_RETURN)
    return {parseaddr(one)[1].lower() for one in given if one}


def is_own_letter(message_id: str) -> bool:
    """Say whether a Message-ID is that of a letter of ours."""
    return bool(message_id) and Notification.objects.filter(message_id=message_id).exists()


def proposal_of_thread(thread: str, process: Process | None = None) -> Proposal | None:
    """Return the proposal that a letter was about, of one process or any."""
    label, _colon, key = thread.partition(":")
    if label != Proposal._meta.label_lower or not key.isdigit():
        return None
    found = Proposal.objects.filter(pk=key).defer("search")
    return (found.filter(process=process) if process is not None else found).select_related("process").first()


def find_answered(process: Process, parsed: Parsed) -> Proposal | None:
    """Return the proposal of this process that a mail answers: by the Message-IDs it names, else by the number in its subject.

    A Message-ID cannot be guessed, so naming it is enough. A number can, so it counts only from the author's address.
    """
    named = Notification.objects.filter(message_id__in=parsed.answers[:50]).exclude(thread="").order_by("-pk")
    for letter in named[:5] if parsed.answers else ():
        proposal = proposal_of_thread(letter.thread, process)
        if proposal is not None:
            return proposal
    return _earlier_mail(process, parsed) or _by_number(process, parsed)


def find_invitation(process: Process, parsed: Parsed) -> Invitation | None:
    """Return the invitation to a meeting of this process that a mail answers, by the Message-ID of our letter."""
    label = f"{Invitation._meta.label_lower}:"
    named = Notification.objects.filter(message_id__in=parsed.answers[:50], thread__startswith=label).order_by("-pk")
    for thread in named.values_list("thread", flat=True)[:5] if parsed.answers else ():
        found = Invitation.objects.filter(pk=int(thread.removeprefix(label)), meeting__process=process).first()
        if found is not None:
            return found
    return None


def calendar_answer(parsed: Parsed) -> Said | None:
    """Return what a mail answers by its calendar part, if it has one that answers."""
    parts = [part for part in parsed.files[:20] if part.kind in _CALENDARS or part.name.lower().endswith(".ics")]
    return next((said for part in parts if (said := read_answer(part.content)) is not None), None)


def invitation_of_answer(process: Process, said: Said, parsed: Parsed) -> tuple[bool, Invitation | None]:
    """Say whether a calendar's answer is about a meeting of this process, and whose invitation it answers beyond doubt.

    That is the one whose letter it names, or the one that was sent to the address it comes from and speaks for. A check of
    the sender that failed makes it doubtful.
    """
    uid = said.uid.removesuffix("@talka")
    try:
        meeting = Meeting.objects.filter(process=process, uid=UUID(uid)).first()
    except ValueError:
        return False, None
    if meeting is None:
        return False, None
    named = find_invitation(process, parsed)
    if named is not None and named.meeting_id == meeting.pk and said.attendee == named.email.lower():
        return True, named
    if said.attendee != parsed.from_address:
        return True, None
    own = meeting.invitations.standing().filter(email__iexact=said.attendee)[:2]
    return True, own[0] if len(own) == 1 else None


_CALENDARS = {"text/calendar", "application/ics"}
_SECRET = re.compile(r"/plans/updates/([A-Za-z0-9_-]{16,64})/")


def find_request(process: Process, parsed: Parsed) -> UpdateRequest | None:
    """Return the request for updates of this process that a mail answers: by the Message-ID of our letter, else by its link.

    Both are known only to whoever has the letter; the link stands in what mail programs quote below an answer.
    """
    requests = UpdateRequest.objects.filter(round__plan__process=process)
    label = f"{UpdateRequest._meta.label_lower}:"
    named = Notification.objects.filter(message_id__in=parsed.answers[:50], thread__startswith=label).order_by("-pk")
    for thread in named.values_list("thread", flat=True)[:5] if parsed.answers else ():
        found = requests.filter(pk=int(thread.removeprefix(label))).first()
        if found is not None:
            return found
    secrets = _SECRET.findall(f"{parsed.own}\n{parsed.history}")[:5]
    return requests.filter(secret__in=secrets).order_by("-pk").first() if secrets else None


_TASK_SECRET = re.compile(r"/tasks/([A-Za-z0-9_-]{16,64})/")


def find_task_owner(process: Process, parsed: Parsed) -> Person | None:
    """Return whose tasks of this process a mail speaks of: by the Message-ID of our letter, else by the link quoted from it."""
    label = f"{Asked._meta.label_lower}:"
    asked = Asked.objects.filter(task__process=process).select_related("person__user").order_by("-pk")
    named = Notification.objects.filter(message_id__in=parsed.answers[:50], thread__startswith=label).order_by("-pk")
    for thread in named.values_list("thread", flat=True)[:5] if parsed.answers else ():
        found = asked.filter(person=int(thread.removeprefix(label))).first()
        if found is not None:
            return found.person
    secrets = _TASK_SECRET.findall(f"{parsed.own}\n{parsed.history}")[:5]
    known = asked.filter(secret__in=secrets).first() if secrets else None
    return known.person if known is not None else None


def _earlier_mail(process: Process, parsed: Parsed) -> Proposal | None:
    """Return the proposal that an earlier mail of the same sender became, where this one continues that mail."""
    if not parsed.answers or not parsed.from_address:
        return None
    earlier = InboundMessage.objects.filter(
        account__process=process, message_id__in=parsed.answers, from_address=parsed.from_address, set_aside_as=""
    )
    return Proposal.objects.filter(pk__in=earlier.values("landings__proposal")).defer("search").order_by("pk").first()


def _by_number(process: Process, parsed: Parsed) -> Proposal | None:
    register = Register.objects.filter(process=process).first()
    if register is None or not parsed.from_address:
        return None
    numbers = re.findall(rf"\b{re.escape(register.prefix)}-(\d{{1,9}})\b", parsed.subject)[:5]
    return (
        Proposal.objects.filter(process=process, number__in=numbers, author__email=parsed.from_address)
        .select_related("process")
        .defer("search")
        .order_by("-number")
        .first()
        if numbers
        else None
    )


@dataclass(frozen=True)
class Hint:
    """Whom a sender's address belongs to as far as we know; no proof of who wrote."""

    people: Sequence[Person]
    earlier: Sequence[Proposal]


def hint_of(message: InboundMessage) -> Hint:
    """Return the people known by the sender's address, and earlier proposals of the process that came from it."""
    if not message.from_address:
        return Hint((), ())
    people = Person.objects.filter(email__iexact=message.from_address)[:EARLIER_SHOWN]
    own = message.landings.values("proposal")
    earlier = (
        Proposal.objects.filter(process=message.account.process_id, author__email=message.from_address)
        .exclude(pk__in=own)
        .select_related("process")
        .defer("text", "search")
        .order_by("-number")[:EARLIER_SHOWN]
    )
    return Hint(list(people), list(earlier))


def read_address(process: Process) -> str:
    """Return the address of the mailbox of a process, if it is read."""
    account = MailAccount.objects.filter(process=process, enabled=True).first()
    return account.address if account is not None else ""


def count_folders(process: Process) -> dict[str, int]:
    """Return how many mails lie in each folder of the page."""
    return InboundMessage.objects.filter(account__process=process).count_folders()


def mail_to_look_at(user: Any) -> list[tuple[Process, int]]:
    """Return the processes whose mail the person keeps, with how many mails wait for somebody to look at them."""
    waiting = InboundMessage.objects.visible_to(user).in_folder(InboundMessage.Folder.BROKEN)
    counted = waiting.values("account__process").annotate(number=Count("pk")).order_by("account__process")
    number = {row["account__process"]: row["number"] for row in counted}
    return [(process, number[process.pk]) for process in Process.objects.filter(pk__in=number)] if number else []


def accounts_in_trouble(user: Any) -> list[MailAccount]:
    """Return the mailboxes that the person looks after and that cannot be read at present."""
    accounts = MailAccount.objects.visible_to(user).filter(enabled=True).exclude(trouble="")
    return list(accounts.select_related("process"))


def needed_for(message: InboundMessage) -> Proposal | None:
    """Return the proposal for which a mail must be kept: one that was made of it, or one it was added to that waits for an answer."""
    landed = Proposal.objects.filter(pk__in=message.landings.values("proposal"), author__erased_at__isnull=True)
    waits = Proposal.objects.filter(additions=message.addition_id, answered_at=None, withdrawn_at=None)
    return (landed.defer("search").first()) or (waits.defer("search").first() if message.addition_id else None)
