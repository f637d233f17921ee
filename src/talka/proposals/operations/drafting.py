# SPDX-License-Identifier: EUPL-1.2
"""A proposal as it is entered: what was said, by whom, under the next number of its register."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from talka.accounts.models import User
from talka.core import clock
from talka.core.text import shorten
from talka.directory.models import Area, Topic
from talka.files.forms import Upload
from talka.files.operations import store_attachment
from talka.notifications.models import Audience
from talka.processes.models import Process
from talka.proposals.deadlines import usually_signed
from talka.proposals.languages import language_of
from talka.proposals.models import Author, Proposal, ProposalFile, Receipt, Regime, Register
from talka.proposals.operations.terms import put_dates
from talka.proposals.operations.writing import write_to_author
from talka.proposals.queries.suspicion import is_suspected
from talka.proposals.queries.terms import Reckoning


@dataclass(frozen=True)
class Sender:
    """Who sends a proposal in, as far as they say; all of it may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""
    postal_address: str = ""
    answer_by: str = ""
    on_behalf: str = Author.OnBehalf.SELF
    on_behalf_name: str = ""
    name_public: bool = False
    language: str = "lv"


@dataclass(frozen=True)
class Content:
    """What is proposed, and under which act it is treated; all but the text may be empty: its language is then told by the
    letters. Degrees are WGS 84."""

    text: str
    title: str = ""
    title_from: str = ""
    """What a title is made of where none is given; empty: the text."""
    topic: Topic | None = None
    area: Area | None = None
    place_text: str = ""
    longitude: float | None = None
    latitude: float | None = None
    keep_private: bool = False
    source_reference: str = ""
    language: str = ""
    at_meeting: str = ""
    files: Sequence[Upload] = field(default_factory=tuple)
    regime: str = Regime.SUBMISSION
    signed: bool | None = None
    """Signed, or its sender identified; ``None``: as is usual for the channel."""


def lock_register(process: Process) -> Register:
    """Return the register, locked: numbers are given one after another, so none is skipped and none twice."""
    Register.objects.get_or_create(process=process)
    return Register.objects.select_for_update().select_related("process").get(process=process)


def draft_proposal(
    register: Register,
    content: Content,
    sender: Sender,
    *,
    key: uuid.UUID,
    registered_by: User | None,
    channel: str,
    received_at: datetime,
    reckoning: Reckoning,
    is_read: bool = True,
) -> Proposal:
    """Return a proposal under the next number of a register that the caller has locked and saves; nothing is written yet.

    The caller gives it its audience. What came by itself and was not read (``is_read``) does not become public at once.
    """
    register.last_number += 1
    hidden = "" if sender.name_public else sender.name
    at_once = (
        register.publishing == Register.Publishing.AT_ONCE
        and not content.keep_private
        and is_read
        and not is_suspected(content.title, content.text, content.place_text, name=hidden)
    )
    proposal = Proposal(
        process=register.process,
        number=register.last_number,
        reference=f"{register.prefix}-{register.last_number}",
        title=content.title or shorten(content.title_from or content.text, 90),
        text=content.text,
        language=content.language or language_of(content.text, otherwise=sender.language),
        topic=content.topic,
        area=content.area,
        place_text=content.place_text,
        longitude=content.longitude,
        latitude=content.latitude,
        keep_private=content.keep_private,
        source_reference=content.source_reference,
        channel=channel,
        received_at=received_at,
        registered_at=clock.now(),
        registered_by=registered_by,
        submission_key=key,
        published_at=clock.now() if at_once else None,
        regime=content.regime,
        signed=usually_signed(channel) if content.signed is None else content.signed,
    )
    put_dates(proposal, reckoning)
    proposal.keep_words()
    return proposal


def draft_author(proposal: Proposal, sender: Sender) -> Author:
    """Return who sent a proposal in, not written yet."""
    return Author(
        proposal=proposal,
        name=sender.name,
        email=sender.email.lower(),
        phone=sender.phone,
        postal_address=sender.postal_address,
        answer_by=sender.answer_by,
        on_behalf=sender.on_behalf,
        on_behalf_name=sender.on_behalf_name,
        name_public=sender.name_public,
        language=sender.language,
    )


def enter(
    register: Register,
    content: Content,
    sender: Sender,
    *,
    key: uuid.UUID,
    by: Any,
    channel: str,
    received_at: datetime,
    acknowledges: bool = True,
    answers: str = "",
) -> Proposal:
    """Write a proposal under the next number of a register that the caller has locked, with its author and files."""
    user = by if getattr(by, "is_authenticated", False) else None
    on_web = channel == Proposal.Channel.WEB
    proposal = draft_proposal(
        register,
        content,
        sender,
        key=key,
        registered_by=None if on_web else user,
        channel=channel,
        received_at=received_at,
        reckoning=Reckoning(),
        is_read=on_web or user is not None,
    )
    register.save(update_fields=["last_number"])
    proposal.audience = Audience.objects.create()
    proposal.save()
    Receipt.objects.create(proposal=proposal, title=content.title, text=content.text, at_meeting=content.at_meeting)
    mine = on_web and user is not None and sender.email.lower() == user.email.lower()
    author = draft_author(proposal, sender)
    author.user = user if on_web else None
    author.confirmed_at = clock.now() if mine else None
    author.save()
    for upload in content.files:
        attachment = store_attachment(upload.inspected, name=upload.name, by=by)
        ProposalFile.objects.create(proposal=proposal, attachment=attachment)
    if author.email and acknowledges:
        acknowledge(author, answers=answers)
    return proposal


def acknowledge(author: Author, *, answers: str = "") -> None:
    """Tell an author by mail under which number the proposal stands, and how to confirm the address.

    ``answers`` is the Message-ID of the mail that this answers.
    """
    write_to_author(author, "proposals/submit_proposal", answers=answers)
