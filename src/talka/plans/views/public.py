# SPDX-License-Identifier: EUPL-1.2
"""The public pages of plans: all plans, the tree of one, how it is going, its places on a map."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from talka.core.keeping import kept_for_visitors
from talka.core.lists import page_of
from talka.core.text import clean_line, whole_number
from talka.plans.choosing import KINDS, PlanChoice, with_code
from talka.plans.models import Edition, NodeVersion, Plan, Source
from talka.plans.opening import open_edition, open_plan
from talka.plans.queries.branches import Part, Tree, in_reading_order, load, tree_of
from talka.plans.queries.cards import figures_of, owners_of_plans, plans_found, with_figures
from talka.plans.queries.editions import shown_edition
from talka.plans.queries.indicator_counts import indicators_by_standing
from talka.plans.queries.reading import areas_of, institutions_of, last_updates, relatives, topics_of
from talka.plans.queries.sums import money_of
from talka.plans.wording import STANDING_LABELS

PAGE = 50
MOST_POINTS = 500
"""So many places are shown on a map."""
LAST_UPDATES = 8


@require_safe
@kept_for_visitors
def list_plans(request: HttpRequest) -> HttpResponse:
    """List the published plans of all processes that the person may see; by municipality, kind, year and words."""
    asked = {name: clean_line(request.GET.get(name, ""))[:80] for name in ("kind", "municipality", "year")}
    filters = asked | {"words": clean_line(request.GET.get("q", ""))[:200]}
    year = whole_number(asked["year"])
    found = plans_found(
        request.user, words=filters["words"], kind=asked["kind"], municipality=asked["municipality"],
        year=year if year is not None and year < 10_000 else None,
    )  # fmt: skip
    page = page_of(request, with_figures(found), size=20, count=found.count())
    context = {
        "page": page,
        "cards": [(plan, figures_of(plan)) for plan in page],
        "filters": filters,
        "is_filtered": any(filters.values()),
        "kinds": Plan.Kind.choices,
        "municipalities": list(owners_of_plans(request.user)),
    }
    return render(request, "plans/list_plans.html", context)


@require_safe
@kept_for_visitors
def show_plan(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show a plan as a tree with figures, or the actions and investments that are asked for."""
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    parents, children = relatives(plan, request.user)
    context: dict[str, Any] = _frame(request, plan, edition) | {"parents": parents, "children": children}
    if edition is None:
        return render(request, "plans/show_plan.html", context | {"has_no_edition": True})
    choice = PlanChoice.read(request.GET)
    tree = tree_of(edition, below=choice.below, works=choice.is_empty, figures=choice.is_empty)
    context |= _filters(edition, choice, tree)
    branch = tree.by_node.get(choice.below) if choice.below is not None else None
    if choice.is_empty and (branch is None or tree.whole or branch.parts):
        context |= {"roots": [branch] if branch is not None else tree.roots, "branch": branch}
    else:
        context |= _listed(request, plan, edition, choice, tree)
    return render(request, "plans/show_plan.html", context)


