# SPDX-License-Identifier: EUPL-1.2
"""The page on which minutes are written during a meeting: as typed with a script, by its button without one."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from talka.core import clock
from talka.core.errors import Refused
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.permissions import is_allowed
from talka.directory.models import Person
from talka.meetings.models import AgendaItem, Attendance, Meeting, Minutes
from talka.meetings.opening import open_meeting
from talka.meetings.operations import writing
from talka.meetings.operations.written import Change
from talka.meetings.queries.people import people_of
from talka.meetings.queries.protocol import read_sheet
from talka.proposals.models import Outcome

ROWS = {
    "decision": 2, "task": 2, "recommend": 2, "guest": 1, "new-item": 1,
}  # fmt: skip
"""Kinds of rows, and by how many keys each is named."""
HOURS = ("began", "ended")
BUTTONS = ("csrfmiddlewaretoken", "begin", "now", "present")
WRITERS_SECONDS = 30
MOST_BYTES = 2_000_000


def _page(meeting: Meeting) -> str:
    return reverse("meetings:write_minutes", args=[meeting.process.slug, meeting.pk])


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def write_minutes(request: SignedInRequest, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Show the minutes to be written; before they are begun, a button that begins them."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.write_minutes", ahead=())
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if request.method == "POST" and (minutes is None or "begin" in request.POST):
        writing.begin_minutes(meeting, by=request.user)
        return redirect(_page(meeting))
    if minutes is None:
        return render(request, "meetings/begin_minutes.html", {"process": meeting.process, "meeting": meeting})
    if minutes.approved_at is not None and request.method != "POST":
        return redirect("meetings:manage_minutes", meeting.process.slug, meeting.pk)
    if request.method != "POST":
        return _show(request, meeting, {}, minutes)
    refused = _save(request, meeting)
    if "present" in request.POST:
        writing.mark_others_present(meeting, by=request.user)
    if refused:
        return _show(request, meeting, refused)
    messages.success(request, _("The minutes are saved."))
    return redirect(_page(meeting))


def _save(request: SignedInRequest, meeting: Meeting) -> dict[str, str]:
    """Save what the whole form holds, whichever of its buttons was pressed; return what was refused."""
    typed, bases = _typed(request.POST.items())
    now = request.POST.get("now", "")
    if now in HOURS:
        typed[now] = timezone.localtime(clock.now()).strftime("%H:%M")
    return writing.save_whole(meeting, typed, bases, by=request.user).refused


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
        elif name not in BUTTONS:
            typed[name] = value.replace("\r\n", "\n")
    return typed, bases


def _show(
    request: SignedInRequest, meeting: Meeting, refused: Mapping[str, str], minutes: Minutes | None = None
) -> HttpResponse:
    sheet = read_sheet(meeting, minutes)
    people = [(str(one.pk), str(one)) for one in people_of(meeting)]
    context = {
        "process": meeting.process,
        "meeting": meeting,
        "fields": sheet.fields,
        "attendances": sheet.attendances,
        "modes": Attendance.Mode.choices,
        "guest_modes": [one for one in Attendance.Mode.choices if one[0] != Attendance.Mode.REPRESENTED],
        "outcomes": AgendaItem.Outcome.choices,
        "recommendations": Outcome.choices,
        "items": sheet.items,
        "people": [("", "–"), *people, *_gone(sheet.minutes, {key for key, _name in people})],
        "owner_options": format_html_join("", '<option value="{}">{}</option>', people),
        "may_give": is_allowed(request.user, "tasks.create_task", meeting.process),
        "refused": refused,
        "stamp": sheet.rows_stamp,
        "typed": request.POST if refused else {},
        "zone": settings.TIME_ZONE,
        "blanks": {},
    }
    return render(request, "meetings/write_minutes.html", context, status=422 if refused else 200)


def _gone(minutes: Minutes, known: set[str]) -> list[tuple[str, str]]:
    """Return who chairs or writes but belongs to the process no more, so that saving does not take them out."""
    named = (minutes.chair_id, minutes.secretary_id)
    left = [key for key in named if key is not None and str(key) not in known]
    return [(str(one.pk), str(one)) for one in Person.objects.filter(pk__in=left)] if left else []


@require_http_methods(["GET", "POST"])
def sync_minutes(request: Any, process_slug: str, meeting_pk: int) -> HttpResponse:
    """Take changes as they are typed, and tell what others have written; answers in JSON, also when the session has ended."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed_out"}, status=401)
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.write_minutes", ahead=())
    minutes = get_object_or_404(Minutes, meeting=meeting)
    answer: dict[str, Any] = {"refused": {}}
    if request.method == "POST":
        sent = _sent(request.body) if len(request.body) <= MOST_BYTES else None
        if sent is None:
            return JsonResponse({"error": "unreadable"}, status=400)
        who, changes = sent
        if who not in {"", str(request.user.pk)}:
            return JsonResponse({"error": "somebody_else"}, status=401)
        try:
            answer["refused"] = writing.write_minutes(meeting, changes, by=request.user).refused
        except Refused as refused:
            return JsonResponse({"error": refused.code, "sentence": str(refused)}, status=409)
    sheet = read_sheet(meeting, minutes if request.method == "GET" else None)
    stamp = f'"{sheet.stamp}"'
    others = _others(meeting, request.user)
    if request.method == "GET" and request.headers.get("If-None-Match") == stamp and not others:
        return HttpResponse(status=304)
    answer |= {"fields": sheet.fields, "rows": sheet.rows_stamp, "others": others, "token": get_token(request)}
    return JsonResponse(answer, headers={"ETag": stamp})


