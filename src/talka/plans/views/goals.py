# SPDX-License-Identifier: EUPL-1.2
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.editing import edit_page, sent
from talka.core.http import sign_in_required
from talka.core.permissions import authorize
from talka.plans.forms.goals import GoalListForm
from talka.plans.models import GoalList
from talka.plans.operations import goals as operations
from talka.processes.opening import actor

form_page = require_http_methods(["GET", "HEAD", "POST"])


@sign_in_required
@require_safe
def list_goals(request: HttpRequest) -> HttpResponse:
    """List the goals above municipalities that plans can name."""
    authorize(request.user, "plans.save_goal_list")
    return render(request, "plans/list_goals.html", {"lists": GoalList.objects.prefetch_related("goals")})


@sign_in_required
@form_page
def create_goal_list(request: HttpRequest) -> HttpResponse:
    """Add a list of goals."""
    authorize(request.user, "plans.save_goal_list")
    return edit_page(
        request, "plans/save_goal_list.html", GoalListForm(*sent(request)),
        lambda goal_lines, **fields: operations.create_goal_list(goals=goal_lines, by=actor(request), **fields),
        to=reverse("plans:list_goals"), said=_("The list is added."),
    )  # fmt: skip


@sign_in_required
@form_page
def change_goal_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a list of goals."""
    authorize(request.user, "plans.save_goal_list")
    goal_list = get_object_or_404(GoalList, slug=slug)
    return edit_page(
        request, "plans/save_goal_list.html", GoalListForm(*sent(request), row=goal_list),
        lambda goal_lines, **fields: operations.change_goal_list(goal_list, goals=goal_lines, by=actor(request), **fields),
        to=reverse("plans:list_goals"), said=_("The list is saved."), goal_list=goal_list,
    )  # fmt: skip
