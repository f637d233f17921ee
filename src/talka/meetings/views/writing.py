# SPDX-License-Identifier: EUPL-1.2
"""The page on which minutes are written during a meeting: as typed with a script, by its button without one."""

import json
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.core import clock
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import is_allowed
from talka.meetings.models import AgendaItem, Attendance, Meeting, Minutes
from talka.meetings.opening import open_meeting
from talka.meetings.operations import writing
from talka.meetings.operations.written import Change
from talka.meetings.queries.people import people_of
from talka.meetings.queries.protocol import written_items
from talka.meetings.queries.writing import fields_of, rows_stamp, stamp_of
from talka.proposals.models import Outcome

ROWS = {
    "decision": 2, "task": 2, "recommend": 2, "guest": 1, "new-item": 1,
}  # fmt: skip
"""Kinds of rows, and by how many keys each is named."""
WRITERS_SECONDS = 30
MOST_BYTES = 2_000_000


def _page(meeting: Meeting) -> str:
    return reverse("meetings:write_minutes", args=[meeting.process.slug, meeting.pk])


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show the minutes to be written; before they are begun, a button that begins them."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.write_minutes")
    minutes = Minutes.objects.filter(meeting=meeting).select_related("chair", "secretary").first()
    if request.method == "POST" and (minutes is None or "begin" in request.POST):
        writing.begin_minutes(meeting, by=request.user)
        return redirect(_page(meeting))
    if minutes is None:
        return render(request, "meetings/begin_minutes.html", {"process": meeting.process, "meeting": meeting})
    if minutes.approved_at is not None:
        return redirect("meetings:manage_minutes", meeting.process.slug, meeting.pk)
    refused: dict[str, str] = {}
    if request.method == "POST":
        typed, bases = _typed(request.POST.items())
        written = writing.save_whole(meeting, typed, bases, by=request.user)
        if not written.refused:
            messages.success(request, _("The minutes are saved."))
            return redirect(_page(meeting))
        refused = written.refused
        minutes.refresh_from_db()
    return _show(request, meeting, minutes, refused)


def _typed(sent: Iterable[tuple[str, Any]]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the fields and rows of the form, and the values that fields began with."""
    typed: dict[str, Any] = {}
    bases: dict[str, str] = {}
    for name, value in sent:
        kind, *keys = name.split(".")
        if kind == "base":
            bases[".".join(keys)] = value.replace("\r\n", "\n")
        elif kind in ROWS and len(keys) == ROWS[kind] + 1:
            typed.setdefault(name.rpartition(".")[0], {})[keys[-1]] = value
        elif name not in {"csrfmiddlewaretoken", "begin"}:
            typed[name] = value.replace("\r\n", "\n")
    return typed, bases


def _show(request: SignedInRequest, meeting: Meeting, minutes: Minutes, refused: Mapping[str, str]) -> HttpResponse:
    fields = fields_of(meeting)
    context = {
        "process": meeting.process,
        "meeting": meeting,
        "minutes": minutes,
        "fields": fields,
        "attendances": meeting.attendances.all(),
        "modes": Attendance.Mode.choices,
        "guest_modes": [one for one in Attendance.Mode.choices if one[0] != Attendance.Mode.REPRESENTED],
        "outcomes": AgendaItem.Outcome.choices,
        "recommendations": Outcome.choices,
        "items": written_items(meeting),
        "people": people_of(meeting),
        "may_give": is_allowed(request.user, "tasks.create_task", meeting.process),
        "refused": refused,
        "fresh": uuid.uuid4,
        "stamp": rows_stamp(meeting),
        "typed": request.POST if refused else {},
    }
    return render(request, "meetings/write_minutes.html", context, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def sync_minutes(request: Any, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Take changes as they are typed, and tell what others have written; answers in JSON, also when the session has ended."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed_out"}, status=401)
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.write_minutes")
    get_object_or_404(Minutes, meeting=meeting)
    answer: dict[str, Any] = {"refused": {}}
    if request.method == "POST":
        changes = _changes(request.body) if len(request.body) <= MOST_BYTES else None
        if changes is None:
            return JsonResponse({"error": "unreadable"}, status=400)
        try:
            answer["refused"] = writing.write_minutes(meeting, changes, by=request.user).refused
        except Refused as refused:
            return JsonResponse({"error": refused.code, "sentence": str(refused)}, status=409)
    fields = fields_of(meeting)
    stamp = f'"{stamp_of(fields)}{rows_stamp(meeting)}"'
    others = _others(meeting, request.user)
    if request.method == "GET" and request.headers.get("If-None-Match") == stamp and not others:
        return HttpResponse(status=304)
    answer |= {"fields": fields, "rows": rows_stamp(meeting), "others": others}
    return JsonResponse(answer, headers={"ETag": stamp})


def _changes(body: bytes) -> dict[str, Change] | None:
    """Read the changes that a page sends; nothing where they are not what a page would send."""
    try:
        sent = json.loads(body)["changes"]
        changes = {
            str(name): Change(
                {str(part): str(text) for part, text in one["value"].items()} if isinstance(one["value"], dict) else str(one["value"]),
                str(one.get("base", "")),
            )
            for name, one in sent.items()
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return changes


def _others(meeting: Meeting, user: Any) -> list[str]:
    """Return the names of others who have the page open, and remember that this person has."""
    key, now = f"meetings.writers.{meeting.pk}", clock.now().timestamp()
    seen: dict[int, tuple[str, float]] = cache.get(key) or {}
    fresh = {pk: (name, at) for pk, (name, at) in seen.items() if now - at < WRITERS_SECONDS}
    fresh[user.pk] = (str(user), now)
    cache.set(key, fresh, WRITERS_SECONDS * 4)
    return sorted(name for pk, (name, _at) in fresh.items() if pk != user.pk)


@sign_in_required
@require_POST
def remove_guest(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Take somebody who was entered by mistake off the list; members stay on it."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.remove_guest")
    writing.remove_guest(get_object_or_404(meeting.attendances, pk=pk, member=False), by=request.user)
    return redirect(f"{_page(meeting)}#people")


@sign_in_required
@require_POST
def remove_written(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Take a decision out of the minutes that are being written."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.remove_decision")
    decision = get_object_or_404(meeting.decisions, pk=pk, item__isnull=False)
    item = decision.item_id
    writing.remove_written(decision, by=request.user)
    return redirect(f"{_page(meeting)}#item-{item}")
