# SPDX-License-Identifier: EUPL-1.2
"""Documents and open data of a plan, to take away."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from talka.core import clock
from talka.core.http import is_forged
from talka.core.permissions import is_allowed
from talka.core.ratelimit import rate_limited, spend
from talka.core.requests import visitor_key
from talka.core.text import whole_number
from talka.files.downloads import attachment_response
from talka.plans.documents.making import FORMATS, Kind, Wish, is_quick, make
from talka.plans.documents.opendata import TYPES, VERSION, dictionary
from talka.plans.models import Edition, Plan, PlanDocument
from talka.plans.opening import open_edition, open_plan
from talka.plans.operations import documents_out
from talka.plans.operations.documents_out import KEEP, NoSuchDocument, check_wish, kept_document, wish_of

_TEXTS = {
    Kind.WHOLE: lambda: _("Parts of the plan, actions, investments with their money, indicators."),
    Kind.ACTIONS: lambda: _("What is to be done, by whom, until when."),
    Kind.INVESTMENTS: lambda: _("Investments with their money by source and year."),
    Kind.YEAR: lambda: _("Actions, investments and money of one year, by institution: the base of its work plan and budget."),
    Kind.MONITORING: lambda: _("By part of the plan: indicators with charts, actions by status, money, last news."),
    Kind.DIFFERENCE: lambda: _("What was added, amended and removed since the other edition, and why."),
    Kind.TABLE: lambda: _(
        "All parts of the plan, actions and investments in one table that can be changed and imported again, without indicators. "
        "XLSX, CSV and JSON of the whole plan can be imported too."
    ),
    Kind.WORKING: lambda: _("The table with the names of those who answer. Only for those who work on the plan; do not publish it."),
}  # fmt: skip
_OPEN_DATA = ("csv", "json")


@require_safe
def list_downloads(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Show which documents can be taken, of which edition and year."""
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    editions = list(Edition.objects.visible_to(request.user).filter(plan=plan).order_by("-number"))
    context: dict[str, Any] = {"process": plan.process, "plan": plan, "edition": edition, "editions": editions}
    if edition is not None:
        year, since = _chosen(request, plan, edition, editions)
        context |= {
            "year": year,
            "since": since,
            "earlier": [one for one in editions if one.number < edition.number],
            "documents": _documents(request, plan, edition, year, since),
            "open_data": [(name.upper(), _address(plan, edition, Kind.WHOLE, name, None, None)) for name in _OPEN_DATA],
        }
    return render(request, "plans/list_downloads.html", context)


def _chosen(request: HttpRequest, plan: Plan, edition: Edition, editions: list[Edition]) -> tuple[int, Edition | None]:
    """Return the year and the earlier edition that are asked for, else those that are meant as a rule."""
    year = whole_number(request.GET.get("year", ""))
    if year is None or year not in plan.years:
        year = min(max(clock.today().year, plan.starts_year), plan.ends_year)
    earlier = [one for one in editions if one.number < edition.number]
    number = whole_number(request.GET.get("since", ""))
    since = next((one for one in earlier if one.number == number), None)
    return year, since or next((one for one in earlier if not one.is_draft), None)


def _documents(
    request: HttpRequest, plan: Plan, edition: Edition, year: int, since: Edition | None
) -> list[dict[str, Any]]:
    found = []
    for kind in Kind:
        if kind == Kind.DIFFERENCE and since is None:
            continue
        if kind == Kind.WORKING and not is_allowed(request.user, "plans.ask_working_table", edition):
            continue
        title = str(kind.label)
        if kind == Kind.YEAR:
            title = _("Yearly plan, %(year)d") % {"year": year}
        if kind == Kind.DIFFERENCE and since is not None:
            title = _("Changes since %(name)s") % {"name": since.name}
        formats = [
            (name.upper(), _address(plan, edition, kind, name, year, since))
            for name in FORMATS[kind]
            if name not in _OPEN_DATA
        ]
        found.append({"title": title, "about": _TEXTS[kind](), "formats": formats})
    return found


def _address(plan: Plan, edition: Edition, kind: str, name: str, year: int | None, since: Edition | None) -> str:
    asked: dict[str, int] = {"edition": edition.number}
    if kind == Kind.YEAR and year is not None:
        asked["year"] = year
    if kind == Kind.DIFFERENCE and since is not None:
        asked["since"] = since.number
    address = reverse("plans:download_plan", args=[plan.process.slug, plan.slug, kind, name])
    return f"{address}?{urlencode(asked)}"


