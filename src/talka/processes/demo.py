# SPDX-License-Identifier: EUPL-1.2
"""Processes of the demonstration, laid out by one coordinator through the operations."""

from typing import Any

from talka.accounts.models import User
from talka.directory.models import Organization, Person
from talka.processes.models import Process, Role
from talka.processes.operations import (
    add_participant,
    close_process,
    create_process,
    give_role,
    publish_process,
    save_channel,
    save_legal_step,
    save_passage,
    save_phase,
)


class Drafting:
    """One process and the coordinator who lays it out."""

    def __init__(self, process: Process, by: User) -> None:
        self.process = process
        self.by = by

    def takes_part(self, organization: Organization, capacity: str = "") -> None:
        """Let an organization take part."""
        add_participant(self.process, organization=organization, capacity=capacity, by=self.by)

    def phase(self, title: str, **fields: Any) -> None:
        """Add a phase."""
        save_phase(self.process, title=title, by=self.by, **fields)

    def legal_step(self, title: str, **fields: Any) -> None:
        """Add a legal step."""
        save_legal_step(self.process, title=title, by=self.by, **fields)

    def channel(self, kind: str, value: str = "", **fields: Any) -> None:
        """Add a way to take part."""
        save_channel(self.process, kind=kind, value=value, by=self.by, **fields)

    def passage(self, title: str, body: str, **fields: Any) -> None:
        """Add a part of what the page tells."""
        save_passage(self.process, title=title, body=body, by=self.by, **fields)

    def role(self, person: Person, kind: str, organization: Organization | None = None) -> None:
        """Give a person a role."""
        give_role(self.process, person=person, kind=kind, organization=organization, by=self.by)

    def publish(self) -> None:
        """Show the process to those it is for."""
        publish_process(self.process, by=self.by)

    def close(self, reason: str = "") -> None:
        """Mark the process as finished."""
        close_process(self.process, by=self.by, reason=reason)


def build(
    *,
    coordinator: User,
    by: User,
    kind: str,
    title: str,
    owner: Organization,
    organization: Organization | None = None,
    **fields: Any,
) -> Drafting:
    """Make a process as an administrator, and hand it to its coordinator."""
    process = create_process(kind=kind, title=title, owner=owner, from_template=False, by=by, **fields)
    person = Person.objects.get(user=coordinator)
    give_role(process, person=person, kind=Role.Kind.COORDINATOR, organization=organization, by=by)
    return Drafting(process, coordinator)
