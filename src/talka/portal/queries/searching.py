# SPDX-License-Identifier: EUPL-1.2
"""One search over processes, groups, meetings and proposals that a person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from talka.core.alphabet import Alphabetical
from talka.core.text import fold
from talka.core.words import words_of
from talka.core.words.stems import stem_of
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.proposals.models import Folded, Proposal

FIRST = 5
MOST_WORDS = 12
Rows = TypeVar("Rows", bound="QuerySet[Any]")


class Kind(models.TextChoices):
    """What the search looks among, in the order of the page."""

    PROCESS = "processes", _("Processes")
    GROUP = "groups", _("Working groups")
    MEETING = "meetings", _("Meetings")
    PROPOSAL = "proposals", _("Proposals")


@dataclass(frozen=True)
class Found:
    """The first things of one kind that were found, and whether there are more."""

    kind: Kind
    rows: Sequence[Any]
    more: bool


def holding_words(rows: Rows, words: str, *fields: str) -> Rows:
    """Keep rows that hold every word, or one that begins like it or like its stem, in some of the text fields.

    For tables of hundreds of rows; diacritics do not matter.
    """
    spaced = [part for field in fields for part in (Value(" "), models.F(field))]
    rows = rows.annotate(searched=Folded(Concat(*spaced, output_field=models.TextField())))
    for word in [word.text for word in words_of(words)][:MOST_WORDS]:
        stem = fold(stem_of(word.lower()))
        rows = rows.filter(searched__regex=rf"\m({fold(word)}|{stem})" if len(stem) > 3 else rf"\m{fold(word)}")
    return rows


def matching(kind: Kind, words: str, user: Any) -> "QuerySet[Any]":
    """Return what of one kind matches the words, of what the person may see."""
    if kind == Kind.PROCESS:
        return holding_words(Process.objects.visible_to(user), words, "title", "summary", "owner__name").select_related(
            "owner"
        )
    if kind == Kind.GROUP:
        groups = WorkingGroup.objects.visible_to(user)
        return (
            holding_words(groups, words, "name", "description")
            .select_related("process")
            .order_by(Alphabetical("process__title"), "position")
        )
    if kind == Kind.MEETING:
        meetings = Meeting.objects.visible_to(user).select_related("process", "place")
        return holding_words(meetings, words, "title", "description").order_by(
            models.F("starts_at").desc(nulls_last=True), "-pk"
        )
    proposals = Proposal.objects.visible_to(user).matching(words)
    return proposals.select_related("process", "reply").defer("search").order_by("-received_at", "-pk")


def first_of_each(words: str, user: Any) -> list[Found]:
    """Return the first few of every kind in which something was found."""
    found = []
    for kind in Kind:
        rows = list(matching(kind, words, user)[: FIRST + 1])
        if rows:
            found.append(Found(kind, rows[:FIRST], more=len(rows) > FIRST))
    return found
