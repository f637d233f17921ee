# SPDX-License-Identifier: EUPL-1.2
"""The coordinator's pages about updates: who owes what since when, asking, reminding, replies that are not clear."""

import re
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core import clock
from talka.core.dates import month_name
from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line, whole_number
from talka.directory.models import Person
from talka.plans.forms.updates import AsideForm, RoundForm, forms_for, problems_of
from talka.plans.models import Plan, UnclearReply
from talka.plans.opening import open_plan
from talka.plans.operations import replies, rounds
from talka.plans.queries.owing import current_round, goes_on, with_last_word, works_of
from talka.plans.queries.owing_lists import What, chosen_works, figures_of, institutions_of, load_owners, owners_of
from talka.plans.reply_address import reply_address
from talka.plans.views.answers import answer_of
from talka.processes.opening import actor

PAGE = 25
_QUERY = re.compile(r"(?:(?:what|institution|name)=[A-Za-z0-9_.%+-]*&?)+")


def _list(plan: Plan) -> str:
    return reverse("plans:list_owing", args=[plan.process.slug, plan.slug])


@sign_in_required
@require_safe
def list_owing(request: SignedInRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show who owes word of what, since when; what is stale, was never heard of, or has nobody who answers for it."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.list_owing")
    asked = request.GET.get("what", "")
    what = What(asked) if asked in What.values else What.OWED
    institution = whole_number(request.GET.get("institution", ""))
    update_round = current_round(plan)
    name = clean_line(request.GET.get("name", ""))[:100]
    works = chosen_works(plan, update_round, what, institution, name)
    nobody = what == What.NOBODY
    rows: Any = with_last_word(works) if nobody else owners_of(works)
    page = page_of(request, rows, size=PAGE)
    context = {
        "process": plan.process,
        "plan": plan,
        "round": update_round,
        "figures": figures_of(plan, update_round) if update_round is not None else None,
        "what": what,
        "whats": What.choices,
        "institution": institution,
        "name": name,
        "institutions": institutions_of(plan),
        "page": page,
        "owners": [] if nobody else load_owners(plan, update_round, works, list(page.object_list)),
        "nobody": nobody,
        "without_owner": 0 if nobody else works.filter(node__owner__isnull=True).count(),
        "replies": UnclearReply.objects.visible_to(request.user).waiting().filter(request__round__plan=plan)
        .select_related("request__person"),
        "writes": is_allowed(request.user, "plans.open_round", plan),
        "asked": urlencode([(name, request.GET[name]) for name in ("what", "institution", "name") if request.GET.get(name)]),
    }  # fmt: skip
    return render(request, "plans/list_owing.html", context)


@sign_in_required
@require_POST
def remind_owners(request: SignedInRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Write to the owners that were chosen."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.remind_owners")
    keys = [key for key in map(whole_number, request.POST.getlist("person")[:1000]) if key is not None]
    people = list(Person.objects.filter(pk__in=keys, owned_nodes__plan=plan).distinct())
    if not people:
        messages.error(request, _("Choose at least one person."))
    else:
        try:
            number = rounds.remind_owners(plan, people=people, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("%(number)d person gets a letter.", "%(number)d people get letters.", number)
            messages.success(request, said % {"number": number})
    asked = request.POST.get("asked", "")[:400]
    return redirect(f"{_list(plan)}?{asked}" if _QUERY.fullmatch(asked) else _list(plan))


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Ask all owners of a plan how it is going, with a last day to answer."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.open_round")
    today = clock.today()
    month = month_name(today.year, today.month, get_language() or plan.process.language)
    initial = {
        "name": _("Updates, %(month)s") % {"month": month},
        "due_on": today + timedelta(days=plan.update_days),
    }
    owners = Person.objects.filter(
        pk__in=works_of(plan).filter(goes_on(), node__owner__isnull=False).order_by().values("node__owner")
    )
    to_call = owners.filter(email="").exclude(user__is_active=True)
    return edit_page(
        request, "plans/open_round.html", RoundForm(*sent(request), initial=initial),
        lambda **fields: rounds.open_round(plan, by=actor(request), **fields),
        to=_list(plan), said=_("The letters leave within a few minutes."), process=plan.process, plan=plan,
        asked=owners.count(), to_call=to_call, works=works_of(plan).filter(goes_on(), node__owner__isnull=False).count(),
        answers_to=reply_address(plan.process),
    )  # fmt: skip


def _reply(request: HttpRequest, plan: Plan, pk: int) -> UnclearReply:
    waiting = UnclearReply.objects.visible_to(request.user).filter(request__round__plan=plan)
    reply = get_object_or_404(waiting.select_related("request__person", "request__round"), pk=pk)
    reply.request.round.plan = plan
    return reply


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def settle_reply(request: SignedInRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Read a reply that was not clear, and enter by hand what it says."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.list_owing")
    reply = _reply(request, plan, pk)
    authorize(request.user, "plans.settle_reply", reply)
    own = works_of(plan).filter(node__owner=reply.request.person_id)
    doubtful = {code for code, _doubt in reply.doubts if code}
    versions = list(with_last_word(own).prefetch_related("funding", "node__outlays"))
    versions.sort(key=lambda version: version.code not in doubtful)
    forms = forms_for(versions, request.POST if request.method == "POST" else None, dated=True)
    status, refusal, problems = 200, "", []
    if request.method == "POST":
        said = [form for form in forms if form.says_something]
        if not all(form.is_valid() for form in said):
            status, problems = 422, problems_of(said)
        else:
            try:
                replies.settle_reply(reply, answers=[answer_of(form) for form in said], by=request.user)
            except Refused as refused:
                status, refusal = 409, str(refused)
            else:
                messages.success(request, _("The reply is taken in."))
                return redirect(_list(plan))
    context = {
        "process": plan.process, "plan": plan, "reply": reply, "forms": forms, "problems": problems, "refusal": refusal,
    }  # fmt: skip
    return render(request, "plans/settle_reply.html", context, status=status)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def set_aside_reply(request: HttpRequest, process_slug: str, plan_slug: str, pk: int) -> HttpResponse:
    """Say that a reply holds nothing to be entered, and why."""
    plan = open_plan(request.user, process_slug, plan_slug, "plans.list_owing")
    reply = _reply(request, plan, pk)
    authorize(request.user, "plans.set_aside_reply", reply)
    return edit_page(
        request, "plans/set_aside_reply.html", AsideForm(*sent(request)),
        lambda **fields: replies.set_aside_reply(reply, by=actor(request), **fields),
        to=_list(plan), said=_("The reply is set aside."), process=plan.process, plan=plan, reply=reply,
    )  # fmt: skip
