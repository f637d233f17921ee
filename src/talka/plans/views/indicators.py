# SPDX-License-Identifier: EUPL-1.2
"""Indicators in the workspace: the list, what an edition says of each, who enters their values, with what they are compared."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line, whole_number
from talka.plans.forms.indicators import CompareForm, IndicatorForm, OwnerForm
from talka.plans.models import Edition, IndicatorVersion, Plan
from talka.plans.opening import open_draft, open_plan
from talka.plans.operations import indicators as operations
from talka.plans.queries.editions import draft_of, in_force
from talka.plans.queries.indicators import indicator_rows
from talka.processes.forms.running import ReasonForm
from talka.processes.opening import actor
from talka.processes.queries import find_people, people_near

PAGE = 100


def _list(plan: Plan) -> str:
    return reverse("plans:manage_indicators", args=[plan.process.slug, plan.slug])


def _open_version(edition: Edition, pk: int) -> IndicatorVersion:
    """Return what an edition says of an indicator; raise ``Http404`` where it says nothing."""
    version = get_object_or_404(
        edition.indicator_versions.select_related("indicator__owner", "indicator__measure", "organization"),
        indicator=pk,
    )
    version.edition, version.indicator.plan = edition, edition.plan
    return version


def open_working(plan: Plan, pk: int) -> IndicatorVersion:
    """Return an indicator as the draft has it, else as the edition in force does; raise ``Http404`` where neither does."""
    for edition in (draft_of(plan), in_force(plan)):
        if edition is not None:
            edition.plan = plan
            if edition.indicator_versions.filter(indicator=pk).exists():
                return _open_version(edition, pk)
    raise Http404


@sign_in_required
@require_safe
def manage_indicators(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """List the indicators of the draft, else of the edition in force."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.view_plan")
    edition = draft_of(plan) or in_force(plan)
    if edition is not None:
        edition.plan = plan
    return render(request, "plans/manage_indicators.html", {
        "process": plan.process,
        "plan": plan,
        "edition": edition,
        "page": page_of(request, indicator_rows(edition) if edition is not None else [], size=PAGE),
        "editable": is_allowed(request.user, "plans.change_plan", plan),
    })  # fmt: skip


def _form(request: HttpRequest, edition: Edition, version: IndicatorVersion | None) -> IndicatorForm:
    """Return the form as it was sent; after a search in the plan, with all that was typed and nothing checked."""
    stood = version is not None and version.indicator.versions.exclude(edition=edition).exists()
    options: dict[str, Any] = {"edition": edition, "process": edition.plan.process, "row": version, "stood": stood}
    if request.method == "POST" and "search" in request.POST:
        blank = IndicatorForm(**options)
        typed = {
            name: field.widget.value_from_datadict(request.POST, request.FILES, name)
            for name, field in blank.fields.items()
            if name != "seen"
        }
        form = IndicatorForm(**options, initial=typed, words=clean_line(request.POST.get("find", ""))[:200])
        form.initial["seen"] = request.POST.get("seen", "")
        return form
    return IndicatorForm(*sent(request), **options)


def _edit(request: HttpRequest, form: IndicatorForm, save: Any, said: str, **context: Any) -> HttpResponse:
    plan = form.edition.plan
    context |= {"process": plan.process, "plan": plan, "edition": form.edition}
    if not form.is_bound and request.method == "POST":
        return render(request, "plans/save_indicator.html", {**context, "form": form, "searched": True})
    return edit_page(request, "plans/save_indicator.html", form, save, to=_list(plan), said=said, **context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def create_indicator(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Add an indicator to the draft."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    edition = open_draft(plan)
    return _edit(
        request, _form(request, edition, None),
        lambda **fields: operations.create_indicator(edition, by=actor(request), **fields), _("The indicator is added."),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Change what the draft says of an indicator."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    version = _open_version(open_draft(plan), pk)
    return _edit(
        request, _form(request, version.edition, version),
        lambda **fields: operations.change_indicator(version, by=actor(request), **fields), _("The indicator is saved."),
        version=version,
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Take an indicator out of the draft; say why where the edition before had it."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    version = _open_version(open_draft(plan), pk)
    stood = version.indicator.versions.exclude(edition=version.edition).exists()
    form = ReasonForm(*sent(request))
    form.fields["reason"].required = stood
    return edit_page(
        request, "plans/remove_indicator.html", form,
        lambda **fields: operations.remove_indicator(version, by=actor(request), **fields),
        to=_list(plan), said=_("The indicator is removed from the draft."), process=plan.process, plan=plan,
        version=version, stood=stood,
    )  # fmt: skip


@sign_in_required
@require_POST
def move_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Move an indicator of the draft one place up or down."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    version = _open_version(open_draft(plan), pk)
    operations.move_indicator(version, by=actor(request), up=request.POST.get("direction") == "up")
    page = whole_number(request.POST.get("page", "")) or 1
    return redirect(f"{_list(plan)}?page={page}#indicator-{pk}")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Name who enters the values of an indicator, found by name; or nobody."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    version = open_working(plan, pk)
    words, chosen = clean_line(request.GET.get("q", ""))[:200], whole_number(request.GET.get("person", ""))
    person = people_near(plan.process).filter(pk=chosen).first() if chosen else None
    form = OwnerForm(*sent(request), process=plan.process, initial={"owner": person.pk if person else None})
    return edit_page(
        request, "plans/assign_indicator.html", form,
        lambda **fields: operations.assign_indicator(version.indicator, by=actor(request), **fields),
        to=_list(plan), said=_("Saved."), process=plan.process, plan=plan, version=version, person=person, words=words,
        found=find_people(plan.process, words),
    )  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def compare_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Say with what of other municipalities an indicator is compared."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.change_plan")
    version = open_working(plan, pk)
    may_create = is_allowed(request.user, "plans.create_measure", plan.process)
    authorize(request.user, "plans.compare_indicator", version.indicator)
    return edit_page(
        request, "plans/compare_indicator.html", CompareForm(*sent(request), version=version, may_create=may_create),
        lambda **fields: operations.compare_indicator(version, by=actor(request), **fields),
        to=_list(plan), said=_("Saved."), process=plan.process, plan=plan, version=version,
    )  # fmt: skip
