# SPDX-License-Identifier: EUPL-1.2
"""The form on paper, for those who write by hand."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from talka.core import clock, dates, typesetting
from talka.core.keeping import kept_for_visitors
from talka.core.text import shorten
from talka.processes.models import Channel, Phase, Process
from talka.proposals.models import Author

HANDED_IN = (Channel.Kind.PAPER, Channel.Kind.DESK, Channel.Kind.EMAIL, Channel.Kind.PHONE)


@require_safe
@kept_for_visitors
def print_blank_form(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Give the form of a process as a PDF to print and fill in by hand."""
    visible = Process.objects.visible_to(request.user).select_related("owner").prefetch_related("phases")
    process = get_object_or_404(visible, slug=process_slug)
    content = typesetting.pdf("proposals/blank_form.typ", _facts(process), made_at=clock.now())
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{process.slug}.pdf") or "inline"
    return response


def _facts(process: Process) -> dict[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    page = settings.TALKA_URL + reverse("portal:show_process", args=[process.slug])
    privacy = settings.TALKA_URL + reverse("portal:personal_data")
    return {
        "language": language,
        "title": f"{_('Proposal on paper')}: {process.title}",
        "owner": str(process.owner),
        "heading": _("Proposal"),
        "process": process.title,
        "process_language": process.language,
        "ways": [*_ways(process), _("On the web, also to read the answers: %(address)s") % {"address": page}],
        "until": _until(process, language),
        "answers": [str(way.label) for way in Author.AnswerBy],
        "words": _words() | {
            "privacy": _("Name and contacts are seen only by those who keep the register of proposals, and are used to answer you. More: %(address)s")
            % {"address": privacy},
        },
    }  # fmt: skip


def _ways(process: Process) -> list[str]:
    """Return where the form can be handed in, as the process names it; the owner where it names nothing."""
    ways = []
    for channel in process.channels.filter(kind__in=HANDED_IN).select_related("place"):
        place = channel.place
        address = ", ".join(part for part in (place.name, place.address) if part) if place is not None else ""
        where = ", ".join(part for part in (channel.value, address) if part)
        if where:
            ways.append(f"{str(channel.get_kind_display()).capitalize()}: {shorten(where, 140)}")
    owner = process.owner
    return ways[:4] or [", ".join(part for part in (str(owner), owner.email, owner.phone) if part)]


def _until(process: Process, language: str) -> str:
    """Say until when proposals are taken: the last day of what is open now, or that nothing is."""
    open_now = [phase for phase in process.open_phases() if Phase.Deed.PROPOSE in phase.allows]
    if not process.allows(Phase.Deed.PROPOSE):
        return _("No phase of this process that takes proposals is open today.")
    ends: list[date] = [phase.ends_on for phase in open_now if phase.ends_on is not None]
    if len(ends) < len(open_now):
        return ""
    return _("Proposals are taken until %(day)s") % {"day": dates.short_date(max(ends), language)}


def _words() -> dict[str, str]:
    return {
        "office": _("Filled in by the municipality"),
        "number": pgettext("of a proposal", "Number"),
        "received": _("Received"),
        "what": _("What do you propose?"),
        "hint": _("Say what, where and why. If there is not enough room, write on the other side or add sheets."),
        "author": _("Who you are"),
        "author_hint": _("You may leave this empty; then the answer can only be read on the web."),
        "name": pgettext("person", "Name"),
        "address": _("Postal address"),
        "email": _("E-mail"),
        "phone": _("Telephone"),
        "answer": _("How to answer you"),
        "name_public": _("My name may be published with the proposal"),
        "keep_private": _("Only for the municipality: do not publish my proposal"),
        "date": _("Date"),
        "signature": _("Signature"),
        "more": _("Continuation"),
    }
