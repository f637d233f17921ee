# SPDX-License-Identifier: EUPL-1.2
"""Asking 300 owners of 3,000 actions and investments how they are going, and the page that says who owes what."""

import time
from datetime import timedelta
from typing import Any

from bench.clicking import open_pages, signed_in
from bench.figures import report
from bench.plan_town import EMAIL, PLAN, SLUG
from bench.site import own_database

OWNERS = 300


def measure() -> None:
    """Print seconds and queries of a round, and of the pages about it; afterwards everything is as it was."""
    with own_database():
        from bench.plan_town import lay

        measure_round(lay(), owners=OWNERS, most_seconds=30, most_ms=300)


def measure_round(edition: Any, *, owners: int, most_seconds: float, most_ms: float) -> None:
    """Let so many people own the works of a plan, ask them, remind them, and open the pages; then take all of it back."""
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from talka.accounts.models import User
    from talka.core import clock
    from talka.directory.models import Person
    from talka.plans.operations.rounds import BATCH, open_round, remind_owners, send_requests

    with transaction.atomic():
        by = User.objects.get(email=EMAIL)
        people = _share_out(edition, owners)
        with clock.at(clock.now() - timedelta(days=1)), CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            update_round = open_round(edition.plan, name="Aptauja", due_on=clock.today() + timedelta(days=14), by=by)
            report("round opened", time.perf_counter() - begun, "s", at_most=5)
        report("round opened, queries", len(queries), "", at_most=30)
        with clock.at(clock.now() - timedelta(days=1)), CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            written = send_requests(update_round.pk)
            report("letters of a round", time.perf_counter() - begun, "s", at_most=most_seconds)
        report("letters of a round, written", written, "", at_least=owners)
        batches = -(-owners // BATCH)
        report("letters of a round, queries a batch", len(queries) / batches, "", at_most=20)
        begun = time.perf_counter()
        remind_owners(edition.plan, people=list(Person.objects.filter(pk__in=people)), by=by)
        report("reminders to all", time.perf_counter() - begun, "s", at_most=most_seconds)
        _measure_pages(update_round, by, most_ms=most_ms)
        transaction.set_rollback(True)


def _share_out(edition: Any, owners: int) -> list[int]:
    """Give the works of the plan to so many people by turns, none of which has ended; return their keys."""
    from talka.directory.models import Person
    from talka.plans.models import PlanNode

    people = Person.objects.bulk_create(
        Person(name=f"Īpašnieks {n}", email=f"o{n}@bench.example") for n in range(owners)
    )
    nodes = list(PlanNode.objects.filter(plan=edition.plan_id).exclude(kind="group"))
    for number, node in enumerate(nodes):
        node.owner, node.latest = people[number % owners], None
    PlanNode.objects.bulk_update(nodes, ["owner", "latest"], batch_size=500)
    return [person.pk for person in people]


def _measure_pages(update_round: Any, user: Any, *, most_ms: float) -> None:
    client = signed_in(user)
    owing = {"who owes what": f"/lv/workspace/p/{SLUG}/plans/{PLAN}/owing/"}
    open_pages(client, owing, most_ms=most_ms, most_queries=35)
    form = {"form of ten actions": f"/lv/plans/updates/{update_round.requests.first().secret}/"}
    open_pages(client, form, most_ms=2 * most_ms, most_queries=35)
