# SPDX-License-Identifier: EUPL-1.2
"""The way into a plan and its editions: hidden ones are not there, others say no."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from talka.core.permissions import authorize
from talka.core.text import whole_number
from talka.plans.models import Edition, NodeVersion, Plan
from talka.plans.queries.editions import draft_of, shown_edition


def open_plan(user: Any, process_slug: str, plan_slug: str, verb: str | None = None) -> Plan:
    """Return the plan at this address to somebody who may see it and, with ``verb``, do that to it.

    Raises ``Http404`` where the person may not even see it, ``PermissionDenied`` where they may not do this.
    """
    plans = Plan.objects.visible_to(user).select_related("process__owner", "owner")
    plan = get_object_or_404(plans, process__slug=process_slug, slug=plan_slug)
    if verb is not None:
        authorize(user, verb, plan)
    return plan


def open_edition(request: HttpRequest, plan: Plan) -> Edition | None:
    """Return the edition that ``?edition=`` asks for, else the one shown by itself; nothing for a plan without any.

    Raises ``Http404`` for a number that the plan does not have or does not show.
    """
    asked = request.GET.get("edition", "")
    number = whole_number(asked) if asked else None
    edition = shown_edition(plan, request.user, number)
    if asked and (number is None or edition is None):
        raise Http404
    if edition is not None:
        edition.plan = plan
    return edition


def open_draft(plan: Plan) -> Edition:
    """Return the draft of a plan; raise ``Http404`` where none is being worked on."""
    draft = draft_of(plan)
    if draft is None:
        raise Http404
    draft.plan = plan
    return draft


def open_version(edition: Edition, node_id: int) -> NodeVersion:
    """Return what an edition says of a node, with what lasts of it; raise ``Http404`` where it says nothing."""
    versions = edition.versions.select_related(
        "node__owner", "node__latest", "level", "organization", "parent", "place"
    )
    version = get_object_or_404(versions, node_id=node_id)
    version.edition, version.node.plan = edition, edition.plan
    return version
