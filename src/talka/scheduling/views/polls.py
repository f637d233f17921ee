# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.core.ratelimit import rate_limited
from talka.processes.opening import actor, open_process
from talka.scheduling.forms.polls import AnswerForm, ClosePollForm, PollForm
from talka.scheduling.link_holder import PollHolder
from talka.scheduling.models import DatePoll, PollPerson
from talka.scheduling.operations import polls
from talka.scheduling.poll_wording import best_words
from talka.scheduling.queries.polls import results_of

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _poll(request: HttpRequest, process_slug: str, pk: int, verb: str) -> DatePoll:
    """Return a poll of this very process to somebody who may do ``verb`` to it."""
    process = open_process(request.user, process_slug, "processes.view_workspace")
    found = DatePoll.objects.select_related("process__owner", "meeting").prefetch_related("groups")
    poll = get_object_or_404(found, process=process, pk=pk)
    authorize(request.user, verb, poll)
    return poll


def poll_page(poll: DatePoll) -> str:
    """Return the address of a poll's page."""
    return reverse("scheduling:manage_poll", args=[poll.process.slug, poll.pk])


@sign_in_required
@require_safe
def manage_polls(request: HttpRequest, process_slug: str) -> HttpResponse:
    """List the date polls that the person runs, the latest first."""
    process = open_process(request.user, process_slug, "processes.view_workspace")
    found = DatePoll.objects.visible_to(request.user).filter(process=process)
    context: dict[str, Any] = {
        "process": process,
        "polls": found.select_related("meeting").prefetch_related("groups", "people"),
        "may_create": is_allowed(request.user, "scheduling.create_poll", process),
    }
    return render(request, "scheduling/manage_polls.html", context)


@sign_in_required
@form_page
def create_poll(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Ask the members of groups when they could meet."""
    process = open_process(request.user, process_slug, "scheduling.create_poll")

    def save(*, groups: Any, times: Any, **fields: Any) -> DatePoll:
        return polls.create_poll(process, groups=list(groups), spans=times, by=actor(request), **fields)

    return edit_page(
        request, "scheduling/create_poll.html", PollForm(*sent(request), process=process, by=request.user), save,
        to=poll_page, said=_("The poll is open. Whoever has an e-mail address gets a letter with a link."), process=process,
    )  # fmt: skip


@sign_in_required
@require_safe
def manage_poll(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Show who answered what, which time suits most, and who has not answered."""
    poll = _poll(request, process_slug, pk, "scheduling.manage_poll")
    results = results_of(poll)
    context = {
        "process": poll.process, "poll": poll, "results": results, "best": best_words(results),
        "links": [(one, polls.own_page(one)) for one in results.missing if not one.email],
    }  # fmt: skip
    return render(request, "scheduling/manage_poll.html", context)


@sign_in_required
@require_POST
def remind_missing(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Remind those who have not answered."""
    poll = _poll(request, process_slug, pk, "scheduling.remind_missing")
    number = polls.remind_missing(poll, by=actor(request))
    said = ngettext("%(number)d person is reminded.", "%(number)d people are reminded.", number)
    messages.success(request, said % {"number": number})
    return redirect(poll_page(poll))


@sign_in_required
@form_page
def close_poll(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Close a poll without a meeting."""
    poll = _poll(request, process_slug, pk, "scheduling.close_poll")
    return edit_page(
        request, "scheduling/close_poll.html", ClosePollForm(*sent(request)),
        lambda reason: polls.close_poll(poll, by=actor(request), reason=reason),
        to=poll_page(poll), said=_("The poll is closed."), process=poll.process, poll=poll,
    )  # fmt: skip


@sign_in_required
@require_POST
def choose_option(request: HttpRequest, process_slug: str, pk: int, option_pk: int) -> HttpResponse:
    """Call the meeting at one of the times, and go on to where and how it meets."""
    poll = _poll(request, process_slug, pk, "scheduling.choose_option")
    option = get_object_or_404(poll.options.select_related("poll__process"), pk=option_pk)
    meeting = polls.choose_option(option, by=actor(request))
    messages.success(request, _("The meeting is on the calendar, and the poll is closed. Say here where it meets."))
    return redirect("meetings:change_meeting", process_slug, meeting.pk)


@csrf_exempt  # nobody can forge what only the secret link reaches; an answer is never lost to a missing cookie
@form_page
@rate_limited("answer_poll")
def answer_poll(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the answers of whoever holds the link; what was typed stays when the poll was closed meanwhile."""
    found = PollPerson.objects.select_related("poll__process", "poll__meeting", "person")
    asked = get_object_or_404(found, secret=secret)
    form, status = AnswerForm(sent(request)[0], asked=asked), 200
    if request.method == "POST" and form.is_valid():
        try:
            polls.answer_poll(
                asked, answers=form.answers(), comment=form.cleaned_data["comment"], by=PollHolder(asked.pk)
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _("Thank you, your answer is saved. You can change it until the last day."))
            return redirect("scheduling:answer_poll", secret)
    elif request.method == "POST":
        status = 422
    poll = asked.poll
    context = {
        "poll": poll, "process": poll.process, "asked": asked, "form": form, "times": [form[name] for name in form.options],
        "results": results_of(poll) if asked.answered_at or not poll.takes_answers else None,
    }  # fmt: skip
    response = render(request, "scheduling/answer_poll.html", context, status=status)
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
