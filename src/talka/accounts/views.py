# SPDX-License-Identifier: EUPL-1.2
from functools import partial
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from talka.accounts import operations
from talka.accounts.forms import AccountForm, InvitationForm
from talka.accounts.models import Invitation, User
from talka.accounts.reminders import whose_link
from talka.core.editing import edit_page
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.ratelimit import rate_limited


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_account(request: SignedInRequest) -> HttpResponse:
    """Show and change one's own account: name, language, and the ways to what else belongs to it."""
    account: User = request.user
    form = AccountForm(request.POST or None, initial=_as_it_is(account))
    return edit_page(
        request, "accounts/change_account.html", form, partial(operations.change_account, account, by=account),
        to=request.path, said=_("Saved."), account=account, second_step=is_mfa_enabled(account),
    )  # fmt: skip


def _as_it_is(account: User) -> dict[str, Any]:
    return {name: getattr(account, name) for name in ("name", "language", "gets_reminders")}


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether to send no more reminders, and stop; the link is the proof, so the form needs no token."""
    account = whose_link(token)
    if account is None:
        raise Http404
    if request.method == "POST":
        operations.stop_reminders(account)
    return render(request, "accounts/stop_reminders.html", {"account": account})


@never_cache
@rate_limited("accept_invitation")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Take up an invitation by the secret link of its letter, with a new account or the one that has the address."""
    invitation = get_object_or_404(Invitation.objects.select_related("invited_by"), secret=secret)
    if not invitation.is_open:
        raise operations.InvitationEnded
    known = User.objects.filter(email__iexact=invitation.email).first()
    form = (
        None
        if known
        else InvitationForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
    )
    if request.method == "POST" and known and known == request.user:
        operations.accept_invitation(invitation, user=known)
        messages.success(request, _("You have accepted the invitation."))
        return redirect("accounts:change_account")
    if request.method == "POST" and form is not None and form.is_valid():
        account = operations.open_account(invitation, language=get_language() or "lv", **form.cleaned_data)
        return perform_login(request, Login(user=account, email=account.email))
    context = {"invitation": invitation, "form": form, "mine": known is not None and known == request.user}
    return render(
        request, "accounts/accept_invitation.html", context, status=422 if form is not None and form.is_bound else 200
    )
