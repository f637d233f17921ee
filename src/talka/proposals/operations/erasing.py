# SPDX-License-Identifier: EUPL-1.2
"""The end of personal data in the register: after the term, or when the person asks; the answer to all stays."""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User, new_secret
from talka.audit.models import key_of
from talka.audit.operations import erase_names, record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.files.operations import delete_attachment
from talka.imports.operations.forgetting import forget_lines_of
from talka.notifications.models import Subscription
from talka.notifications.operations import erase_letters_about, erase_letters_with, erase_subscriptions
from talka.proposals.models import Addition, Author, Delivery, Proposal, Register, Reply, ReplyVersion, Unredacted
from talka.proposals.operations.receiving import lock_proposals
from talka.proposals.operations.searching import uncounting_words
from talka.proposals.personal_data import mentions
from talka.proposals.queries.keeping import due_until
from talka.proposals.queries.suspicion import covered_text
from talka.proposals.signals import author_erased

log = logging.getLogger(__name__)


class NotAnsweredYet(Refused):
    message = _(
        "%(reference)s waits for an answer, so its author's data is still needed. Answer it, or withdraw it for the author."
    )


@transaction.atomic
def change_keeping(register: Register, *, by: User, keep_months: int | None, keep_act: str) -> None:
    """Set how many months personal data is kept (0: always; nothing: as the installation says) and what that rests on."""
    authorize(by, "proposals.change_keeping", register.process)
    register = Register.objects.select_for_update().get(pk=register.pk)
    register.keep_months, register.keep_act = keep_months, keep_act
    register.save(update_fields=["keep_months", "keep_act"])
    record("proposals.change_keeping", register, by=by, scope=register.process, reason=keep_act, months=keep_months)


@transaction.atomic
def erase_author(proposal: Proposal, *, by: User, reason: str, leave_public: bool) -> None:
    """Erase who sent a proposal in, because they asked; with ``leave_public`` the published text stays without them."""
    authorize(by, "proposals.erase_author", proposal)
    (proposal,) = lock_proposals([proposal])
    if proposal.answered_at is None and proposal.withdrawn_at is None:
        raise NotAnsweredYet(reference=proposal.reference)
    _erase(proposal, leave_public=leave_public, by=by, reason=reason)


def erase_due_authors() -> int:
    """Erase the personal data whose term has ended, one proposal after another; return of how many.

    Broken off, it goes on where it stopped; one that cannot be erased is written into the system's log and does not stop the rest.
    """
    number = 0
    for key in list(due_until(clock.today()).values_list("pk", flat=True)):
        try:
            number += _erase_if_due(key)
        except Exception:
            log.exception("personal data of proposal %s was not erased", key)
    return number


@transaction.atomic
def _erase_if_due(key: int) -> int:
    (proposal,) = lock_proposals([Proposal.objects.get(pk=key)])
    if not due_until(clock.today()).filter(pk=key).exists():
        return 0
    _erase(proposal, leave_public=True, by=None, reason="")
    return 1


def _erase(proposal: Proposal, *, leave_public: bool, by: User | None, reason: str) -> None:
    author = Author.objects.select_for_update().get(proposal=proposal)
    if author.erased_at is not None:
        return
    stays = leave_public and proposal.published_at is not None
    author_erased.send(Proposal, proposal=proposal, author=author)
    forget_lines_of(key_of(proposal))
    followers = Subscription.objects.filter(audience=proposal.audience_id, user__isnull=True)
    erase_letters_with([author.secret, *followers.values_list("secret", flat=True)])
    erase_letters_with([f"/p/{proposal.process.slug}/proposals/{proposal.number}/"], sent_only=True)
    erase_subscriptions(followers)
    erase_letters_about(key_of(proposal), to=author.email)
    proposal.notes.all().delete()
    proposal.additions.all().delete()
    _erase_files(proposal, author, stays=stays)
    with uncounting_words(proposal):
        _erase_text(proposal, author, stays=stays)
    _erase_from_reply(proposal, author)
    _erase_from_the_way(proposal, author)
    _erase_from_forwardings(proposal, author)
    _erase_row(author)
    erase_names(labels={key_of(proposal): proposal.reference})
    record("proposals.erase_author", proposal, by=by, scope=proposal.process, reason=reason, text_stays=stays)


def _erase_files(proposal: Proposal, author: Author, *, stays: bool) -> None:
    """Delete files that are not public; those that are keep their bytes, and their name without the author's."""
    for file in proposal.files.select_related("attachment"):
        attachment = file.attachment
        if stays and file.is_public:
            attachment.name = _without(attachment.name, author, proposal.language)[:200]
            attachment.save(update_fields=["name"])
        else:
            file.delete()
            delete_attachment(attachment)


def _without(text: str, author: Author, language: str) -> str:
    """Return a text in which name and contacts of the author are covered, wherever they stand."""
    known = {"name": author.name, "email": author.email, "phone": author.phone, "address": author.postal_address}
    text = covered_text(text, mentions(text, **known), language=language)
    return covered_text(text, mentions(text, name=author.on_behalf_name), language=language)


