# SPDX-License-Identifier: EUPL-1.2
"""The agenda of a meeting, made from what waits, by whoever calls its meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core import clock
from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.text import whole_number
from talka.meetings.forms.agenda import CustomForm, ItemForm, QuickItemForm
from talka.meetings.models import Custom, Meeting, Minutes
from talka.meetings.opening import open_item, open_meeting
from talka.meetings.operations import agenda, agenda_sending, customs
from talka.meetings.queries.agenda import agenda_for
from talka.meetings.queries.pending import pending_for
from talka.meetings.queries.readers import changes_since
from talka.processes.opening import open_process

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _page(meeting: Meeting) -> str:
    return reverse("meetings:manage_agenda", args=[meeting.process.slug, meeting.pk])


@sign_in_required
@require_safe
def manage_agenda(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show the agenda with its clock, what waits to be taken onto it, and how far it is told."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.add_item")
    return _show(request, meeting, QuickItemForm())


def _show(request: SignedInRequest, meeting: Meeting, form: QuickItemForm, status: int = 200) -> HttpResponse:
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    locked = meeting.is_cancelled or (minutes is not None and minutes.approved_at is not None)
    shown = agenda_for(meeting, request.user, inside=True)
    last = meeting.sent_agendas.first() if meeting.agenda_sent_at is not None else None
    context = {
        "process": meeting.process,
        "meeting": meeting,
        "agenda": shown,
        "sent": last,
        "changes": changes_since(last, shown) if last is not None else [],
        "may_send": not locked and (meeting.starts_at is None or meeting.starts_at > clock.now()),
        "locked": locked,
        "form": form,
    }
    return render(request, "meetings/manage_agenda.html", context, status=status)


@sign_in_required
@require_safe
def list_pending(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """List what waits for the meeting: on a page of its own, or as the part of the agenda's page that comes after it."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.add_item")
    part = "meetings/pending.html" if "HX-Request" in request.headers else "meetings/list_pending.html"
    pending = [] if meeting.is_cancelled else pending_for(meeting, request.user)
    return render(request, part, {"process": meeting.process, "meeting": meeting, "pending": pending})


@sign_in_required
@form_page
def add_item(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Add an item: with its title alone from the page of the agenda, or with all that is known of it."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.add_item")
    if "quick" in request.POST:
        return _add_quickly(request, meeting)
    form = ItemForm(*sent(request), meeting=meeting, user=request.user)
    return edit_page(
        request, "meetings/add_item.html", form,
        lambda **_typed: agenda.add_item(meeting, by=request.user, **form.item()),
        to=_page(meeting), said=_("The item is on the agenda."), process=meeting.process, meeting=meeting,
    )  # fmt: skip


def _add_quickly(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    form = QuickItemForm(request.POST)
    if not form.is_valid():
        return _show(request, meeting, form, 422)
    try:
        agenda.add_item(meeting, by=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _show(request, meeting, form, 409)
    return redirect(f"{_page(meeting)}#new")


@sign_in_required
@form_page
def change_item(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Change an item of the agenda."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.change_item")
    item = open_item(meeting, pk)
    form = ItemForm(*sent(request), meeting=meeting, user=request.user, row=item)
    return edit_page(
        request, "meetings/change_item.html", form,
        lambda **_typed: agenda.change_item(item, by=request.user, **form.item()),
        to=_page(meeting), said=_("The item is saved."), process=meeting.process, meeting=meeting, item=item,
    )  # fmt: skip


@sign_in_required
@require_POST
def remove_item(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Take an item off the agenda."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.remove_item")
    agenda.remove_item(open_item(meeting, pk), by=request.user)
    messages.success(request, _("The item is off the agenda."))
    return redirect(_page(meeting))


@sign_in_required
@require_POST
def place_item(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Put an item at another place: one up, one down, or where it was dropped."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.place_item")
    item, position = open_item(meeting, pk), whole_number(request.POST.get("position", ""))
    beside = whole_number(request.POST.get("beside", ""))
    if beside is not None:
        other, after = open_item(meeting, beside), request.POST.get("where") == "after"
        agenda.place_item_beside(item, by=request.user, beside=other, after=after)
    elif position is not None:
        agenda.place_item(item, by=request.user, position=position)
    else:
        agenda.move_item(item, by=request.user, up=request.POST.get("direction") == "up")
    return redirect(f"{_page(meeting)}#item-{item.pk}")


@sign_in_required
@require_POST
def take_pending(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Take what was chosen of what waits onto the agenda; ``all``: begin the agenda from all that is open."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.add_item")
    if "all" in request.POST:
        made = agenda.begin_agenda(meeting, by=request.user)
    else:
        keys = request.POST.getlist("pending")[:500]
        made = agenda.take_pending(meeting, by=request.user, keys=keys, together="together" in request.POST)
    if made:
        said = ngettext(
            "%(number)d item is taken onto the agenda.", "%(number)d items are taken onto the agenda.", len(made)
        )
        messages.success(request, said % {"number": len(made)})
    else:
        messages.warning(request, _("Choose what to take onto the agenda."))
    return redirect(_page(meeting))


@sign_in_required
@require_POST
def publish_agenda(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show the agenda on the page of the meeting, or take it off."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.publish_agenda")
    if "withdraw" in request.POST:
        agenda.withdraw_agenda(meeting, by=request.user)
        messages.success(request, _("The agenda is off the page of the meeting."))
    else:
        agenda.publish_agenda(meeting, by=request.user)
        messages.success(request, _("The agenda stands on the page of the meeting."))
    return redirect(_page(meeting))


@sign_in_required
@require_POST
def send_agenda(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Send the agenda to those invited and to the members, or what has changed in it."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.send_agenda")
    try:
        number = agenda_sending.send_agenda(meeting, by=request.user).letters
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(_page(meeting))
    said = ngettext("The agenda goes to %(number)d person.", "The agenda goes to %(number)d people.", number)
    messages.success(request, said % {"number": number})
    return redirect(_page(meeting))


@sign_in_required
@form_page
def change_custom(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Set in how many days agendas are sent and corrections taken, and how minutes are numbered."""
    process = open_process(request.user, process_slug, "meetings.change_custom")
    custom = Custom.objects.filter(process=process).first() or Custom(process=process)
    return edit_page(
        request, "meetings/change_custom.html", CustomForm(*sent(request), row=custom),
        lambda **fields: customs.change_custom(process, by=request.user, **fields),
        to=reverse("meetings:change_custom", args=[process.slug]), said=_("Saved."), process=process,
    )  # fmt: skip
