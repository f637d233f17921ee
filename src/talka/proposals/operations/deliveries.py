# SPDX-License-Identifier: EUPL-1.2
"""Answers on their way: mail by itself, letters and calls by hand, another way where one fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.notifications.models import Notification
from talka.proposals.models import Author, Delivery, Proposal, ReplyVersion
from talka.proposals.operations.writing import write_to_author
from talka.proposals.queries.becoming import named_in_answer

CONTACTS = {Delivery.Way.EMAIL: "email", Delivery.Way.POST: "postal_address", Delivery.Way.PHONE: "phone"}
"""Which contact of the author a way needs."""


class DeliverySettled(Refused):
    message = _("Somebody has noted meanwhile what became of this answer. Load the page again.")


class ContactMissing(Refused):
    message = _("For this way the address or the number is missing. Enter it.")


def begin_delivery(version: ReplyVersion, proposal: Proposal) -> str:
    """Send a published answer on its way to its author, as they asked; return the address of a mail, or an empty text.

    Who asked for a way of which the address or number is missing is not answered by another one unasked: that waits until
    a person settles it. Who left no way at all can read the answer on the public page only.
    """
    author = Author.objects.filter(proposal=proposal).select_related("proposal__process").first()
    if author is None:
        return ""
    wanted = author.way_of_answering
    lacks = False
    if author.answer_by == Author.AnswerBy.NOT_AT_ALL:
        way = Delivery.Way.NOT_WANTED
    elif wanted == Author.AnswerBy.NOT_AT_ALL:
        way = Delivery.Way.UNKNOWN
    else:
        way = Delivery.Way(wanted)
        lacks = not getattr(author, CONTACTS[way])
    delivery = Delivery.objects.create(
        version=version, author=author, way=way, created_at=clock.now(), failed_at=clock.now() if lacks else None,
        failed_because=str(_("The address or number for it is missing.")) if lacks else "",
    )  # fmt: skip
    return _mail(delivery) if way == Delivery.Way.EMAIL and not lacks else ""


def _mail(delivery: Delivery) -> str:
    """Put the letter into the queue if the address may be written to; else it waits until it is confirmed."""
    author = delivery.author
    if not author.mailing_address:
        return ""
    template = "proposals/publish_reply" if not delivery.version.because else "proposals/correct_reply"
    delivery.letter = write_to_author(author, template, reply=delivery.version, nodes=named_in_answer(author.proposal))
    delivery.save(update_fields=["letter"])
    return author.email


def send_waiting(author: Author) -> None:
    """Send the answer that waited until the author confirmed the address; of several versions the last one only."""
    waiting = Delivery.objects.on_their_way().filter(author=author, letter__isnull=True)
    last = waiting.select_related("version", "author__proposal__process").order_by("-version__number").first()
    if last is not None:
        _mail(last)


def settle_mail(letter: Notification) -> None:
    """Note what became of a mail with an answer: taken by the mail server, or given up."""
    of_letter = Delivery.objects.filter(letter=letter, done_at__isnull=True)
    if letter.state == Notification.State.SENT:
        of_letter.update(done_at=letter.sent_at, failed_at=None, failed_because="")
    elif letter.state == Notification.State.FAILED:
        of_letter.update(failed_at=clock.now(), failed_because=str(_("The mail server did not take the letter.")))


def return_mail(letter: Notification, *, because: str) -> int:
    """Note that a mail with an answer came back, with what its carrier said; return how many answers were in it.

    For whoever reads the mailbox; a bounce that comes twice changes nothing.
    """
    of_letter = Delivery.objects.filter(letter=letter, failed_at__isnull=True)
    return of_letter.update(done_at=None, done_by=None, failed_at=clock.now(), failed_because=because[:300])


def _lock(deliveries: Sequence[Delivery]) -> list[Delivery]:
    keys = [delivery.pk for delivery in deliveries]
    related = ("version", "author__proposal__process")
    rows = Delivery.objects.select_for_update(of=("self",)).select_related(*related)
    return list(rows.filter(pk__in=keys).order_by("created_at", "pk"))


@transaction.atomic
def print_letters(deliveries: Sequence[Delivery], *, by: User) -> None:
    """Note that letters have been put into a file to print; sending them is another step."""
    for delivery in _lock(deliveries):
        proposal = delivery.author.proposal
        authorize(by, "proposals.deliver_answer", proposal)
        delivery.printed_at = clock.now()
        delivery.save(update_fields=["printed_at"])
        record("proposals.print_letter", proposal, by=by, scope=proposal.process)


@transaction.atomic
def mark_letters_sent(deliveries: Sequence[Delivery], *, on: date, by: User) -> int:
    """Note the day on which letters were posted; those noted already keep their day. Returns how many were noted."""
    number = 0
    for delivery in _lock(deliveries):
        proposal = delivery.author.proposal
        authorize(by, "proposals.deliver_answer", proposal)
        if delivery.way != Delivery.Way.POST or delivery.done_at is not None or delivery.failed_at is not None:
            continue
        delivery.done_at, delivery.done_by = _moment_on(on), by
        delivery.save(update_fields=["done_at", "done_by"])
        record("proposals.send_printed_letter", proposal, by=by, scope=proposal.process, on=on.isoformat())
        number += 1
    return number


def _moment_on(day: date) -> datetime:
    """Return now for today, else noon of the day."""
    return clock.now() if day == clock.today() else timezone.make_aware(datetime.combine(day, time(12)))


@transaction.atomic
def record_call(delivery: Delivery, *, reached: bool, note: str, by: User) -> None:
    """Note that an answer was told by telephone, or that nobody took the call."""
    (delivery,) = _lock([delivery])
    proposal = delivery.author.proposal
    authorize(by, "proposals.deliver_answer", proposal)
    if delivery.way != Delivery.Way.PHONE or delivery.done_at is not None or delivery.failed_at is not None:
        raise DeliverySettled
    delivery.tries += 1
    delivery.tried_at, delivery.note = clock.now(), note
    if reached:
        delivery.done_at, delivery.done_by = clock.now(), by
    delivery.save(update_fields=["tries", "tried_at", "note", "done_at", "done_by"])
    record("proposals.record_call", proposal, by=by, scope=proposal.process, reached=reached)


@transaction.atomic
def deliver_otherwise(delivery: Delivery, *, way: str, contact: str = "", by: User) -> Delivery:
    """Send an answer by another way, or by the same one to another address; the first try stays on record.

    ``contact`` is the address or number for that way, kept with the author where it is given; raises ``ContactMissing``
    where none is known. A mail goes at once to an address that staff enter, as they know from whom they have it; to one
    from the web only once it is confirmed.
    """
    (delivery,) = _lock([delivery])
    author, proposal = delivery.author, delivery.author.proposal
    authorize(by, "proposals.deliver_answer", proposal)
    if delivery.done_at is not None or Delivery.objects.filter(instead_of=delivery).exists():
        raise DeliverySettled
    _know_contact(author, Delivery.Way(way), contact)
    if delivery.failed_at is None:
        delivery.failed_at, delivery.failed_because = clock.now(), ""
        delivery.save(update_fields=["failed_at", "failed_because"])
    following = Delivery.objects.create(
        version=delivery.version, author=author, way=way, instead_of=delivery, created_at=clock.now()
    )
    record("proposals.deliver_otherwise", proposal, by=by, scope=proposal.process, way=way)
    if way == Delivery.Way.EMAIL:
        _mail(following)
    return following


def _know_contact(author: Author, way: Delivery.Way, contact: str) -> None:
    """Keep a contact that somebody found out, with the way by which the author is answered from now on."""
    changed: dict[str, Any] = {"answer_by": Author.AnswerBy.NOT_AT_ALL}
    name = CONTACTS.get(way)
    if name is not None:
        known = contact.lower() if name == "email" and contact else contact or getattr(author, name)
        if not known:
            raise ContactMissing
        changed = {"answer_by": Author.AnswerBy(way), name: known}
        if name == "email" and contact:
            changed["confirmed_at"] = clock.now()
    for field, value in changed.items():
        setattr(author, field, value)
    author.save(update_fields=list(changed))
