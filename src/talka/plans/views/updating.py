# SPDX-License-Identifier: EUPL-1.2
"""One action or investment: how it is going, what was said of it, and what of that was wrong."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.plans.forms.updates import RetractForm, UpdateForm, problems_of
from talka.plans.models import Level, NodeVersion, Plan, ProgressUpdate
from talka.plans.opening import open_plan, open_version
from talka.plans.operations import progress
from talka.plans.operations.answering import answer_round
from talka.plans.permissions import owns
from talka.plans.queries.editions import in_force
from talka.plans.queries.owing import current_round
from talka.plans.queries.updates import updates_of
from talka.plans.views.answers import answer_of
from talka.processes.opening import actor


def _open_work(user: Any, process_slug: str, plan_slug: str, node_id: int) -> tuple[Plan, NodeVersion]:
    """Return an action or investment of the edition in force to somebody who may say how it is going."""
    plan = open_plan(user, process_slug, plan_slug)
    edition = in_force(plan)
    if edition is None:
        raise Http404
    edition.plan = plan
    version = open_version(edition, node_id)
    if version.node.kind == Level.Kind.GROUP:
        raise Http404
    authorize(user, "plans.update_progress", version.node)
    return plan, version


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def update_node(request: SignedInRequest, process_slug: str, plan_slug: str, node_id: int) -> HttpResponse:
    """Say how one action is going, also of an earlier day."""
    plan, version = _open_work(request.user, process_slug, plan_slug, node_id)
    works_there = is_allowed(request.user, "plans.view_plan", plan)
    mine = owns(request.user, version.node)
    form = UpdateForm(request.POST if request.method == "POST" else None, version=version, dated=True)
    status, refusal = 200, ""
    if request.method == "POST":
        if form.is_valid() and form.says_something:
            channel = ProgressUpdate.Channel.FORM if mine else ProgressUpdate.Channel.STAFF
            try:
                answer_round(
                    [answer_of(form)], by=request.user, person=request.user.person, in_round=current_round(plan),
                    channel=channel,
                )  # fmt: skip
            except Refused as refused:
                status, refusal = 409, str(refused)
            else:
                messages.success(request, _("Saved."))
                back = "plans:list_owing" if works_there else "plans:answer_owed"
                return redirect(reverse(back, args=[process_slug, plan_slug]))
        else:
            status = 422
            if form.is_valid():
                form.add_error("state", _("Choose how it is going."))
    context = {
        "process": plan.process if works_there else None,
        "plan": plan,
        "version": version,
        "form": form,
        "problems": problems_of([form]) if form.errors else [],
        "refusal": refusal,
        "updates": updates_of(version.node),
        "names": True,
        "retracts": is_allowed(request.user, "plans.change_plan", plan),
        "works_there": works_there,
    }
    return render(request, "plans/update_node.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def retract_update(request: HttpRequest, process_slug: str, plan_slug: str, node_id: int, pk: int) -> HttpResponse:
    """Take back an update that was wrong, saying why."""
    plan = open_plan(request.user, process_slug, plan_slug)
    updates = ProgressUpdate.objects.select_related("node__plan__process")
    update = get_object_or_404(updates, node__plan=plan, node=node_id, pk=pk)
    authorize(request.user, "plans.retract_update", update)
    return edit_page(
        request, "plans/retract_update.html", RetractForm(*sent(request)),
        lambda **fields: progress.retract_update(update, by=actor(request), **fields),
        to=reverse("plans:list_owing", args=[process_slug, plan_slug]), said=_("The update is taken back."),
        process=plan.process, plan=plan, update=update,
    )  # fmt: skip
