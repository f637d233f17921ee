# SPDX-License-Identifier: EUPL-1.2
"""Terms of acts, of the installation and of single processes, and the working days that were moved."""

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core import clock
from talka.core.editing import edit_page
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.processes.models import Process
from talka.processes.opening import open_process
from talka.proposals.forms.terms import MovedDayForm, TermForm
from talka.proposals.models import MovedDay, Regime, Term
from talka.proposals.operations import terms
from talka.proposals.queries.terms import terms_of


def _process(request: HttpRequest, process_slug: str) -> Process | None:
    """Return the process whose own terms are meant, to somebody who may set them; nothing for those of the installation."""
    return open_process(request.user, process_slug, "proposals.save_term") if process_slug else None


def _back(process: Process | None) -> str:
    if process is None:
        return reverse("proposals:list_terms")
    return reverse("proposals:list_process_terms", args=[process.slug])


@sign_in_required
@require_safe
def list_terms(request: SignedInRequest, process_slug: str = "") -> HttpResponse:
    """Show until when each act asks for an answer, since when; and those that a process has set for itself."""
    process = _process(request, process_slug)
    if process is None:
        authorize(request.user, "directory.view_directory")
    common, own = list(terms_of(None)), list(terms_of(process)) if process is not None else []
    context = {
        "process": process,
        "parts": [(label, [term for term in common if term.regime == value]) for value, label in Regime.choices],
        "own": own,
        "changes": is_allowed(request.user, "proposals.save_term", process),
        "regimes": Regime.choices,
    }
    return render(request, "proposals/list_terms.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def save_term(request: SignedInRequest, process_slug: str = "", pk: int | None = None) -> HttpResponse:
    """Enter or change a term."""
    process = _process(request, process_slug)
    authorize(request.user, "proposals.save_term", process)
    term = get_object_or_404(Term, pk=pk, process=process) if pk is not None else None
    asked = request.GET.get("regime", "")
    initial = {"valid_from": clock.today()} | ({"regime": asked} if asked in Regime.values else {})
    form = TermForm(request.POST or None, row=term, **({} if term else {"initial": initial}))
    return edit_page(
        request, "proposals/save_term.html", form, partial(terms.save_term, process, by=request.user, term=term),
        to=_back(process), said=_("The term is saved. The days of what waits for an answer follow from it."),
        process=process, term=term, back=_back(process),
    )  # fmt: skip


@sign_in_required
@require_POST
def delete_term(request: SignedInRequest, pk: int, process_slug: str = "") -> HttpResponse:
    """Remove a term."""
    process = _process(request, process_slug)
    authorize(request.user, "proposals.delete_term", process)
    term = get_object_or_404(Term.objects.select_related("process"), pk=pk, process=process)
    terms.delete_term(term, by=request.user)
    messages.success(request, _("The term is removed."))
    return redirect(_back(process))


# --- Moved working days ---------------------------------------------------------------------------


@sign_in_required
@require_safe
def list_moved_days(request: SignedInRequest) -> HttpResponse:
    """Show the working days that were moved, the latest first."""
    authorize(request.user, "directory.view_directory")
    context = {"days": MovedDay.objects.all(), "changes": is_allowed(request.user, "proposals.move_day", None)}
    return render(request, "proposals/list_moved_days.html", context)


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def move_day(request: SignedInRequest) -> HttpResponse:
    """Enter a working day that was moved."""
    authorize(request.user, "proposals.move_day", None)
    form = MovedDayForm(request.POST or None)
    return edit_page(
        request, "proposals/move_day.html", form, partial(terms.move_day, by=request.user),
        to=reverse("proposals:list_moved_days"), said=_("The day is entered. The days of what waits for an answer follow from it."),
    )  # fmt: skip


@sign_in_required
@require_POST
def restore_day(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back that a working day was moved."""
    authorize(request.user, "proposals.restore_day", None)
    terms.restore_day(get_object_or_404(MovedDay, pk=pk), by=request.user)
    messages.success(request, _("The entry is removed; the day is again what the calendar says."))
    return redirect("proposals:list_moved_days")
