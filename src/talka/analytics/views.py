# SPDX-License-Identifier: EUPL-1.2
"""The report of a register: page, XLSX, PDF."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.analytics.forms import SpanForm
from talka.analytics.queries import Report, report_of
from talka.core import clock
from talka.core.dates import period
from talka.core.exports import Cell, Sheet, xlsx_book
from talka.core.http import sign_in_required
from talka.core.permissions import authorize
from talka.core.typesetting import pdf
from talka.processes.models import Process
from talka.proposals.queries import count_waiting


def _columns() -> list[str]:
    return [
        _("Received"),
        _("Answered"),
        _("of these in time"),
        _("of these late"),
        _("Waiting"),
        _("Overdue"),
        _("Withdrawn"),
    ]


def _find(request: HttpRequest, process_slug: str) -> Process:
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "analytics.view_report", process)
    return process


def _language() -> str:
    return get_language() or "lv"


@sign_in_required
@require_safe
def show_report(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show what was received and whether it was answered in time."""
    process = _find(request, process_slug)
    form = SpanForm(request.GET)
    report = report_of(process, *form.span(), _language())
    context = {
        "process": process,
        "form": form,
        "report": report,
        "columns": _columns(),
        "waiting": count_waiting(process),
        "asked": request.GET.urlencode(),
        "definitions": _definitions(),
    }
    return render(request, "analytics/show_report.html", context, status=422 if form.errors else 200)


@sign_in_required
@require_safe
def export_report(request: HttpRequest, process_slug: str, kind: str) -> HttpResponse:
    """Give the report as XLSX, a sheet a table, or as PDF."""
    process = _find(request, process_slug)
    if kind not in {"xlsx", "pdf"}:
        raise Http404
    report = report_of(process, *SpanForm(request.GET).span(), _language())
    name = f"{process.slug}-{report.starts_on.isoformat()}-{report.ends_on.isoformat()}"
    if kind == "xlsx":
        return xlsx_book(name, _sheets(report))
    response = HttpResponse(_document(process, report), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _sheets(report: Report) -> list[Sheet]:
    sheets = [
        Sheet(
            table.title,
            [table.head, *_columns()],
            [[line.label, *line.numbers] for line in (*table.lines, report.total)],
        )
        for table in report.tables
    ]
    outcomes: list[list[Cell]] = [[outcome.label, outcome.number] for outcome in report.outcomes]
    return [*sheets, Sheet(_("By outcome"), [_("Outcome"), _("Answered")], outcomes)]


def _document(process: Process, report: Report) -> bytes:
    language = _language()
    facts: dict[str, Any] = {
        "language": language,
        "owner": str(process.owner),
        "title": _("Report on proposals received"),
        "process": process.title,
        "span": period(report.starts_on, report.ends_on, language),
        "columns": _columns(),
        "tables": [
            {
                "title": table.title,
                "head": table.head,
                "lines": [[line.label, *map(str, line.numbers)] for line in (*table.lines, report.total)],
            }
            for table in report.tables
        ],
        "outcomes_title": _("By outcome"),
        "outcomes_head": [_("Outcome"), _("Answered")],
        "outcomes": [[outcome.label, str(outcome.number)] for outcome in report.outcomes],
        "nothing": _("Nothing was received in these days."),
        "definitions_title": _("What these figures count"),
        "definitions": _definitions(),
    }
    return pdf("analytics/report.typ", facts, made_at=clock.now())


def _definitions() -> str:
    """Return what each number counts, in a few sentences."""
    return _(
        "Received: by the day of receipt, whichever way it came; withdrawn ones are included. In time: answered by the day that it was due, "
        "extensions included; late: answered after it. Waiting: neither answered nor withdrawn, the day not over; overdue: the day over. "
        "Every entry is counted once in each table, paper and web alike."
    )
