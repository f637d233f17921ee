# SPDX-License-Identifier: EUPL-1.2
"""Working groups of the demonstration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from talka.accounts.models import User
from talka.directory.models import Organization, Person, Topic
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.operations.forming import create_group
from talka.groups.operations.seating import seat_person
from talka.processes.models import Process


@dataclass(frozen=True)
class Seat:
    """Somebody in a group: in what capacity, for whom, with which title of the office."""

    person: Person
    title: str = ""
    organization: Organization | None = None
    function: str = Mandate.Function.MEMBER
    represents: str = Mandate.Represents.INSTITUTION
    name_public: bool = True


def build(
    process: Process,
    *,
    name: str,
    by: User,
    topic: Topic | None = None,
    subtopics: Sequence[Topic] = (),
    seats: Sequence[Seat] = (),
    **fields: Any,
) -> WorkingGroup:
    """Form a group and seat its people."""
    group = create_group(process, name=name, by=by, topic=topic, subtopics=subtopics, **fields)
    for seat in seats:
        seat_person(
            group, person=seat.person, by=by, function=seat.function, represents=seat.represents,
            organization=seat.organization, title=seat.title, name_public=seat.name_public,
        )  # fmt: skip
    return group
