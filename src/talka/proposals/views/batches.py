# SPDX-License-Identifier: EUPL-1.2
"""One answer prepared for many entries, each author addressed and each number named."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.permissions import authorize
from talka.core.text import whole_number
from talka.processes.models import Process
from talka.proposals import queries
from talka.proposals.forms.answers import BatchForm, say_empty_fields
from talka.proposals.models import Proposal, ReplyTemplate
from talka.proposals.operations import answering
from talka.proposals.operations.answering import Answer
from talka.proposals.views.register import find_process, me, picked_entries

MOST_TOGETHER = 200
"""As many entries as one form can hold with a text of its own for each."""


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def prepare_replies(request: HttpRequest, process_slug: str) -> HttpResponse:
    """Write the common answer to the entries that the address names (``?pick=31&pick=40``)."""
    process = find_process(request, process_slug)
    authorize(request.user, "proposals.prepare_replies", process)
    if request.method == "POST" and "reason" not in request.POST:
        return _with_picks(request, process)
    asked = {
        number for one in request.GET.getlist("pick") if (number := whole_number(one)) is not None and len(one) < 10
    }
    picked = _entries(request, process, asked)
    open_ones = [proposal for proposal in picked if proposal.answered_at is None and proposal.withdrawn_at is None]
    left_out = [proposal for proposal in picked if proposal not in open_ones]
    if not open_ones or len(open_ones) > MOST_TOGETHER:
        messages.error(request, _none_to_answer(left_out, len(open_ones)))
        return redirect("proposals:show_register", process_slug)
    offered = queries.signers(open_ones[0], request.user)
    template = _template(request, process)
    form = BatchForm(
        request.POST if request.method == "POST" else None, proposals=open_ones, offered=offered,
        initial=_begin(request, template, offered),
    )  # fmt: skip
    status, previews = 200, {}
    if request.method == "POST" and form.is_valid() and not _lacks(form):
        if request.POST.get("do") != "preview":
            try:
                answers = _answers(form)
                answering.prepare_replies(answers, by=me(request), **form.signature())
            except Refused as refused:
                form.add_error(None, str(refused))
                status = 409
            else:
                return _done(request, process, len(answers))
        else:
            previews = {answer.proposal.number: answer for answer in _answers(form)}
    elif form.errors:
        status = 422
    rows = [row | {"preview": previews.get(row["proposal"].number)} for row in form.rows()]
    context = {
        "process": process, "form": form, "rows": rows, "left_out": left_out, "previewed": bool(previews),
        "templates": queries.reply_templates(process), "template": template, "picks": [proposal.number for proposal in picked],
    }  # fmt: skip
    return render(request, "proposals/prepare_replies.html", context, status=status)


def _with_picks(request: HttpRequest, process: Process) -> HttpResponse:
    """Lead from the ticks in the register to the form, whose address names the entries."""
    picked = picked_entries(request, process)
    back = reverse("proposals:show_register", args=[process.slug])
    if not picked:
        messages.error(request, _("Tick the entries first."))
    elif len(picked) > MOST_TOGETHER:
        messages.error(request, _none_to_answer([], len(picked)))
    else:
        numbers = urlencode([("pick", proposal.number) for proposal in picked])
        return redirect(f"{reverse('proposals:prepare_replies', args=[process.slug])}?{numbers}")
    asked = QueryDict(request.POST.get("asked", ""))
    return redirect(f"{back}?{asked.urlencode()}" if asked else back)


def _entries(request: HttpRequest, process: Process, numbers: set[int]) -> list[Proposal]:
    rows = Proposal.objects.worked_on_by(request.user).filter(process=process, number__in=numbers)
    related = ("process", "assigned_group", "author", "reply")
    return list(rows.select_related(*related).defer("search").order_by("number")[: 2 * MOST_TOGETHER])


def _none_to_answer(left_out: Sequence[Proposal], number: int) -> str:
    if number > MOST_TOGETHER:
        return _("At most %(number)d entries can be answered together. Narrow the list by its filters.") % {
            "number": MOST_TOGETHER
        }
    if left_out:
        return _("Nothing to answer: %(references)s have been answered or withdrawn.") % {
            "references": ", ".join(proposal.reference for proposal in left_out)
        }
    return _("Tick the entries first.")


def _template(request: HttpRequest, process: Process) -> ReplyTemplate | None:
    key = whole_number(request.GET.get("template", ""))
    return ReplyTemplate.objects.filter(process=process, pk=key).first() if key is not None else None


def _begin(request: HttpRequest, template: ReplyTemplate | None, offered: list[queries.Signer]) -> dict[str, Any]:
    mine = next((signer for signer in offered if signer.person.user_id == request.user.pk), None)
    begin = {"signer": str(mine.person.pk) if mine else ""}
    return begin | ({"reason": template.text, "outcome": template.outcome} if template is not None else {})


def _lacks(form: BatchForm) -> bool:
    """Say in the form, and return, whether fields in braces would stay empty for some."""
    lacks = False
    for proposal in form.chosen():
        own = form.cleaned_data[f"own-{proposal.number}"]
        empty = queries.empty_fields(own or form.cleaned_data["reason"], [proposal], form.signed_as())
        lacks = say_empty_fields(form, f"own-{proposal.number}" if own else "reason", empty) or lacks
    return lacks


def _answers(form: BatchForm) -> list[Answer]:
    """Return what each of the ticked entries would be answered."""
    data = form.cleaned_data
    return [
        Answer(
            proposal,
            queries.filled(data[f"own-{proposal.number}"] or data["reason"], proposal, form.signed_as()),
            data[f"version-{proposal.number}"] or 0,
        )
        for proposal in form.chosen()
    ]


def _done(request: HttpRequest, process: Process, number: int) -> HttpResponse:
    said = ngettext(
        "%(number)d answer is prepared. Tick it below and publish it.",
        "%(number)d answers are prepared. Tick them below and publish them.",
        number,
    )
    messages.success(request, said % {"number": number})
    return redirect(f"{reverse('proposals:show_register', args=[process.slug])}?state=prepared")
