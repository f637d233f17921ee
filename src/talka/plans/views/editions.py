# SPDX-License-Identifier: EUPL-1.2
"""The workspace pages about editions: begun, shown, explained, approved, given up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize, is_allowed, verb_label
from talka.plans.forms.editions import ApproveForm, DiscardForm, EditionForm, ReasonsForm, name_of
from talka.plans.models import Edition, Plan
from talka.plans.naming import next_name
from talka.plans.opening import open_draft, open_plan
from talka.plans.operations import drafting, editions
from talka.plans.queries.changes import Change, changes_between, count_changes
from talka.plans.queries.checklist import checklist
from talka.plans.queries.draft_history import events_of_draft, told
from talka.plans.queries.editions import draft_of
from talka.plans.views.comparing import marked
from talka.processes.opening import actor

ROWS_OF_REASONS = 200


def _editions(plan: Plan) -> str:
    return reverse("plans:manage_editions", args=[plan.process.slug, plan.slug])


def _open_draft(request: HttpRequest, process_slug: str, plan_slug: str, verb: str) -> Edition:
    """Return the draft of a plan to somebody who may do ``verb`` to it."""
    draft = open_draft(open_plan(request.user, process_slug, plan_slug, "plans.view_plan"))
    authorize(request.user, verb, draft)
    return draft


def _changes(draft: Edition) -> list[Change]:
    return changes_between(draft.based_on, draft) if draft.based_on is not None else []


@sign_in_required
@require_safe
def manage_editions(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show the draft with what it changes and what it still lacks, and the editions approved so far."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.view_plan")
    draft = draft_of(plan)
    context: dict[str, Any] = {
        "process": plan.process,
        "plan": plan,
        "draft": draft,
        "approved": plan.editions.approved().select_related("decision_document"),
        "writes": is_allowed(request.user, "plans.start_edition", plan),
    }
    if draft is not None:
        draft.plan = plan
        changes = _changes(draft)
        context |= {
            "counts": count_changes(changes),
            "points": checklist(draft, changes),
            "removed": [one for one in changes if one.kind == "removed"],
            "is_empty": not draft.versions.exists(),
            "decides": is_allowed(request.user, "plans.approve_edition", draft),
        }
    return render(request, "plans/manage_editions.html", context)


@sign_in_required
def start_edition(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Begin the next edition of a plan."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.start_edition")
    last = plan.editions.order_by("-number").first()
    initial = {"name": next_name(last.name if last else "", clock.today().year)}
    return edit_page(
        request, "plans/start_edition.html", EditionForm(*sent(request), taken=_taken(plan), initial=initial),
        lambda **fields: editions.start_edition(plan, by=actor(request), **fields),
        to=_editions(plan), said=_("The draft is begun. Everything of the edition in force stands in it."),
        process=plan.process, plan=plan, last=last,
    )  # fmt: skip


def _taken(plan: Plan, but: Edition | None = None) -> set[str]:
    return {one.name.casefold() for one in plan.editions.all() if one != but}


@sign_in_required
def change_edition(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Change the name of a draft and why it is made."""
    draft = _open_draft(request, process_slug, plan_slug, "plans.change_edition")
    return edit_page(
        request, "plans/change_edition.html",
        EditionForm(*sent(request), row=draft, taken=_taken(draft.plan, but=draft)),
        lambda **fields: drafting.change_edition(draft, by=actor(request), **fields),
        to=_editions(draft.plan), said=_("Saved."), process=draft.plan.process, plan=draft.plan, draft=draft,
    )  # fmt: skip


@sign_in_required
@require_POST
def show_edition(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show a draft to everybody who sees the plan, or hide it again."""
    draft = _open_draft(request, process_slug, plan_slug, "plans.show_edition")
    shown = request.POST.get("shown") == "yes"
    editions.show_edition(draft, shown=shown, by=actor(request))
    messages.success(request, _("The draft is shown to everybody.") if shown else _("The draft is hidden."))
    return redirect(_editions(draft.plan))


@sign_in_required
def approve_edition(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Enter that the council has approved an edition."""
    draft = _open_draft(request, process_slug, plan_slug, "plans.approve_edition")
    changes = _changes(draft)
    return edit_page(
        request, "plans/approve_edition.html", ApproveForm(*sent(request)),
        lambda **fields: editions.approve_edition(draft, by=actor(request), **fields),
        to=_editions(draft.plan), said=_("The edition is approved; it is in force from now on."),
        process=draft.plan.process, plan=draft.plan, draft=draft, counts=count_changes(changes),
        missing=[point for point in checklist(draft, changes) if point.number],
    )  # fmt: skip


@sign_in_required
def discard_edition(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Give up a draft as a whole."""
    draft = _open_draft(request, process_slug, plan_slug, "plans.discard_edition")
    return edit_page(
        request, "plans/discard_edition.html", DiscardForm(*sent(request), edition=draft),
        lambda reason, **_fields: drafting.discard_edition(draft, reason=reason, by=actor(request)),
        to=_editions(draft.plan), said=_("The draft is discarded."),
        process=draft.plan.process, plan=draft.plan, draft=draft, counts=count_changes(_changes(draft)),
    )  # fmt: skip


@sign_in_required
def explain_changes(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Write the reasons of all changes of a draft in one table."""
    draft = _open_draft(request, process_slug, plan_slug, "plans.explain_changes")
    changes, only_missing = _changes(draft), request.GET.get("missing") == "yes"
    unexplained = [one for one in changes if not one.reason]
    page = page_of(request, unexplained if only_missing else changes, size=ROWS_OF_REASONS)
    chosen = [one for one in changes if name_of(one) in request.POST] if request.method == "POST" else list(page)
    form = ReasonsForm(*sent(request), changes=chosen)
    return edit_page(
        request, "plans/explain_changes.html", form,
        lambda **_fields: drafting.explain_changes(draft, reasons=form.reasons(), by=actor(request)),
        to=request.get_full_path(), said=_("The reasons are saved."),
        process=draft.plan.process, plan=draft.plan, draft=draft, page=page, only_missing=only_missing,
        total=len(changes), missing=len(unexplained),
    )  # fmt: skip


@sign_in_required
@require_safe
def show_draft_history(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show who changed what in a draft since it was begun."""
    draft = _open_draft(request, process_slug, plan_slug, "plans.change_edition")
    page = page_of(request, events_of_draft(draft), size=50)
    happened = [(one, verb_label(one.event.verb), [marked(step) for step in one.steps]) for one in told(draft, page)]
    return render(
        request,
        "plans/show_draft_history.html",
        {"process": draft.plan.process, "plan": draft.plan, "draft": draft, "page": page, "happened": happened},
    )
