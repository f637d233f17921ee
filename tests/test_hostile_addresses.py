# SPDX-License-Identifier: EUPL-1.2
"""Every page × what nobody in their senses would ask for: the answer may be anything but a failure of the site."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from tests.access import World
from tests.test_access import TABLES, rows_of, world

__all__ = ["world"]

NAMES = (
    "page", "q", "process", "group", "kind", "municipality", "standing", "can", "state", "outcome", "topic", "area",
    "year", "number", "sort", "view", "month", "limit", "offset", "since", "until", "owner", "next", "starts_on", "show",
    "from", "to", "person", "organization", "actor", "verb", "channel", "public", "copy", "sent", "language", "parent",
    "entered", "at", "what", "booked", "received_on", "ended", "words", "done", "edition", "below", "source", "node",
)  # fmt: skip
API_NAMES = (
    "limit",
    "offset",
    "since",
    "until",
    "process",
    "group",
    "owner",
    "kind",
    "standing",
    "state",
    "q",
    "edition",
    "code",
)
VALUES = {
    "a null byte": "a%00b",
    "only a null byte": "%00",
    "more than a bigint": "9" * 21,
    "more than Python reads": "1" * 4400,
    "less than nothing": "-1",
    "a power": "1e9",
    "a digit that is none": "%C2%B2",
    "figures of another script": "%D9%A3",
    "half a pair": "%ED%A0%80",
    "no UTF-8": "%FF%FE",
    "a percent sign": "%",
    "marks of HTML and SQL": "%27%22%3E%3Cscript%3E--%5C",
    "a long word": "%C4%81" * 1500,
    "no such day": "2021-02-30",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "the last month": "9999-12",
}


WORKSPACE_VALUES = (
    "a null byte", "more than a bigint", "more than Python reads", "a digit that is none", "no UTF-8", "no such day",
)  # fmt: skip


@pytest.mark.parametrize(
    ("person", "value"),
    [pytest.param("visitor", value, id=f"visitor-{name}") for name, value in VALUES.items()]
    + [pytest.param("carol", VALUES[name], id=f"carol-{name}") for name in WORKSPACE_VALUES],
)
def test_no_address_makes_the_site_fail(
    world: World, sign_in: Callable[[User], Client], person: str, value: str
) -> None:
    client = Client() if person == "visitor" else sign_in(world.carol)
    client.raise_request_exception = False
    failed = []
    for row in (row for app in TABLES for row in rows_of(app) if row.method == "get"):
        with translation.override("lv"):
            address = reverse(row.name, args=row.parts(world))
        queries = ["&".join(f"{name}={value}" for name in NAMES)]
        if row.name.startswith("api:list_"):  # where one wrong value is refused before the next is looked at
            queries = [f"{name}={value}" for name in API_NAMES]
        for query in queries:
            with transaction.atomic():
                response = client.get(f"{address}?{query}")
                b"".join(response)
                transaction.set_rollback(True)
            if response.status_code >= 500:
                failed.append(f"{response.status_code} {row.name} ?{query[:40]}")
    assert not failed, "\n".join(failed)
