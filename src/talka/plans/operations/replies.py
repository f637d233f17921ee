# SPDX-License-Identifier: EUPL-1.2
"""Replies by mail to requests for updates: what is clear is entered, what is not waits for a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import clean_line, clean_text
from talka.notifications.operations import send_letter
from talka.plans.letters import language_of, link_of, thread_of
from talka.plans.models import NodeVersion, ProgressUpdate, UnclearReply, UpdateRequest
from talka.plans.operations.answering import Answer, answer_round
from talka.plans.operations.progress import enter_update
from talka.plans.queries.owing import address_of, goes_on, with_last_word, works_of
from talka.plans.reading_replies import LONGEST, Said, read_reply
from talka.plans.reply_address import reply_address

_Doubt = UnclearReply.Doubt


class ReplySettled(Refused):
    message = _("Somebody has settled this reply already.")


class NothingTaken(Refused):
    message = _("Say of at least one action how it is going, or set the reply aside.")


@dataclass(frozen=True)
class Taken:
    """What became of a reply: versions with the update that was entered, and what was left unclear, if anything."""

    entered: Sequence[tuple[NodeVersion, ProgressUpdate]]
    unclear: UnclearReply | None


def asked_about(request: UpdateRequest) -> list[NodeVersion]:
    """Return what the person of a request answers for now in the edition in force: all that has not ended."""
    works = works_of(request.round.plan).filter(goes_on(), node__owner=request.person_id)
    return list(with_last_word(works))


@transaction.atomic
def take_reply(
    request: UpdateRequest,
    *,
    text: str,
    mail_key: str,
    from_address: str,
    received_at: datetime,
    acknowledge: bool = True,
) -> Taken:
    """Read a reply that names the letter of a request; the caller knows that it does. The same mail again changes nothing.

    Entered is what is said clearly, from the address that was asked, of an action that its person answers for. Everything
    else goes to the coordinator. Only the address that was asked is written to.
    """
    request = (
        UpdateRequest.objects.select_for_update(of=("self",))
        .select_related("person__user", "round__plan__process")
        .get(pk=request.pk)
    )
    plan, mail_key = request.round.plan, mail_key[:250]
    again = ProgressUpdate.objects.filter(mail_key=mail_key, node__plan=plan)
    if again.exists() or request.unclear_replies.filter(mail_key=mail_key).exists():
        return Taken((), None)
    text = clean_text(text)[:LONGEST]
    versions = {version.code or "": version for version in asked_about(request)}
    own_address = bool(from_address) and address_of(request.person).lower() == from_address.lower()
    doubts: list[tuple[str, str]] = []
    entered: list[tuple[NodeVersion, ProgressUpdate]] = []
    if not own_address:
        doubts = [("", _Doubt.OTHER_ADDRESS)]
    elif not UpdateRequest.objects.open().filter(pk=request.pk).exists():
        doubts = [("", _Doubt.TOO_LATE)]
    elif not text:
        doubts = [("", _Doubt.NOTHING)]
    elif request.secret in text:
        doubts = [("", _Doubt.QUOTED)]
    else:
        for said in read_reply(text, list(versions)):
            if said.doubt:
                doubts.append((said.code, said.doubt))
            else:
                entered.append((versions[said.code], _enter(request, versions[said.code], said, mail_key, received_at)))
    unclear = None
    if doubts:
        unclear = UnclearReply.objects.create(
            request=request, mail_key=mail_key, from_address=clean_line(from_address)[:320], received_at=received_at,
            text=text, doubts=doubts,
        )  # fmt: skip
    record("plans.take_reply", plan, by=None, scope=plan.process, entered=len(entered), unclear=len(doubts))
    if acknowledge and own_address:
        _say_what_was_understood(request, entered, unclear)
    return Taken(entered, unclear)


def _enter(
    request: UpdateRequest, version: NodeVersion, said: Said, mail_key: str, received_at: datetime
) -> ProgressUpdate:
    return enter_update(
        version.node, state=said.state, percent=said.percent, text=said.text, person=request.person, entered_by=None,
        said_on=min(timezone.localdate(received_at), clock.today()), channel=ProgressUpdate.Channel.MAIL, in_round=request.round,
        mail_key=mail_key,
    )  # fmt: skip


def _say_what_was_understood(
    request: UpdateRequest, entered: Sequence[tuple[NodeVersion, ProgressUpdate]], unclear: UnclearReply | None
) -> None:
    plan, person = request.round.plan, request.person
    language = language_of(person, plan.process.language)
    send_letter(
        "plans/take_reply", email=address_of(person), language=language, user=person.user, thread=thread_of(request),
        reply_to=reply_address(plan.process), plan=plan, entered=entered, unclear=unclear,
        form_url=link_of(request, language),
    )  # fmt: skip


def _lock(reply: UnclearReply) -> UnclearReply:
    locked = (
        UnclearReply.objects.select_for_update(of=("self",))
        .select_related("request__person", "request__round__plan__process")
        .get(pk=reply.pk)
    )
    if locked.settled_at is not None:
        raise ReplySettled
    return locked


@transaction.atomic
def settle_reply(reply: UnclearReply, *, answers: Sequence[Answer], by: User) -> int:
    """Take in by hand what an unclear reply says; return how many updates were entered."""
    authorize(by, "plans.settle_reply", reply)
    reply = _lock(reply)
    if not any(answer.state for answer in answers):
        raise NothingTaken
    request = reply.request
    number = answer_round(
        answers, by=by, person=request.person, in_round=request.round, channel=ProgressUpdate.Channel.MAIL
    )
    _settle(reply, by)
    record("plans.settle_reply", request.round.plan, by=by, scope=request.round.plan.process, number=number)
    return number


@transaction.atomic
def set_aside_reply(reply: UnclearReply, *, reason: str, by: User) -> None:
    """Say that an unclear reply says nothing to be entered, and why."""
    authorize(by, "plans.set_aside_reply", reply)
    reply = _lock(reply)
    reply.set_aside_because = reason
    _settle(reply, by)
    plan = reply.request.round.plan
    record("plans.set_aside_reply", plan, by=by, scope=plan.process, reason=reason)


def _settle(reply: UnclearReply, by: User) -> None:
    reply.settled_at, reply.settled_by = clock.now(), by
    reply.save(update_fields=["settled_at", "settled_by", "set_aside_because"])
