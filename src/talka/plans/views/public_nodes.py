# SPDX-License-Identifier: EUPL-1.2
"""The public page of one node of a plan: a part of the tree, an action, an investment."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import is_forged
from talka.core.keeping import kept_for_visitors
from talka.core.permissions import is_allowed
from talka.core.ratelimit import rate_limited
from talka.plans.forms.following import FollowNodeForm
from talka.plans.models import Edition, Level, NodeVersion, Plan
from talka.plans.opening import open_edition, open_plan
from talka.plans.operations.following import follow_node as follow
from talka.plans.origins import origins_of
from talka.plans.queries import reading
from talka.plans.queries.branches import tree_of
from talka.plans.queries.editions import shown_edition
from talka.plans.queries.indicators import indicators_of
from talka.plans.queries.sums import money_of
from talka.plans.queries.updates import updates_of


def _open(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> tuple[Plan, Edition, NodeVersion]:
    """Return plan, edition asked for and what it says of the node, or what the last edition said in which it stood."""
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    if edition is None:
        raise Http404
    version = reading.find_version(edition, node_id) or reading.last_version(plan, node_id, request.user)
    if version is None:
        raise Http404
    return plan, edition, version


@require_safe
@kept_for_visitors
def show_node(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Show what a plan says of one action, investment or part of its tree, how it is going and where it came from."""
    plan, edition, version = _open(request, process_slug, plan_slug, node_id)
    user: Any = request.user
    node, is_group = version.node, version.node.kind == Level.Kind.GROUP
    tree = tree_of(version.edition, below=node.pk, figures=is_group)
    part = tree.by_node.get(node.pk)
    versions: Any = version.edition.versions
    inside = versions.filter(parent__in=tree.inside(node.pk)) if is_group else versions.none()
    before, after = reading.neighbours(version.edition, version)
    sees_owner = user.is_authenticated and is_allowed(user, "plans.read_names", node)
    stood = reading.stood_in(plan, node.pk, user)
    context = {
        "process": plan.process,
        "plan": plan,
        "edition": version.edition,
        "version": version,
        "node": node,
        "is_group": is_group,
        "gone": next((one for one in stood if one.version is None), None) if version.edition_id != edition.pk else None,
        "is_gone": version.edition_id != edition.pk,
        "keep": f"?edition={edition.number}" if request.GET.get("edition") else "",
        "above": tree.above(version.parent_id),
        "part": part,
        "tree": tree,
        "is_stale": not is_group and reading.is_stale_now(version),
        "money": money_of(version.edition, versions.filter(pk=version.pk) | inside),
        "origins": origins_of([node.pk], user).get(node.pk, []),
        "serves": reading.as_shown(version.serves.order_by().values("pk"), user),
        "served_by": reading.served_by(node, user),
        "documents": list(node.documents.select_related("attachment")),
        "stood": stood,
        "indicators": indicators_of(version),
        "updates": list(updates_of(node, with_retracted=False)[1:]) if not is_group else [],
        "newest": shown_edition(plan, user),
        "former_codes": [one.code for one in node.former_codes.all() if one.code != version.code],
        "office": reading.office_of(version),
        "sees_owner": sees_owner,
        "names": sees_owner,
        "before": before,
        "after": after,
        "form": FollowNodeForm(),
        "follows": user.is_authenticated and reading.follows(node, user),
        "points_url": f"{reverse('plans:map_points', args=[process_slug, plan_slug])}?node={node.pk}",
        "link": settings.TALKA_URL + reverse("plans:show_node", args=[process_slug, plan_slug, node.pk]),
    }
    return render(request, "plans/show_node.html", context)


@csrf_exempt  # checked for those signed in, see is_forged
@rate_limited("follow_node")
@require_http_methods(["GET", "HEAD", "POST"])
def follow_node(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Ask for letters about an action; the answer is the same whether or not the address follows already."""
    plan, _edition, version = _open(request, process_slug, plan_slug, node_id)
    user: Any = request.user
    language = get_language() or settings.LANGUAGE_CODE
    form = FollowNodeForm(request.POST if request.method == "POST" and not user.is_authenticated else None)
    if request.method == "POST" and user.is_authenticated and not is_forged(request):
        follow(version, email=user.email, language=language, by=user)
        messages.success(request, _("You follow this now: news comes to your address."))
        return redirect("plans:show_node", process_slug, plan_slug, node_id)
    if form.is_valid():
        follow(version, email=form.cleaned_data["email"], language=language, by=user)
        messages.success(request, _("We have sent a letter to this address. Open it and confirm; then news will come."))
        return redirect("plans:show_node", process_slug, plan_slug, node_id)
    context = {"process": plan.process, "plan": plan, "version": version, "edition": version.edition, "form": form}
    return render(request, "plans/follow_node.html", context, status=422 if request.method == "POST" else 200)
