# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.ordering import move_by_one
from talka.core.permissions import authorize
from talka.files.inspection import Inspected
from talka.files.models import Attachment
from talka.files.operations import store_attachment
from talka.meetings.models import AgendaItem, Meeting, Paper, PaperVersion


class SamePaper(Refused):
    message = _("This is the file that the paper has already.")


@transaction.atomic
def add_papers(
    meeting: Meeting,
    *,
    files: Iterable[tuple[str, Inspected]],
    by: User,
    title: str = "",
    item: AgendaItem | None = None,
) -> list[Paper]:
    """Add files, each with its name, to a meeting or one item of its agenda; the title is for a single one."""
    authorize(by, "meetings.add_paper", meeting)
    return [
        add_paper(meeting, attachment=store_attachment(inspected, name=name, by=by), title=title, by=by, item=item)
        for name, inspected in files
    ]


@transaction.atomic
def add_paper(
    meeting: Meeting, *, attachment: Attachment, title: str, by: User, item: AgendaItem | None = None
) -> Paper:
    """Add a paper to a meeting, or to one item of its agenda."""
    authorize(by, "meetings.add_paper", meeting)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    last = meeting.papers.aggregate(last=Max("position"))["last"]
    paper = Paper.objects.create(
        meeting=meeting, item=item, attachment=attachment, title=title or attachment.name,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    record("meetings.add_paper", paper, by=by, scope=meeting.process)
    return paper


@transaction.atomic
def replace_paper(paper: Paper, *, name: str, inspected: Inspected, by: User) -> None:
    """Put a later file in the place of a paper's; the earlier one stays with those who run the meeting."""
    authorize(by, "meetings.replace_paper", paper.meeting)
    stored = (
        Paper.objects.select_for_update(of=("self",)).select_related("attachment", "meeting__process").get(pk=paper.pk)
    )
    attachment = store_attachment(inspected, name=name, by=by)
    if attachment.sha256 == stored.attachment.sha256:
        raise SamePaper
    number = (stored.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    PaperVersion.objects.create(
        paper=stored, number=number, attachment=stored.attachment, replaced_at=clock.now(), replaced_by=by
    )
    stored.attachment = attachment
    stored.save(update_fields=["attachment"])
    record("meetings.replace_paper", stored, by=by, scope=stored.meeting.process, version=number + 1)


@transaction.atomic
def give_paper_to(paper: Paper, *, item: AgendaItem | None, by: User) -> None:
    """Say to which item of the agenda a paper belongs; to none: to the meeting as a whole."""
    authorize(by, "meetings.give_paper_to", paper.meeting)
    stored = Paper.objects.select_for_update(of=("self",)).select_related("meeting__process").get(pk=paper.pk)
    if stored.item_id != (item.pk if item is not None else None):
        stored.item = item
        stored.save(update_fields=["item"])
        record("meetings.give_paper_to", stored, by=by, scope=stored.meeting.process)


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
    if move_by_one(paper.meeting.papers.all(), paper, up=up):
        record("meetings.move_paper", paper, by=by, scope=paper.meeting.process)
