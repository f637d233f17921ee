# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from talka.core import clock
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize
from talka.core.text import clean_line, whole_number
from talka.privacy import operations
from talka.privacy.forms import ClosingForm, ErasingForm, RequestForm, SearchForm
from talka.privacy.packing import pack
from talka.privacy.queries import Held, due_list, find_held, own_held, picked_held

PAGE = 100
AHEAD = (0, 31, 92, 366)
"""For how many days ahead the list of what is due can be asked."""


# --- One person's data, when they ask -----------------------------------------------------------------


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find_person(request: SignedInRequest) -> HttpResponse:
    """Look for one person's data; the name stands in the body of the request only, and the search in the log."""
    authorize(request.user, "privacy.find_person")
    if request.method != "POST":
        return render(request, "privacy/find_person.html", {"form": SearchForm()})
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "privacy/find_person.html", {"form": form}, status=422)
    held = find_held(form.wanted(), by=request.user)
    operations.note_search(held, by=request.user)
    return _found_page(request, form, held, RequestForm(), set())


def _found_page(
    request: HttpRequest, form: SearchForm, held: Held, asking: RequestForm, picks: set[str], status: int = 200
) -> HttpResponse:
    rows = [(holder, found, f"{holder.name}/{found.key}") for holder, found in held]
    context = {"form": form, "searched": True, "rows": rows, "picks": picks, "asking": asking}
    return render(request, "privacy/find_person.html", context, status=status)


def _picked(request: SignedInRequest) -> Held:
    return picked_held(request.POST.getlist("pick")[:1000], by=request.user)


def _asked_again(request: SignedInRequest, asking: RequestForm) -> HttpResponse:
    """Show what was found once more, with the ticks and what was written, and say what is missing."""
    form = SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "privacy/find_person.html", {"form": form}, status=422)
    if not request.POST.getlist("pick"):
        asking.add_error(None, _("Tick what belongs to the person."))
    held = find_held(form.wanted(), by=request.user)
    return _found_page(request, form, held, asking, set(request.POST.getlist("pick")), 422)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_person(request: SignedInRequest) -> HttpResponse:
    """Give out what was picked of one person's data, as a ZIP."""
    authorize(request.user, "privacy.export_person")
    if request.method != "POST":
        return redirect("privacy:find_person")
    asking, picked = RequestForm(request.POST), _picked(request)
    if not asking.is_valid() or not picked:
        return _asked_again(request, asking)
    operations.export_person(picked, by=request.user, reason=asking.cleaned_data["reason"])
    return _zip(picked)


def _zip(picked: Held) -> HttpResponse:
    name = _("personal-data-%(day)s.zip") % {"day": clock.today().isoformat()}
    response = FileResponse(pack(picked), as_attachment=True, filename=name, content_type="application/zip")
    response["Cache-Control"] = "no-store"
    return cast("HttpResponse", response)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erase_person(request: SignedInRequest) -> HttpResponse:
    """Say in words what will be erased, ask once more, and erase it."""
    authorize(request.user, "privacy.find_person")
    if request.method != "POST":
        return redirect("privacy:find_person")
    asking, picked = RequestForm(request.POST), _picked(request)
    if not picked or not asking.is_valid():
        return _asked_again(request, asking)
    last = "sure" in request.POST
    form = ErasingForm(request.POST if last else None, initial={"reason": asking.cleaned_data["reason"]})
    status = 200
    if last and form.is_valid():
        leave = form.cleaned_data["leave_public"] == "yes"
        try:
            number = operations.erase_picked(
                picked, by=request.user, reason=form.cleaned_data["reason"], leave_public=leave
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            said = ngettext("%(number)d entry has been erased.", "%(number)d entries have been erased.", number)
            messages.success(request, said % {"number": number})
            return redirect("privacy:find_person")
    elif last:
        status = 422
    context = {
        "form": form,
        "erased": [one for one in picked if not one[1].kept_because],
        "kept": [one for one in picked if one[1].kept_because],
        "picks": request.POST.getlist("pick"),
        "search": {name: request.POST.get(name, "") for name in SearchForm.base_fields},
    }
    return render(request, "privacy/erase_person.html", context, status=status)


# --- What is due after its term -------------------------------------------------------------------------


@sign_in_required
@require_safe
def list_due(request: SignedInRequest) -> HttpResponse:
    """List whose data will be erased on which day, before it happens."""
    authorize(request.user, "privacy.list_due")
    asked = whole_number(request.GET.get("days", ""))
    days = asked if asked in AHEAD else 92
    scope = clean_line(request.GET.get("process", ""))[:80]
    page = whole_number(request.GET.get("page", "")) or 1
    found = due_list(clock.today() + timedelta(days=days), by=request.user, scope=scope, page=page, size=PAGE)
    pages = Paginator(range(found.number), PAGE).get_page(page)
    context = {
        "page": pages,
        "rows": found.rows,
        "by_process": found.by_scope,
        "days": days,
        "ahead": AHEAD,
        "chosen": scope,
        "today": clock.today(),
        "months": settings.KEEP_MONTHS,
    }
    return render(request, "privacy/list_due.html", context)


# --- One's own ------------------------------------------------------------------------------------------


@sign_in_required
@never_cache
@require_safe
def show_own_data(request: SignedInRequest) -> HttpResponse:
    """Show what is held about whoever is signed in, and what they can do about it."""
    counts: dict[str, int] = {}
    for holder, _found in own_held(request.user):
        counts[str(holder.label)] = counts.get(str(holder.label), 0) + 1
    context = {"counts": counts.items(), "needed": operations.is_account_needed(request.user)}
    return render(request, "privacy/show_own_data.html", context)


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export_own_data(request: SignedInRequest) -> HttpResponse:
    """Give somebody all that is held about them."""
    if request.method != "POST":
        return redirect("privacy:show_own_data")
    operations.export_own_data(request.user, by=request.user)
    return _zip(own_held(request.user))


@sign_in_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close_account(request: SignedInRequest) -> HttpResponse:
    """Ask once more, then close one's own account."""
    form = ClosingForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        account: Any = request.user
        try:
            operations.close_account(account, by=account)
        except Refused as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            logout(request)
            messages.success(request, _("Your account is closed."))
            return redirect("portal:show_home")
    elif form.errors:
        status = 422
    context = {"form": form, "needed": operations.is_account_needed(request.user)}
    return render(request, "privacy/close_account.html", context, status=status)
