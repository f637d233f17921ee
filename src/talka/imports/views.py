# SPDX-License-Identifier: EUPL-1.2
"""The pages of an import, from the file to the result. Apps above give them addresses, and the place they are about."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.accounts.models import User
from talka.core.errors import Refused
from talka.core.exports import xlsx_response
from talka.core.lists import page_of
from talka.core.permissions import authorize
from talka.core.ratelimit import spend
from talka.imports import queries, showing
from talka.imports.checking import unknown_words
from talka.imports.forms import ConfirmForm, MappingForm, TableForm, UndoForm, UploadForm, WordsForm
from talka.imports.models import ImportRun
from talka.imports.operations import preparing, undoing
from talka.imports.problems import Problem
from talka.imports.queries import Table
from talka.imports.targets import Target

SHOWN_LINES = 20
SHOWN_MISTAKES = 100
RUNS_ON_A_PAGE = 20
UNDER_WAY = (ImportRun.State.RUNNING, ImportRun.State.UNDOING)


@dataclass
class Place:
    """Where somebody is: the request, the target, and what the frame of the workspace needs."""

    request: HttpRequest
    target: Target
    context: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def user(self) -> User:
        """Return who is signed in."""
        return cast("User", self.request.user)

    def run(self, number: int) -> ImportRun:
        """Return an import into this place: 404 for any other."""
        return get_object_or_404(
            ImportRun.objects.into(self.target.place).select_related("started_by", "confirmed_by", "undone_by"),
            pk=number,
        )

    def to(self, name: str, *parts: Any) -> HttpResponse:
        """Go to one of the pages about imports."""
        return redirect(self.target.address(name, *parts))

    def page(self, template: str, *, status: int = 200, run: ImportRun | None = None, **context: Any) -> HttpResponse:
        """Show a page, with the addresses of the others."""
        addresses = {"start": self.target.address("start_import")}
        if run is not None:
            for name in (
                "choose_table", "map_columns", "preview_import", "confirm_import", "show_import", "resume_import",
                "discard_import", "undo_import", "export_wrong_lines",
            ):  # fmt: skip
                addresses[name] = self.target.address(name, run.pk)
        whole = {**self.context, "addresses": addresses, "run": run, "target": self.target, **context}
        return render(self.request, f"imports/{template}.html", whole, status=status)


def _draft(place: Place, number: int) -> tuple[ImportRun, Table] | HttpResponse:
    """Return an import that is being prepared and its table; else where to go instead."""
    run = place.run(number)
    if run.confirmed_at is not None:
        return place.to("show_import", run.pk)
    table = queries.table_of(run)
    if table is None:
        messages.error(place.request, str(preparing.FileForgotten()))
        return place.to("start_import")
    return run, table


# --- The file -------------------------------------------------------------------------------------


def start_import(place: Place) -> HttpResponse:
    """Take a file, and list the imports there have been."""
    request = place.request
    authorize(request.user, "imports.start_import", place.target)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    status = 200
    if request.method == "POST":
        wait = spend("upload", f"import:{place.user.pk}")
        if wait:
            form.add_error(
                None,
                _("Too many files were sent in a short time. Please try again in %(minutes)d minutes.")
                % {"minutes": -(-wait // 60)},
            )
            status = 429
        elif form.is_valid():
            run = preparing.start_import(
                place.target, file_name=form.cleaned_data["file"], sha256=form.sha256, sheets=form.sheets, by=place.user,
                language=get_language() or "lv",
            )  # fmt: skip
            first = len(form.sheets) == 1 and run.header == form.sheets[0].rows[0].number and run.total
            return place.to("map_columns" if first else "choose_table", run.pk)
        else:
            status = 422
    page = page_of(
        request, ImportRun.objects.into(place.target.place).select_related("started_by"), size=RUNS_ON_A_PAGE
    )
    for one in page.object_list:
        name = "show_import" if one.confirmed_at else "preview_import" if one.mapped_at else "map_columns"
        one.address = place.target.address(name, one.pk)
    return place.page("start_import", form=form, page=page, status=status)


def choose_table(place: Place, number: int) -> HttpResponse:
    """Choose a sheet of the file and the row with the names of its columns."""
    found = _draft(place, number)
    if isinstance(found, HttpResponse):
        return found
    run, _table = found
    sheets = queries.sheets_of(run)
    request = place.request
    form = TableForm(
        request.POST if request.method == "POST" else None,
        sheets=sheets,
        initial={"sheet": run.sheet, "header": run.header},
    )
    if request.method == "POST" and form.is_valid():
        preparing.choose_table(run, sheets=sheets, by=place.user, **form.cleaned_data)
        return place.to("map_columns", run.pk)
    shown = [(sheet, sheet.rows[:8]) for sheet in sheets[:5]]
    return place.page("choose_table", run=run, form=form, shown=shown, status=422 if form.errors else 200)


def map_columns(place: Place, number: int) -> HttpResponse:
    """Say what the columns mean."""
    found = _draft(place, number)
    if isinstance(found, HttpResponse):
        return found
    run, table = found
    request = place.request
    data = request.POST if request.method == "POST" else None
    form = MappingForm(data, target=place.target, run=run, table=table)
    if request.method == "POST" and form.is_valid():
        preparing.map_columns(run, by=place.user, **form.chosen())
        return place.to("preview_import", run.pk)
    preset = next((one for one in place.target.presets if one.key == run.preset), None)
    return place.page(
        "map_columns", run=run, form=form, preset=preset, earlier=queries.same_file_before(run),
        status=422 if form.errors else 200,
    )  # fmt: skip


# --- Before and after -----------------------------------------------------------------------------


def preview_import(place: Place, number: int) -> HttpResponse:
    """Show what would become of the lines; take what unknown words mean."""
    found = _draft(place, number)
    if isinstance(found, HttpResponse):
        return found
    run, table = found
    if run.mapped_at is None:
        return place.to("map_columns", run.pk)
    preview = queries.preview(run, place.target, table)
    words = list(unknown_words(place.target, preview.lines))
    request = place.request
    words_form = WordsForm(request.POST if request.method == "POST" else None, words=words)
    if request.method == "POST" and words_form.is_valid():
        preparing.choose_words(run, words=words_form.chosen(), by=place.user)
        return place.to("preview_import", run.pk)
    new = preview.new[:SHOWN_LINES]
    fields = showing.shown_fields(place.target, new)
    return place.page(
        "preview_import", run=run, table=table, new=len(preview.new), known=len(preview.known), wrong=len(preview.wrong),
        repeated=[(line.row.number, line.repeats) for line in preview.repeated[:SHOWN_LINES]], repeats=len(preview.repeated),
        labels=[about.label for about in fields], lines=[(line.row.number, showing.shown_values(fields, line)) for line in new],
        mistakes=showing.mistakes(place.target, table.names, preview.wrong, most=SHOWN_MISTAKES), most=SHOWN_MISTAKES,
        words_form=words_form if words else None, status=422 if words_form.errors else 200,
        form=ConfirmForm(target=place.target, repeated=len(preview.repeated)),
    )  # fmt: skip


def confirm_import(place: Place, number: int) -> HttpResponse:
    """Let the good lines be taken."""
    run = place.run(number)
    if place.request.method != "POST":
        return place.to("show_import" if run.confirmed_at else "preview_import", run.pk)
    form = ConfirmForm(place.request.POST, target=place.target, repeated=1)
    if form.is_valid():
        preparing.confirm_import(run, by=place.user, **form.chosen())
    return place.to("show_import", run.pk)


def discard_import(place: Place, number: int) -> HttpResponse:
    """Forget a file of which nothing was taken."""
    run = place.run(number)
    if place.request.method == "POST":
        preparing.discard_import(run, by=place.user)
        messages.success(place.request, _("The file has been discarded. Nothing was imported."))
    return place.to("start_import")


def show_import(place: Place, number: int) -> HttpResponse:
    """Show how far an import is, and what became of the lines."""
    run = place.run(number)
    if run.confirmed_at is None:
        return place.to("map_columns", run.pk)
    keys = queries.made_by(run, most=SHOWN_LINES)
    made = place.target.found(keys)
    table = queries.table_of(run)
    names = table.names if table is not None else []
    mistakes = [
        showing.mistake(place.target, names, line.number, Problem(**one))
        for line in run.lines.exclude(problems=[])[:SHOWN_MISTAKES]
        for one in line.problems
    ]
    done, whole = (run.undone, run.taken) if run.undo_asked_at is not None else (run.position, run.total)
    return place.page(
        "show_import", run=run, made=[made[key] for key in keys if key in made], mistakes=mistakes, done=done, whole=whole,
        most=SHOWN_LINES, is_kept=table is not None, is_under_way=run.state in UNDER_WAY,
    )  # fmt: skip


def resume_import(place: Place, number: int) -> HttpResponse:
    """Let an import go on that was stopped."""
    run = place.run(number)
    if place.request.method == "POST":
        preparing.resume_import(run, by=place.user)
    return place.to("show_import", run.pk)


def undo_import(place: Place, number: int) -> HttpResponse:
    """Take a whole import back, with a reason."""
    run = place.run(number)
    authorize(place.request.user, "imports.undo_import", run)
    if run.confirmed_at is None or not run.remaining or run.state in UNDER_WAY:
        return place.to("show_import", run.pk)
    stays = place.target.stays(queries.made_by(run))
    request = place.request
    form = UndoForm(request.POST if request.method == "POST" else None, some_stay=bool(stays))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            undoing.undo_import(run, by=place.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("leave" if "leave" in form.fields else None, str(refused))
            status = 409
        else:
            return place.to("show_import", run.pk)
    elif form.errors:
        status = 422
    number_back = run.remaining - len(stays)
    return place.page(
        "undo_import", run=run, form=form, stays=stays[:50], stay=len(stays), number=number_back, status=status
    )


def export_wrong_lines(place: Place, number: int) -> HttpResponse:
    """Give the wrong lines as a table, with what is wrong with them."""
    run = place.run(number)
    authorize(place.request.user, "imports.prepare_import", run)
    table = queries.table_of(run)
    if table is None:
        raise Http404
    wrong = [line for line in queries.check_lines(run, place.target, table) if line.problems]
    header, rows = showing.wrong_lines_table(place.target, table.names, wrong)
    return xlsx_response(f"wrong-lines-{run.pk}", header, rows)
