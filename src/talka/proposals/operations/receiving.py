# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Area, Topic
from talka.notifications.operations import follow, notify
from talka.processes.models import Phase, Process
from talka.proposals.models import Author, Proposal, ProposalFile, Register, Unredacted
from talka.proposals.operations.deliveries import send_waiting
from talka.proposals.operations.drafting import Content, Sender, enter, lock_register
from talka.proposals.operations.writing import write_to_author
from talka.proposals.queries.suspicion import kinds_suspected


class ProposalsClosed(Refused):
    message = _(
        "This process does not take proposals now. Your text has not been sent; copy it if you want to keep it."
    )


class AuthorKeepsPrivate(Refused):
    message = _("The author asked that this proposal be seen by the municipality only; it cannot be published.")


class ProposalWithdrawn(Refused):
    message = _("This proposal has been withdrawn.")


class ProposalAnswered(Refused):
    message = _("This proposal has been answered and can no longer be withdrawn.")


class ProposalNotPublic(Refused):
    message = _("This proposal is not on the public pages, so it cannot be followed.")


class PersonalDataFound(Refused):
    message = _("%(reference)s seems to hold personal data: %(kinds)s. Cover it, or publish it as it is.")


class PrefixInUse(Refused):
    message = _("Numbers have been given already, so the letters before them can no longer change.")


@transaction.atomic
def open_register(
    process: Process,
    *,
    by: User,
    prefix: str,
    publishing: str = Register.Publishing.AFTER_REVIEW,
    remind_before: int | None = None,
    letter_head: str = "",
) -> Register:
    """Give a process its register, with the letters of its numbers."""
    authorize(by, "proposals.open_register", process)
    settings: dict[str, Any] = {"prefix": prefix, "publishing": publishing, "letter_head": letter_head}
    if remind_before is not None:
        settings["remind_before"] = remind_before
    register, created = Register.objects.get_or_create(process=process, defaults=settings)
    if created:
        record("proposals.open_register", register, by=by, scope=process)
    return register


@transaction.atomic
def change_register(
    register: Register,
    *,
    by: User,
    prefix: str,
    publishing: str,
    remind_before: int | None = None,
    letter_head: str | None = None,
) -> None:
    """Change how numbers look, when proposals are published and how many working days before a term people are reminded.

    The letters of the numbers change only while no number has been given; ``remind_before`` and ``letter_head``, who stands
    above printed letters, stay where they are not said.
    """
    authorize(by, "proposals.change_register", register.process)
    register = Register.objects.select_for_update().get(pk=register.pk)
    if prefix != register.prefix and register.last_number:
        raise PrefixInUse
    register.prefix, register.publishing = prefix, publishing
    if remind_before is not None:
        register.remind_before = remind_before
    if letter_head is not None:
        register.letter_head = letter_head
    register.save(update_fields=["prefix", "publishing", "remind_before", "letter_head"])
    record("proposals.change_register", register, by=by, scope=register.process)


def submit_proposal(process: Process, *, content: Content, sender: Sender, key: uuid.UUID, by: Any) -> Proposal:
    """Take a proposal from anybody. The same form sent twice (the same ``key``) gives the same proposal.

    Raises ``ProposalsClosed`` where no open phase takes proposals.
    """
    authorize(by, "proposals.submit_proposal", process)
    with transaction.atomic():
        register = lock_register(process)
        earlier = Proposal.objects.filter(submission_key=key).first()
        if earlier is not None:
            return earlier
        if not Process.objects.prefetch_related("phases").get(pk=process.pk).allows(Phase.Deed.PROPOSE):
            raise ProposalsClosed
        proposal = enter(
            register, content, sender, key=key, by=by, channel=Proposal.Channel.WEB, received_at=clock.now()
        )
        record("proposals.submit_proposal", proposal, by=None, scope=process, channel=proposal.channel)
        return proposal


