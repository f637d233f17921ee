# SPDX-License-Identifier: EUPL-1.2
"""Papers with when their file was last replaced."""

from django.db.models import Max, QuerySet

from talka.meetings.models import Meeting, Paper


def with_changes(papers: "QuerySet[Paper]") -> "QuerySet[Paper]":
    """Give each paper ``replaced_at``, when a later file took the place of one before, and load its file."""
    return (
        papers.annotate(replaced_at=Max("versions__replaced_at"))
        .select_related("attachment")
        .order_by("position", "pk")
    )


def papers_with_changes(meeting: Meeting) -> "QuerySet[Paper]":
    """Return all papers of a meeting, each with its item."""
    return with_changes(Paper.objects.filter(meeting=meeting)).select_related("attachment", "item")
