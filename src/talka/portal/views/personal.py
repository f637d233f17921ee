# SPDX-License-Identifier: EUPL-1.2
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.portal.queries.workspace import followed_by, my_processes, sent_by, today_of


@require_safe
@sign_in_required
def show_workspace(request: HttpRequest) -> HttpResponse:
    """Show what waits for the person today."""
    return render(request, "portal/show_workspace.html", {"today": today_of(request.user)})


@require_safe
@sign_in_required
def show_my_page(request: HttpRequest) -> HttpResponse:
    """Show what the person follows, has sent and takes part in."""
    context = {
        "sent": page_of(request, sent_by(request.user), size=10),
        "followed": followed_by(request.user),
        "processes": my_processes(request.user),
    }
    return render(request, "portal/show_my_page.html", context)
