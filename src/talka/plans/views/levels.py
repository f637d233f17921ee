# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.text import clean_line
from talka.plans.codes import make_code, numbers_of
from talka.plans.forms.levels import LevelForm
from talka.plans.models import Level, NodeVersion, Plan
from talka.plans.opening import open_plan
from talka.plans.operations import levels as operations
from talka.plans.operations.plans import add_level as lay_level
from talka.processes.opening import actor

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _levels(plan: Plan) -> str:
    return reverse("plans:manage_levels", args=[plan.process.slug, plan.slug])


def _level(plan: Plan, pk: int) -> Level:
    level = get_object_or_404(plan.levels.all(), pk=pk)
    level.plan = plan
    return level


def _examples(levels: Iterable[Level]) -> dict[int, str]:
    """Return for each level the code that its second node gets, below the first of each level further up."""
    numbers: dict[str, str] = {}
    found = {}
    for level in levels:
        if level.pattern:
            found[level.pk] = make_code(level.pattern, 2, numbers)
            numbers[level.letter] = numbers_of(level.pattern, make_code(level.pattern, 1, numbers))
    return found


@sign_in_required
@require_safe
def manage_levels(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """List the levels of a plan from the top down, each with an example of its codes."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    used = NodeVersion.objects.filter(level=OuterRef("pk"))
    levels = list(plan.levels.annotate(used=Exists(used)))
    examples = _examples(levels)
    rows = [(level, examples.get(level.pk, "")) for level in levels]
    return render(request, "plans/manage_levels.html", {"process": plan.process, "plan": plan, "rows": rows})


@sign_in_required
@form_page
def add_level(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Add a level below those that a plan has."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.save_level")
    return edit_page(
        request, "plans/save_level.html", LevelForm(*sent(request), plan=plan),
        lambda **fields: lay_level(plan, by=actor(request), **fields),
        to=_levels(plan), said=_("The level is added."), process=plan.process, plan=plan,
    )  # fmt: skip


@sign_in_required
@form_page
def change_level(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Change what a level is called and how its codes are made."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.save_level")
    level = _level(plan, pk)
    return edit_page(
        request, "plans/save_level.html", LevelForm(*sent(request), row=level, plan=plan),
        lambda **fields: operations.change_level(level, by=actor(request), **fields),
        to=_levels(plan), said=_("The level is saved."), process=plan.process, plan=plan, level=level,
        used=level.versions.exists(),
    )  # fmt: skip


@sign_in_required
@require_POST
def move_level(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Move a level one place up or down."""
    plan = open_plan(request.user, process_slug, plan_slug)
    operations.move_level(_level(plan, pk), by=actor(request), up=request.POST.get("direction") == "up")
    return redirect(_levels(plan))


@sign_in_required
@require_POST
def remove_level(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Remove a level on which nothing stands."""
    plan = open_plan(request.user, process_slug, plan_slug)
    operations.remove_level(_level(plan, pk), by=actor(request))
    messages.success(request, _("The level is removed."))
    return redirect(_levels(plan))


@sign_in_required
@require_safe
def show_example(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show the code that a pattern makes while somebody writes it: a part of the form of a level."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.save_level")
    pattern, letter = clean_line(request.GET.get("pattern", ""))[:30], request.GET.get("letter", "")[:1]
    numbers: dict[str, str] = {}
    for level in plan.levels.all():
        if level.letter == letter:
            break
        numbers[level.letter] = numbers_of(level.pattern, make_code(level.pattern, 1, numbers))
    example = make_code(pattern, 2, numbers) if "{n}" in pattern else ""
    return render(request, "plans/example.html", {"example": example})