@require_safe
@kept_for_visitors
def show_map(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show on a map, and in a list beside it, those actions and investments that have a place."""
    plan, edition = _open(request, process_slug, plan_slug)
    choice = PlanChoice.read(request.GET)
    tree = tree_of(edition, works=False, figures=False)
    rows = _chosen(edition, choice, tree).filter(place__isnull=False)
    keys = in_reading_order(rows, tree)
    page: Page[Any] = page_of(request, keys, size=PAGE)
    versions = load(page.object_list)
    asked = request.GET.copy()
    asked.pop("page", None)
    context = (
        _frame(request, plan, edition)
        | _filters(edition, choice, tree)
        | {
            "page": page,
            "versions": versions,
            "found": len(keys),
            "map_query": asked.urlencode(),
            "most": MOST_POINTS,
        }
    )
    return render(request, "plans/show_map.html", context)


@require_safe
@kept_for_visitors
def map_points(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Give the places of actions and investments as GeoJSON points; of one with ``?node=``."""
    plan, edition = _open(request, process_slug, plan_slug)
    choice = PlanChoice.read(request.GET)
    rows = _chosen(
        edition, choice, tree_of(edition, works=False, figures=False) if not choice.is_empty or choice.below else None
    )
    node = whole_number(request.GET.get("node", ""))
    rows = rows.filter(node=node) if node is not None else rows
    placed = rows.filter(place__longitude__isnull=False).select_related("place", "level").order_by("position", "pk")
    points = [_point(plan, version) for version in placed[:MOST_POINTS]]
    return JsonResponse({"type": "FeatureCollection", "features": points}, content_type="application/geo+json")


@require_safe
@kept_for_visitors
def show_dashboard(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show how a plan is going: what is done, late or not started by priority, and its money by year and source."""
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    if edition is None:
        return redirect("plans:show_plan", process_slug, plan_slug)
    tree = tree_of(edition, works=False)
    context = _frame(request, plan, edition) | {
        "tree": tree,
        "labels": list(STANDING_LABELS.values()),
        "money": money_of(edition),
        "updates": last_updates(edition, LAST_UPDATES),
        "indicators": indicators_by_standing(edition),
    }
    return render(request, "plans/show_dashboard.html", context)


@require_safe
def open_code(request: HttpRequest, process_slug: str, plan_slug: str, code: str) -> HttpResponse:
    """Lead from a code, also one that it had before, to what has it now."""
    plan, edition = _open(request, process_slug, plan_slug)
    code = clean_line(code)[:40]
    versions = list(NodeVersion.objects.filter(edition=edition).filter(with_code(code)).only("node", "code")[:20])
    versions.sort(key=lambda one: (one.code or "").lower() != code.lower())
    if versions:
        return redirect("plans:show_node", process_slug, plan_slug, versions[0].node_id)
    gone = plan.nodes.visible_to(request.user).filter(former_codes__code__iexact=code).order_by("-pk").first()
    if gone is None:
        raise Http404
    return redirect("plans:show_node", process_slug, plan_slug, gone.pk)


def _open(request: HttpRequest, process_slug: str, plan_slug: str) -> tuple[Plan, Edition]:
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    if edition is None:
        raise Http404
    return plan, edition


def _frame(request: HttpRequest, plan: Plan, edition: Edition | None) -> dict[str, Any]:
    asked = request.GET.get("edition", "")
    return {
        "newest": shown_edition(plan, request.user) if asked else edition,
        "process": plan.process,
        "plan": plan,
        "edition": edition,
        "keep": f"?edition={edition.number}" if asked and edition is not None else "",
    }


def _filters(edition: Edition, choice: PlanChoice, tree: Tree) -> dict[str, Any]:
    return {
        "choice": choice,
        "tree": tree,
        "standings": STANDING_LABELS.items(),
        "kinds": [(kind.value, kind.label) for kind in KINDS],
        "sources": Source.choices,
        "institutions": institutions_of(edition),
        "areas": areas_of(edition),
        "topics": topics_of(edition),
    }


def _chosen(edition: Edition, choice: PlanChoice, tree: Tree | None) -> Any:
    rows: Any = NodeVersion.objects.filter(edition=edition).works()
    return rows if tree is None else choice.filter(rows, edition.plan, tree)


def _listed(request: HttpRequest, plan: Plan, edition: Edition, choice: PlanChoice, tree: Tree) -> dict[str, Any]:
    """Cut the page out of what was found by keys, and put it under what stands above."""
    keys = in_reading_order(_chosen(edition, choice, tree), tree)
    page: Page[Any] = page_of(request, keys, size=PAGE)
    return {"page": page, "found": len(keys), "sections": _under(load(page.object_list), tree)}


def _under(versions: Sequence[NodeVersion], tree: Tree) -> list[tuple[Part | None, list[NodeVersion]]]:
    """Group what follows each other in reading order by the part of the first level below which it stands."""
    found: list[tuple[Part | None, list[NodeVersion]]] = []
    for version in versions:
        above = tree.above(version.parent_id)
        first = above[0] if above else None
        if not found or found[-1][0] is not first:
            found.append((first, []))
        found[-1][1].append(version)
    return found


def _point(plan: Plan, version: NodeVersion) -> dict[str, Any]:
    place: Any = version.place
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
        "properties": {
            "name": str(version),
            "about": str(place),
            "url": reverse("plans:show_node", args=[plan.process.slug, plan.slug, version.node_id]),
        },
    }
