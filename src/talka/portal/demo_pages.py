# SPDX-License-Identifier: EUPL-1.2
"""The door of the demonstration: one way in for each role, and none anywhere else."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from talka.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Enter as one of the people of the example, without a password and a second step."""
    if not settings.DEMO:
        raise Http404
    # The example is long; a site that is no demonstration never reads it.
    from talka.portal.demo import PASSWORD, WAYS_IN

    if request.method == "POST":
        chosen = next((way.email for way in WAYS_IN if way.email == request.POST.get("email")), None)
        account = get_object_or_404(User, email=chosen, is_active=True)
        adapter = get_adapter()
        adapter.login(request, account)
        return redirect(adapter.get_login_redirect_url(request))
    return render(request, "portal/demo_sign_in.html", {"ways": WAYS_IN, "password": PASSWORD})