@transaction.atomic
def register_proposal(
    process: Process, *, content: Content, sender: Sender, key: uuid.UUID, channel: str, received_at: datetime, by: User
) -> Proposal:
    """Enter a proposal that came by another way, with the moment it was received; also after a phase has ended."""
    authorize(by, "proposals.register_proposal", process)
    register = lock_register(process)
    earlier = Proposal.objects.filter(submission_key=key).first()
    if earlier is not None:
        return earlier
    proposal = enter(register, content, sender, key=key, by=by, channel=channel, received_at=received_at)
    record("proposals.register_proposal", proposal, by=by, scope=process, channel=channel)
    return proposal


def receive_forwarded(process: Process, *, content: Content, sender: Sender, confirmed: bool, by: User) -> Proposal:
    """Enter what another register of this installation passes on; its operation asks who may and holds both registers.

    ``confirmed`` says that the author's address was confirmed there.
    """
    register = lock_register(process)
    proposal = enter(
        register, content, sender, key=uuid.uuid4(), by=by, channel=Proposal.Channel.FORWARDED, received_at=clock.now()
    )
    if confirmed and sender.email:
        Author.objects.filter(proposal=proposal).update(confirmed_at=clock.now())
    return proposal


@transaction.atomic
def confirm_address(proposal: Proposal, *, by: Any) -> None:
    """Record that whoever holds the secret link reads the author's address; only then is more sent there."""
    authorize(by, "proposals.confirm_address", proposal)
    author = Author.objects.select_for_update().get(proposal=proposal)
    if author.email and author.confirmed_at is None:
        author.confirmed_at = clock.now()
        author.save(update_fields=["confirmed_at"])
        record("proposals.confirm_address", proposal, by=None, scope=proposal.process)
        send_waiting(author)


