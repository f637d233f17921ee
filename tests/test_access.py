# SPDX-License-Identifier: EUPL-1.2
"""Every address × everybody → status. Fails for an address that the table does not name."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.meetings.operations.calling import call_meeting
from talka.processes.models import Process
from talka.proposals.models import Proposal
from tests.access import CAST, Row, World

TABLES = (
    "accounts", "audit", "files", "notifications", "directory", "processes", "groups", "proposals", "meetings", "appointments", "analytics", "portal", "config", "mailbox", "scans", "privacy", "plans", "tasks", "scheduling",
)  # fmt: skip


def rows_of(app: str) -> list[Row]:
    """Return an app's rows."""
    name = f"tests.{app}.access"
    return list(import_module(name).ROWS) if find_spec(f"tests.{app}") and find_spec(name) else []


def names_of_urls(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    """Return the name of every address, with its namespace; one without a name is named by its pattern."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_of_urls(pattern.url_patterns, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}"


@pytest.fixture
def world(
    process: Process,
    group: WorkingGroup,
    make_proposal: Callable[..., Proposal],
    alice: User, bob: User, carol: User, clara: User, leo: User, dora: User, adam: User, eve: User, root: User,
) -> World:  # fmt: skip
    """A process with a group, a published and an unpublished proposal, a public meeting and one for members."""
    times = {"starts_at": clock.now() + timedelta(days=3), "ends_at": clock.now() + timedelta(days=3, hours=2)}
    return World(
        process=process,
        group=group,
        public=make_proposal(public=True),
        hidden=make_proposal("Tikai iesniegts."),
        meeting=call_meeting(process, title="Sanāksme", by=carol, groups=[group], **times),
        members_meeting=call_meeting(process, title="Iekšēja sanāksme", by=carol, groups=[group], access="members", **times),
        alice=alice, bob=bob, carol=carol, clara=clara, leo=leo, dora=dora, adam=adam, eve=eve, root=root,
    )  # fmt: skip


@pytest.mark.parametrize("app", TABLES)
def test_everybody_is_answered_as_the_table_says(app: str, world: World, sign_in: Callable[[User], Client]) -> None:
    clients = {person: Client() if person == "visitor" else sign_in(getattr(world, person)) for person in CAST}
    wrong = []
    for row in rows_of(app):
        with translation.override("lv"):
            address = reverse(row.name, args=row.parts(world))
        for person, expected in row.statuses.items():
            with transaction.atomic():
                response = getattr(clients[person], row.method)(address, row.data(world))
                status = response.status_code
                b"".join(response)  # a file that is handed out is closed at its end
                transaction.set_rollback(True)
            if status != expected:
                wrong.append(f"{row.method.upper()} {row.name} as {person}: {status}, the table says {expected}")
    assert not wrong, "\n".join(wrong)


def test_every_address_stands_in_the_table() -> None:
    in_table = {row.name for app in TABLES for row in rows_of(app)}
    missing = sorted(set(names_of_urls(get_resolver().url_patterns)) - in_table)
    assert not missing, f"add a row to tests/<app>/access.py for: {', '.join(missing)}"