def _sent(body: bytes) -> tuple[str, dict[str, Change]] | None:
    """Read who wrote and the changes that a page sends; nothing where they are not what a page would send."""
    try:
        sent = json.loads(body)
        changes = {
            str(name): Change(
                {str(part): str(text) for part, text in one["value"].items()} if isinstance(one["value"], dict) else str(one["value"]),
                str(one.get("base", "")),
            )
            for name, one in sent["changes"].items()
        }  # fmt: skip
        return str(sent.get("who", "")), changes
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _others(meeting: Meeting, user: Any) -> list[str]:
    """Return the names of others who have the page open, and remember that this person has."""
    key, now = f"meetings.writers.{meeting.pk}", clock.now().timestamp()
    seen: dict[int, tuple[str, float]] = cache.get(key) or {}
    fresh = {pk: (name, at) for pk, (name, at) in seen.items() if now - at < WRITERS_SECONDS}
    if now - fresh.get(user.pk, ("", 0))[1] > WRITERS_SECONDS / 3:
        fresh[user.pk] = (str(user), now)
        cache.set(key, fresh, WRITERS_SECONDS * 4)
    return sorted(name for pk, (name, _at) in fresh.items() if pk != user.pk)


@sign_in_required
@require_POST
def remove_guest(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Take somebody who was entered by mistake off the list; members stay on it."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.remove_guest")
    guest = get_object_or_404(meeting.attendances, pk=pk, member=False)
    refused = _save(request, meeting)
    writing.remove_guest(guest, by=request.user)
    return _after_removing(request, meeting, refused, "people")


@sign_in_required
@require_POST
def remove_written(request: SignedInRequest, process_slug: str, meeting_pk: int, pk: int) -> HttpResponse:
    """Take a decision out of the minutes that are being written."""
    meeting = open_meeting(request.user, process_slug, meeting_pk, "meetings.remove_decision")
    decision = get_object_or_404(meeting.decisions, pk=pk, item__isnull=False)
    item = decision.item_id
    refused = _save(request, meeting)
    writing.remove_written(decision, by=request.user)
    return _after_removing(request, meeting, refused, f"item-{item}")


def _after_removing(request: SignedInRequest, meeting: Meeting, refused: Mapping[str, str], place: str) -> HttpResponse:
    """Go back to where something was removed; what else the form held and could not be saved is shown again."""
    if refused:
        return _show(request, meeting, refused)
    return redirect(f"{_page(meeting)}#{place}")
