# SPDX-License-Identifier: EUPL-1.2
"""Who is invited to a meeting and what they answered, for whoever runs it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize
from talka.core.text import whole_number
from talka.meetings.forms.invitations import AnswerForm, InviteForm
from talka.meetings.models import Invitation, Meeting
from talka.meetings.operations import answering, inviting
from talka.meetings.queries.invited import invited
from talka.plans.reply_address import reply_address
from talka.processes.queries import find_people, people_near

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _meeting(request: HttpRequest, process_slug: str, meeting_pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(request.user).select_related("process__owner", "place")
    meeting = get_object_or_404(meetings, process__slug=process_slug, pk=meeting_pk)
    authorize(request.user, "meetings.send_invitations", meeting)
    return meeting


def _invitation(meeting: Meeting, pk: int) -> Invitation:
    invitation: Invitation = get_object_or_404(meeting.invitations.standing().select_related("person"), pk=pk)
    invitation.meeting = meeting
    return invitation


def _list(meeting: Meeting) -> str:
    return reverse("meetings:manage_invitations", args=[meeting.process.slug, meeting.pk])


@sign_in_required
@require_safe
def manage_invitations(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show who is invited, what they answered and need, and what there is to send."""
    meeting = _meeting(request, process_slug, meeting_pk)
    context = {
        "process": meeting.process, "meeting": meeting, "invited": invited(meeting),
        "may_send": not (meeting.is_cancelled or meeting.is_over or meeting.starts_at is None),
        "reads_replies": bool(reply_address(meeting.process)),
    }  # fmt: skip
    return render(request, "meetings/manage_invitations.html", context)


@sign_in_required
@require_POST
def send_invitations(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Invite whoever is a member and not invited yet, and take back what members of old got."""
    meeting = _meeting(request, process_slug, meeting_pk)
    sent = inviting.send_invitations(meeting, by=request.user)
    if sent.invited:
        said = ngettext("%(number)d person is invited.", "%(number)d people are invited.", sent.invited)
        messages.success(request, said % {"number": sent.invited})
    if sent.invited > sent.letters:
        without = sent.invited - sent.letters
        said = ngettext(
            "%(number)d of them has no e-mail address; tell them otherwise.",
            "%(number)d of them have no e-mail address; tell them otherwise.",
            without,
        )
        messages.warning(request, said % {"number": without})
    if sent.taken_back:
        said = ngettext(
            "%(number)d invitation is taken back.", "%(number)d invitations are taken back.", sent.taken_back
        )
        messages.success(request, said % {"number": sent.taken_back})
    if not sent.invited and not sent.taken_back:
        messages.info(request, _("All members are invited already; nothing was sent."))
    return redirect(_list(meeting))


@sign_in_required
@require_POST
def remind_invited(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Write once more to those who have not answered."""
    meeting = _meeting(request, process_slug, meeting_pk)
    number = inviting.remind_invited(meeting, by=request.user)
    said = ngettext("%(number)d reminder is sent.", "%(number)d reminders are sent.", number)
    messages.success(request, said % {"number": number})
    return redirect(_list(meeting))


@sign_in_required
@form_page
def invite_person(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Invite one more person: a guest, a speaker, somebody of another group."""
    meeting = _meeting(request, process_slug, meeting_pk)
    process, words, chosen = (
        meeting.process,
        request.GET.get("q", "")[:200],
        whole_number(request.GET.get("person", "")),
    )
    person = people_near(process).filter(pk=chosen).first() if chosen else None
    data = request.POST if request.method == "POST" else None
    form = InviteForm(data, process=process, meeting=meeting, initial={"person": person.pk if person else None})
    return edit_page(
        request, "meetings/invite_person.html", form,
        lambda **fields: inviting.invite_person(meeting, by=request.user, **fields),
        to=_list(meeting), said=_("The person is invited."), process=process, meeting=meeting, person=person, words=words,
        found=find_people(process, words),
    )  # fmt: skip


@sign_in_required
@form_page
def enter_answer(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Enter what somebody answered by telephone or in person."""
    meeting = _meeting(request, process_slug, meeting_pk)
    invitation = _invitation(meeting, pk)
    form = AnswerForm(request.POST if request.method == "POST" else None, invitation=invitation, by_hand=True)

    def save(**_typed: Any) -> None:
        answering.enter_answer(invitation, said=form.said(), by=request.user)

    return edit_page(
        request, "meetings/enter_answer.html", form, save, to=_list(meeting), said=_("The answer is entered."),
        process=meeting.process, meeting=meeting, invitation=invitation,
    )  # fmt: skip


@sign_in_required
@require_POST
def withdraw_invitation(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Take one invitation back."""
    meeting = _meeting(request, process_slug, meeting_pk)
    invitation = _invitation(meeting, pk)
    inviting.withdraw_invitation(invitation, by=request.user)
    messages.success(request, _("The invitation of %(name)s is taken back.") % {"name": invitation.person.name})
    return redirect(_list(meeting))
