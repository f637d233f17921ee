# SPDX-License-Identifier: EUPL-1.2
"""A timetable as it stands: what is where, what clashes, moving by hand, publishing, taking it away as a table."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from talka.core.editing import edit_page, sent
from talka.core.errors import Changed
from talka.core.exports import Cell, csv_response, xlsx_response
from talka.core.http import sign_in_required
from talka.directory.wording import place_words
from talka.processes.opening import actor
from talka.scheduling.forms.timetables import MoveForm, PublishForm
from talka.scheduling.models import PlannedSession
from talka.scheduling.opening import open_session, open_timetable, timetable_page
from talka.scheduling.operations import placing, seeking
from talka.scheduling.queries.showing import days_of
from talka.scheduling.queries.timetables import Asked, asked_of
from talka.scheduling.solving.checking import Trouble, troubles_of
from talka.scheduling.solving.problem import Placed
from talka.scheduling.wording import Said, Words

form_page = require_http_methods(["GET", "HEAD", "POST"])


@sign_in_required
@require_safe
def manage_timetable(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Show a timetable day by day, and everything that is wrong with it in words."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.view_timetable")
    context: dict[str, Any] = {"process": timetable.process, "timetable": timetable}
    if not timetable.is_being_solved:
        asked = asked_of(timetable)
        placed = asked.placed()
        words = Words(asked)
        wrong = [] if timetable.is_published else words.troubles(troubles_of(asked.problem, placed))
        context |= {
            "days": days_of(asked),
            "sessions": len(asked.sessions),
            "missing": words.reasons(placed) if timetable.solved_at or timetable.is_published else [],
            "unplaced": [one for one in asked.sessions.values() if one.starts_at is None],
            "clashes": [one for one in wrong if one.is_hard],
            "wishes": [one for one in wrong if not one.is_hard],
            "blocked": any(one.blocks for one in wrong),
        }
    return render(request, "scheduling/manage_timetable.html", context)


@sign_in_required
@require_POST
def solve_timetable(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Let the sessions that are not pinned be placed."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.solve_timetable")
    seeking.solve_timetable(timetable, by=actor(request))
    return redirect(timetable_page(timetable))


@sign_in_required
@form_page
def move_session(request: HttpRequest, process_slug: str, pk: int, session_pk: int) -> HttpResponse:
    """Move a session by hand; what gets better and worse is shown before it is done, or after."""
    session = open_session(request.user, process_slug, pk, session_pk, "scheduling.move_session")
    timetable, form = session.wish.timetable, MoveForm(*sent(request), session=session)
    asked = asked_of(timetable)

    def save(**typed: Any) -> PlannedSession:
        del typed["day"], typed["hour"]
        try:
            placing.move_session(session, by=actor(request), **typed)
        except Changed:
            form.see_theirs(open_session(request.user, process_slug, pk, session_pk, "scheduling.move_session"))
            raise
        return session

    better, worse = _difference(asked, session, form) if "preview" in request.POST and form.is_valid() else ([], [])
    placed = asked.placed()
    wrong = [one for one in troubles_of(asked.problem, placed) if session.pk in one.sessions]
    return edit_page(
        request, "scheduling/move_session.html", form, save, to=timetable_page(timetable),
        said=_("The session is moved."), process=timetable.process, timetable=timetable, session=session,
        better=better, worse=worse, wrong=Words(asked).troubles(wrong),
        missing=[one for one in Words(asked).reasons(placed) if one.session == session.pk],
    )  # fmt: skip


def _difference(asked: Asked, session: PlannedSession, form: MoveForm) -> tuple[list[Said], list[Said]]:
    """Return what gets better and what gets worse when the session goes where the form says."""
    before = asked.placed()
    after = [one for one in before if one.session != session.pk]
    after.append(Placed(session.pk, form.cleaned_data["starts_at"], form.cleaned_data["place"].pk))
    words = Words(asked)
    was, will = troubles_of(asked.problem, before), troubles_of(asked.problem, after)
    better = words.troubles(_without(was, will), before)
    gone = {one.session for one in words.reasons(before)} - {one.session for one in words.reasons(after)}
    placed = [Said(_("The session has a place."), key) for key in gone]
    return placed + better, words.troubles(_without(will, was), after)


def _without(troubles: list[Trouble], others: list[Trouble]) -> list[Trouble]:
    known = set(others)
    return [one for one in troubles if one not in known]


@sign_in_required
@require_POST
def pin_session(request: HttpRequest, process_slug: str, pk: int, session_pk: int) -> HttpResponse:
    """Let a session stay where it is, or release it."""
    session = open_session(request.user, process_slug, pk, session_pk, "scheduling.pin_session")
    placing.pin_session(session, pinned=request.POST.get("pinned") == "1", by=actor(request))
    return redirect(f"{timetable_page(session.wish.timetable)}#session-{session.pk}")


@sign_in_required
@form_page
def publish_timetable(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Ask once more, then call all meetings."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.publish_timetable")
    asked = asked_of(timetable)
    wrong = Words(asked).troubles(troubles_of(asked.problem, asked.placed()))
    number = len(asked.placed())
    said = ngettext("%(number)d meeting is on the calendar.", "%(number)d meetings are on the calendar.", number)
    return edit_page(
        request, "scheduling/publish_timetable.html", PublishForm(*sent(request)),
        lambda **fields: placing.publish_timetable(timetable, by=actor(request), **fields),
        to=timetable_page(timetable), said=said % {"number": number}, process=timetable.process, timetable=timetable,
        days=days_of(asked), number=number, missing=Words(asked).reasons(asked.placed()),
        clashes=[one for one in wrong if one.is_hard],
    )  # fmt: skip


@sign_in_required
@require_safe
def download_timetable(request: HttpRequest, process_slug: str, pk: int, name: str) -> HttpResponse:
    """Give the timetable as a table."""
    timetable = open_timetable(request.user, process_slug, pk, "scheduling.view_timetable")
    if name not in {"csv", "xlsx"}:
        raise Http404
    header = [
        _("Day"),
        _("Starts at"),
        _("Ends at"),
        _("Working group"),
        _("Session"),
        _("Place"),
        _("Seats"),
        _("Expected"),
    ]
    make = csv_response if name == "csv" else xlsx_response
    return make(f"timetable-{timetable.pk}", header, _rows(asked_of(timetable)))


def _rows(asked: Asked) -> Iterator[list[Cell]]:
    expected = {one.key: one.people for one in asked.problem.sessions}
    for day in days_of(asked):
        for one in day.sessions:
            yield [
                day.date, f"{one.starts:%H:%M}", f"{one.ends:%H:%M}", one.session.wish.group.name, one.session.number,
                place_words(one.place), one.place.seats, expected[one.session.pk],
            ]  # fmt: skip
    for session in asked.sessions.values():
        if session.starts_at is None:
            yield [None, None, None, session.wish.group.name, session.number, None, None, expected[session.pk]]
