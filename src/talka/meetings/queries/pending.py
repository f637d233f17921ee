# SPDX-License-Identifier: EUPL-1.2
"""What waits for a meeting of groups, to be taken onto its agenda."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from talka.core import clock
from talka.core.dates import short_date
from talka.core.reading import language
from talka.groups.models import PlannedAction
from talka.meetings.models import AgendaItem, Meeting, Minutes
from talka.plans.models import Edition
from talka.proposals.models import Proposal, Recommendation, Reply
from talka.tasks.models import Task

MOST = 200
"""How many of a kind are offered; whoever has more waiting narrows them in the register first."""


@dataclass(frozen=True)
class Pending:
    """One thing that waits: its key in the form, of which kind, its title, why it waits."""

    key: str
    kind: str
    title: str
    note: str = ""
    reference: str = ""
    proposal: Proposal | None = field(default=None, compare=False)
    task: Task | None = field(default=None, compare=False)
    item: AgendaItem | None = field(default=None, compare=False)

    @property
    def item_kind(self) -> str:
        """Return the kind of item that it becomes, where it is neither a proposal, a task nor an earlier item."""
        return AgendaItem.Kind.DRAFT if self.kind == "draft" else AgendaItem.Kind.TOPIC


def pending_for(meeting: Meeting, user: Any) -> list[Pending]:
    """Return what waits for a meeting, as far as the person may see it: postponed items, minutes to confirm, tasks due, proposals,
    what the groups ask for, drafts of plans; in a fixed number of queries."""
    groups = [group.pk for group in meeting.groups.all()]
    day = meeting.first_day or clock.today()
    found = [*_postponed(meeting, groups), *_minutes(meeting, groups)]
    found += [*_tasks(meeting, groups, day, user), *_proposals(meeting, groups, user)]
    return [*found, *_asked_for(meeting, groups), *_drafts(meeting, user)]


def _of_earlier(rows: Any, meeting: Meeting, groups: list[int]) -> Any:
    """Keep what belongs to earlier meetings of the same groups, or of none where this one has none; each once."""
    rows = rows.filter(meeting__process=meeting.process_id, meeting__cancelled_at__isnull=True).exclude(meeting=meeting)
    if meeting.starts_at is not None:
        rows = rows.exclude(meeting__starts_at__gte=meeting.starts_at)
    kept = rows.filter(meeting__groups__in=groups) if groups else rows.filter(meeting__groups__isnull=True)
    return kept.distinct()


def _postponed(meeting: Meeting, groups: list[int]) -> Iterator[Pending]:
    """Items that earlier meetings of the same groups postponed and that no meeting has taken up since."""
    taken_up = Exists(AgendaItem.objects.filter(continues=OuterRef("pk"), meeting__cancelled_at__isnull=True))
    postponed = AgendaItem.objects.filter(~taken_up, outcome=AgendaItem.Outcome.POSTPONED)
    rows = _of_earlier(postponed, meeting, groups).select_related("meeting", "presenter")
    for item in rows.order_by("meeting__starts_at", "position")[:MOST]:
        when = item.meeting.first_day
        note = _("postponed on %(day)s") % {"day": short_date(when, language())} if when else _("postponed")
        yield Pending(f"item-{item.pk}", "postponed", item.title, note, item=item)


def _minutes(meeting: Meeting, groups: list[int]) -> Iterator[Pending]:
    """Minutes of earlier meetings that were sent round and are not approved yet."""
    rows = _of_earlier(Minutes.objects.filter(approved_at__isnull=True, circulated_at__isnull=False), meeting, groups)
    already = set(meeting.items.values_list("title", flat=True))
    for minutes in rows.select_related("meeting").order_by("meeting__starts_at")[:MOST]:
        day = minutes.meeting.first_day
        title = _("Approval of the minutes of %(day)s") % {
            "day": short_date(day, language()) if day else minutes.meeting.title
        }
        if title not in already:
            yield Pending(f"minutes-{minutes.pk}", "minutes", title, minutes.meeting.title)


def _tasks(meeting: Meeting, groups: list[int], day: date, user: Any) -> Iterator[Pending]:
    """Open tasks of the groups that are due until the meeting and are not on an agenda ahead."""
    on_agenda = Exists(_ahead(AgendaItem.objects.filter(tasks=OuterRef("pk")), meeting))
    tasks = Task.objects.visible_to(user).open().filter(process=meeting.process_id, due_on__lte=day)
    tasks = tasks.filter(group__in=groups) if groups else tasks.filter(group__isnull=True)
    for task in tasks.filter(~on_agenda).select_related("owner", "latest").order_by("due_on", "pk")[:MOST]:
        note = _("%(owner)s, until %(day)s") % {"owner": task.owner, "day": short_date(task.due_on, language())}
        yield Pending(f"task-{task.pk}", "task", task.title, note, task=task)


def _ahead(items: Any, meeting: Meeting) -> Any:
    """Keep the items of this meeting and of those that have not been held."""
    return items.filter(meeting__cancelled_at__isnull=True).filter(
        Q(meeting=meeting.pk) | Q(meeting__starts_at__gt=clock.now())
    )


def _proposals(meeting: Meeting, groups: list[int], user: Any) -> Iterator[Pending]:
    """Proposals given to the groups on which nothing has been recommended or decided, the longest waiting first."""
    on_agenda = Exists(_ahead(AgendaItem.objects.filter(proposals=OuterRef("pk")), meeting))
    settled = Exists(Recommendation.objects.filter(proposal=OuterRef("pk"))) | Exists(
        Reply.objects.filter(proposal=OuterRef("pk"))
    )
    rows = Proposal.objects.worked_on_by(user).filter(
        process=meeting.process_id, assigned_group__in=groups, answered_at__isnull=True, withdrawn_at__isnull=True
    )
    rows = rows.filter(~on_agenda, ~settled).order_by("owed_on", "number")
    for proposal in rows.only("pk", "reference", "number", "title", "owed_on", "published_at", "process", "language")[
        :MOST
    ]:
        note = _("answer until %(day)s") % {"day": short_date(proposal.owed_on, language())} if proposal.owed_on else ""
        yield Pending(
            f"proposal-{proposal.pk}", "proposal", proposal.title, note, proposal.reference, proposal=proposal
        )


def _asked_for(meeting: Meeting, groups: list[int]) -> Iterator[Pending]:
    """What the groups ask plans to take in and what nobody has decided on."""
    actions = PlannedAction.objects.in_state(PlannedAction.State.WAITING).filter(group__in=groups)
    already = set(meeting.items.values_list("title", flat=True)) if groups else set()
    for action in actions.order_by("group", "position")[:MOST]:
        if action.title[:300] not in already:
            yield Pending(f"action-{action.pk}", "action", action.title, _("the group asks for it"))


def _drafts(meeting: Meeting, user: Any) -> Iterator[Pending]:
    """Drafts of the process' plans that are shown to be discussed."""
    drafts = Edition.objects.filter(
        plan__process=meeting.process_id, approved_at__isnull=True, published_at__isnull=False
    )
    already = set(meeting.items.values_list("title", flat=True)) if drafts else set()
    for edition in drafts.select_related("plan"):
        title = _("Draft: %(plan)s, %(edition)s") % {"plan": edition.plan.title, "edition": edition.name}
        if title[:300] not in already:
            yield Pending(f"draft-{edition.pk}", "draft", title)
