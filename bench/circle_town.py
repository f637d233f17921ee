# SPDX-License-Identifier: EUPL-1.2
"""A process with many groups: 60 groups, 600 people, 2,000 meetings with 20,000 agenda items, minutes and tasks."""

from datetime import timedelta
from typing import Any

SLUG = "liels-aplis"
EMAIL = "aplis@bench.example"
GROUPS, PEOPLE, MEETINGS, ITEMS = 60, 600, 2_000, 10

SUBJECTS = (
    "Ielu apgaismojums pagastu centros", "Skolu tīkls un sporta zāles", "Bibliotēku darba laiks", "Dienas centru vietas",
    "Veloceļš gar upi", "Jauniešu darbnīcu telpas", "Sabiedriskā transporta saraksts", "Parka soliņi un ceļi",
)  # fmt: skip


def lay(*, groups: int = GROUPS, people: int = PEOPLE, meetings: int = MEETINGS, items: int = ITEMS) -> Any:
    """Lay the process if it is not there, and return it; two thirds of the meetings have been held and have approved minutes."""
    from django.db import connection, transaction

    from talka.accounts.models import User
    from talka.core import clock
    from talka.directory.models import Organization, Person
    from talka.processes.models import Process, Role

    process = Process.objects.filter(slug=SLUG).first()
    if process is not None:
        return process
    with transaction.atomic():
        town = Organization.objects.create(name="Aplis novads", slug="aplis", classification="municipality")
        user = User.objects.create_user(EMAIL, "parole-ko-zina-bench", name="Sanāksmju vadītāja")
        user.emailaddress_set.create(email=EMAIL, verified=True, primary=True)
        person = Person.objects.create(name="Sanāksmju vadītāja", email=EMAIL, user=user)
        process = Process.objects.create(
            kind="programme", title="Liels aplis", slug=SLUG, owner=town, published_at=clock.now()
        )
        Role.objects.create(process=process, person=person, organization=town, kind=Role.Kind.COORDINATOR)
        rows = _groups(process, groups, people)
        held = _meetings(process, rows, meetings)
        _items(held, items)
        _minutes(held)
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return process


def _groups(process: Any, number: int, people: int) -> list[tuple[Any, list[Any]]]:
    """Make the groups and seat the people by turns, every tenth in a second group; return each group with its people."""
    from talka.core import clock
    from talka.directory.models import Person
    from talka.groups.models import Mandate, WorkingGroup

    made = WorkingGroup.objects.bulk_create(
        WorkingGroup(process=process, name=f"Darba grupa {n}", slug=f"grupa-{n}", position=n) for n in range(number)
    )
    persons = Person.objects.bulk_create(
        Person(name=f"Dalībnieks {n}", email=f"d{n}@bench.example") for n in range(people)
    )
    seats: list[tuple[Any, list[Any]]] = [(group, []) for group in made]
    for n, person in enumerate(persons):
        for turn in (n, n + 7) if n % 10 == 0 else (n,):
            members = seats[turn % number][1]
            if person not in members:
                members.append(person)
    Mandate.objects.bulk_create(
        Mandate(
            group=group, person=person, position=position, starts_on=clock.today() - timedelta(days=900),
            function="lead" if position == 0 else "member", represents=("institution", "resident", "business")[position % 3],
        )
        for group, members in seats for position, person in enumerate(members)
    )  # fmt: skip
    return seats


def _meetings(process: Any, seats: list[tuple[Any, list[Any]]], number: int) -> list[tuple[Any, list[Any]]]:
    """Call the meetings, three a working day, the last third ahead; return each with the people of its group."""
    from talka.core import clock
    from talka.directory.models import Place
    from talka.meetings.models import Meeting

    place = Place.objects.create(name="Sēžu zāle", address="Loka iela 1", floor="2. stāvs", access="full", seats=40)
    first = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) - timedelta(days=number * 2 // 9)
    made = Meeting.objects.bulk_create(
        Meeting(
            process=process, title=f"{seats[n % len(seats)][0].name}, {n // len(seats) + 1}. sēde", place=place,
            starts_at=first + timedelta(days=n // 3, hours=n % 3 * 3), ends_at=first + timedelta(days=n // 3, hours=n % 3 * 3 + 2),
            agenda_published_at=first,
        )
        for n in range(number)
    )  # fmt: skip
    through = Meeting.groups.through
    through.objects.bulk_create(
        through(meeting_id=meeting.pk, workinggroup_id=seats[n % len(seats)][0].pk) for n, meeting in enumerate(made)
    )
    return [(meeting, seats[n % len(seats)][1]) for n, meeting in enumerate(made)]


def _items(held: list[tuple[Any, list[Any]]], number: int) -> None:
    """Give every meeting its items; at those that were held, notes and an outcome, decisions and tasks."""
    from talka.core import clock
    from talka.meetings.models import AgendaItem, Decision, GivenTask
    from talka.tasks.models import Task

    now = clock.now()
    outcomes = ("information", "decision", "task", "information", "decision")
    rows = [
        (
            AgendaItem(
                meeting=meeting, position=position, title=SUBJECTS[(meeting.pk + position) % len(SUBJECTS)],
                minutes_planned=10, presenter=members[position % len(members)],
                notes="Izskatīja stāvokli pagastos un uzklausīja iedzīvotājus. " * 3 if meeting.starts_at < now else "",
                outcome=outcomes[position % 5] if meeting.starts_at < now else "",
            ),
            members,
        )
        for meeting, members in held for position in range(number)
    ]  # fmt: skip
    AgendaItem.objects.bulk_create([item for item, _members in rows], batch_size=2_000)
    decided = [item for item, _members in rows if item.outcome == "decision"]
    Decision.objects.bulk_create(
        [
            Decision(meeting=item.meeting, item=item, text="Atbalstīt un iekļaut rīcības plānā.", decided_on=item.meeting.first_day,
                     votes_for=7, votes_against=1, abstained=0)
            for item in decided
        ],
        batch_size=2_000,
    )  # fmt: skip
    given = [(item, members) for item, members in rows if item.outcome == "task"]
    tasks = Task.objects.bulk_create(
        [
            Task(process=item.meeting.process, group=item.meeting.groups.all()[0], title=f"Sagatavot: {item.title}", owner=members[-1],
                 due_on=item.meeting.first_day + timedelta(days=30))
            for item, members in given
        ],
        batch_size=2_000,
    )  # fmt: skip
    GivenTask.objects.bulk_create(
        [GivenTask(item=item, task=task) for (item, _members), task in zip(given, tasks, strict=True)], batch_size=2_000
    )


def _minutes(held: list[tuple[Any, list[Any]]]) -> None:
    """Give every meeting that was held its attendance and its minutes, approved and published."""
    from talka.core import clock
    from talka.meetings.models import Attendance, Minutes

    now = clock.now()
    past = [(meeting, members) for meeting, members in held if meeting.starts_at < now]
    Attendance.objects.bulk_create(
        [
            Attendance(meeting=meeting, person=person, name=person.name, member=True, position=position,
                       mode=("on_site", "remote", "apologised")[position % 3])
            for meeting, members in past for position, person in enumerate(members)
        ],
        batch_size=2_000,
    )  # fmt: skip
    Minutes.objects.bulk_create(
        [
            Minutes(meeting=meeting, number=f"{n + 1}", chair=members[0], secretary=members[1], began_at=meeting.starts_at,
                    ended_at=meeting.ends_at, circulated_at=meeting.ends_at, approved_at=meeting.ends_at, published_at=meeting.ends_at)
            for n, (meeting, members) in enumerate(past)
        ],
        batch_size=2_000,
    )  # fmt: skip
