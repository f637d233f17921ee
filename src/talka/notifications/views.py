# SPDX-License-Identifier: EUPL-1.2
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize
from talka.core.text import clean_line
from talka.notifications import operations
from talka.notifications.models import Notification, Subscription

RETURNED_SHOWN = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_following(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whether to begin sending, and begin. Opening the link changes nothing: mail scanners open links too."""
    subscription = get_object_or_404(Subscription, secret=secret)
    if subscription.ended_at is not None:
        raise operations.LinkEnded
    if request.method == "POST":
        operations.confirm_following(subscription)
    return render(request, "notifications/confirm_following.html", {"subscription": subscription})


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unfollow(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask whether to stop sending, and stop; mail programs send the POST by themselves (RFC 8058), so it needs no token."""
    subscription = get_object_or_404(Subscription, secret=secret)
    if request.method == "POST":
        operations.unfollow(subscription)
    return render(request, "notifications/unfollow.html", {"subscription": subscription})


@sign_in_required
@require_safe
def list_sent_mails(request: SignedInRequest) -> HttpResponse:
    """Show the letters that were written, the newest first, and what became of each."""
    authorize(request.user, "notifications.view_notifications")
    search = clean_line(request.GET.get("q", ""))[:100]
    letters = Notification.objects.visible_to(request.user).defer("text", "html")
    if search:
        letters = letters.filter(email__icontains=search) | letters.filter(subject__icontains=search)
    context = {"page": page_of(request, letters), "q": search, "failed": Notification.objects.failed().count()}
    return render(request, "notifications/list_sent_mails.html", context)


@sign_in_required
@require_safe
def show_sent_mail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one letter; outside of the demo without its text, which is between the site and whoever got it."""
    authorize(request.user, "notifications.view_notifications")
    letter = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    return render(request, "notifications/show_sent_mail.html", {"letter": letter, "shows_text": settings.DEMO})


@sign_in_required
@require_safe
def list_failed_mails(request: SignedInRequest) -> HttpResponse:
    """Show the letters that the mail server did not take, each with what it said."""
    authorize(request.user, "notifications.send_again")
    failed = Notification.objects.failed().defer("text", "html")
    returned = Notification.objects.returned().defer("text", "html").order_by("-returned_at")[:RETURNED_SHOWN]
    context = {"page": page_of(request, failed), "returned": returned}
    return render(request, "notifications/list_failed_mails.html", context)


@sign_in_required
@require_POST
def send_again(request: SignedInRequest) -> HttpResponse:
    """Put the letters that were picked back into the queue."""
    authorize(request.user, "notifications.send_again")
    picked = [key for key in request.POST.getlist("pick") if key.isascii() and key.isdigit() and len(key) < 19]
    letters = list(Notification.objects.failed().filter(pk__in=picked))
    for letter in letters:
        operations.send_again(letter, by=request.user)
    if letters:
        said = ngettext("%(number)d letter will be sent again.", "%(number)d letters will be sent again.", len(letters))
        messages.success(request, said % {"number": len(letters)})
    else:
        messages.info(request, _("Pick the letters that should be sent again."))
    return redirect("notifications:list_failed_mails")
