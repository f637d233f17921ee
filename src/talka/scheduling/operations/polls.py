# SPDX-License-Identifier: EUPL-1.2
"""Date polls: asked, answered, reminded of, and closed with a meeting or without one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.models import key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.groups.models import Mandate, WorkingGroup
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import GroupOfAnotherProcess, NotYourGroup, call_meeting
from talka.meetings.wording import day_words
from talka.notifications.operations import Addressed, erase_letters_with, send_letters
from talka.processes.models import Process
from talka.processes.permissions import can_change_process
from talka.scheduling.models import DatePoll, PollAnswer, PollOption, PollPerson
from talka.scheduling.poll_wording import span_words


class PollClosed(Refused):
    message = _("This poll is closed; it does not take answers any more. What you marked is still shown below.")


class PollEnded(Refused):
    message = _("This poll has been closed already.")


class NobodyToAsk(Refused):
    message = _("Nobody sits in these groups, so there is nobody to ask. Seat their members first.")


class NobodyMissing(Refused):
    message = _("There is nobody to remind: all have answered, were reminded today, or have no e-mail address.")


def own_page(asked: PollPerson) -> str:
    """Return the address of somebody's answers, in their language."""
    with translation.override(asked.language):
        return f"{settings.TALKA_URL}{reverse('scheduling:answer_poll', args=[asked.secret])}"


def _write(people: Sequence[PollPerson], poll: DatePoll, template: str, **context: Any) -> int:
    """Send a letter to those who have an address; return to how many."""
    letters = []
    for one in people:
        if not one.email:
            continue
        with translation.override(one.language):
            words = {"closes_on": day_words(poll.closes_on)}
            if poll.meeting is not None and poll.meeting.starts_at is not None and poll.meeting.ends_at is not None:
                words["when"] = span_words(poll.meeting.starts_at, poll.meeting.ends_at)
        facts = {"poll": poll, "process": poll.process, "asked": one, "own_page": own_page(one), **words, **context}
        letters.append(Addressed(one.email, one.language, facts, thread=key_of(poll)))
    send_letters(f"scheduling/{template}", letters)
    return len(letters)


def _check_groups(process: Process, groups: Sequence[WorkingGroup], by: User) -> None:
    if any(group.process_id != process.pk for group in groups):
        raise GroupOfAnotherProcess
    led = WorkingGroup.objects.led_by(by).filter(pk__in=[group.pk for group in groups])
    if not can_change_process(by, process) and not led.exists():
        raise NotYourGroup


def _asked(poll: DatePoll, groups: Sequence[WorkingGroup]) -> list[PollPerson]:
    seats = Mandate.objects.active().filter(group__in=groups)
    people = Person.objects.filter(pk__in=seats.values("person")).select_related("user")
    return [
        PollPerson(
            poll=poll, person=person, email=person.user.email if person.user else person.email,
            language=person.user.language if person.user else poll.process.language,
        )
        for person in people
    ]  # fmt: skip


@transaction.atomic
def create_poll(
    process: Process,
    *,
    title: str,
    groups: Sequence[WorkingGroup],
    spans: Sequence[tuple[datetime, datetime]],
    closes_on: date,
    by: User,
    note: str = "",
    names_shown: bool = False,
) -> DatePoll:
    """Ask the members of groups when they could meet; each gets a letter with a link of their own. Moments are aware."""
    authorize(by, "scheduling.create_poll", process)
    _check_groups(process, groups, by)
    poll = DatePoll.objects.create(
        process=process, title=title, note=note, closes_on=closes_on, names_shown=names_shown, created_by=by,
        created_at=clock.now(),
    )  # fmt: skip
    poll.groups.set(groups)
    PollOption.objects.bulk_create([PollOption(poll=poll, starts_at=one, ends_at=other) for one, other in spans])
    asked = PollPerson.objects.bulk_create(_asked(poll, groups))
    if not asked:
        raise NobodyToAsk
    record("scheduling.create_poll", poll, by=by, scope=process)
    _write(asked, poll, "create_poll")
    return poll


def _lock(poll: DatePoll) -> DatePoll:
    rows = DatePoll.objects.select_for_update(of=("self",)).select_related("process__owner")
    return rows.get(pk=poll.pk)


@transaction.atomic
def answer_poll(asked: PollPerson, *, answers: Mapping[int, str], by: Any, comment: str = "") -> None:
    """Say to each time of a poll (by its key) whether one can come; answering again replaces what was said."""
    authorize(by, "scheduling.answer_poll", asked)
    poll = _lock(asked.poll)
    if not poll.takes_answers:
        raise PollClosed
    options = list(poll.options.all())
    PollAnswer.objects.filter(asked=asked).delete()
    PollAnswer.objects.bulk_create(
        [PollAnswer(asked=asked, option=one, answer=answers[one.pk]) for one in options if one.pk in answers]
    )
    asked.answered_at, asked.comment = clock.now(), comment
    asked.save(update_fields=["answered_at", "comment"])
    record("scheduling.answer_poll", asked, by=None, scope=poll.process)


