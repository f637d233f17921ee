# SPDX-License-Identifier: EUPL-1.2
"""Template filters for meetings, and the fields of minutes that are saved as typed; loaded as ``talka_meetings``."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from talka.meetings import wording
from talka.meetings.models import Meeting
from talka.meetings.queries.readers import Change

register = template.Library()


@register.filter
def meeting_when(meeting: Meeting) -> str:
    """Write when a meeting takes place, beginning with a capital letter."""
    words = wording.when_words(meeting)
    return words[:1].upper() + words[1:]


@register.filter
def meeting_hours(meeting: Meeting) -> str:
    """Write the hours of a meeting; empty where only the day is known."""
    return wording.hours_words(meeting)


@register.simple_tag
def agenda_change(one: Change) -> str:
    """Say one thing that has changed in an agenda since it was sent."""
    sentence = {
        "added": _("new item: “%(title)s”"),
        "removed": _("taken off: “%(title)s”"),
        "renamed": _("“%(before)s” is now called “%(title)s”"),
        "hours": _("another time: “%(title)s”"),
        "papers": _("other papers: “%(title)s”"),
        "moved": _("the order of the items"),
    }[one.what]
    return sentence % {"title": one.title, "before": one.before}


@register.simple_tag
def pending_kind(kind: str) -> str:
    """Name one kind of what waits for a meeting."""
    return {
        "postponed": _("Postponed earlier"),
        "minutes": _("Minutes to approve"),
        "task": _("Tasks due"),
        "proposal": _("Proposals given to the groups"),
        "action": _("What the groups ask for"),
        "draft": _("Drafts to discuss"),
    }[kind]


@register.simple_tag
def new_key() -> str:
    """Make a key for a row that does not exist yet."""
    return str(uuid.uuid4())


@register.simple_tag
def row_name(kind: str, *keys: object) -> str:
    """Name a row of minutes by its kind and keys."""
    return ".".join([kind, *map(str, keys)])


def _live(
    name: str, label: str, fields: Mapping[str, str], refused: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, Any]:
    stored = fields.get(name, "")
    return {
        "name": name, "label": label, "stored": stored, "value": typed.get(name, stored) if name in refused else stored,
        "refused": refused.get(name, ""),
    }  # fmt: skip


@register.inclusion_tag("meetings/live_input.html")
def live_field(name: str, label: str, fields: Any, refused: Any, typed: Any, kind: str = "text") -> dict[str, Any]:
    """Write one line that is saved as typed."""
    return {**_live(name, label, fields, refused, typed), "kind": kind}


@register.inclusion_tag("meetings/live_input.html")
def live_line(kind: str, key: int, label: str, whose: str, fields: Any, refused: Any, typed: Any) -> dict[str, Any]:
    """Write one line of a row of a table, whose label says whose it is to those who do not see the table."""
    return {**_live(f"{kind}.{key}", f"{label}: {whose}", fields, refused, typed), "kind": "text", "quiet": True}


@register.inclusion_tag("meetings/live_text.html")
def live_text(name: str, label: str, fields: Any, refused: Any, typed: Any, rows: int = 3) -> dict[str, Any]:
    """Write a text that is saved as typed."""
    return {**_live(name, label, fields, refused, typed), "rows": rows}


@register.inclusion_tag("meetings/live_text.html")
def live_item_text(key: int, fields: Any, refused: Any, typed: Any) -> dict[str, Any]:
    """Write what was said at an item."""
    return {**_live(f"notes.{key}", _("What was said"), fields, refused, typed), "rows": 4}


@register.inclusion_tag("meetings/live_select.html")
def live_select(name: str, label: str, people: Iterable[Any], fields: Any, refused: Any, typed: Any) -> dict[str, Any]:
    """Let choose a person; saved when chosen."""
    choices = [("", "–"), *((str(one.pk), str(one)) for one in people)]
    return {**_live(name, label, fields, refused, typed), "choices": choices}


@register.inclusion_tag("meetings/live_select.html")
def live_choice(
    kind: str,
    key: int,
    label: str,
    whose: str,
    choices: Iterable[tuple[str, str]],
    fields: Any,
    refused: Any,
    typed: Any,
) -> dict[str, Any]:
    """Let choose in a row of a table; saved when chosen."""
    return {**_live(f"{kind}.{key}", f"{label}: {whose}", fields, refused, typed), "choices": choices, "quiet": True}


@register.inclusion_tag("meetings/live_select.html")
def live_item_outcome(
    key: int, outcomes: Iterable[tuple[str, str]], fields: Any, refused: Any, typed: Any
) -> dict[str, Any]:
    """Let choose what came of an item."""
    choices = [("", "–"), *outcomes]
    return {**_live(f"outcome.{key}", pgettext("agenda", "Outcome"), fields, refused, typed), "choices": choices}


@register.inclusion_tag("meetings/live_refused.html")
def live_refused(name: str, refused: Mapping[str, str]) -> dict[str, Any]:
    """Say why a row was not saved, and keep a place where the page says it."""
    return {"name": name, "refused": refused.get(name, "")}
