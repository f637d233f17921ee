# SPDX-License-Identifier: EUPL-1.2
"""What becomes of minutes after the meeting: draft to those present, their corrections, approval, publication."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User, new_secret
from talka.audit.models import key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.working_days import WorkingDays
from talka.files.inspection import inspect
from talka.files.operations import delete_attachment, store_attachment
from talka.meetings.merging import disagreements
from talka.meetings.models import AgendaItem, Attendance, Correction, Decision, Meeting, Minutes, Remark
from talka.meetings.numbering import number_of
from talka.meetings.operations.calling import MinutesLocked
from talka.meetings.operations.customs import custom_of
from talka.meetings.protocol.facts import gather
from talka.meetings.protocol.writing import docx_of, pdf_of
from talka.notifications.operations import Addressed, send_letter, send_letters
from talka.processes.models import Process


class NotReady(Refused):
    message = _("The minutes are not ready: %(why)s")


class TermPassed(Refused):
    message = _("Corrections were taken until %(day)s. Write to whoever took the minutes.")


class CorrectionsOpen(Refused):
    message = _("Corrections wait to be answered. Take each in or say why not.")


class TermInPast(Refused):
    message = _("The day until which corrections are taken has passed already.")


class NotApproved(Refused):
    message = _("These minutes are not approved yet.")


class Settled(Refused):
    message = _("This correction has been answered already.")


def _locked(minutes: Minutes) -> Minutes:
    """Return minutes that are not approved, locked with their meeting."""
    Meeting.objects.select_for_update().get(pk=minutes.meeting_id)
    rows = Minutes.objects.select_for_update(of=("self",)).select_related(
        "meeting__process__owner", "meeting__place", "chair", "secretary"
    )
    locked = rows.get(pk=minutes.pk)
    if locked.approved_at is not None:
        raise MinutesLocked
    return locked


def what_is_missing(minutes: Minutes) -> tuple[list[str], list[str]]:
    """Return what must be mended before the draft is sent, and what should be looked at, as sentences."""
    items = list(minutes.meeting.items.all())
    must, should = [], []
    if minutes.chair_id is None:
        must.append(_("Nobody is named as chair."))
    if minutes.secretary_id is None:
        must.append(_("Nobody is named as who took the minutes."))
    if not minutes.meeting.attendances.exclude(mode__in=["absent", "apologised"]).exists():
        must.append(_("Nobody is marked as present."))
    if any(disagreements(item.notes) for item in items) or disagreements(minutes.opening):
        must.append(_("Two writers disagree somewhere: choose between the readings that stand between ⟦ and ⟧."))
    if not items:
        must.append(_("There is no item."))
    if minutes.began_at is None or minutes.ended_at is None:
        should.append(_("It is not said when the meeting began or ended."))
    if any(not item.outcome for item in items):
        should.append(_("Some items have no outcome."))
    return [str(one) for one in must], [str(one) for one in should]


@transaction.atomic
def circulate_minutes(minutes: Minutes, *, by: User, until: date | None = None) -> int:
    """Send the draft to those who were present and can be reached; return to how many.

    Without ``until``, corrections are taken for the working days that are usual in the process. Sending again, such as after
    much was changed, gives a new term.
    """
    authorize(by, "meetings.circulate_minutes", minutes.meeting)
    locked = _locked(minutes)
    must, _should = what_is_missing(locked)
    if must:
        raise NotReady(why=" ".join(must))
    day = until or WorkingDays().later(clock.today(), custom_of(locked.meeting.process).correction_days)
    if day < clock.today():
        raise TermInPast
    locked.circulated_at, locked.corrections_until = clock.now(), day
    locked.save(update_fields=["circulated_at", "corrections_until"])
    letters = []
    for one in locked.meeting.attendances.exclude(mode__in=["absent", "apologised"]).select_related("person__user"):
        if not one.secret:
            one.secret = new_secret()
            one.save(update_fields=["secret"])
        email = _email_of(one)
        if email:
            letters.append(Addressed(
                email, locked.meeting.process.language, {"minutes": locked, "meeting": locked.meeting, "process": locked.meeting.process,
                                                        "draft_url": draft_page(one)}, thread=key_of(locked),
            ))  # fmt: skip
    send_letters("meetings/circulate_minutes", letters)
    minutes.circulated_at, minutes.corrections_until = locked.circulated_at, day
    record("meetings.circulate_minutes", locked, by=by, scope=locked.meeting.process, until=day.isoformat())
    return len(letters)


def _email_of(one: Attendance) -> str:
    person = one.person
    if person is None:
        return ""
    return person.user.email if person.user is not None and person.user.is_active else person.email


def draft_page(one: Attendance) -> str:
    """Return the address of the draft behind the secret link of somebody who was present."""
    with translation.override(one.meeting.process.language):
        return f"{settings.TALKA_URL}{reverse('meetings:read_draft', args=[one.secret])}"


@transaction.atomic
def ask_correction(attendance: Attendance, *, text: str, item: AgendaItem | None = None, by: Any) -> Correction:
    """Ask to correct the draft, by somebody who was present, until the day that was set."""
    minutes = _locked(Minutes.objects.get(meeting=attendance.meeting_id))
    authorize(by, "meetings.ask_correction", attendance)
    until = minutes.corrections_until
    if minutes.circulated_at is None or until is None:
        raise NotApproved
    if clock.today() > until:
        raise TermPassed(day=until.strftime("%d.%m.%Y."))
    correction = Correction.objects.create(
        minutes=minutes, attendance=attendance, item=item, text=text, asked_at=clock.now()
    )
    record("meetings.ask_correction", correction, by=by, scope=minutes.meeting.process)
    return correction


@transaction.atomic
def settle_correction(correction: Correction, *, taken: bool, by: User, reply: str = "") -> None:
    """Say that a correction is taken in, or why not; whoever asked gets a letter."""
    minutes = _locked(correction.minutes)
    authorize(by, "meetings.settle_correction", minutes.meeting)
    locked = (
        Correction.objects.select_for_update(of=("self",))
        .select_related("attendance__person__user")
        .get(pk=correction.pk)
    )
    if locked.settled_at is not None:
        raise Settled
    locked.settled_at, locked.settled_by, locked.taken, locked.reply = clock.now(), by, taken, reply
    locked.save(update_fields=["settled_at", "settled_by", "taken", "reply"])
    email = _email_of(locked.attendance)
    if email:
        send_letter(
            "meetings/settle_correction", email=email, language=minutes.meeting.process.language, correction=locked,
            meeting=minutes.meeting, draft_url=draft_page(locked.attendance), thread=key_of(minutes),
        )  # fmt: skip
    record("meetings.settle_correction", locked, by=by, scope=minutes.meeting.process, taken=taken)


@transaction.atomic
def approve_minutes(minutes: Minutes, *, by: User) -> Minutes:
    """Approve minutes: they get the next number, are locked for good, and are kept as PDF and DOCX."""
    authorize(by, "meetings.approve_minutes", minutes.meeting)
    Process.objects.select_for_update().get(pk=minutes.meeting.process_id)
    locked = _locked(minutes)
    must, _should = what_is_missing(locked)
    if must:
        raise NotReady(why=" ".join(must))
    if locked.corrections.filter(settled_at__isnull=True).exists():
        raise CorrectionsOpen
    meeting = locked.meeting
    locked.year = (meeting.first_day or clock.today()).year
    same = Minutes.objects.filter(meeting__process=meeting.process, year=locked.year)
    locked.sequence = (same.aggregate(last=Max("sequence"))["last"] or 0) + 1
    group = next((one.slug for one in meeting.groups.all()), "")
    locked.number = number_of(
        custom_of(meeting.process).number_pattern, number=locked.sequence, year=locked.year, group=group
    )[:60]
    locked.approved_at, locked.approved_by = clock.now(), by
    locked.save(update_fields=["year", "sequence", "number", "approved_at", "approved_by"])
    for decision in meeting.decisions.filter(item__isnull=False, number=""):
        _number(decision, locked)
    _keep_files(locked, by=by)
    record("meetings.approve_minutes", locked, by=by, scope=meeting.process, number=locked.number)
    return locked


def _number(decision: Decision, minutes: Minutes) -> None:
    """Give a decision the number by which it is quoted: that of the minutes, of the item, of the decision."""
    items: list[int | None] = list(minutes.meeting.items.values_list("pk", flat=True))
    place = items.index(decision.item_id) + 1
    among = list(Decision.objects.filter(item=decision.item_id).order_by("pk").values_list("pk", flat=True))
    with pgtrigger.ignore("meetings.Decision:as_approved"):
        decision.number = f"{minutes.number}, {place}.{among.index(decision.pk) + 1}."[:40]
        decision.save(update_fields=["number"])


def _keep_files(minutes: Minutes, *, by: Any) -> None:
    facts, now = gather(minutes, public=False), clock.now()
    name = f"protokols-{minutes.number}".replace("/", "-")
    title = f"{facts.kind} {facts.number}"
    minutes.pdf = store_attachment(inspect(pdf_of([facts], title=title, made_at=now)), name=f"{name}.pdf", by=by)
    minutes.docx = store_attachment(inspect(docx_of(facts, made_at=now)), name=f"{name}.docx", by=by)
    minutes.save(update_fields=["pdf", "docx"])


@transaction.atomic
def edit_public(minutes: Minutes, *, texts: Mapping[str, str], by: User) -> None:
    """Set what is published where it differs: ``texts`` by ``notes.<item>`` and ``decision.<decision>``; the minutes stay as they are."""
    authorize(by, "meetings.publish_minutes", minutes.meeting)
    meeting = Meeting.objects.select_for_update().get(pk=minutes.meeting_id)
    for item in meeting.items.all():
        text = texts.get(f"notes.{item.pk}")
        if text is not None:
            item.notes_public = None if text == item.notes.strip() else text
            item.save(update_fields=["notes_public"])
    for decision in meeting.decisions.filter(item__isnull=False):
        text = texts.get(f"decision.{decision.pk}")
        if text is not None:
            decision.text_public = None if text == decision.text.strip() else text
            decision.save(update_fields=["text_public"])
    record("meetings.edit_public", minutes, by=by, scope=meeting.process)


@transaction.atomic
def publish_minutes(minutes: Minutes, *, by: User) -> None:
    """Show approved minutes on the page of the meeting, with personal data left out; publishing again renews what is shown."""
    authorize(by, "meetings.publish_minutes", minutes.meeting)
    rows = Minutes.objects.select_for_update(of=("self",)).select_related(
        "meeting__process__owner", "meeting__place", "chair", "secretary"
    )
    locked = rows.get(pk=minutes.pk)
    if locked.approved_at is None:
        raise NotApproved
    _lay_public_file(locked, by=by)
    locked.published_at = locked.published_at or clock.now()
    locked.unpublished_because = ""
    locked.save(update_fields=["published_at", "unpublished_because"])
    minutes.published_at = locked.published_at
    record("meetings.publish_minutes", locked, by=by, scope=locked.meeting.process)


def _lay_public_file(minutes: Minutes, *, by: Any) -> None:
    """Put the file that everybody may read in the place of the one before, which goes."""
    facts, before = gather(minutes, public=True), minutes.public_pdf
    content = pdf_of([facts], title=f"{facts.kind} {facts.number}", made_at=clock.now())
    name = f"protokols-{minutes.number}-publiskais.pdf".replace("/", "-")
    minutes.public_pdf = store_attachment(inspect(content), name=name, by=by)
    minutes.save(update_fields=["public_pdf"])
    if before is not None:
        delete_attachment(before)


@transaction.atomic
def renew_public_file(minutes: Minutes) -> None:
    """Make the file of published minutes anew, since somebody was erased from what they say."""
    locked = Minutes.objects.select_for_update(of=("self",)).get(pk=minutes.pk)
    if locked.published_at is not None:
        _lay_public_file(locked, by=None)


@transaction.atomic
def withdraw_minutes(minutes: Minutes, *, reason: str, by: User) -> None:
    """Take minutes off the page of the meeting, saying why."""
    authorize(by, "meetings.publish_minutes", minutes.meeting)
    locked = Minutes.objects.select_for_update().get(pk=minutes.pk)
    locked.published_at, locked.unpublished_because = None, reason
    locked.save(update_fields=["published_at", "unpublished_because"])
    record("meetings.withdraw_minutes", locked, by=by, scope=minutes.meeting.process, reason=reason)


@transaction.atomic
def add_remark(minutes: Minutes, *, text: str, by: User) -> Remark:
    """Add to approved minutes what turned out to be wrong; both stay readable, and the published file is made anew."""
    authorize(by, "meetings.add_remark", minutes.meeting)
    locked = Minutes.objects.select_for_update().get(pk=minutes.pk)
    if locked.approved_at is None:
        raise NotApproved
    remark = Remark.objects.create(minutes=locked, text=text, added_at=clock.now(), added_by=by)
    record("meetings.add_remark", remark, by=by, scope=minutes.meeting.process)
    if locked.published_at is not None:
        publish_minutes(locked, by=by)
    return remark
