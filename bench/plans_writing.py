# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a plan of three thousand rows is written, and its renumbering."""

import time
from typing import Any

from bench.figures import report
from bench.plan_town import EMAIL, PLAN, SLUG

TIMES = 7
WORK = f"/lv/workspace/p/{SLUG}/plans/{PLAN}/"


def draft_to_write(edition: Any) -> Any:
    """Return the draft of the plan, begun from its edition in force where none is being worked on."""
    from talka.accounts.models import User
    from talka.plans.operations.editions import start_edition
    from talka.plans.queries.editions import draft_of

    return draft_of(edition.plan) or start_edition(edition.plan, name="Jauna", by=User.objects.get(email=EMAIL))


def measure_writing(edition: Any, *, most_ms: float = 250, most_queries: int = 22) -> None:
    """Report queries and the middle of several times of the tree, closed and with one branch open, and of a node's form."""
    from allauth.mfa.models import Authenticator
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from talka.accounts.models import User
    from talka.plans.operations.tree import renumber_nodes, step_node

    draft, user = draft_to_write(edition), User.objects.get(email=EMAIL)
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
    )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    task = draft.versions.filter(level__letter="u").select_related("parent").order_by("code").first()
    direction = draft.versions.get(node=task.parent)
    branch = f"{direction.parent_id}.{direction.node_id}.{task.node_id}"
    for name, address, limit in (
        ("plan being written, closed", WORK, most_queries),
        ("plan being written, a branch open", f"{WORK}?open={branch}", most_queries),
        ("plan being written, found by words", f"{WORK}?q=ielas", most_queries),
        ("form of an action", f"{WORK}nodes/{draft.versions.filter(level__letter='r').first().node_id}/", 60),
    ):
        response: Any = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        report(f"{name}, queries", len(queries), "", at_most=limit)
        took = []
        for _time in range(TIMES):
            begun = time.perf_counter()
            client.get(address)
            took.append(time.perf_counter() - begun)
        report(f"{name}, p50", sorted(took)[TIMES // 2] * 1000, "ms", at_most=most_ms)
    first = draft.versions.filter(parent=None).order_by("position").first()
    step_node(first, by=user, up=False)
    begun = time.perf_counter()
    changed = len(renumber_nodes(draft, by=user))
    report(f"renumbering, {changed:,} codes", time.perf_counter() - begun, "s", at_most=2)
