# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.permissions import is_allowed
from talka.core.text import clean_line, whole_number
from talka.plans.forms.plans import ChangePlanForm, CreatePlanForm
from talka.plans.models import Edition, Plan
from talka.plans.opening import open_plan
from talka.plans.operations.plans import change_plan as save_plan
from talka.plans.operations.plans import create_plan as begin_plan
from talka.plans.operations.plans import publish_plan as show_to_all
from talka.plans.operations.plans import unpublish_plan as hide_plan
from talka.plans.queries.writing import find_plans
from talka.plans.structures import LevelDraft, copied, in_words
from talka.processes.forms.running import ReasonForm
from talka.processes.models import Process
from talka.processes.opening import actor, open_process

form_page = require_http_methods(["GET", "HEAD", "POST"])


def tree(plan: Plan) -> str:
    """Return the address of a plan's tree in the workspace."""
    return reverse("plans:manage_plan", args=[plan.process.slug, plan.slug])


def _settings(plan: Plan) -> str:
    return reverse("plans:change_plan", args=[plan.process.slug, plan.slug])


@sign_in_required
@require_safe
def manage_plans(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the plans of a process: kind, period, the edition in force, the draft."""
    process = open_process(request.user, process_slug, "plans.view_plans")
    editions = Prefetch("editions", queryset=Edition.objects.order_by("-number"), to_attr="known_editions")
    rows = []
    for plan in process.plans.select_related("owner").prefetch_related(editions):
        approved = [one for one in plan.known_editions if not one.is_draft]
        drafts = [one for one in plan.known_editions if one.is_draft]
        rows.append((plan, next(iter(approved), None), next(iter(drafts), None)))
    return render(request, "plans/manage_plans.html", {
        "process": process,
        "rows": rows,
        "editable": is_allowed(request.user, "plans.create_plan", process),
    })  # fmt: skip


def _warn_of_period(request: HttpRequest, plan: Plan) -> Plan:
    """Say when a plan is longer than its kind is made for; that is for the municipality to weigh."""
    limit, years = settings.PLAN_YEARS.get(plan.kind), len(plan.years)
    if limit and years > limit:
        facts = {"years": years, "limit": limit, "kind": plan.get_kind_display(), "act": settings.PLAN_YEARS_ACT}
        messages.warning(
            request,
            _("Check the period: it has %(years)d years, and this kind of plan (%(kind)s) is made for at most %(limit)d (%(act)s).") % facts,
        )  # fmt: skip
    return plan


def _copies(user: Any, process: Process) -> list[tuple[str, str]]:
    """Return the plans whose levels may be copied: those with levels that the person sees."""
    plans = Plan.objects.visible_to(user).filter(levels__isnull=False).distinct().select_related("process")
    return [
        (f"plan:{plan.pk}", _("as in “%(title)s”") % {"title": plan.title})
        for plan in plans.order_by("-process", "position")[:20]
    ]


def _levels(structure: str, process: Process) -> list[LevelDraft]:
    kind, _colon, key = structure.partition(":")
    if kind == "plan":
        return copied(get_object_or_404(Plan, pk=int(key)))
    return in_words(structure, process.language)


@sign_in_required
@form_page
def create_plan(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Begin a plan: what it is, from when to when, with which levels; or only where its document is kept."""
    process = open_process(request.user, process_slug, "plans.create_plan")
    form = CreatePlanForm(*sent(request), process=process, copies=_copies(request.user, process))

    def save(*, structure: str, **fields: Any) -> Plan:
        levels = [] if fields["url"] else _levels(structure, process)
        return _warn_of_period(request, begin_plan(process, by=actor(request), levels=levels, **fields))

    return edit_page(
        request, "plans/create_plan.html", form, save,
        to=lambda plan: _settings(plan) if plan.url else tree(plan), said=_("The plan is begun."), process=process,
    )  # fmt: skip


@sign_in_required
@form_page
def change_plan(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Change what a plan says of itself; see who sees it and which plans it serves."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")

    def save(**fields: Any) -> None:
        save_plan(plan, by=actor(request), **fields)
        _warn_of_period(request, plan)

    return edit_page(
        request, "plans/change_plan.html", ChangePlanForm(*sent(request), row=plan, process=plan.process), save,
        to=request.path, said=_("The plan is saved."), process=plan.process, plan=plan,
        parents=Plan.objects.visible_to(request.user).filter(children=plan).select_related("owner"),
        may_publish=is_allowed(request.user, "plans.publish_plan", plan),
    )  # fmt: skip


@sign_in_required
@form_page
def change_parents(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Find the plans that this plan serves, and name or drop them one by one."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    seen = Plan.objects.visible_to(request.user)
    if request.method == "POST":
        key = whole_number(request.POST.get("add", "") or request.POST.get("remove", ""))
        chosen = get_object_or_404(seen, pk=key)
        parents = [one for one in plan.parents.all() if one != chosen]
        save_plan(plan, by=actor(request), parents=[*parents, chosen] if request.POST.get("add") else parents)
        messages.success(request, _("Saved."))
        return redirect(request.get_full_path())
    words = clean_line(request.GET.get("q", ""))[:100]
    parents = list(seen.filter(pk__in=plan.parents.values("pk")).select_related("owner", "process"))
    found = [one for one in find_plans(request.user, words, but=plan) if one not in parents]
    context = {"process": plan.process, "plan": plan, "parents": parents, "found": found, "words": words}
    return render(request, "plans/change_parents.html", context)


@sign_in_required
@require_POST
def publish_plan(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show a plan to whoever sees its process."""
    plan = open_plan(request.user, process_slug, plan_slug)
    show_to_all(plan, by=actor(request))
    messages.success(request, _("The plan is published."))
    return redirect(_settings(plan))


@sign_in_required
@form_page
def unpublish_plan(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Hide a plan from residents, saying why."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.unpublish_plan")
    return edit_page(
        request, "plans/unpublish_plan.html", ReasonForm(*sent(request)),
        lambda **fields: hide_plan(plan, by=actor(request), **fields),
        to=_settings(plan), said=_("The plan is hidden."), process=plan.process, plan=plan,
    )  # fmt: skip
