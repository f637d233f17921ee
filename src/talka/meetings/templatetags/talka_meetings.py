# SPDX-License-Identifier: EUPL-1.2
"""Template filters for meetings; loaded as ``talka_meetings``."""

from django import template
from django.utils.translation import gettext as _

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
