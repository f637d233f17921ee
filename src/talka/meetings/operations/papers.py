# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.permissions import authorize
from talka.files.inspection import Inspected
from talka.files.models import Attachment
from talka.files.operations import store_attachment
from talka.meetings.models import Meeting, Paper


@transaction.atomic
def add_papers(meeting: Meeting, *, files: Iterable[tuple[str, Inspected]], by: User, title: str = "") -> list[Paper]:
    """Add files, each with its name, to a meeting; the title is for a single one."""
    authorize(by, "meetings.add_paper", meeting)
    return [
        add_paper(meeting, attachment=store_attachment(inspected, name=name, by=by), title=title, by=by)
        for name, inspected in files
    ]


@transaction.atomic
def add_paper(meeting: Meeting, *, attachment: Attachment, title: str, by: User) -> Paper:
    """Add a paper to a meeting."""
    authorize(by, "meetings.add_paper", meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = meeting.papers.aggregate(last=Max("position"))["last"]
    paper = Paper.objects.create(
        meeting=meeting, attachment=attachment, title=title or attachment.name, position=0 if last is None else last + 1
    )
    record("meetings.add_paper", paper, by=by, scope=meeting.process)
    return paper


@transaction.atomic
def remove_paper(paper: Paper, *, by: User) -> None:
    """Remove a paper from a meeting."""
    authorize(by, "meetings.remove_paper", paper.meeting)
    record("meetings.remove_paper", paper, by=by, scope=paper.meeting.process)
    paper.delete()


@transaction.atomic
def move_paper(paper: Paper, *, by: User, up: bool) -> None:
    """Move a paper one place up or down; the first cannot go up, the last not down."""
    authorize(by, "meetings.move_paper", paper.meeting)
    Meeting.objects.select_for_update().get(pk=paper.meeting_id)
    papers = list(paper.meeting.papers.all())
    place = papers.index(paper)
    to = place - 1 if up else place + 1
    if not 0 <= to < len(papers):
        return
    papers[place], papers[to] = papers[to], papers[place]
    for position, one in enumerate(papers):
        one.position = position
    Paper.objects.bulk_update(papers, ["position"])
    record("meetings.move_paper", paper, by=by, scope=paper.meeting.process)
