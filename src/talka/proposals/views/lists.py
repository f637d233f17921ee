# SPDX-License-Identifier: EUPL-1.2
"""The public lists of proposals: all, and those of one process; as a page, on a map and as a table."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from talka.core import clock
from talka.core.exports import Cell, csv_response
from talka.core.keeping import kept_for_visitors
from talka.core.lists import page_of
from talka.processes.models import Phase, Process
from talka.proposals import queries
from talka.proposals.choosing import PublicChoice
from talka.proposals.models import Proposal, ProposalQuerySet, Reply

PAGE = 25
MOST_POINTS = 500


@require_safe
@kept_for_visitors
def list_proposals(request: HttpRequest) -> HttpResponse:
    """Show the published proposals of all processes that the person may see."""
    processes = _asked_processes(request)
    choice = PublicChoice.read(request.GET)
    context = _listed(request, choice, processes, one_process=False) | {
        "processes": list(Process.objects.visible_to(request.user)) if request.GET.get("process") else processes,
        "asked_process": request.GET.get("process", ""),
        "topics": queries.topics_of(processes),
    }
    return render(request, "proposals/list_proposals.html", context)


@require_safe
@kept_for_visitors
def list_process_proposals(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show the published proposals of one process."""
    process = get_object_or_404(Process.objects.visible_to(request.user).prefetch_related("phases"), slug=process_slug)
    choice = PublicChoice.read(request.GET)
    context = _listed(request, choice, [process], one_process=True) | {
        "process": process,
        "takes_proposals": process.allows(Phase.Deed.PROPOSE),
        "topics": queries.topics_of([process]),
        "groups": queries.groups_at_work(process),
        "areas": queries.areas_of(process),
    }
    return render(request, "proposals/list_process_proposals.html", context)


@require_safe
@kept_for_visitors
def map_points(request: HttpRequest) -> HttpResponse:
    """Give the places of what a list is asked for as GeoJSON points, the newest first and at most ``MOST_POINTS``."""
    processes = {process.pk: process for process in _asked_processes(request)}
    rows = _chosen(PublicChoice.read(request.GET), list(processes.values()), one_process=len(processes) == 1)
    shown = rows.filter(longitude__isnull=False).only(
        "process_id", "number", "reference", "title", "longitude", "latitude"
    )
    points = [_point(proposal, processes[proposal.process_id]) for proposal in shown[:MOST_POINTS]]
    return JsonResponse({"type": "FeatureCollection", "features": points}, content_type="application/geo+json")


@require_safe
def export_proposals(request: HttpRequest) -> HttpResponse:
    """Give what a public list is asked for as CSV: what everybody may read, and no names of residents."""
    processes = {process.pk: process for process in _asked_processes(request)}
    choice = PublicChoice.read(request.GET)
    rows = _chosen(choice, list(processes.values()), one_process=len(processes) == 1, whole=True)
    rows = rows.select_related("topic", "area", "assigned_group", "reply").defer("search")
    header = [
        pgettext("of a proposal", "Number"), _("Process"), pgettext("of a proposal", "Title"), _("Text"), _("Topic"), _("Territory"), _("Place"), _("Longitude"),
        _("Latitude"),
        _("Received"), _("How it came"), _("Working group"), _("State"), _("Outcome"), _("Reasons"), _("Answered"), _("In plans"), _("Address"),
    ]  # fmt: skip
    codes = queries.codes_by_proposal(list(processes.values()), AnonymousUser(), told=True)
    return csv_response("proposals", header, _table(rows, processes, codes))


def _table(rows: ProposalQuerySet, processes: dict[int, Process], codes: dict[int, str]) -> Iterator[Sequence[Cell]]:
    for proposal in rows.iterator(chunk_size=1000):
        process = processes[proposal.process_id]
        reply = queries.published_reply(proposal)
        yield [
            proposal.reference,
            process.title,
            proposal.title,
            proposal.text,
            str(proposal.topic or ""),
            str(proposal.area or ""),
            proposal.place_text,
            _degrees(proposal.longitude),
            _degrees(proposal.latitude),
            proposal.received_at,
            proposal.get_channel_display(),
            str(proposal.assigned_group or ""),
            str(proposal.state.label),
            reply.get_outcome_display() if reply else "",
            reply.reason if reply else "",
            proposal.answered_at,
            codes.get(proposal.pk, ""),
            settings.TALKA_URL + reverse("proposals:show_proposal", args=[process.slug, proposal.number]),
        ]


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}"


def _point(proposal: Proposal, process: Process) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [proposal.longitude, proposal.latitude]},
        "properties": {
            "name": proposal.title,
            "about": proposal.reference,
            "url": reverse("proposals:show_proposal", args=[process.slug, proposal.number]),
        },
    }


def _asked_processes(request: HttpRequest) -> list[Process]:
    """Return the process that ``?process=`` names, or all; of those that the person may see."""
    visible = Process.objects.visible_to(request.user)
    slug = request.GET.get("process", "")
    return [process for process in visible if not slug or process.slug == slug]


def _chosen(
    choice: PublicChoice, processes: Sequence[Process], *, one_process: bool, whole: bool = False
) -> ProposalQuerySet:
    rows = choice.filter(Proposal.objects.published_in(processes), whole=whole)
    return choice.order(rows, one_process=one_process)


def _listed(
    request: HttpRequest, choice: PublicChoice, processes: Sequence[Process], *, one_process: bool
) -> dict[str, Any]:
    """Cut the page out of the list by keys first, so that a late page reads the texts of no earlier one."""
    rows = _chosen(choice, processes, one_process=one_process)
    by_key = {process.pk: process for process in processes}
    page: Page[Any]
    if choice.q:
        keys, more = queries.found_keys(rows)
        found = len(keys)
        page = page_of(request, keys, size=PAGE)
    else:
        found, more = queries.count_public(choice, processes, rows)
        page = page_of(request, rows.values_list("pk", flat=True), size=PAGE, count=found)
    shown = queries.read_rows(page.object_list, with_text=choice.query is not None)
    page.object_list = list(choice.order(shown, one_process=one_process))
    for proposal in page.object_list:
        proposal.process = by_key[proposal.process_id]
    this_year = clock.today().year
    return {
        "page": page,
        "choice": choice,
        "query": choice.query,
        "found": found,
        "more": more,
        "states": Proposal.State.choices,
        "outcomes": Reply.Outcome.choices,
        "years": range(this_year, min(queries.first_year(processes), this_year) - 1, -1),
        "on_map": request.GET.get("view") == "map",
        "map_query": _query(request, (one_process and processes[0].slug) or ""),
    }


def _query(request: HttpRequest, process_slug: str) -> str:
    """Return what the list is asked for, as the map and the table are asked for it."""
    asked = request.GET.copy()
    for name in ("page", "view"):
        asked.pop(name, None)
    if process_slug:
        asked["process"] = process_slug
    return asked.urlencode()
