# SPDX-License-Identifier: EUPL-1.2
"""The public pages about editions: which there are, and what changed from one to another."""

from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from talka.core.keeping import kept_for_visitors
from talka.core.lists import page_of
from talka.core.text import whole_number
from talka.files.downloads import attachment_response
from talka.plans.marking import Part, mark
from talka.plans.models import Edition, Plan
from talka.plans.opening import open_plan
from talka.plans.queries.changes import Change, FieldChange, changes_between, count_changes, counts_of
from talka.plans.queries.editions import works_in

ON_A_PAGE = 50
_PROSE = {"title", "description", "result", "partners_note", "name", "source"}
"""Fields of which the changed words are marked; of all others the old value stands beside the new one."""


@require_safe
@kept_for_visitors
def list_editions(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """List the editions of a plan, the draft first if it is shown: by which decision, how much, what changed."""
    plan = open_plan(request.user, process_slug, plan_slug)
    editions = _editions(request, plan)
    works, counts = works_in(editions), counts_of(list(reversed(editions)))
    in_force = next((one for one in editions if not one.is_draft), None)
    rows = [
        {"edition": one, "works": works.get(one.pk, {}), "counts": counts.get(one.pk), "in_force": one == in_force}
        for one in editions
    ]
    return render(
        request, "plans/list_editions.html", {"process": plan.process, "plan": plan, "rows": rows, "editions": editions}
    )


def _editions(request: HttpRequest, plan: Plan) -> list[Edition]:
    """Return the editions of a plan that the person may see, the latest first."""
    editions = Edition.objects.visible_to(request.user).filter(plan=plan)
    return list(editions.select_related("decision_document").order_by("-number"))


def _chosen(request: HttpRequest, editions: list[Edition]) -> tuple[Edition, Edition]:
    """Return the two editions asked for, the older one first; by themselves the one in force and the one before it.

    Raises ``Http404`` for a number that is not there, and for a plan with fewer than two editions.
    """
    by_number = {one.number: one for one in editions}
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    numbers = [whole_number(one) if one else None for one in asked]
    if any(one and number not in by_number for one, number in zip(asked, numbers, strict=True)) or len(editions) < 2:
        raise Http404
    order = sorted(by_number, reverse=True)
    approved = [one.number for one in editions if not one.is_draft]
    new = numbers[1] or next((one for one in (approved if len(approved) > 1 else order) if one != numbers[0]), order[0])
    old = numbers[0] or next((one for one in order if one < new), order[-1])
    if old > new:
        old, new = new, old
    return by_number[old], by_number[new]


@require_safe
@kept_for_visitors
def compare_editions(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show what was added, amended and removed from one edition to another, and why."""
    plan = open_plan(request.user, process_slug, plan_slug)
    editions = _editions(request, plan)
    old, new = _chosen(request, editions)
    changes = changes_between(old, new)
    kind = request.GET.get("kind", "")
    shown = [one for one in changes if one.kind == kind] if kind in {"added", "amended", "removed"} else changes
    page: Page[Change] = page_of(request, shown, size=ON_A_PAGE)
    rows = [(one, [marked(field) for field in one.fields]) for one in page]
    context: dict[str, Any] = {"old": old, "new": new, "edition": new, "counts": count_changes(changes), "kind": kind}
    context |= {
        "process": plan.process,
        "plan": plan,
        "editions": editions,
        "number": len(changes),
        "page": page,
        "rows": rows,
    }
    return render(request, "plans/compare_editions.html", context)


def marked(field: FieldChange) -> tuple[str, list[Part], bool]:
    """Return the label of a field, what changed in it, and whether old and new stand as wholes."""
    if field.name in _PROSE:
        return field.label, mark(field.before, field.after), False
    return field.label, [Part(kind, text) for kind, text in (("old", field.before), ("new", field.after)) if text], True


@require_safe
def download_decision(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponseBase:
    """Hand out the document of the decision by which an edition was approved."""
    plan = open_plan(request.user, process_slug, plan_slug)
    editions = Edition.objects.visible_to(request.user).filter(plan=plan, decision_document__isnull=False)
    edition = get_object_or_404(editions.select_related("decision_document"), number=number)
    if edition.decision_document is None:
        raise Http404
    return attachment_response(edition.decision_document)
