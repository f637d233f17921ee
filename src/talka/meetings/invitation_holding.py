# SPDX-License-Identifier: EUPL-1.2
"""What invitations to meetings hold about people, until it is forgotten (``KEEP_INVITATIONS_DAYS`` after the meeting)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.audit.models import key_of
from talka.core.holdings import Copy, Found, Holder, Wanted, keys_in, register
from talka.meetings.models import Invitation
from talka.meetings.operations.forgetting import erase_invitation, forget_old_invitations
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.processes.queries import answered_for_by

MOST = 200


class InvitationHolder(Holder):
    """People invited to meetings."""

    name = "invitations"
    label = _("Invitations to meetings: who was invited, what they answered and needed")
    keys = {
        "meeting": _("meeting"), "process": _("process"), "name": pgettext_lazy("person", "Name"), "email": _("E-mail"),
        "sent_at": _("when it was sent"), "answer": _("answer"), "answered_at": _("when it was answered"),
        "represented_by": _("who comes instead"), "remote": _("joins remotely"), "needs": _("what is needed to come or to hear"),
        "note": _("note"), "letters": _("letters about it to the address"),
    }  # fmt: skip

    def _rows(self, **conditions: Any) -> Any:
        return Invitation.objects.filter(**conditions).select_related("meeting__process", "person")

    def _found(self, one: Invitation, likeness: int = 100) -> Found:
        held = [
            (pgettext_lazy("person", "Name"), one.person.name), (_("E-mail"), one.email), (_("note"), one.note),
            (_("who comes instead"), one.represented_by), (_("what is needed to come or to hear"), one.needs),
        ]  # fmt: skip
        ahead = one.withdrawn_at is None and not (one.meeting.is_over or one.meeting.is_cancelled)
        return Found(
            key=f"invitation:{one.pk}", title=one.meeting.title, about=str(one.meeting.process), subject=one,
            scope=one.meeting.process, held=[(label, value) for label, value in held if value], likeness=likeness,
            erasing=_("The invitation is deleted with the answer and the letters."),
            kept_because=_("The meeting has not taken place yet. Take the invitation back first.") if ahead else "",
        )  # fmt: skip

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with everybody invited, and who came instead, in the processes that ``by`` answers for."""
        rows = self._rows(meeting__process__in=answered_for_by(by))
        alike = {
            key: likeness
            for key, name, email, phone, instead in rows.values_list(
                "pk", "person__name", "email", "person__phone", "represented_by"
            ).iterator()
            if (likeness := max(wanted.likeness(email=email, name=name, phone=phone), wanted.likeness(name=instead)))
        }
        best = sorted(alike, key=lambda key: (-alike[key], key))[:MOST]
        found = {one.pk: one for one in self._rows(pk__in=best)}
        return [self._found(found[key], alike[key]) for key in best]

    def own(self, user: Any) -> list[Found]:
        """Return the invitations of the person of an account."""
        return [self._found(one) for one in self._rows(person__user=user).order_by("pk")]

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        rows = self._rows(meeting__process__in=answered_for_by(by), pk__in=keys_in(keys, "invitation"))
        return [self._found(one) for one in rows.order_by("pk")]

    def copy(self, found: Found) -> Copy:
        """Return one invitation, its answer, and the letters about it."""
        one: Any = found.subject
        letters = Notification.objects.filter(thread=key_of(one), email__iexact=one.email).order_by("pk")
        return Copy({
            "meeting": one.meeting.title, "process": str(one.meeting.process), "name": one.person.name, "email": one.email,
            "sent_at": one.sent_at, "answer": one.get_answer_display(), "answered_at": one.answered_at,
            "represented_by": one.represented_by, "remote": one.remote, "needs": one.needs, "note": one.note,
            "letters": [{"at": letter.sent_at or letter.created_at, "subject": letter.subject, "text": letter.text} for letter in letters],
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the invitation."""
        erase_invitation(found.subject, by=by, reason=reason)  # type: ignore[arg-type]

    def count_due(self, *, until: date, by: Any = None) -> list[tuple[Model, int]]:
        """Return how many will be forgotten until a day, in each process."""
        ended = timezone.make_aware(datetime.combine(until, time.max))
        due = Invitation.objects.ended_before(ended - timedelta(days=settings.KEEP_INVITATIONS_DAYS))
        if by is not None:
            due = due.filter(meeting__process__in=answered_for_by(by))
        counted = dict(due.order_by().values_list("meeting__process").annotate(number=Count("pk")))
        return [(process, counted[process.pk]) for process in Process.objects.filter(pk__in=counted)]

    def erase_due(self) -> int:
        """Forget contacts, wishes and notes of meetings long over."""
        return forget_old_invitations()


register(InvitationHolder())
