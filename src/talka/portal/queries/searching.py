# SPDX-License-Identifier: EUPL-1.2
"""One search over processes, groups, meetings, plans and proposals that a person may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from talka.core.alphabet import Alphabetical
from talka.core.finding import holding_words
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.plans.choosing import with_code
from talka.plans.models import NodeVersion
from talka.plans.queries.branches import with_works
from talka.plans.queries.cards import shown_editions
from talka.processes.models import Process
from talka.proposals.models import Proposal

FIRST = 5


class Kind(models.TextChoices):
    """What the search looks among, in the order of the page."""

    PROCESS = "processes", _("Processes")
    GROUP = "groups", _("Working groups")
    MEETING = "meetings", _("Meetings")
    NODE = "nodes", _("Actions and investments")
    PROPOSAL = "proposals", _("Proposals")


@dataclass(frozen=True)
class Found:
    """The first things of one kind that were found, and whether there are more."""

    kind: Kind
    rows: Sequence[Any]
    more: bool


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
    if kind == Kind.NODE:
        works = with_works(NodeVersion.objects.works().filter(edition__in=shown_editions(user).values("pk")))
        found = holding_words(works, words, "code", "title", "description", or_else=with_code(words))
        return found.select_related("edition__plan__process").order_by("-edition__plan__ends_year", "code", "pk")
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
