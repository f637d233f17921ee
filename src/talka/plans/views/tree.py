# SPDX-License-Identifier: EUPL-1.2
"""The tree of a plan, to be written: opened, put in order, numbered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import safe_next, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line, whole_number
from talka.plans.models import Edition, Level, NodeVersion, Plan
from talka.plans.opening import open_draft, open_plan, open_version
from talka.plans.operations import tree as operations
from talka.plans.queries.editions import draft_of, in_force
from talka.plans.queries.numbering import new_codes
from talka.plans.queries.writing import OPENED_WHOLE, SHOWN_WHOLE, Row, find_rows, places_for, rows_of
from talka.plans.views.plans import tree
from talka.processes.opening import actor

MAX_OPENED = 300


def _opened(request: HttpRequest, size: int) -> set[int] | None:
    """Return which nodes the address opens; ``None`` for all of them, as in a small tree when it does not say."""
    asked = request.GET.get("open")
    if asked is None:
        return None if size <= SHOWN_WHOLE else set()
    if asked == "all" and size <= OPENED_WHOLE:
        return None
    keys = (whole_number(part) for part in asked.split(".")[:MAX_OPENED])
    return {key for key in keys if key is not None}


def _with_toggles(rows: list[Row], opened: set[int] | None) -> list[tuple[Row, str]]:
    """Put to each row what the address opens after its branch was opened or closed; what lies below stays as it was."""
    now = {row.version.node_id for row in rows if row.is_open} if opened is None else opened
    return [(row, ".".join(map(str, sorted(now ^ {row.version.node_id})))) for row in rows]


@sign_in_required
@require_safe
def manage_plan(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show the tree of the draft, to be written; without a draft that of the edition in force, to be read."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.view_plan")
    draft = draft_of(plan)
    edition = draft or in_force(plan)
    levels = list(plan.levels.all())
    context: dict[str, Any] = {
        "process": plan.process, "plan": plan, "edition": edition, "levels": levels,
        "writes": draft is not None and is_allowed(request.user, "plans.change_plan", plan),
        "may_change": is_allowed(request.user, "plans.change_plan", plan),
        "begins": is_allowed(request.user, "plans.start_edition", plan),
    }  # fmt: skip
    if edition is not None:
        edition.plan = plan
        words, size = clean_line(request.GET.get("q", ""))[:100], edition.versions.count()
        opened = _opened(request, size)
        rows = find_rows(edition, levels, words) if words else rows_of(edition, levels, opened)
        context |= {
            "rows": _with_toggles(rows, opened), "size": size, "words": words, "may_open_all": size <= OPENED_WHOLE,
            "all_open": not any(row.below and not row.is_open for row in rows),
        }  # fmt: skip
    return render(request, "plans/manage_plan.html", context)


def open_written(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int, verb: str) -> NodeVersion:
    """Return what the draft says of a node to somebody who may do ``verb`` to it."""
    plan = open_plan(request.user, process_slug, plan_slug)
    authorize(request.user, "plans.change_plan", plan)
    version = open_version(open_draft(plan), node_id)
    authorize(request.user, verb, version.node)
    return version


def back_to(request: HttpRequest, version: NodeVersion) -> str:
    """Return the address of the tree as it was left, at a node."""
    return f"{safe_next(request, tree(version.edition.plan)).partition('#')[0]}#node-{version.node_id}"


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def move_node(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Move a node: one place up or down, beside or into another one, or to a place found by search."""
    version = open_written(request, process_slug, plan_slug, node_id, "plans.move_node")
    if request.method == "POST":
        _move(request, version)
        return redirect(back_to(request, version))
    words = clean_line(request.GET.get("q", ""))[:100]
    return render(request, "plans/move_node.html", {
        "process": version.edition.plan.process, "plan": version.edition.plan, "version": version, "words": words,
        "places": places_for(version, words),
    })  # fmt: skip


def _move(request: HttpRequest, version: NodeVersion) -> None:
    by, posted = actor(request), request.POST
    if posted.get("direction") in {"up", "down"}:
        operations.step_node(version, by=by, up=posted["direction"] == "up")
    elif posted.get("where") in {"before", "after"}:
        operations.place_node(
            version, beside=_named(version, "beside", posted), by=by, before=posted["where"] == "before"
        )
        messages.success(request, _("Moved. Its code stays until you renumber."))
    else:
        parent = None if posted.get("parent") == "top" else _named(version, "parent", posted)
        operations.move_node(version, parent=parent, by=by)
        messages.success(request, _("Moved. Its code stays until you renumber."))


def _named(version: NodeVersion, name: str, posted: Any) -> Any:
    """Return the node of the same plan that is named, whether it still stands in the draft or not."""
    key = whole_number(posted.get(name, ""))
    if key is None:
        raise Http404
    return get_object_or_404(version.edition.plan.nodes.all(), pk=key)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def renumber_nodes(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show the codes as they are and as they would be, of all or of one branch; make them so."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    draft = open_draft(plan)
    below = _branch(draft, request.GET.get("below", ""))
    node = below.node if below is not None else None
    if request.method == "POST":
        number = len(operations.renumber_nodes(draft, below=node, by=actor(request)))
        messages.success(
            request, ngettext("%(number)d code is new.", "%(number)d codes are new.", number) % {"number": number}
        )
        return redirect(tree(plan))
    codes = new_codes(draft, node)
    changes = [code for code in codes if code.old != code.new]
    return render(request, "plans/renumber_nodes.html", {
        "process": plan.process, "plan": plan, "edition": draft, "below": below, "changes": changes,
        "same": len(codes) - len(changes), "taken": [change for change in changes if change.taken],
    })  # fmt: skip


def _branch(draft: Edition, asked: str) -> NodeVersion | None:
    if not asked:
        return None
    key = whole_number(asked)
    if key is None:
        raise Http404
    return open_version(draft, key)


def new_node(plan: Plan, level: Level, **where: int) -> str:
    """Return the address of the form for a new node of a level, ``below`` or ``after`` another one."""
    address = reverse("plans:create_node", args=[plan.process.slug, plan.slug, level.pk])
    return f"{address}?{'&'.join(f'{name}={key}' for name, key in where.items())}" if where else address
