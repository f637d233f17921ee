# SPDX-License-Identifier: EUPL-1.2
"""Meetings that come again: begun with all their days shown beforehand, changed from a day on, ended."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from talka.core import clock
from talka.core.editing import edit_page
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import authorize, is_allowed
from talka.meetings.forms.series import ChangeSeriesForm, EndSeriesForm, SeriesForm
from talka.meetings.models import Series
from talka.meetings.operations import series as operations
from talka.meetings.permissions import can_call_meeting
from talka.processes.models import Process
from talka.processes.opening import open_process

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _page(process: Process) -> str:
    return reverse("meetings:manage_series", args=[process.slug])


@sign_in_required
@require_safe
def manage_series(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """List the series of a process with their next meetings."""
    process = open_process(request.user, process_slug, "processes.view_workspace")
    rows = []
    for one in process.series.prefetch_related("groups").select_related("place").order_by("ended_at", "starts_at"):
        one.process = process
        rows.append((one, list(one.meetings.upcoming()[:3]), is_allowed(request.user, "meetings.change_series", one)))
    context = {"process": process, "rows": rows, "may_call": can_call_meeting(request.user, process)}
    return render(request, "meetings/manage_series.html", context)


@sign_in_required
@form_page
def create_series(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Begin a series; all its days are shown before anything is saved."""
    process = open_process(request.user, process_slug, "meetings.create_series")
    form = SeriesForm(request.POST or None, process=process, by=request.user)
    return _begin(
        request, process, form, lambda **_typed: operations.create_series(process, by=request.user, **form.series())
    )


@sign_in_required
@form_page
def replace_series(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Let a series go on by another rule from a day on; all its days are shown before anything is saved."""
    series = _series(request, process_slug, pk, "meetings.change_series")
    form = SeriesForm(request.POST or None, process=series.process, by=request.user, before=series)
    return _begin(
        request, series.process, form,
        lambda **_typed: operations.replace_series(series, by=request.user, **form.series()), before=series,
    )  # fmt: skip


def _begin(
    request: SignedInRequest,
    process: Process,
    form: SeriesForm,
    save: Callable[..., Series],
    before: Series | None = None,
) -> HttpResponse:
    coming: list[Any] = []
    if request.method == "POST" and form.is_valid():
        fields = form.series()
        groups = fields.pop("groups")
        try:
            coming = operations.times_of(Series(process=process, **fields))
        except Refused as refused:
            form.add_error("own_rule", str(refused))
        fields["groups"] = groups
    return edit_page(
        request, "meetings/create_series.html", form, save,
        to=_page(process), said=_("The series is begun; its meetings are on the calendar."), process=process, coming=coming,
        before=before,
    )  # fmt: skip


def _series(request: SignedInRequest, process_slug: str, pk: int, verb: str) -> Series:
    process = open_process(request.user, process_slug, "processes.view_workspace")
    series = get_object_or_404(process.series.select_related("place"), pk=pk)
    series.process = process
    authorize(request.user, verb, series)
    return series


@sign_in_required
@form_page
def change_series(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """Change all meetings of a series from a day on."""
    series = _series(request, process_slug, pk, "meetings.change_series")
    initial = {"since": clock.today(), "title": series.title, "minutes": series.minutes, "place": series.place_id}
    form = ChangeSeriesForm(request.POST or None, series=series, by=request.user, initial=initial)

    def save(*, since: Any, shift: int | None, apart: bool, **fields: Any) -> None:
        number = operations.change_series(
            series,
            by=request.user,
            since=clock.day_begins(since),
            apart=apart,
            shift=timedelta(minutes=shift) if shift else None,
            **fields,
        )
        said = ngettext("%(number)d meeting is changed.", "%(number)d meetings are changed.", number)
        messages.info(request, said % {"number": number})

    context = {"process": series.process, "series": series, "apart": series.meetings.upcoming().filter(apart=True)}
    return edit_page(
        request,
        "meetings/change_series.html",
        form,
        save,
        to=_page(series.process),
        said=_("The series is changed."),
        **context,
    )


@sign_in_required
@form_page
def end_series(request: SignedInRequest, process_slug: str, pk: int) -> HttpResponse:
    """End a series from a day on."""
    series = _series(request, process_slug, pk, "meetings.end_series")
    form = EndSeriesForm(request.POST or None, initial={"since": clock.today()})

    def save(*, since: Any, reason: str) -> None:
        operations.end_series(series, by=request.user, since=clock.day_begins(since), reason=reason)

    context = {"process": series.process, "series": series, "apart": series.meetings.upcoming().filter(apart=True)}
    said = _("The series is ended.")
    return edit_page(request, "meetings/end_series.html", form, save, to=_page(series.process), said=said, **context)
