# SPDX-License-Identifier: EUPL-1.2
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from talka.core.keeping import kept_for_visitors
from talka.core.lists import page_of
from talka.core.text import clean_line
from talka.groups.models import PlannedAction, WorkingGroup
from talka.groups.operations.applications import takes_applications
from talka.groups.queries.actions import asked_for
from talka.portal.queries.home import home_page, municipalities, only_open_process, processes_found
from talka.portal.queries.processes import find_process, group_page, process_page
from talka.portal.queries.searching import Kind, first_of_each, matching
from talka.processes.models import Phase, Process
from talka.processes.standing import Standing
from talka.proposals.searching import Query


@require_safe
@kept_for_visitors
def show_home(request: HttpRequest) -> HttpResponse:
    """Show what is open now; where that is one process, lead straight there."""
    process = only_open_process(request.user)
    if process is not None:
        return redirect("portal:show_process", process.slug)
    return render(request, "portal/show_home.html", {"page": home_page(request.user)})


@require_safe
@kept_for_visitors
def list_processes(request: HttpRequest) -> HttpResponse:
    """List processes: open, coming and closed; by kind, municipality and words."""
    names = ("kind", "municipality", "standing", "can")
    filters = {name: clean_line(request.GET.get(name, ""))[:80] for name in names} | {
        "words": clean_line(request.GET.get("q", ""))[:200]
    }
    context = {
        "page": page_of(request, processes_found(request.user, **filters), size=20),
        "filters": filters,
        "is_filtered": any(filters.values()),
        "kinds": Process.Kind.choices,
        "standings": Standing.choices,
        "labels": dict(Standing.choices),
        "municipalities": municipalities(request.user),
        "propose_only": filters["can"] == Phase.Deed.PROPOSE,
    }
    return render(request, "portal/list_processes.html", context)


@require_safe
@kept_for_visitors
def show_process(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Show a process: what it is, what can be done in it now, its groups, meetings, proposals and contacts."""
    process = find_process(process_slug, request.user)
    if process is None:
        raise Http404
    context = {
        "process": process,
        "page": process_page(process, request.user),
        "can_propose": process.allows(Phase.Deed.PROPOSE),
        "can_apply": process.allows(Phase.Deed.APPLY),
    }
    return render(request, "portal/show_process.html", context)


@require_safe
@kept_for_visitors
def show_group(request: HttpRequest, process_slug: str, group_slug: str) -> HttpResponse:
    """Show a working group: what about, who sits in it for whom, when it meets, what it was sent."""
    groups = WorkingGroup.objects.visible_to(request.user).select_related("process__owner", "topic", "area")
    group = get_object_or_404(
        groups.prefetch_related("process__phases", "subtopics"), process__slug=process_slug, slug=group_slug
    )
    context = {
        "process": group.process,
        "group": group,
        "page": group_page(group, request.user),
        "planned": asked_for(PlannedAction.objects.filter(group=group), request.user),
        "can_propose": group.process.allows(Phase.Deed.PROPOSE) and group.closed_at is None,
        "can_apply": group.process.allows(Phase.Deed.APPLY) and group.closed_at is None,
        "takes_applications": takes_applications(group),
        "sits_here": WorkingGroup.objects.seating(request.user).filter(pk=group.pk).exists(),
    }
    return render(request, "portal/show_group.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search processes, groups, meetings, plans and proposals at once, or one kind of them page by page."""
    words = clean_line(request.GET.get("q", ""))[:200]
    query = Query.read(words)
    context = {"words": words, "query": query, "kinds": Kind.choices, "kind": "", "asked": bool(query.parts)}
    if context["asked"] and request.GET.get("kind") in Kind.values:
        kind = Kind(request.GET["kind"])
        context |= {
            "kind": kind.value,
            "kind_label": kind.label,
            "page": page_of(request, matching(kind, words, request.user), size=20),
        }
    elif context["asked"]:
        context["found"] = first_of_each(words, request.user)
    return render(request, "portal/search.html", context)
