# SPDX-License-Identifier: EUPL-1.2
"""Template filters for meetings, and the fields of minutes that are saved as typed; loaded as ``talka_meetings``."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.template import Context, Engine
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from talka.meetings import wording
from talka.meetings.models import Meeting
from talka.meetings.queries.readers import Change
from talka.meetings.rule_words import rule_words

register = template.Library()
_NAME = "row-of-an-item"


@register.filter
def meeting_when(meeting: Meeting) -> str:
    """Write when a meeting takes place, beginning with a capital letter."""
    words = wording.when_words(meeting)
    return words[:1].upper() + words[1:]


@register.filter
def day_and_hour(moment: datetime) -> str:
    """Write a day with its weekday, and the hour."""
    return wording.day_and_hour(moment)


@register.filter
def how_often(rule: str) -> str:
    """Write how often a series meets."""
    return rule_words(rule)


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
def row_name(kind: str, *keys: object) -> str:
    """Name a row of minutes by its kind and keys."""
    return ".".join([kind, *map(str, keys)])


@register.simple_tag
def live_row(name: str, refused: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, Any]:
    """Return a row of minutes by its name, with what was typed in it where that was refused."""
    start = f"{name}."
    parts = {key.removeprefix(start): value for key, value in typed.items() if key.startswith(start)}
    return {"name": name, "parts": parts if name in refused else {}}


@register.simple_tag
def blank_row(
    kind: str, item: object, refused: Mapping[str, str], typed: Mapping[str, str], stored: Iterable[Any] = ()
) -> dict[str, Any]:
    """Return a new row under a key of its own; one that was refused comes back with what was typed in it."""
    start = f"{kind}.{item}." if item else f"{kind}."
    known = {f"{start}{one.key}" for one in stored}
    name = next((one for one in refused if one.startswith(start) and one not in known), f"{start}{uuid.uuid4()}")
    return live_row(name, refused, typed)


@register.simple_tag(takes_context=True)
def blank_item_row(context: Context, kind: str, item: int, stored: Iterable[Any]) -> SafeString:
    """Write a new decision or task of an item; rendered once, and only named anew, for all items in which nothing was refused."""
    row = blank_row(kind, item, context["refused"], context["typed"], stored)
    if row["parts"]:
        return _rendered(context, kind, row)
    blanks: dict[str, str] = context["blanks"]
    if kind not in blanks:
        blanks[kind] = _rendered(context, kind, {"name": _NAME, "parts": {}})
    return mark_safe(blanks[kind].replace(_NAME, escape(row["name"])))  # noqa: S308


def _rendered(context: Context, kind: str, row: dict[str, Any]) -> SafeString:
    template = Engine.get_default().get_template(f"meetings/{kind}_row.html")
    with context.push(row=row, decision=None):
        return template.render(context)


@register.filter
def votes_seen(decision: Any) -> str:
    """Write the votes of a decision as the page compares them."""
    votes = (decision.votes_for, decision.votes_against, decision.abstained)
    return "/".join("" if number is None else str(number) for number in votes)


def _live(
    name: str, label: str, fields: Mapping[str, str], refused: Mapping[str, str], typed: Mapping[str, str]
) -> dict[str, Any]:
    stored = fields.get(name, "")
    return {
        "name": name, "label": label, "stored": stored, "value": typed.get(name, stored) if name in refused else stored,
        "refused": refused.get(name, ""),
    }  # fmt: skip


@register.inclusion_tag("meetings/live_input.html")
def live_hour(name: str, label: str, now: str, fields: Any, refused: Any, typed: Any) -> dict[str, Any]:
    """Write an hour that is saved as typed, with a button, named ``now``, that enters the present one."""
    return {**_live(name, label, fields, refused, typed), "kind": "time", "now": now}


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
def live_select(
    name: str, label: str, choices: Iterable[tuple[str, str]], fields: Any, refused: Any, typed: Any
) -> dict[str, Any]:
    """Let choose a person; saved when chosen."""
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
