# SPDX-License-Identifier: EUPL-1.2
"""The page on which somebody invited says whether they come, without an account."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from talka.core.errors import Refused
from talka.core.ratelimit import rate_limited
from talka.meetings.forms.invitations import AnswerForm
from talka.meetings.link_holder import InvitationHolder
from talka.meetings.models import Invitation
from talka.meetings.operations.answering import InvitationTakenBack
from talka.meetings.operations.answering import answer_invitation as answer


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("answer_invitation")
def answer_invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show the meeting and take the answer. Opening the link answers nothing: mail scanners open links too."""
    known = Invitation.objects.select_related("person", "meeting__process__owner", "meeting__place")
    invitation = get_object_or_404(known.filter(forgotten_at__isnull=True), secret=secret)
    if invitation.withdrawn_at is not None:
        raise InvitationTakenBack
    response = _page(request, invitation)
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    meeting, status = invitation.meeting, 200
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, invitation=invitation, chosen=request.GET.get("answer", ""))
    if form.is_valid():
        try:
            answer(invitation, said=form.said(), by=InvitationHolder(invitation.pk))
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(
                request, _("Thank you, your answer is noted. You can change it here until the meeting begins.")
            )
            return redirect("meetings:answer_invitation", invitation.secret)
    elif form.is_bound:
        status = 422
    context: dict[str, Any] = {
        "invitation": invitation, "meeting": meeting, "process": meeting.process, "form": form,
        "groups": meeting.groups.all(), "visible": meeting.access == meeting.Access.PUBLIC,
    }  # fmt: skip
    return render(request, "meetings/answer_invitation.html", context, status=status)
