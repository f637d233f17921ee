# SPDX-License-Identifier: EUPL-1.2
"""The mail of a process as it is read: the list, one mail, its files, the original."""

from typing import Any, cast

from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line, whole_number
from talka.files.downloads import attachment_response
from talka.mailbox import queries
from talka.mailbox.models import InboundMessage, Landing, MailAccount
from talka.mailbox.operations import handling
from talka.mailbox.parsing import headers_of
from talka.processes.models import Process
from talka.proposals.queries import count_waiting

CHECKS = {
    "spf": _("The server that sent it"),
    "dkim": _("The signature of the sender's domain"),
    "dmarc": _("The sender's address as a whole"),
}
RESULTS = {
    "pass": (_("is in order"), "success"),
    "fail": (_("is not in order"), "danger"),
    "softfail": (_("is doubtful"), "warning"),
    "none": (_("cannot be checked"), "neutral"),
}
SHOWN_HEADERS = (
    "return-path", "reply-to", "message-id", "in-reply-to", "auto-submitted", "precedence", "list-id", "x-mailer", "user-agent",
)  # fmt: skip


def find_process(request: HttpRequest, process_slug: str) -> Process:
    """Return a process whose mail the person may read: 404 for a hidden process, 403 for the mail."""
    process = get_object_or_404(Process.objects.visible_to(request.user), slug=process_slug)
    authorize(request.user, "mailbox.view_mail", process)
    return process


def find_message(request: HttpRequest, process_slug: str, pk: int) -> InboundMessage:
    """Return a mail of the process that the person may read: 404 for any other."""
    process = find_process(request, process_slug)
    messages = InboundMessage.objects.visible_to(request.user).select_related(
        "account__process",
        "addition__proposal__process",
        "about__process",
        "set_aside_by",
        "update_request__round__plan",
        "invitation__meeting",
    )
    return get_object_or_404(messages, account__process=process, pk=pk)


@sign_in_required
@require_safe
def list_messages(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """List the mail of the process, folder by folder, the newest first."""
    process = find_process(request, process_slug)
    asked = request.GET.get("folder", "")
    folder = asked if asked in InboundMessage.Folder.values else InboundMessage.Folder.LANDED
    words = clean_line(request.GET.get("q", ""))[:100]
    number = whole_number(request.GET.get("number", ""))
    rows = InboundMessage.objects.visible_to(request.user).filter(account__process=process).in_folder(folder)
    if words:
        rows = rows.filter(
            Q(subject__icontains=words) | Q(from_address__icontains=words) | Q(from_name__icontains=words)
        )
    if number is not None:
        became = Landing.objects.filter(message=OuterRef("pk"), proposal__number=number)
        rows = rows.filter(Q(Exists(became)) | Q(addition__proposal__number=number))
    rows = (
        rows.select_related("addition__proposal").prefetch_related("landings__proposal").defer("history", "signature")
    )
    counts = queries.count_folders(process)
    context = {
        "process": process,
        "account": MailAccount.objects.filter(process=process).first(),
        "page": page_of(request, rows),
        "folders": [(value, label, counts[value]) for value, label in InboundMessage.Folder.choices],
        "folder": folder,
        "q": words,
        "number": number,
        "manages": is_allowed(request.user, "mailbox.save_account", process),
        "to_look_at": counts[InboundMessage.Folder.BROKEN],
        "waiting": count_waiting(process),
    }
    return render(request, "mailbox/list_messages.html", context)


@sign_in_required
@require_safe
def show_message(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Show one mail: what it says, what became of it, and what can be done with it."""
    message = find_message(request, process_slug, pk)
    landings = message.landings.select_related("proposal__process").defer("proposal__search")
    headers = headers_of(bytes(message.original.content))
    context = {
        "process": message.account.process,
        "message": message,
        "landings": landings,
        "files": message.files.select_related("attachment"),
        "hint": queries.hint_of(message),
        "checks": [_check(method, result) for method, result in message.checks.items() if method in CHECKS],
        "headers": [(name, value) for name in SHOWN_HEADERS for value in headers.get(name, ())[:3]],
        "waiting": count_waiting(message.account.process),
    }
    return render(request, "mailbox/show_message.html", context)


def _check(method: str, result: str) -> dict[str, Any]:
    words, color = RESULTS.get(result, (_("could not be checked"), "neutral"))
    return {"what": CHECKS[method], "words": words, "color": color, "name": f"{method.upper()}: {result}"}


@sign_in_required
@require_safe
def download_message_file(request: SignedInRequest, process_slug: str, pk: int, file_id: int) -> HttpResponse:
    """Give a file of a mail that was kept."""
    message = find_message(request, process_slug, pk)
    file = get_object_or_404(message.files.select_related("attachment"), pk=file_id)
    if file.attachment is None:
        raise Http404
    return cast("HttpResponse", attachment_response(file.attachment))


@sign_in_required
@require_safe
def download_original(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Give a mail as it came, to be saved and never shown."""
    message = find_message(request, process_slug, pk)
    response = HttpResponse(
        handling.download_original(message, by=request.user), content_type="application/octet-stream"
    )
    name = f"{message.account.process.slug}-{message.pk}.eml"
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
