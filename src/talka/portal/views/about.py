# SPDX-License-Identifier: EUPL-1.2
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from ninja import Schema

from talka.core.exports import Cell, streamed_csv
from talka.groups.api import GroupRow, public_groups
from talka.meetings.api import MeetingRow, public_meetings
from talka.plans.api import NodeRow, PlanRow, public_nodes, public_plans
from talka.portal.queries.home import processes_found
from talka.processes.api import ProcessRow, public_processes
from talka.processes.models import Phase
from talka.proposals.api import ProposalRow, public_proposals
from talka.proposals.queries.keeping import own_terms

TABLES: dict[str, tuple[type[Schema], Callable[[], "QuerySet[Any]"], Any]] = {
    "processes": (ProcessRow, public_processes, _("Processes")),
    "groups": (GroupRow, public_groups, _("Working groups")),
    "meetings": (MeetingRow, public_meetings, _("Meetings")),
    "proposals": (ProposalRow, public_proposals, _("Published proposals with their answers")),
    "plans": (PlanRow, public_plans, _("Plans")),
    "plan-nodes": (NodeRow, public_nodes, _("Actions and investments of plans, in the edition in force")),
}


@require_safe
def take_part(request: HttpRequest) -> HttpResponse:
    """Tell what Talka is, how a proposal travels and who sees what."""
    processes = processes_found(request.user, can=Phase.Deed.PROPOSE)[:10]
    return render(request, "portal/take_part.html", {"processes": processes})


@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """Tell what is kept about people, why, who sees it and for how long."""
    return render(
        request, "portal/personal_data.html",
        {
            "contact": settings.TALKA_CONTACT,
            "letters_days": settings.KEEP_LETTERS_DAYS,
            "bookings_days": settings.KEEP_BOOKINGS_DAYS,
            "invitations_days": settings.KEEP_INVITATIONS_DAYS,
            "imports_days": settings.KEEP_IMPORTS_DAYS,
            "scans_days": settings.KEEP_SCANS_DAYS,
            "invitation_days": settings.INVITATION_DAYS,
            "keep_months": settings.KEEP_MONTHS,
            "keep_act": settings.KEEP_ACT,
            "own_terms": own_terms(request.user),
        },
    )  # fmt: skip


@require_safe
def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """State how accessible the site is, as Cabinet Regulation No. 445 of 2020 asks."""
    context = {"contact": settings.TALKA_CONTACT, "site": settings.TALKA_URL, **settings.TALKA_ACCESSIBILITY}
    return render(request, "portal/accessibility_statement.html", context)


@require_safe
def open_data(request: HttpRequest) -> HttpResponse:
    """Offer the public data as tables and through the API."""
    tables = [{"name": name, "label": label} for name, (_schema, _rows, label) in TABLES.items()]
    return render(request, "portal/open_data.html", {"tables": tables, "source": settings.TALKA_SOURCE_URL})


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    return json.dumps(value) if isinstance(value, bool | float) else value


@require_safe
def export_table(request: HttpRequest, table: str) -> StreamingHttpResponse:
    """Send one of the public tables as CSV, of the same columns as in the API."""
    if table not in TABLES:
        raise Http404
    schema, rows, _label = TABLES[table]
    header = list(schema.model_fields)

    def lines() -> Iterator[list[Cell]]:
        for row in rows().iterator(chunk_size=1000):
            values = schema.from_orm(row).model_dump()
            yield [_cell(values[name]) for name in header]

    return streamed_csv(f"talka-{table}", header, lines())
