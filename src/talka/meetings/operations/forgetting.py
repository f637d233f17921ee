# SPDX-License-Identifier: EUPL-1.2
"""What meetings hold about people, forgotten: answers to invitations some time after the meeting, and whoever asked."""

from datetime import timedelta

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User, new_secret
from talka.audit.models import key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.meetings.models import Decision, Invitation, Minutes
from talka.meetings.operations.approving import renew_public_file
from talka.notifications.operations import erase_letters_about
from talka.proposals.models import Author, Proposal
from talka.proposals.personal_data import mentions
from talka.proposals.queries.suspicion import covered_text

_BATCH = 500


class MeetingAhead(Refused):
    message = _("The meeting has not taken place yet, so the invitation is still needed. Take it back first.")


def forget_old_invitations() -> int:
    """Forget what is due, in transactions of their own; return how many were forgotten. Whether somebody came stays."""
    number = 0
    until = clock.now() - timedelta(days=settings.KEEP_INVITATIONS_DAYS)
    while keys := list(Invitation.objects.ended_before(until).order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        with transaction.atomic():
            _forget(list(Invitation.objects.select_for_update(of=("self",)).filter(pk__in=keys)))
        number += len(keys)
    return number


def _forget(invitations: list[Invitation]) -> None:
    for one in invitations:
        one.email = one.represented_by = one.needs = one.note = ""
        one.secret, one.forgotten_at = new_secret(), clock.now()
    fields = ["email", "represented_by", "needs", "note", "secret", "forgotten_at"]
    Invitation.objects.bulk_update(invitations, fields)


@transaction.atomic
def erase_invitation(invitation: Invitation, *, by: User, reason: str) -> None:
    """Delete an invitation with the answer and the letters about it, because the person asked."""
    authorize(by, "meetings.erase_invitation", invitation)
    locked = Invitation.objects.select_for_update(of=("self",)).select_related("meeting__process").get(pk=invitation.pk)
    if locked.withdrawn_at is None and not (locked.meeting.is_over or locked.meeting.is_cancelled):
        raise MeetingAhead
    erase_letters_about(key_of(locked), to=locked.email)
    record("meetings.erase_invitation", locked.meeting, by=by, scope=locked.meeting.process, reason=reason)
    locked.delete()


@transaction.atomic
def cover_author(proposal: Proposal, author: Author) -> None:
    """Cover name and contacts of an author who is erased in the decisions about the proposal, and in what is published of them."""
    known = {"name": author.name, "email": author.email, "phone": author.phone, "address": author.postal_address}
    renewed = set()
    for decision in Decision.objects.filter(proposals=proposal):
        covered = {
            name: covered_text(text, mentions(text, **known), language=proposal.process.language)
            for name in ("text", "text_public")
            if (text := getattr(decision, name))
        }
        changed = [name for name, text in covered.items() if text != getattr(decision, name)]
        for name in changed:
            setattr(decision, name, covered[name])
        if changed:
            with pgtrigger.ignore("meetings.Decision:as_approved"):
                decision.save(update_fields=changed)
            renewed.add(decision.meeting_id)
    for minutes in Minutes.objects.published().filter(meeting__in=renewed):
        renew_public_file(minutes)
