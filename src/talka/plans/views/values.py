# SPDX-License-Identifier: EUPL-1.2
"""Actual values of indicators: all of a plan for one year, one indicator through the years, and those that one person enters."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from talka.core import clock
from talka.core.http import SignedInRequest, sign_in_required, unsent_fields
from talka.core.lists import page_of
from talka.core.permissions import is_allowed
from talka.core.reading import language
from talka.plans.forms.values import Slot, ValuesForm, slots_of
from talka.plans.measured import write_value
from talka.plans.models import FIRST_YEAR, IndicatorValue, Plan
from talka.plans.opening import open_plan
from talka.plans.operations.values import ValuesChanged, record_values
from talka.plans.queries.indicators import IndicatorRow, indicator_row, owned_rows, rows_at_work
from talka.plans.queries.value_history import value_history
from talka.plans.views.indicators import open_working

PAGE = 100
"""Values on a page; so their fields stay below what a request may hold."""


def years_of(plans: Sequence[Plan], rows: Sequence[IndicatorRow]) -> list[int]:
    """Return the years for which values can be entered, the latest first: from the first known or planned one to this one."""
    this = clock.today().year
    known = [year for row in rows for year in row.years] + [plan.starts_year for plan in plans]
    first = min([year for year in known if year <= this] or [this])
    return list(range(this, first - 1, -1))


def _asked_year(asked: int | None) -> int:
    """Return the year that an address names, else the last one that is over; raise ``Http404`` for one that cannot be."""
    this = clock.today().year
    if asked is not None and not FIRST_YEAR <= asked <= this:
        raise Http404
    return asked if asked is not None else this - 1


def _now(slots: Sequence[Slot]) -> dict[str, IndicatorValue | None]:
    """Return what stands in each place by now."""
    values = IndicatorValue.objects.filter(indicator__in={slot.version.indicator_id for slot in slots})
    stored = {(one.indicator_id, one.area_id, one.year): one for one in values}
    return {
        slot.key: stored.get((slot.version.indicator_id, slot.area.pk if slot.area else None, slot.year))
        for slot in slots
    }


def _write(request: HttpRequest, slots: Sequence[Slot]) -> tuple[ValuesForm, int, bool]:
    """Return the form as it is to be shown, with its status, and whether what was sent has been saved."""
    if request.method != "POST":
        form = ValuesForm(slots=slots)
        typed = unsent_fields(request)
        if typed is not None:
            form.initial = {name: values[-1] for name, values in typed.items() if values and name in form.fields}
            messages.info(request, _("You had to sign in again. What you had written is kept here; send it once more."))
        return form, 200, False
    form = ValuesForm(request.POST, slots=slots)
    if not form.is_valid():
        return form, 422, False
    user: Any = request.user
    try:
        number = record_values(form.entered(), by=user)
    except ValuesChanged as refused:
        form.show_changed(refused.facts["keys"], _now(slots), lambda value: write_value(value, language()))
        form.add_error(None, str(refused))
        return form, 409, False
    said = ngettext("%(number)d value is saved.", "%(number)d values are saved.", number)
    messages.success(request, said % {"number": number} if number else _("Nothing was changed."))
    return form, 200, True


def _page(request: HttpRequest, rows: Sequence[IndicatorRow], years: Sequence[int]) -> Page[Any]:
    """Return the page of places for values that is asked for."""
    prefetch_related_objects([row.version for row in rows], "areas")
    return page_of(request, slots_of(rows, years), size=PAGE)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_values_of_year(
    request: HttpRequest, process_slug: str, plan_slug: str, year: int | None = None
) -> HttpResponse:
    """Enter the values of all indicators of a plan for one year in one table."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.record_values")
    year = _asked_year(year)
    rows = rows_at_work(plan)
    page = _page(request, rows, [year])
    form, status, saved = _write(request, list(page))
    if saved:
        return redirect(request.get_full_path())
    return render(request, "plans/record_values_of_year.html", {
        "process": plan.process, "plan": plan, "year": year, "years": years_of([plan], rows), "page": page, "form": form,
    }, status=status)  # fmt: skip


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_values_of_indicator(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Show and enter the values of one indicator through the years, with the history of what was entered."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.view_plan")
    version = open_working(plan, pk)
    row = indicator_row(version.edition, pk)
    if row is None:
        raise Http404
    context: dict[str, Any] = {"process": plan.process, "plan": plan, "row": row, "version": version}
    context["editable"] = is_allowed(request.user, "plans.change_plan", plan)
    context["enters"] = is_allowed(request.user, "plans.record_value", version.indicator)
    status = 200
    if context["enters"]:
        page = _page(request, [row], years_of([plan], [row]))
        form, status, saved = _write(request, list(page))
        if saved:
            return redirect(request.get_full_path())
        context |= {"form": form, "page": page}
    history = value_history(version.indicator)
    return render(request, "plans/record_values_of_indicator.html", {**context, "history": history}, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def record_own_values(request: SignedInRequest, year: int | None = None) -> HttpResponse:
    """Let somebody enter the values of those indicators that were given to them, whatever role they have in a process."""
    year = _asked_year(year)
    rows = owned_rows(request.user)
    plans = list({row.version.edition.plan.pk: row.version.edition.plan for row in rows}.values())
    page = _page(request, rows, [year])
    form, status, saved = _write(request, list(page))
    if saved:
        return redirect(request.get_full_path())
    context = {"year": year, "years": years_of(plans, rows), "page": page, "form": form, "plans": plans}
    return render(request, "plans/record_own_values.html", context, status=status)