def _wish(request: HttpRequest, edition: Edition, kind: str, name: str) -> Wish:
    """Read what is wished for; raise ``Http404`` for what is not there."""
    plan = edition.plan
    year = whole_number(request.GET.get("year", "")) if kind == Kind.YEAR else None
    since = None
    if kind == Kind.DIFFERENCE:
        number = whole_number(request.GET.get("since", ""))
        editions = Edition.objects.visible_to(request.user).filter(plan=plan, number__lt=edition.number)
        since = get_object_or_404(editions, number=number)
        since.plan = plan
    if year is not None and year not in plan.years:
        raise Http404
    wish = Wish(kind, name, get_language() or settings.LANGUAGE_CODE, year, since)
    try:
        check_wish(edition, wish, request.user)
    except NoSuchDocument as error:
        raise Http404 from error
    return wish


def _open(request: HttpRequest, process_slug: str, plan_slug: str) -> tuple[Plan, Edition]:
    plan = open_plan(request.user, process_slug, plan_slug)
    edition = open_edition(request, plan)
    if edition is None:
        raise Http404
    return plan, edition


@require_safe
def download_plan(request: HttpRequest, process_slug: str, plan_slug: str, kind: str, name: str) -> HttpResponseBase:
    """Give a document: at once a short one and one that is ready, else a page that says how to get it."""
    plan, edition = _open(request, process_slug, plan_slug)
    wish = _wish(request, edition, kind, name)
    if not is_quick(edition, wish):
        kept = kept_document(edition, wish)
        if kept is not None and kept.file is not None:
            return attachment_response(kept.file)
        if kept is not None:
            return redirect("plans:show_document", process_slug, plan_slug, kept.pk)
        context = {"process": plan.process, "plan": plan, "edition": edition, "title": _title(wish), "wish": wish}
        return render(request, "plans/ask_document.html", context)
    wait = spend("download_plan", visitor_key(request)) if request.method == "GET" and name not in _OPEN_DATA else 0
    if wait:
        response = render(request, "429.html", {"minutes": -(-wait // 60)}, status=429)
        response["Retry-After"] = str(wait)
        return response
    response = HttpResponse(make(edition, wish, request.user), content_type=wish.media)
    response["Content-Disposition"] = f'attachment; filename="{wish.name(edition)}.{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _title(wish: Wish) -> str:
    if wish.kind == Kind.YEAR and wish.year is not None:
        return _("Yearly plan, %(year)d") % {"year": wish.year}
    if wish.since is not None:
        return _("Changes since %(name)s") % {"name": wish.since.name}
    return str(Kind(wish.kind).label)


@csrf_exempt  # checked for those signed in, see is_forged
@rate_limited("ask_document")
@require_POST
def ask_document(request: HttpRequest, process_slug: str, plan_slug: str, kind: str, name: str) -> HttpResponse:
    """Let a long document be made, and show how far it is."""
    _plan, edition = _open(request, process_slug, plan_slug)
    wish = _wish(request, edition, kind, name)
    if is_forged(request):
        return redirect(request.get_full_path())
    document = documents_out.ask_document(edition, wish, by=request.user)
    return redirect("plans:show_document", process_slug, plan_slug, document.pk)


@require_safe
def show_document(request: HttpRequest, process_slug: str, plan_slug: str, document_id: int) -> HttpResponse:
    """Show how far a document is, and give it when it is ready."""
    plan = open_plan(request.user, process_slug, plan_slug)
    document = _find(request, plan, document_id)
    context = {
        "process": plan.process, "plan": plan, "edition": document.edition, "document": document,
        "title": _title(wish_of(document)), "days": KEEP.days,
    }  # fmt: skip
    return render(request, "plans/show_document.html", context)


def _find(request: HttpRequest, plan: Plan, document_id: int) -> PlanDocument:
    documents = PlanDocument.objects.visible_to(request.user).filter(edition__plan=plan)
    document: PlanDocument = get_object_or_404(documents.select_related("edition", "since", "file"), pk=document_id)
    if document.kind == Kind.WORKING and not is_allowed(request.user, "plans.view_plan", plan):
        raise Http404
    document.edition.plan = plan
    return document


@require_safe
def take_document(request: HttpRequest, process_slug: str, plan_slug: str, document_id: int) -> HttpResponseBase:
    """Give a document that has been made."""
    plan = open_plan(request.user, process_slug, plan_slug)
    document = _find(request, plan, document_id)
    if document.file is None:
        raise Http404
    return attachment_response(document.file)


@require_safe
def describe_data(request: HttpRequest) -> HttpResponse:
    """Say what every field of the open data of plans means."""
    return render(
        request, "plans/describe_data.html", {"fields": [one | {"type": TYPES[one["type"]]} for one in dictionary()]}
    )


@require_safe
def data_dictionary(request: HttpRequest) -> JsonResponse:
    """Give the data dictionary as JSON."""
    options = {"ensure_ascii": False}
    return JsonResponse({"version": VERSION, "fields": dictionary()}, json_dumps_params=options)