def _erase_text(proposal: Proposal, author: Author, *, stays: bool) -> None:
    """Erase the text as received and as it was before covering; the published one stays, without its author's data, or goes."""
    receipt = proposal.receipt
    if receipt.erased_at is None:
        receipt.title = receipt.text = ""
        receipt.erased_at = clock.now()
        receipt.save(update_fields=["title", "text", "erased_at"])
    Unredacted.objects.filter(proposal=proposal).delete()
    proposal.redactions.all().delete()
    if stays:
        proposal.title = _without(proposal.title, author, proposal.language)[:200]
        proposal.text = _without(proposal.text, author, proposal.language)
        proposal.place_text = _without(proposal.place_text, author, proposal.language)[:300]
        proposal.corrected_because = _without(proposal.corrected_because, author, proposal.language)[:300]
    else:
        with translation.override(proposal.language):
            proposal.title = proposal.text = gettext("[erased]")
        proposal.place_text, proposal.longitude, proposal.latitude, proposal.published_at = "", None, None, None
        proposal.corrected_because = ""
    proposal.withdrawn_because = ""
    fields = [
        "title",
        "text",
        "place_text",
        "longitude",
        "latitude",
        "published_at",
        "withdrawn_because",
        "corrected_because",
    ]
    proposal.save(update_fields=[*fields, *proposal.keep_words()])
    history: Any = Proposal.pgh_event_model.objects.filter(pgh_obj_id=proposal.pk)  # type: ignore[attr-defined]
    same = {
        name: getattr(proposal, name)
        for name in ("title", "text", "place_text", "withdrawn_because", "corrected_because")
    }
    history.exclude(**same).update(**dict.fromkeys(same, ""), longitude=None, latitude=None)


def _erase_from_reply(proposal: Proposal, author: Author) -> None:
    reply = Reply.objects.filter(proposal=proposal).first()
    if reply is None:
        return
    reason = _without(reply.reason, author, proposal.language)
    if reason != reply.reason:
        reply.reason = reason
        reply.save(update_fields=["reason"])
    history: Any = Reply.pgh_event_model.objects.filter(pgh_obj_id=reply.pk)  # type: ignore[attr-defined]
    for row in history.exclude(reason=reply.reason):
        row.reason = _without(row.reason, author, proposal.language)
        row.save(update_fields=["reason"])


def _erase_from_the_way(proposal: Proposal, author: Author) -> None:
    """Leave of the way to the answer what was recommended, extended, corrected and delivered, when, and by whom."""
    written: list[tuple[Any, str]] = [
        *((row, "reason") for row in proposal.recommendations.all()),
        *((row, "reason") for row in proposal.extensions.all()),
        *((row, "reason") for row in ReplyVersion.objects.filter(reply__proposal=proposal)),
        *((row, "because") for row in ReplyVersion.objects.filter(reply__proposal=proposal)),
        *((row, "note") for row in proposal.became.all()),
    ]
    shortest = {"because": 300, "note": 500}
    for row, field in written:
        before = getattr(row, field)
        after = _without(before, author, proposal.language)
        if after != before:
            setattr(row, field, after[: shortest.get(field)])
            row.save(update_fields=[field])
    Delivery.objects.filter(author=author).update(note="", failed_because="")


def _erase_from_forwardings(proposal: Proposal, author: Author) -> None:
    """Leave of what was passed on to whom, when, and what was replied; the other organization answers for what it has."""
    for forwarding in proposal.forwardings.all():
        erase_letters_with([forwarding.secret])
        forwarding.title, forwarding.text = proposal.title, proposal.text
        forwarding.explanation = _without(forwarding.explanation, author, proposal.language)
        forwarding.reply = _without(forwarding.reply, author, proposal.language)
        forwarding.secret = new_secret()
        forwarding.save(update_fields=["title", "text", "explanation", "reply", "secret"])


def _erase_row(author: Author) -> None:
    """Empty the row; its links open nothing any more. How it came, in what language and on whose behalf is not personal."""
    author.user = None
    author.name = author.email = author.phone = author.postal_address = author.on_behalf_name = author.salutation = ""
    author.name_public, author.confirmed_at, author.erased_at = False, None, clock.now()
    author.secret, author.mail_secret = new_secret(), new_secret()
    author.save()


@transaction.atomic
def erase_addition(addition: Addition, *, by: User, reason: str) -> None:
    """Delete what somebody wrote about a proposal later, with its files, because they asked."""
    authorize(by, "proposals.erase_author", addition.proposal)
    (proposal,) = lock_proposals([addition.proposal])
    if proposal.answered_at is None and proposal.withdrawn_at is None:
        raise NotAnsweredYet(reference=proposal.reference)
    files = list(addition.files.select_related("attachment"))
    addition.delete()
    for file in files:
        file.delete()
        delete_attachment(file.attachment)
    record("proposals.erase_addition", proposal, by=by, scope=proposal.process, reason=reason)


@transaction.atomic
def erase_follower(proposal: Proposal, subscription: Subscription, *, by: User, reason: str) -> None:
    """Delete an address that follows a proposal, with the letters sent to it for that, because its owner asked."""
    authorize(by, "proposals.erase_author", proposal)
    erase_letters_with([subscription.secret])
    erase_subscriptions(Subscription.objects.filter(pk=subscription.pk, audience=proposal.audience_id))
    record("proposals.erase_follower", proposal, by=by, scope=proposal.process, reason=reason)
