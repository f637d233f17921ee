# SPDX-License-Identifier: EUPL-1.2
"""What each person owes, and what is late in the processes that somebody coordinates."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import authorize
from talka.core.text import clean_line, whole_number
from talka.plans.queries.indicators import owns_indicators
from talka.plans.queries.owing import owed_by as updates_owed_by
from talka.processes.models import Process
from talka.proposals.added import owed_sections
from talka.proposals.operations.reminding import remind_of_late as remind
from talka.proposals.queries.owing import NextStep, by_due_day, coordinated_processes, owed_by, owing_in

PAGE = 50


@sign_in_required
@require_safe
def list_owed(request: SignedInRequest) -> HttpResponse:
    """Show everything whose next step is this person's to do, late ones first."""
    step = request.GET.get("step", "")
    step = step if step in NextStep.values else ""
    rows = owed_by(request.user)
    if step:
        rows = rows.filter(Q(step=step))
    shown = by_due_day(rows.select_related("process", "assigned_group", "assigned_person").defer("text", "search"))
    page = page_of(request, shown, size=PAGE)
    for proposal in page.object_list:
        proposal.step_label = NextStep(proposal.step).label
    context = {
        "page": page,
        "step": step,
        "steps": NextStep.choices,
        "late": rows.late().count(),
        "updates": updates_owed_by(request.user),
        "sections": owed_sections(request.user),
        "owns_indicators": owns_indicators(request.user),
    }
    return render(request, "proposals/list_owed.html", context)


def _asked(request: HttpRequest, slug: str) -> tuple[list[Process], list[Process]]:
    """Return the processes that the person coordinates, and those of them that are asked for."""
    authorize(request.user, "proposals.list_late", None)
    all_of_them = coordinated_processes(request.user)
    return all_of_them, [process for process in all_of_them if process.slug == slug] or all_of_them


@sign_in_required
@require_safe
def list_late(request: SignedInRequest) -> HttpResponse:
    """Show what is late or falls due within a week in the processes that the person coordinates, by who owes it."""
    slug = clean_line(request.GET.get("process", ""))[:80]
    mine, asked = _asked(request, slug)
    owing = owing_in(asked)
    context = {
        "owing": owing,
        "mine": mine,
        "asked": asked[0] if len(asked) == 1 < len(mine) else None,
        "late": sum(one.late for one in owing),
        "soon": sum(one.soon for one in owing),
        "can_remind": any(one.late and one.people for one in owing),
    }
    return render(request, "proposals/list_late.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def remind_of_late(request: SignedInRequest) -> HttpResponse:
    """Write to those who owe what is late: to all, or to one group or person."""
    slug = clean_line(request.POST.get("process", ""))[:80]
    mine, asked = _asked(request, slug)
    if request.method == "POST":
        try:
            number = remind(asked, by=request.user, key=_key(request.POST.get("to", "")))
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            said = ngettext("%(number)d person gets a letter.", "%(number)d people get letters.", number)
            messages.success(request, said % {"number": number})
    back = reverse("proposals:list_late")
    return redirect(f"{back}?process={asked[0].slug}" if len(asked) == 1 < len(mine) else back)


def _key(value: str) -> str:
    """Return whom a button names, or nobody in particular where it names nonsense."""
    kind, _sign, number = value.partition("-")
    return value if kind in {"group", "person"} and whole_number(number) is not None else ""
