# SPDX-License-Identifier: EUPL-1.2
"""Agendas out by mail: by hand, by the clock in set working days before, and once more with what has changed."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
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
from talka.meetings.models import Meeting, SentAgenda
from talka.meetings.operations.agenda import NothingToShow, lock_open
from talka.meetings.operations.customs import custom_of
from talka.meetings.queries.agenda import agenda_for
from talka.meetings.queries.readers import Change, Reader, changes_since, makers_of, readers_of, written_lines
from talka.notifications.models import Notification
from talka.notifications.operations import Addressed, send_letters
from talka.proposals.queries.terms import calendar

LOOKS_AHEAD = timedelta(days=70)
"""No set number of working days before a meeting lasts longer."""


class NobodyToSend(Refused):
    message = _("Nobody is invited and nobody with an e-mail address sits in the groups.")


class NothingChanged(Refused):
    message = _("Nothing has changed since the agenda was sent.")


class MeetingBegun(Refused):
    message = _("The meeting has begun. An agenda is sent before it.")


def _address(name: str, meeting: Meeting, language: str) -> str:
    with translation.override(language):
        return f"{settings.TALKA_URL}{reverse(f'meetings:{name}', args=[meeting.process.slug, meeting.pk])}"


def thread_of(meeting: Meeting) -> str:
    """Return what the letters about one agenda share."""
    return f"meetings.agenda:{meeting.pk}"


def _addressed(meeting: Meeting, reader: Reader, page: str, **context: object) -> Addressed:
    context |= {"meeting": meeting, "page_url": _address(page, meeting, reader.language)}
    return Addressed(reader.email, reader.language, context, user=reader.user, thread=thread_of(meeting))


@transaction.atomic
def send_agenda(meeting: Meeting, *, by: User | None) -> SentAgenda:
    """Publish the agenda and send it to those invited and to members of the groups; once sent, it is sent again only with changes.

    ``by`` is ``None`` when the clock sends.
    """
    if by is not None:
        authorize(by, "meetings.send_agenda", meeting)
    locked = lock_open(meeting)
    if locked.starts_at is not None and locked.starts_at <= clock.now():
        raise MeetingBegun
    agenda = agenda_for(meeting, AnonymousUser(), inside=True)
    if not agenda.lines:
        raise NothingToShow
    last = meeting.sent_agendas.first()
    changes: list[Change] = changes_since(last, agenda) if last is not None else []
    if last is not None and not changes:
        raise NothingChanged
    readers = readers_of(meeting)
    if not readers:
        raise NobodyToSend
    context = {"agenda": agenda, "again": last is not None, "changes": changes}
    send_letters("meetings/send_agenda", [_addressed(meeting, one, "show_meeting", **context) for one in readers])
    now = clock.now()
    sent = SentAgenda.objects.create(
        meeting=meeting, sent_at=now, sent_by=by, letters=len(readers), lines=written_lines(agenda)
    )
    meeting.agenda_sent_at = now
    meeting.agenda_published_at = locked.agenda_published_at or now
    meeting.save(update_fields=["agenda_sent_at", "agenda_published_at"])
    record("meetings.send_agenda", meeting, by=by, scope=meeting.process, letters=len(readers))
    return sent


def send_due_agendas() -> int:
    """Send the agendas whose day has come, and remind once who has made none; return how many letters were written."""
    today, now = clock.today(), clock.now()
    working = calendar()
    if not working.is_working(today):
        return 0
    near = Meeting.objects.filter(
        starts_at__gt=now, starts_at__lt=now + LOOKS_AHEAD, cancelled_at__isnull=True, agenda_sent_at__isnull=True,
        process__closed_at__isnull=True, groups__isnull=False,
    )  # fmt: skip
    number = 0
    for meeting in near.distinct().select_related("process").prefetch_related("groups").order_by("starts_at", "pk"):
        days, day = custom_of(meeting.process).agenda_days, meeting.first_day
        if days and day is not None and working.later(today, days) >= day:
            number += _send_or_remind(meeting)
    return number


@transaction.atomic
def _send_or_remind(meeting: Meeting) -> int:
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.items.exists():
        try:
            return 0 if meeting.sent_agendas.exists() else send_agenda(meeting, by=None).letters
        except Refused:
            return 0
    if Notification.objects.filter(template="meetings/remind_agenda", thread=thread_of(meeting)).exists():
        return 0
    letters = [
        _addressed(meeting, one, "manage_agenda", stop_url=stop_url(one.user) if one.user is not None else "")
        for one in makers_of(meeting)
        if one.gets_reminders
    ]
    send_letters("meetings/remind_agenda", letters)
    return len(letters)
