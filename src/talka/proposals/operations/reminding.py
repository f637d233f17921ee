# SPDX-License-Identifier: EUPL-1.2
"""Letters that remind of what is owed: by the clock, at most one a day to each person, and by a coordinator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.accounts.reminders import stop_url
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.notifications.operations import send_letter
from talka.processes.models import Process
from talka.proposals.added import Reminded, additions
from talka.proposals.models import Reminder
from talka.proposals.queries.owing import Reminding, accounts_behind, late_of, people_to_remind, to_remind
from talka.proposals.queries.terms import calendar


class NobodyToRemind(Refused):
    message = _("There is nobody to write to: either nothing is late, or whoever owes it has no account here.")


class RemindedToday(Refused):
    message = _("They have been reminded today already.")


def remind_everybody() -> int:
    """Write to everybody who owes something that is late or soon due, on working days; return how many were written to.

    Run twice on a day it writes nothing more.
    """
    working_days = calendar()
    if not working_days.is_working(clock.today()):
        return 0
    number = 0
    for user in people_to_remind():
        owed = to_remind(user, working_days)
        added = [(one, part) for one in additions() if (part := one.to_remind(user, working_days)).lines]
        if owed.is_empty and not added:
            continue
        if _write_once(user, owed, Reminder.Kind.DAILY, by=None, added=[part for _one, part in added]):
            number += 1
            for one, part in added:
                one.written(user, part)
    return number


@transaction.atomic
def remind_of_late(processes: Sequence[Process], *, by: User, key: str = "") -> int:
    """Write to those who owe answers that are late in processes, one letter each; with a ``key``, to one group or person.

    Returns how many were written to; whoever was reminded by hand today is passed over.
    """
    for process in processes:
        authorize(by, "proposals.remind_of_late", process)
    number, known = 0, 0
    for user in accounts_behind(processes, key):
        owed = late_of(user, processes)
        if owed.is_empty:
            continue
        known += 1
        number += _write_once(user, owed, Reminder.Kind.BY_HAND, by=by)
    if not known:
        raise NobodyToRemind
    if not number:
        raise RemindedToday
    for process in processes:
        record("proposals.remind_of_late", process, by=by, scope=process, number=number)
    return number


@transaction.atomic
def _write_once(user: User, owed: Reminding, kind: str, *, by: User | None, added: Sequence[Reminded] = ()) -> bool:
    """Write a letter unless one of this kind was written today; say whether it was."""
    _reminder, created = Reminder.objects.get_or_create(
        user=user, day=clock.today(), kind=kind, defaults={"sent_by": by}
    )
    if created:
        send_letter(
            "proposals/remind_of_owed", email=user.email, language=user.language, user=user, owed=owed, sent_by=by,
            lines=[line for part in added for line in part.lines], late=any(line.is_late for part in added for line in part.lines),
            thread=next((part.thread for part in added if part.reply_to), ""),
            reply_to=next((part.reply_to for part in added if part.reply_to), ""),
            code=next((line.code for part in added if part.reply_to for line in part.lines if line.code), ""),
            owed_url=_workspace(user.language), stop_url=stop_url(user) if kind == Reminder.Kind.DAILY else "",
        )  # fmt: skip
    return created


def _workspace(language: str) -> str:
    with translation.override(language):
        return f"{settings.TALKA_URL}{reverse('proposals:list_owed')}"


def forget_old_reminders() -> int:
    """Delete the notes of reminders written as long ago as letters are kept; return how many."""
    before = clock.today() - timedelta(days=settings.KEEP_LETTERS_DAYS)
    return Reminder.objects.filter(day__lt=before).delete()[0]
