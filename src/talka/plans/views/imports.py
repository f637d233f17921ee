# SPDX-License-Identifier: EUPL-1.2
"""Tables into the draft of a plan, page by page: file, table, columns, difference, result, undone."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.errors import Refused
from talka.core.http import sign_in_required
from talka.core.lists import page_of
from talka.core.ratelimit import spend
from talka.imports.models import ImportRun
from talka.imports.operations.preparing import FileForgotten
from talka.imports.queries import sheets_of
from talka.imports.reading import Sheet
from talka.plans.forms.imports import (
    InstitutionsForm,
    PlanColumnsForm,
    PlanTableForm,
    PlanUploadForm,
    TakeForm,
    UndoPlanImportForm,
)
from talka.plans.importing.difference import Difference
from talka.plans.importing.layout import Layout
from talka.plans.importing.showing import show_change, show_trouble
from talka.plans.models import Plan, PlanImport
from talka.plans.opening import open_plan
from talka.plans.operations import importing
from talka.plans.operations.import_undoing import SomeChangedSince, what_stays
from talka.plans.operations.import_undoing import undo_plan_import as put_back
from talka.plans.queries.editions import draft_of
from talka.plans.queries.imports import columns_of, difference_of, layout_of, names_for, runs_of, sheet_of

RUNS_ON_A_PAGE = 20
SHOWN = 40
SHOWN_TROUBLES = 100

form_page = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Prepared:
    """An import that is being prepared, with its table."""

    plan: Plan
    run: ImportRun
    sheet: Sheet
    layout: Layout


def _plan(request: HttpRequest, process_slug: str, plan_slug: str) -> Plan:
    return open_plan(request.user, process_slug, plan_slug, "plans.change_plan")


def _to(name: str, plan: Plan, *parts: Any) -> HttpResponse:
    return redirect(f"plans:{name}", plan.process.slug, plan.slug, *parts)


def _page(
    request: HttpRequest, template: str, plan: Plan, *, status: int = 200, run: ImportRun | None = None, **context: Any
) -> HttpResponse:
    context = {"process": plan.process, "plan": plan, "run": run, **context}
    if run is not None:
        names = {
            "choose_table": "choose_plan_table",
            "map_columns": "map_plan_import",
            "discard_import": "discard_plan_import",
        }
        parts = [plan.process.slug, plan.slug, run.pk]
        context["addresses"] = {name: reverse(f"plans:{page}", args=parts) for name, page in names.items()}
    return render(request, f"plans/{template}.html", context, status=status)


def _run(plan: Plan, number: int) -> ImportRun:
    """Return an import into this plan: 404 for any other."""
    run: ImportRun = get_object_or_404(runs_of(plan), pk=number)
    run.plan_import.edition.plan = plan
    return run


def _prepared(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> Prepared | HttpResponse:
    """Return an import that is being prepared and its table; else where to go instead."""
    plan = _plan(request, process_slug, plan_slug)
    run = _run(plan, number)
    if run.confirmed_at is not None:
        return _to("show_plan_import", plan, run.pk)
    sheet = sheet_of(run)
    if sheet is None:
        messages.error(request, str(FileForgotten()))
        return _to("start_plan_import", plan)
    return Prepared(plan, run, sheet, layout_of(run, sheet))


# --- The file -------------------------------------------------------------------------------------


@sign_in_required
@require_safe
def list_plan_imports(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """List the tables that were sent for a plan."""
    plan = _plan(request, process_slug, plan_slug)
    page = page_of(request, runs_of(plan), size=RUNS_ON_A_PAGE)
    for run in page.object_list:
        run.page = "plans:show_plan_import" if run.confirmed_at else "plans:preview_plan_import" if run.mapped_at else "plans:map_plan_import"  # fmt: skip
    return _page(request, "list_plan_imports", plan, page=page, draft=draft_of(plan))


@sign_in_required
@form_page
def start_plan_import(request: HttpRequest, process_slug: str, plan_slug: str) -> HttpResponse:
    """Take a file."""
    plan = _plan(request, process_slug, plan_slug)
    draft = draft_of(plan)
    if draft is None:
        raise importing.NoDraft
    form = PlanUploadForm(request.POST, request.FILES) if request.method == "POST" else PlanUploadForm()
    status = 200
    if request.method == "POST":
        wait = spend("upload", f"import:{request.user.pk}")
        if wait:
            minutes = {"minutes": -(-wait // 60)}
            form.add_error(
                None, _("Too many files were sent in a short time. Please try again in %(minutes)d minutes.") % minutes
            )
            status = 429
        elif form.is_valid():
            run = importing.start_plan_import(
                plan, file_name=form.cleaned_data["file"], sha256=form.sha256, sheets=form.sheets, by=_actor(request),
                language=get_language() or "lv", is_open_data=form.is_open_data,
            )  # fmt: skip
            if form.is_open_data:
                return _to("preview_plan_import", plan, run.pk)
            is_plain = len(form.sheets) == 1 and run.total and run.header == form.sheets[0].rows[0].number
            return _to("map_plan_import" if is_plain else "choose_plan_table", plan, run.pk)
        else:
            status = 422
    return _page(request, "start_plan_import", plan, form=form, draft=draft, status=status)


def _actor(request: HttpRequest) -> Any:
    return request.user


@sign_in_required
@form_page
def choose_plan_table(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
    """Choose a table of the file and the rows with the names of its columns."""
    found = _prepared(request, process_slug, plan_slug, number)
    if isinstance(found, HttpResponse):
        return found
    if found.run.plan_import.is_open_data:
        return _to("preview_plan_import", found.plan, found.run.pk)
    run, sheets = found.run, sheets_of(found.run)
    form = PlanTableForm(
        request.POST if request.method == "POST" else None,
        sheets=sheets,
        initial={"sheet": run.sheet, "header": run.header, "header_rows": run.plan_import.header_rows},
    )
    if request.method == "POST" and form.is_valid():
        importing.choose_plan_table(run, sheets=sheets, by=_actor(request), **form.cleaned_data)
        return _to("map_plan_import", found.plan, run.pk)
    shown = [(sheet, sheet.rows[:8]) for sheet in sheets[:5]]
    return _page(
        request, "choose_plan_table", found.plan, run=run, form=form, shown=shown, status=422 if form.errors else 200
    )


@sign_in_required
@form_page
def map_plan_import(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
    """Say what the columns mean."""
    found = _prepared(request, process_slug, plan_slug, number)
    if isinstance(found, HttpResponse):
        return found
    run = found.run
    if run.plan_import.is_open_data:
        return _to("preview_plan_import", found.plan, run.pk)
    form = PlanColumnsForm(
        request.POST if request.method == "POST" else None,
        layout=found.layout, columns=columns_of(run), about=run.plan_import,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        importing.map_plan_import(run, by=_actor(request), **form.chosen())
        if form.is_settled:
            return _to("preview_plan_import", found.plan, run.pk)
        messages.info(
            request, _("Say now from which source the money of these columns comes, and of which year it is.")
        )
        return _to("map_plan_import", found.plan, run.pk)
    return _page(request, "map_plan_import", found.plan, run=run, form=form, status=422 if form.errors else 200)


# --- The difference -------------------------------------------------------------------------------


@sign_in_required
@form_page
def preview_plan_import(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
    """Show what the table would change in the draft; take what names mean, and take the table."""
    found = _prepared(request, process_slug, plan_slug, number)
    if isinstance(found, HttpResponse):
        return found
    plan, run = found.plan, found.run
    if run.mapped_at is None:
        return _to("map_plan_import", plan, run.pk)
    difference = difference_of(run, run.plan_import.edition, found.sheet, found.layout)
    what = request.POST.get("what") if request.method == "POST" else None
    names_form = _institutions_form(request if what == "names" else None, run, difference)
    form = TakeForm(request.POST if what == "take" else None, difference=difference)
    status = 200
    if what == "names" and names_form is not None and names_form.is_valid():
        importing.choose_institutions(run, chosen=names_form.chosen(), by=_actor(request))
        return _to("preview_plan_import", plan, run.pk)
    if what == "take" and form.is_valid():
        try:
            importing.confirm_plan_import(run, by=_actor(request), **form.chosen())
        except Refused as refused:
            form.add_error(None, str(refused))
            data = request.POST.copy()
            data["seen"] = difference.digest()  # what is shown now can be confirmed
            form.data = data
            status = 409
        else:
            return _to("show_plan_import", plan, run.pk)
    elif form.errors or (names_form is not None and names_form.errors):
        status = 422
    return _page(
        request, "preview_plan_import", plan, run=run, difference=difference, form=form, names_form=names_form,
        status=status, **_shown(found, difference),
    )  # fmt: skip


def _institutions_form(request: HttpRequest | None, run: ImportRun, difference: Difference) -> InstitutionsForm | None:
    if not difference.unknown:
        return None
    return InstitutionsForm(
        request.POST if request is not None else None, unknown=difference.unknown,
        chosen=difference.chosen, organizations=difference.organizations,
    )  # fmt: skip


def _shown(found: Prepared, difference: Difference) -> dict[str, Any]:
    """Return what the page shows of a difference: the first of each sort, keys as names."""
    new, changed = difference.new[:SHOWN], difference.changed[:SHOWN]
    names = names_for(found.run.plan_import.edition, [*new, *changed], difference)
    troubles = found.layout.names
    return {
        "new": [show_change(one, names) for one in new],
        "changed": [show_change(one, names) for one in changed],
        "mistakes": [show_trouble(one, troubles) for one in difference.heavy[:SHOWN_TROUBLES]],
        "doubts": [show_trouble(one, troubles) for one in difference.light[:SHOWN_TROUBLES]],
        "can_take": not difference.heavy
        and bool(difference.new or difference.changed or difference.missing or difference.told),
        "is_nothing_new": not (difference.new or difference.changed or difference.told or difference.heavy),
        "sheet_name": found.sheet.name,
    }


# --- The result -----------------------------------------------------------------------------------


@sign_in_required
@require_safe
def show_plan_import(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
    """Show how far an import is, and what it made."""
    plan = _plan(request, process_slug, plan_slug)
    run = _run(plan, number)
    if run.confirmed_at is None:
        return _to("preview_plan_import" if run.mapped_at else "map_plan_import", plan, run.pk)
    about: PlanImport = run.plan_import
    page = page_of(request, about.changes.all(), size=SHOWN)
    return _page(
        request, "show_plan_import", plan, run=run, about=about, page=page,
        is_under_way=run.state == ImportRun.State.RUNNING,
        may_undo=run.state == ImportRun.State.FINISHED and about.edition.is_draft,
    )  # fmt: skip


@sign_in_required
@form_page
def undo_plan_import(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
    """Put the draft back as it was before an import."""
    plan = _plan(request, process_slug, plan_slug)
    run = _run(plan, number)
    about: PlanImport = run.plan_import
    if run.state != ImportRun.State.FINISHED or not about.edition.is_draft:
        return _to("show_plan_import", plan, run.pk)
    stays = what_stays(about)
    form = UndoPlanImportForm(request.POST if request.method == "POST" else None, some_stay=bool(stays))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            put_back(run, by=_actor(request), **form.cleaned_data)
        except SomeChangedSince as refused:
            form.add_error("leave" if "leave" in form.fields else None, str(refused))
            status = 409
        else:
            messages.success(request, _("The draft is as it was before this import."))
            return _to("show_plan_import", plan, run.pk)
    elif form.errors:
        status = 422
    return _page(request, "undo_plan_import", plan, run=run, about=about, form=form, stays=stays[:SHOWN], stay=len(stays), status=status)  # fmt: skip


@sign_in_required
@require_POST
def discard_plan_import(request: HttpRequest, process_slug: str, plan_slug: str, number: int) -> HttpResponse:
    """Forget a file of which nothing was taken."""
    plan = _plan(request, process_slug, plan_slug)
    importing.discard_plan_import(_run(plan, number), by=_actor(request))
    messages.success(request, _("The file has been discarded. Nothing was imported."))
    return _to("list_plan_imports", plan)
