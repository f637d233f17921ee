# SPDX-License-Identifier: EUPL-1.2
"""Mailboxes: connected, tried, read at once, and looked after."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize
from talka.mailbox.forms import AccountForm
from talka.mailbox.models import MailAccount
from talka.mailbox.operations import reading
from talka.mailbox.views.reading import find_process
from talka.processes.models import Process


@sensitive_post_parameters("password")
@never_cache
@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def save_account(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Connect the mailbox of a process; it is tried before it is saved, unless somebody wants it saved all the same."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "mailbox.save_account", process)
    account = MailAccount.objects.filter(process=process).first()
    form = AccountForm(request.POST if request.method == "POST" else None, account=account)
    tried_in_vain = False
    if request.method == "POST" and form.is_valid():
        connection = form.connection()
        untried = request.POST.get("do") == "untried" or not connection.enabled or settings.DEMO
        trouble = "" if untried else reading.try_account(process, connection=connection, by=request.user)
        if not trouble:
            reading.save_account(process, connection=connection, by=request.user)
            messages.success(request, _("Saved.") if untried else _("The mailbox can be read. Saved."))
            return redirect("mailbox:list_messages", process_slug)
        form.say(trouble)
        tried_in_vain = True
    context = {"process": process, "form": form, "account": account, "tried_in_vain": tried_in_vain}
    return render(request, "mailbox/save_account.html", context, status=422 if form.errors else 200)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def read_now(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Have the mailbox read at once."""
    process = find_process(request, process_slug)
    if request.method == "POST":
        reading.read_now(process, by=request.user)
        if settings.DEMO:
            messages.info(request, _("In the demonstration no mailbox is read."))
        else:
            messages.success(request, _("The mailbox is being read; new mail appears here in a moment."))
    return redirect("mailbox:list_messages", process_slug)


@sign_in_required
@require_safe
def list_accounts(request: SignedInRequest) -> HttpResponse:
    """List the mailboxes that the person looks after, and what is in the way of reading them."""
    authorize(request.user, "mailbox.list_accounts")
    accounts = (
        MailAccount.objects.visible_to(request.user).select_related("process__owner").order_by("process__title", "pk")
    )
    return render(request, "mailbox/list_accounts.html", {"accounts": accounts})