def _to_remind(poll: DatePoll) -> list[PollPerson]:
    """Return who has not answered and got no reminder today."""
    missing = poll.people.filter(answered_at__isnull=True).exclude(email="").exclude(reminded_on=clock.today())
    return list(missing.select_related("person"))


def _remind(poll: DatePoll) -> int:
    people = _to_remind(poll)
    PollPerson.objects.filter(pk__in=[one.pk for one in people]).update(reminded_on=clock.today())
    return _write(people, poll, "remind_missing")


@transaction.atomic
def remind_missing(poll: DatePoll, *, by: User) -> int:
    """Remind those who have not answered, each at most once a day; return how many."""
    authorize(by, "scheduling.remind_missing", poll)
    poll = _lock(poll)
    if not poll.takes_answers:
        raise PollEnded
    number = _remind(poll)
    if not number:
        raise NobodyMissing
    record("scheduling.remind_missing", poll, by=by, scope=poll.process)
    return number


def remind_before_end() -> int:
    """Remind, once, those who have not answered polls that take answers until tomorrow; return how many."""
    tomorrow = clock.today() + timedelta(days=1)
    polls = DatePoll.objects.open().filter(closes_on__lte=tomorrow, reminded_at__isnull=True)
    return sum(_remind_once(poll) for poll in polls)


@transaction.atomic
def _remind_once(poll: DatePoll) -> int:
    poll = _lock(poll)
    if poll.reminded_at is not None or not poll.takes_answers:
        return 0
    poll.reminded_at = clock.now()
    poll.save(update_fields=["reminded_at"])
    return _remind(poll)


def _close(poll: DatePoll, *, because: str = "", meeting: Meeting | None = None) -> None:
    poll.closed_at, poll.closed_because, poll.meeting = clock.now(), because, meeting
    poll.save(update_fields=["closed_at", "closed_because", "meeting"])


@transaction.atomic
def close_poll(poll: DatePoll, *, by: User, reason: str = "") -> None:
    """Close a poll without a meeting, and tell those who were asked."""
    authorize(by, "scheduling.close_poll", poll)
    poll = _lock(poll)
    if poll.closed_at is not None:
        raise PollEnded
    _close(poll, because=reason)
    record("scheduling.close_poll", poll, by=by, scope=poll.process, reason=reason)
    _write(list(poll.people.all()), poll, "close_poll", reason=reason)


@transaction.atomic
def choose_option(option: PollOption, *, by: User) -> Meeting:
    """Call the meeting at one of the times, close the poll, and tell those who were asked."""
    authorize(by, "scheduling.choose_option", option.poll)
    poll = _lock(option.poll)
    if poll.closed_at is not None:
        raise PollEnded
    meeting = call_meeting(
        poll.process, title=poll.title, by=by, groups=list(poll.groups.all()), description=poll.note,
        starts_at=option.starts_at, ends_at=option.ends_at,
    )  # fmt: skip
    _close(poll, meeting=meeting)
    record("scheduling.choose_option", poll, by=by, scope=poll.process)
    _write(list(poll.people.all()), poll, "choose_option")
    return meeting


@transaction.atomic
def forget_unseated(group: WorkingGroup, person: Person) -> None:
    """Take somebody who sits no more in a group out of its open polls, with their answers, unless another asked group seats them."""
    for asked in PollPerson.objects.filter(person=person, poll__groups=group, poll__closed_at__isnull=True):
        seats = Mandate.objects.active().filter(person=person, group__in=asked.poll.groups.all())
        if not seats.exists():
            erase_letters_with([asked.secret])
            asked.delete()


@transaction.atomic
def forget_old_polls() -> int:
    """Delete polls that ended more than ``KEEP_LETTERS_DAYS`` ago, with who answered what; return how many."""
    until = clock.today() - timedelta(days=settings.KEEP_LETTERS_DAYS)
    old = DatePoll.objects.filter(closes_on__lt=until)
    number = old.count()
    old.delete()
    return number


@transaction.atomic
def erase_answers(asked: PollPerson, *, by: User, reason: str) -> None:
    """Delete what somebody answered to a poll and the letters with their link, because they asked."""
    authorize(by, "scheduling.erase_answers", asked)
    erase_letters_with([asked.secret])
    record("scheduling.erase_answers", asked.poll, by=by, scope=asked.poll.process, reason=reason)
    asked.delete()
