# SPDX-License-Identifier: EUPL-1.2
"""What people answered to invitations, forgotten: some time after the meeting, or because they asked."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User, new_secret
from talka.audit.models import key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.meetings.models import Invitation
from talka.notifications.operations import erase_letters_about

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
