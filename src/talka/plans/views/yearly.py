# SPDX-License-Identifier: EUPL-1.2
"""The public pages about years and money, and their tables."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.core import clock
from talka.core.exports import Cell, Sheet, csv_response, xlsx_book, xlsx_response
from talka.core.keeping import kept_for_visitors
from talka.core.lists import page_of
from talka.plans.forms.yearly import YearFilter
from talka.plans.models import FIRST_YEAR, LAST_YEAR, Edition, Level, Plan
from talka.plans.opening import open_edition, open_plan
from talka.plans.queries.money import Sums
from talka.plans.queries.unfunded import Lacking, Priority, unfunded
from talka.plans.queries.yearly import Work, Year, institutions_of, year_of
from talka.plans.wording import quarter, term

ROWS = 100


def _open(request: HttpRequest, process_slug: str, plan_slug: str) -> tuple[Plan, Edition]:
    """Return a plan and the edition that is asked for; raise ``Http404`` for a plan without any."""
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    if edition is None:
        raise Http404
    return plan, edition


def _year(plan: Plan, number: int | None) -> int:
    """Return the year asked for, else the present one or the nearest to it in the period of the plan."""
    if number is None:
        return min(max(clock.today().year, plan.starts_year), plan.ends_year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise Http404
    return number


def _asked(request: HttpRequest, edition: Edition, number: int) -> tuple[YearFilter, Year]:
    institutions = institutions_of(edition)
    form = YearFilter(request.GET, institutions=institutions)
    organization, source = form.choice()
    return form, year_of(edition, number, institutions, organization=organization, source=source)


@require_safe
@kept_for_visitors
def show_year(request: HttpRequest, process_slug: str, plan_slug: str, year: int | None = None) -> HttpResponse:
    """Show what is to be done in a year and with what money, by institution, as the base of its work plan and budget."""
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    number = _year(plan, year)
    context: dict[str, Any] = {"process": plan.process, "plan": plan, "edition": edition, "number": number}
    if edition is not None:
        form, found = _asked(request, edition, number)
        page = page_of(request, found.works, size=ROWS)
        query = request.GET.copy()
        query.pop("page", None)
        kinds = [work.kind for _share, work in found.works]
        context |= {
            "form": form, "year": found, "page": page, "asked": query.urlencode(), "works": len(kinds),
            "actions": kinds.count(Level.Kind.ACTION), "investments": kinds.count(Level.Kind.INVESTMENT),
            "numbers": sorted({*plan.years, number}), "has_money": any(vars(found.everything).values()),
        }  # fmt: skip
    return render(request, "plans/show_year.html", context)


@require_safe
def export_year(request: HttpRequest, process_slug: str, plan_slug: str, year: int, kind: str) -> HttpResponse:
    """Give out what the page of a year shows, as CSV or as XLSX with a sheet for each table."""
    plan, edition = _open(request, process_slug, plan_slug)
    _form, found = _asked(request, edition, _year(plan, year))
    name = f"{plan.slug}-{found.number}"
    header = [
        _("Responsible institution"), _("Code"), _("Title"), _("Kind"), _("Starts"), _("Ends"), *_money_columns(),
    ]  # fmt: skip
    rows = [[str(share.organization or ""), *_about(work), *_money(work.sums)] for share, work in found.works]
    if kind == "csv":
        return csv_response(name, header, rows)
    if kind != "xlsx":
        raise Http404
    return xlsx_book(
        name, [Sheet(str(found.number), header, [*rows, _total(found.total, len(header))]), *_sums_sheets(found)]
    )


def _sums_sheets(found: Year) -> list[Sheet]:
    institutions = [[str(one.organization or _("no institution")), *_money(one.sums)] for one in found.shares]
    sources = [[one.label, *_money(one.sums)] for one in found.sources]
    years: list[Sequence[Cell]] = [[number, *_money(sums)] for number, sums in found.years]
    undated = [_("without a year"), *_money(found.undated)]
    return [
        Sheet(title, [head, *_money_columns()], [*lines, _total(sums, 4)])
        for title, head, lines, sums in (
            (_("By institution"), _("Responsible institution"), institutions, found.total),
            (_("By source"), _("Source"), sources, found.total),
            (_("By year"), _("Year"), [*years, undated], found.everything),
        )
    ]


def _money_columns() -> list[str]:
    return [_("Planned, EUR"), _("Committed, EUR"), _("Spent, EUR")]


def _money(sums: Sums) -> list[Cell]:
    return [sums.planned, sums.committed, sums.spent]


def _total(sums: Sums, width: int) -> list[Cell]:
    return [_("In all"), *[None] * (width - 4), *_money(sums)]


def _about(work: Work) -> list[Cell]:
    return [work.code, work.title, work.level, quarter(*work.starts), quarter(*work.ends)]


@require_safe
@kept_for_visitors
def list_unfunded(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """List the investments still without funding, by priority, as a list for calls."""
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    priorities = unfunded(edition) if edition is not None else []
    lines = [(priority, one) for priority in priorities for one in priority.lacking]
    return render(request, "plans/list_unfunded.html", {
        "process": plan.process, "plan": plan, "edition": edition, "priorities": priorities, "number": len(lines),
        "missing": sum(priority.missing for priority in priorities), "page": page_of(request, lines, size=ROWS),
        "without_any": sum(1 for _priority, one in lines if one.missing is None), "asked": request.GET.urlencode(),
    })  # fmt: skip


@require_safe
def export_unfunded(request: HttpRequest, process_slug: str, plan_slug: str, kind: str) -> HttpResponse:
    """Give out the list of investments still without funding, as CSV or XLSX."""
    plan, edition = _open(request, process_slug, plan_slug)
    answer = {"csv": csv_response, "xlsx": xlsx_response}.get(kind)
    if answer is None:
        raise Http404
    header = [
        _("Priority"), _("Code"), _("Title"), _("Term"), _("Responsible institution"), _("Planned, EUR"),
        _("Of this with a source, EUR"), _("Missing, EUR"), _("Sources found"), _("Why"),
    ]  # fmt: skip
    rows = [_lacking(priority, one) for priority in unfunded(edition) for one in priority.lacking]
    return answer(f"{plan.slug}-unfunded", header, rows)


def _lacking(priority: Priority, one: Lacking) -> list[Cell]:
    version = one.version
    why = {
        "nothing": _("nothing is planned"),
        "open": _("a source is still to be found"),
        "exceeded": _("more is committed than is planned with a source"),
    }[one.why]
    return [
        str(priority.version or ""), version.code or "", version.title, term(version), str(version.organization or ""),
        one.planned, one.found, one.missing, "; ".join(one.sources), why,
    ]  # fmt: skip
