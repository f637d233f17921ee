# SPDX-License-Identifier: EUPL-1.2
"""The access table: for every address, what each of the cast is answered. Its rows stand in ``tests/<app>/access.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.proposals.models import Proposal

CAST = ("visitor", "alice", "bob", "carol", "clara", "leo", "dora", "adam", "eve", "root")


@dataclass(frozen=True)
class World:
    """What the addresses of the table point at, and everybody who may try them."""

    process: Process
    group: WorkingGroup
    public: Proposal
    hidden: Proposal
    meeting: Meeting
    members_meeting: Meeting
    alice: User
    bob: User
    carol: User
    clara: User
    leo: User
    dora: User
    adam: User
    eve: User
    root: User


class Row:
    """One address: its name, its parts from the world, the method, and the status for each of the cast."""

    def __init__(
        self,
        name: str,
        parts: Callable[[World], list[Any]] = lambda _world: [],
        *,
        method: str = "get",
        data: Callable[[World], dict[str, Any]] = lambda _world: {},
        everyone: int | None = None,
        **statuses: int,
    ) -> None:
        unknown = set(statuses) - set(CAST)
        assert not unknown, f"{name}: nobody of the cast is called {unknown}"
        missing = set(CAST) - set(statuses)
        assert everyone is not None or not missing, f"{name}: what are {missing} answered?"
        self.name, self.parts, self.method, self.data = name, parts, method, data
        self.statuses = {person: statuses.get(person, everyone) for person in CAST}
