# SPDX-License-Identifier: EUPL-1.2
"""The pages on which a plan of three thousand rows is written, and its renumbering."""

import time
from typing import Any

from bench.clicking import open_pages, signed_in
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
    from talka.accounts.models import User
    from talka.plans.operations.tree import renumber_nodes, step_node

    draft, user = draft_to_write(edition), User.objects.get(email=EMAIL)
    client = signed_in(user)
    task = draft.versions.filter(level__letter="u").select_related("parent").order_by("code").first()
    direction = draft.versions.get(node=task.parent)
    branch = f"{direction.parent_id}.{direction.node_id}.{task.node_id}"
    pages = {
        "plan being written, closed": WORK,
        "plan being written, a branch open": f"{WORK}?open={branch}",
        "plan being written, found by words": f"{WORK}?q=ielas",
    }
    open_pages(client, pages, most_ms=most_ms, most_queries=most_queries, times=TIMES)
    action = draft.versions.filter(level__letter="r").first()
    form = {"form of an action": f"{WORK}nodes/{action.node_id}/"}
    open_pages(client, form, most_ms=most_ms, most_queries=60, times=TIMES)
    first = draft.versions.filter(parent=None).order_by("position").first()
    step_node(first, by=user, up=False)
    begun = time.perf_counter()
    changed = len(renumber_nodes(draft, by=user))
    report(f"renumbering, {changed:,} codes", time.perf_counter() - begun, "s", at_most=2)