def lock_proposals(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Lock proposals as they are now, after the registers they stand in.

    What changes a proposal changes the kept counters of its process too. One order for all (registers, proposals
    by their keys, counters) means that two people never wait for each other.
    """
    keys = [proposal.pk for proposal in proposals]
    processes = {proposal.process_id for proposal in proposals}
    list(Register.objects.select_for_update().filter(process__in=processes).order_by("process"))
    return list(
        Proposal.objects.select_for_update(of=("self",))
        .select_related("process", "assigned_person", "audience")
        .filter(pk__in=keys)
        .order_by("pk")
    )


def _lock(proposal: Proposal) -> Proposal:
    (locked,) = lock_proposals([proposal])
    return locked


def tell_author(proposal: Proposal, template: str, **context: Any) -> str:
    """Write to the author where letters may go (``Author.mailing_address``); return the address, or an empty text."""
    author = Author.objects.filter(proposal=proposal).select_related("proposal__process").first()
    if author is None or not author.mailing_address:
        return ""
    return write_to_author(author, template, **context).email


def tell_followers(proposal: Proposal, template: str, *, told: str, **context: Any) -> None:
    """Write to those who follow a public proposal and may see its process today; ``told`` is who got a letter already."""

    def may_read(reader: Any) -> bool:
        return Process.objects.visible_to(reader).filter(pk=proposal.process_id).exists()

    if proposal.published_at is not None:
        notify(proposal.audience, template, may_read=may_read, besides=told, proposal=proposal, **context)


@transaction.atomic
def publish_proposal(proposal: Proposal, *, by: User, anyway: bool = False) -> None:
    """Show a proposal in public, after somebody has read it; its author is told.

    Raises ``PersonalDataFound`` for a text that seems to hold personal data, unless it is published ``anyway``.
    """
    authorize(by, "proposals.publish_proposal", proposal)
    proposal = _lock(proposal)
    if proposal.keep_private:
        raise AuthorKeepsPrivate
    if proposal.withdrawn_at is not None:
        raise ProposalWithdrawn
    if proposal.published_at is None:
        kinds = "" if anyway else kinds_suspected(proposal)
        if kinds:
            raise PersonalDataFound(reference=proposal.reference, kinds=kinds)
        proposal.published_at = clock.now()
        proposal.save(update_fields=["published_at"])
        record("proposals.publish_proposal", proposal, by=by, scope=proposal.process)
        tell_author(proposal, "proposals/publish_proposal")


@transaction.atomic
def publish_proposals(proposals: Sequence[Proposal], *, by: User) -> int:
    """Show those of several proposals in public that can be shown; return how many came to be.

    Those withdrawn, public already, or meant for the municipality only stay as they are, and so do those that seem
    to hold personal data, for somebody to look at one by one.
    """
    number = 0
    for proposal in lock_proposals(proposals):
        if proposal.published_at is None and proposal.withdrawn_at is None and not proposal.keep_private:
            try:
                publish_proposal(proposal, by=by)
            except PersonalDataFound:
                continue
            number += 1
    return number


@transaction.atomic
def unpublish_proposal(proposal: Proposal, *, by: User, reason: str) -> None:
    """Take a proposal off the public pages, such as for personal data of others or abuse."""
    authorize(by, "proposals.unpublish_proposal", proposal)
    proposal = _lock(proposal)
    if proposal.published_at is not None:
        proposal.published_at = None
        proposal.save(update_fields=["published_at"])
        record("proposals.unpublish_proposal", proposal, by=by, scope=proposal.process, reason=reason)


@transaction.atomic
def correct_proposal(
    proposal: Proposal,
    *,
    by: User,
    title: str,
    text: str,
    topic: Topic | None,
    area: Area | None,
    place_text: str,
    reason: str,
    language: str = "",
) -> None:
    """Change the published title, text, language and place; the text as received stays, and the page says that it was corrected."""
    authorize(by, "proposals.correct_proposal", proposal)
    proposal = _lock(proposal)
    if (title, text) != (proposal.title, proposal.text):
        proposal.corrected_at, proposal.corrected_because = clock.now(), reason
    if (title, text, place_text) != (proposal.title, proposal.text, proposal.place_text):
        proposal.redactions.filter(settled_at__isnull=True).update(settled_at=clock.now())
        Unredacted.objects.filter(proposal=proposal).update(
            title=title, text=text, place_text=place_text, corrected_at=proposal.corrected_at, corrected_because=proposal.corrected_because
        )  # fmt: skip
    proposal.title, proposal.text, proposal.topic, proposal.area, proposal.place_text = (
        title,
        text,
        topic,
        area,
        place_text,
    )
    proposal.language = language or proposal.language
    changed = ["title", "text", "language", "topic", "area", "place_text", "corrected_at", "corrected_because"]
    proposal.save(update_fields=[*changed, *proposal.keep_words()])
    record("proposals.correct_proposal", proposal, by=by, scope=proposal.process, reason=reason)


@transaction.atomic
def show_file(file: ProposalFile, *, by: User, is_public: bool) -> None:
    """Say whether a file that came with a proposal may be seen in public."""
    authorize(by, "proposals.show_file", file.proposal)
    file.is_public = is_public
    file.save(update_fields=["is_public"])
    record("proposals.show_file", file.proposal, by=by, scope=file.proposal.process, is_public=is_public)


@transaction.atomic
def withdraw_proposal(proposal: Proposal, *, by: Any, reason: str = "") -> None:
    """Take a proposal back. It stays readable, marked as withdrawn; its author and followers are told."""
    authorize(by, "proposals.withdraw_proposal", proposal)
    proposal = _lock(proposal)
    if proposal.answered_at is not None:
        raise ProposalAnswered
    if proposal.withdrawn_at is not None:
        return
    proposal.withdrawn_at, proposal.withdrawn_because = clock.now(), reason
    proposal.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record("proposals.withdraw_proposal", proposal, by=by if by.is_authenticated else None, scope=proposal.process)
    told = tell_author(proposal, "proposals/withdraw_proposal")
    tell_followers(proposal, "proposals/withdraw_proposal", told=told)


def follow_proposal(proposal: Proposal, *, email: str, language: str, by: Any) -> None:
    """Send what happens to a public proposal to an address, once its owner has confirmed it."""
    authorize(by, "proposals.follow_proposal", proposal)
    if proposal.published_at is None:
        raise ProposalNotPublic
    follow(proposal.audience, email=email, language=language, by=by, title=proposal.title)
