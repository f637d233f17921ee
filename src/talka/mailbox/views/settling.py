# SPDX-License-Identifier: EUPL-1.2
"""What somebody does with a mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize
from talka.mailbox import queries
from talka.mailbox.forms import AsideForm, JoinForm, SplitForm
from talka.mailbox.models import InboundMessage
from talka.mailbox.operations import handling
from talka.mailbox.views.reading import find_message


def _to_message(message: InboundMessage) -> HttpResponse:
    return redirect("mailbox:show_message", message.account.process.slug, message.pk)


def _form_page(
    request: HttpRequest, template: str, message: InboundMessage, form: Any, status: int, **more: Any
) -> HttpResponse:
    context = {"process": message.account.process, "message": message, "form": form, **more}
    return render(request, f"mailbox/{template}.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def land_message(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Make a proposal of a mail that did not become one by itself."""
    message = find_message(request, process_slug, pk)
    if request.method == "POST":
        proposal = handling.land_message(message, by=request.user)
        messages.success(request, _("Entered under the number %(reference)s.") % {"reference": proposal.reference})
    return _to_message(message)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def split_message(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Make several proposals of one mail."""
    message = find_message(request, process_slug, pk)
    authorize(request.user, "mailbox.split_message", message)
    landing = message.landings.select_related("proposal").order_by("position", "pk").first()
    form = SplitForm(
        request.POST if request.method == "POST" else None,
        message=message,
        landed=landing.proposal if landing else None,
    )
    status = 200
    if request.method == "POST" and request.POST.get("do") != "more":
        status = 422
        if form.is_valid():
            try:
                new = handling.split_message(message, texts=form.texts(), key=form.cleaned_data["key"], by=request.user)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                numbers = ", ".join(one.reference for one in new)
                messages.success(request, _("Entered under the numbers: %(numbers)s.") % {"numbers": numbers})
                return _to_message(message)
    return _form_page(request, "split_message", message, form, status, grows=request.POST.get("do") == "more")


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def join_message(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Add a mail to an earlier proposal."""
    message = find_message(request, process_slug, pk)
    authorize(request.user, "mailbox.join_message", message)
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        process=message.account.process,
        initial={"number": request.GET.get("number", "")[:20]},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            proposal = form.cleaned_data["number"]
            try:
                handling.join_message(message, proposal=proposal, by=request.user)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("Joined to %(reference)s.") % {"reference": proposal.reference})
                return _to_message(message)
    return _form_page(request, "join_message", message, form, status, hint=queries.hint_of(message))


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def unjoin_message(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Take a mail off the proposal that it was joined to."""
    message = find_message(request, process_slug, pk)
    if request.method == "POST":
        proposal = handling.unjoin_message(message, by=request.user)
        said = _("The e-mail is a proposal of its own now: %(reference)s.") % {"reference": proposal.reference}
        messages.success(request, said)
    return _to_message(message)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside_message(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Say that a mail is spam or not for us."""
    message = find_message(request, process_slug, pk)
    authorize(request.user, "mailbox.set_aside_message", message)
    form = AsideForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                handling.set_aside_message(message, by=request.user, **form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                messages.success(request, _("The e-mail has been set aside."))
                return _to_message(message)
    return _form_page(request, "set_aside_message", message, form, status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_message(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Take it back that a mail was set aside."""
    message = find_message(request, process_slug, pk)
    if request.method == "POST":
        handling.take_back_message(message, by=request.user)
        messages.success(request, _("The e-mail is back where it was."))
    return _to_message(message)
