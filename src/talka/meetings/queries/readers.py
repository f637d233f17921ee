# SPDX-License-Identifier: EUPL-1.2
"""To whom an agenda goes, and what has changed in it since it went."""

from collections.abc import Sequence
from dataclasses import dataclass

from talka.accounts.models import User
from talka.directory.models import Person
from talka.groups.models import Mandate
from talka.meetings.models import Meeting, SentAgenda
from talka.meetings.queries.agenda import Agenda
from talka.meetings.queries.people import seated_at
from talka.plans.queries.owing import address_of
from talka.processes.models import Role


@dataclass(frozen=True)
class Reader:
    """Somebody to whom letters about a meeting go."""

    email: str
    language: str
    user: User | None = None
    gets_reminders: bool = True


def _reader(person: Person, default: str) -> Reader:
    user = person.user if person.user is not None and person.user.is_active else None
    language = user.language if user is not None else default
    return Reader(address_of(person), language, user, user is None or user.gets_reminders)


def _once(readers: Sequence[Reader]) -> list[Reader]:
    """Keep each address once, and nobody without one."""
    found: dict[str, Reader] = {}
    for one in readers:
        if one.email:
            found.setdefault(one.email.lower(), one)
    return list(found.values())


def readers_of(meeting: Meeting) -> list[Reader]:
    """Return who gets the agenda: those invited, unless they said they do not come, and members of the groups on its day."""
    language = meeting.process.language
    invited = meeting.invitations.select_related("person__user")
    away = {one.person_id for one in invited if one.withdrawn_at is not None or one.answer == one.Answer.DECLINED}
    asked = [_reader(one.person, one.language) for one in invited if one.person_id not in away]
    seated = [_reader(one.person, language) for one in seated_at(meeting) if one.person_id not in away]
    return _once([*asked, *seated])


def makers_of(meeting: Meeting) -> list[Reader]:
    """Return who has to make the agenda: who leads the groups today; where nobody does, the coordinators of the process."""
    groups = [group.pk for group in meeting.groups.all()]
    leads = Mandate.objects.active().leading().filter(group__in=groups).select_related("person__user")
    people = [mandate.person for mandate in leads]
    if not people:
        roles = Role.objects.active().filter(process=meeting.process_id, kind=Role.Kind.COORDINATOR)
        people = [role.person for role in roles.select_related("person__user")]
    return _once([_reader(person, meeting.process.language) for person in people])


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than in the agenda that was sent: ``what`` is added, removed, renamed, moved, hours or papers."""

    what: str
    title: str = ""
    before: str = ""


def written_lines(agenda: Agenda) -> list[list[object]]:
    """Return what is kept of an agenda that is sent: of each item its key, title, beginning and files."""
    return [
        [
            line.item.pk,
            line.item.title,
            line.starts_at.isoformat() if line.starts_at else "",
            [paper.attachment_id for paper in line.papers],
        ]
        for line in agenda.lines
    ]


def changes_since(sent: SentAgenda, agenda: Agenda) -> list[Change]:
    """Return what of an agenda is otherwise than when it was sent, in the order of the agenda; what was taken off comes last."""
    before = {row[0]: row for row in sent.lines}
    now = written_lines(agenda)
    found: list[Change] = []
    for row in now:
        key, title, starts, files = row
        old = before.get(key)
        if old is None:
            found.append(Change("added", str(title)))
            continue
        if old[1] != title:
            found.append(Change("renamed", str(title), old[1]))
        if old[3] != files:
            found.append(Change("papers", str(title)))
        if old[2] != starts:
            found.append(Change("hours", str(title)))
    keys = {row[0] for row in now}
    found += [Change("removed", row[1]) for row in sent.lines if row[0] not in keys]
    kept = [row[0] for row in sent.lines if row[0] in keys]
    if kept != [row[0] for row in now if row[0] in before]:
        found.append(Change("moved"))
    return found
