# SPDX-License-Identifier: EUPL-1.2
"""Minutes as documents: the PDF of a meeting with 40 items, and the archive of 500 meetings in one PDF."""

import time
from datetime import timedelta
from typing import Any

from bench.circle_town import SUBJECTS
from bench.figures import report
from bench.site import own_database

SLUG = "protokolu-aplis"
LONG, MANY, ITEMS, PEOPLE = 40, 500, 10, 12


def measure() -> None:
    """Print how long it takes to make the PDF of long minutes and the archive of many."""
    with own_database():
        process = _process()
        from talka.meetings.models import Meeting

        if not Meeting.objects.filter(process=process).exists():
            hold(process, meetings=MANY - 1, items=ITEMS)
            hold(process, meetings=1, items=LONG, first=MANY)
        measure_documents(process)


def measure_documents(process: Any, *, most_one: float = 1, most_all: float = 30) -> None:
    """Report the seconds for the last minutes of the process as PDF, and for the archive, with its size."""
    from talka.core import clock
    from talka.meetings.protocol.archive import archive_of, archived_minutes
    from talka.meetings.protocol.facts import gather
    from talka.meetings.protocol.writing import pdf_of

    minutes = archived_minutes(process)
    longest = minutes[-1]
    begun = time.perf_counter()
    pdf_of([gather(longest, public=False)], title=longest.number, made_at=clock.now())
    items = longest.meeting.items.count()
    report(f"minutes of {items} items as PDF", time.perf_counter() - begun, "s", at_most=most_one)
    begun = time.perf_counter()
    content = archive_of(process, made_at=clock.now())
    report(f"archive of {len(minutes)} meetings", time.perf_counter() - begun, "s", at_most=most_all)
    report("size of the archive", len(content) / 1_000_000, "MB")


def _process() -> Any:
    from talka.core import clock
    from talka.directory.models import Organization
    from talka.processes.models import Process

    process = Process.objects.filter(slug=SLUG).first()
    if process is not None:
        return process
    town, _made = Organization.objects.get_or_create(
        slug="protokolu-novads", defaults={"name": "Protokolu novads", "classification": "municipality"}
    )
    return Process.objects.create(
        kind="programme", title="Protokolu aplis", slug=SLUG, owner=town, published_at=clock.now()
    )


def hold(process: Any, *, meetings: int, items: int, first: int = 1) -> list[Any]:
    """Lay meetings that were held, a day apart, with items, decisions, people and approved minutes numbered from ``first``."""
    from django.db import transaction

    from talka.core import clock
    from talka.directory.models import Person
    from talka.meetings.models import AgendaItem, Attendance, Decision, Meeting, Minutes

    with transaction.atomic():
        people = Person.objects.bulk_create(Person(name=f"Dalībniece {n}") for n in range(PEOPLE))
        start = clock.now() - timedelta(days=600 - first)
        held = Meeting.objects.bulk_create(
            Meeting(process=process, title=f"{first + n}. sēde", starts_at=start + timedelta(days=n),
                    ends_at=start + timedelta(days=n, hours=2))
            for n in range(meetings)
        )  # fmt: skip
        rows = AgendaItem.objects.bulk_create(
            AgendaItem(
                meeting=meeting, position=position, title=SUBJECTS[position % len(SUBJECTS)], presenter=people[position % PEOPLE],
                notes="Izskatīja stāvokli pagastos un uzklausīja iedzīvotājus. " * 4,
                outcome="decision" if position % 2 else "information",
            )
            for meeting in held for position in range(items)
        )  # fmt: skip
        Decision.objects.bulk_create(
            Decision(meeting=item.meeting, item=item, text="Atbalstīt un iekļaut rīcības plānā.", votes_for=7, votes_against=1,
                     abstained=0, decided_on=item.meeting.first_day)
            for item in rows if item.outcome == "decision"
        )  # fmt: skip
        Attendance.objects.bulk_create(
            Attendance(meeting=meeting, person=person, name=person.name, represents="Protokolu novada pārvalde", member=True,
                       position=position, mode=("on_site", "remote", "apologised")[position % 3])
            for meeting in held for position, person in enumerate(people)
        )  # fmt: skip
        Minutes.objects.bulk_create(
            Minutes(
                meeting=meeting, number=f"{first + n}/{meeting.starts_at.year}", year=meeting.starts_at.year, sequence=first + n,
                chair=people[0], secretary=people[1], began_at=meeting.starts_at, ended_at=meeting.ends_at,
                circulated_at=meeting.ends_at, approved_at=meeting.ends_at,
            )
            for n, meeting in enumerate(held)
        )  # fmt: skip
    return held
