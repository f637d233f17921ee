# SPDX-License-Identifier: EUPL-1.2
"""What one person owes word of, on one page: behind the secret link of a letter, or signed in."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required, unsent_fields
from talka.core.lists import page_of
from talka.core.ratelimit import rate_limited
from talka.directory.models import Person
from talka.plans.forms.updates import UpdateForm, forms_for, problems_of
from talka.plans.link_holder import UpdateHolder
from talka.plans.models import NodeVersion, Plan, UpdateRequest, UpdateRound
from talka.plans.opening import open_plan
from talka.plans.operations import answering
from talka.plans.queries.owing import (
    current_round,
    goes_on,
    indicators_owed,
    is_owed,
    with_last_word,
    works_of,
)  # fmt: skip
from talka.plans.views.answers import answer_of

PAGE = 25
_MOST_SENT = 200


class RequestEnded(Refused):
    message = gettext_lazy(
        "This link is no longer valid. Ask whoever looks after the plan, or wait for the next letter."
    )


@dataclass(frozen=True)
class Asked:
    """Who is asked, of which plan, since when; and as whom they act."""

    plan: Plan
    person: Person
    round: UpdateRound | None
    by: Any


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("answer_round")
def answer_round(request: HttpRequest, secret: str) -> HttpResponse:
    """Say how one's actions are going, by the link in the letter, without an account."""
    known = UpdateRequest.objects.select_related("person", "round__plan__process__owner")
    asked = get_object_or_404(known, secret=secret)
    if not UpdateRequest.objects.open().filter(pk=asked.pk).exists():
        raise RequestEnded
    plan = asked.round.plan
    who = Asked(plan, asked.person, asked.round, UpdateHolder(asked.person_id, plan.pk))
    response = _answer_page(
        request, who, "plans/answer_round.html", here=reverse("plans:answer_round", args=[secret]), process=plan.process
    )
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer_owed(request: SignedInRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Say how one's actions are going, signed in."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.answer_owed")
    who = Asked(plan, request.user.person, current_round(plan), request.user)
    here = reverse("plans:answer_owed", args=[process_slug, plan_slug])
    return _answer_page(request, who, "plans/answer_owed.html", here=here)


def _own(who: Asked) -> Any:
    """Return what the person answers for and has not ended, or has ended in this round; what is owed first."""
    shown = goes_on() if who.round is None else goes_on() | Q(node__latest__round=who.round)
    owed = Case(When(is_owed(who.plan, who.round), then=Value(0)), default=Value(1), output_field=IntegerField())
    own: Any = works_of(who.plan).filter(shown, node__owner=who.person).annotate(rank=owed)
    return with_last_word(own).prefetch_related("funding", "node__outlays").order_by(F("rank"), "position", "pk")


def _answer_page(request: HttpRequest, who: Asked, template: str, *, here: str, **context: Any) -> HttpResponse:
    own, status, refusal = _own(who), 200, ""
    if request.method == "POST":
        keys = [name[1:-5] for name in request.POST if name.startswith("n") and name.endswith("-text")][:_MOST_SENT]
        page = page_of(
            request, own.filter(node__in=[int(key) for key in keys if key.isascii() and key.isdigit()]), size=_MOST_SENT
        )
        versions: list[NodeVersion] = list(page.object_list)
        sent = forms_for(versions, request.POST)
        right = [form for form in sent if form.says_something and form.is_valid()]
        wrong = [form for form in sent if form.says_something and not form.is_valid()]
        try:
            answering.answer_round(
                [answer_of(form) for form in right], by=who.by, person=who.person, in_round=who.round
            )
        except Refused as refused:
            refusal, status, wrong = str(refused), 409, right + wrong
        else:
            _say(request, len(right), wrong=bool(wrong))
            if not wrong:
                return redirect(here)
            status = 422
        shown: list[UpdateForm] = wrong
        problems = problems_of(wrong)
    else:
        page = page_of(request, own, size=PAGE)
        shown, problems = forms_for(list(page.object_list), _kept(request)), []
    context |= {
        "plan": who.plan, "round": who.round, "person": who.person, "page": page, "forms": shown, "problems": problems,
        "refusal": refusal, "here": here, "only_wrong": status in {409, 422},
        "owed": own.filter(Q(rank=0)).count(), "number": own.count(),
        "indicators": indicators_owed(who.plan, [who.person.pk]).get(who.person.pk, []),
    }  # fmt: skip
    return render(request, template, context, status=status)


def _say(request: HttpRequest, right: int, *, wrong: bool) -> None:
    if right:
        said = ngettext("%(number)d action is saved. Thank you.", "%(number)d actions are saved. Thank you.", right)
        messages.success(request, said % {"number": right})
    elif not wrong:
        messages.info(request, _("Nothing was filled in, so nothing is changed."))


def _kept(request: HttpRequest) -> QueryDict | None:
    """Return what was being sent when the session ended, to be shown again."""
    fields = unsent_fields(request)
    if fields is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    messages.info(request, _("You had to sign in again. What you had written is kept here; send it once more."))
    return data
