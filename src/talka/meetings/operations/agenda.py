# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.ordering import put_in_order
from talka.core.permissions import authorize
from talka.meetings.models import AgendaItem, Custom, Meeting, Minutes
from talka.meetings.operations.calling import MeetingCancelled, MinutesLocked
from talka.meetings.queries.pending import Pending, pending_for
from talka.meetings.usual_items import usual_items
from talka.plans.models import PlanNode
from talka.proposals.models import Proposal
from talka.tasks.models import Task

MOST_ITEMS = 100


class TooManyItems(Refused):
    message = _("An agenda has at most %(limit)s items.")


class ClosedPapers(Refused):
    message = _("This item is not public and has papers. Remove them or give them to another item first.")


class NothingToShow(Refused):
    message = _("The agenda has no item yet.")


def lock_open(meeting: Meeting) -> Meeting:
    """Return the meeting, locked; raise where it is cancelled or its minutes are approved."""
    locked = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if locked.is_cancelled:
        raise MeetingCancelled
    if Minutes.objects.filter(meeting=locked, approved_at__isnull=False).exists():
        raise MinutesLocked
    return locked


def _append(meeting: Meeting, number: int) -> int:
    """Return the position after the last item; raise ``TooManyItems`` when so many more are too many."""
    last = meeting.items.aggregate(last=Max("position"))["last"]
    if meeting.items.count() + number > MOST_ITEMS:
        raise TooManyItems(limit=MOST_ITEMS)
    return 0 if last is None else int(last) + 1


@transaction.atomic
def add_item(
    meeting: Meeting,
    *,
    title: str,
    by: User,
    proposals: Iterable[Proposal] = (),
    tasks: Iterable[Task] = (),
    nodes: Iterable[PlanNode] = (),
    **fields: Any,
) -> AgendaItem:
    """Add an item as the last of a meeting's agenda. ``fields`` are those of ``AgendaItem``."""
    authorize(by, "meetings.add_item", meeting)
    position = _append(lock_open(meeting), 1)
    item = AgendaItem.objects.create(
        meeting=meeting, title=title, added_by=by, added_at=clock.now(), position=position, **fields
    )
    item.proposals.set(proposals)
    item.tasks.set(tasks)
    item.nodes.set(nodes)
    record("meetings.add_item", item, by=by, scope=meeting.process)
    return item


@transaction.atomic
def change_item(
    item: AgendaItem,
    *,
    by: User,
    seen: str = "",
    proposals: Iterable[Proposal] | None = None,
    nodes: Iterable[PlanNode] | None = None,
    **fields: Any,
) -> None:
    """Change an item of an agenda. ``seen`` is the version when it was read."""
    authorize(by, "meetings.change_item", item.meeting)
    lock_open(item.meeting)
    stored = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    check_unchanged(stored, fields, seen)
    changed = changed_names(stored, fields)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    if proposals is not None:
        stored.proposals.set(proposals)
    if nodes is not None:
        stored.nodes.set(nodes)
    record("meetings.change_item", stored, by=by, scope=item.meeting.process, fields=changed)


@transaction.atomic
def remove_item(item: AgendaItem, *, by: User) -> None:
    """Take an item off the agenda; what it was about waits again."""
    authorize(by, "meetings.remove_item", item.meeting)
    lock_open(item.meeting)
    if item.withheld and item.papers.exists():
        raise ClosedPapers
    record("meetings.remove_item", item, by=by, scope=item.meeting.process)
    item.delete()


@transaction.atomic
def place_item(item: AgendaItem, *, by: User, position: int) -> None:
    """Put an item at a place of the agenda, counted from 0; beyond the ends it comes first or last."""
    authorize(by, "meetings.place_item", item.meeting)
    lock_open(item.meeting)
    row = list(AgendaItem.objects.filter(meeting=item.meeting))
    moved = row.pop(row.index(item))
    row.insert(max(0, min(position, len(row))), moved)
    if put_in_order(row):
        record("meetings.place_item", item, by=by, scope=item.meeting.process)


@transaction.atomic
def place_item_beside(item: AgendaItem, *, by: User, beside: AgendaItem, after: bool) -> None:
    """Put an item right before or after another one of the same agenda, where it was dropped."""
    authorize(by, "meetings.place_item", item.meeting)
    lock_open(item.meeting)
    others = list(AgendaItem.objects.filter(meeting=item.meeting).exclude(pk=item.pk))
    if beside in others:
        place_item(item, by=by, position=others.index(beside) + int(after))


@transaction.atomic
def move_item(item: AgendaItem, *, by: User, up: bool) -> None:
    """Move an item one place up or down; at the end of the agenda nothing happens."""
    row = list(AgendaItem.objects.filter(meeting=item.meeting).values_list("pk", flat=True))
    place = row.index(item.pk)
    place_item(item, by=by, position=place - 1 if up else place + 1)


@transaction.atomic
def take_pending(meeting: Meeting, *, by: User, keys: Sequence[str], together: bool = False) -> list[AgendaItem]:
    """Take what waits for the meeting onto its agenda, by the keys that ``pending_for`` gives; those not waiting any more are
    passed over. ``together``: proposals become one item."""
    authorize(by, "meetings.add_item", meeting)
    lock_open(meeting)
    waiting = {one.key: one for one in pending_for(meeting, by)}
    chosen = [waiting[key] for key in dict.fromkeys(keys) if key in waiting]
    proposals = [one for one in chosen if one.kind == "proposal"]
    made: list[AgendaItem] = []
    if together and len(proposals) > 1:
        with override(meeting.process.language):
            title = gettext("Proposals %(references)s") % {"references": ", ".join(one.reference for one in proposals)}
        made.append(
            add_item(meeting, title=title[:300], by=by, kind=AgendaItem.Kind.PROPOSALS,
                     proposals=[one.proposal for one in proposals if one.proposal])
        )  # fmt: skip
        chosen = [one for one in chosen if one.kind != "proposal"]
    return made + [_take(meeting, one, by=by) for one in chosen]


def _take(meeting: Meeting, one: Pending, *, by: User) -> AgendaItem:
    """Make an item of one thing that waits."""
    if one.item is not None:
        before = one.item
        item = add_item(
            meeting, title=before.title, by=by, kind=before.kind, about=before.about, presenter=before.presenter,
            presenter_name=before.presenter_name, minutes_planned=before.minutes_planned, withheld=before.withheld,
            continues=before, proposals=before.proposals.all(), tasks=before.tasks.all(), nodes=before.nodes.all(),
        )  # fmt: skip
    elif one.proposal is not None:
        title = _proposal_title(meeting, one)
        item = add_item(meeting, title=title, by=by, kind=AgendaItem.Kind.PROPOSALS, proposals=[one.proposal])
    elif one.task is not None:
        item = add_item(
            meeting, title=one.title, by=by, kind=AgendaItem.Kind.TASKS, tasks=[one.task], presenter=one.task.owner
        )
    else:
        item = add_item(meeting, title=one.title[:300], by=by, kind=one.item_kind)
    return item


def _proposal_title(meeting: Meeting, one: Pending) -> str:
    """Name an item after its proposal; what nobody outside may read of the proposal is not told by the agenda either."""
    if one.proposal is not None and one.proposal.published_at is not None:
        return f"{one.reference} {one.title}"[:300]
    with override(meeting.process.language):
        return gettext("Proposal %(reference)s") % {"reference": one.reference}


@transaction.atomic
def begin_agenda(meeting: Meeting, *, by: User) -> list[AgendaItem]:
    """Begin an agenda from what is open: what was postponed, minutes to confirm, tasks due, then proposals; one item of each task
    and proposal. The usual items of the process come before and after, unless the agenda has items already."""
    authorize(by, "meetings.add_item", meeting)
    custom = Custom.objects.filter(process=meeting.process_id).first()
    usual = custom is not None and not meeting.items.exists()
    first = _add_usual(meeting, custom.opening_items, by=by) if custom is not None and usual else []
    keys = [one.key for one in pending_for(meeting, by) if one.kind in {"postponed", "minutes", "task", "proposal"}]
    last = usual_items(custom.closing_items) if custom is not None and usual else []
    room = MOST_ITEMS - meeting.items.count() - len(last)
    taken = take_pending(meeting, by=by, keys=keys[: max(0, room)])
    return [*first, *taken, *(_add_usual(meeting, custom.closing_items, by=by) if custom is not None and usual else [])]


def _add_usual(meeting: Meeting, text: str, *, by: User) -> list[AgendaItem]:
    return [add_item(meeting, title=title, minutes_planned=minutes, by=by) for title, minutes in usual_items(text)]


@transaction.atomic
def publish_agenda(meeting: Meeting, *, by: User) -> None:
    """Show the agenda to everybody who may see the meeting; publishing once more changes nothing."""
    authorize(by, "meetings.publish_agenda", meeting)
    locked = lock_open(meeting)
    if not locked.items.exists():
        raise NothingToShow
    if locked.agenda_published_at is None:
        Meeting.objects.filter(pk=locked.pk).update(agenda_published_at=clock.now())
        meeting.refresh_from_db(fields=["agenda_published_at"])
        record("meetings.publish_agenda", meeting, by=by, scope=meeting.process)


@transaction.atomic
def withdraw_agenda(meeting: Meeting, *, by: User) -> None:
    """Take the agenda off the page of the meeting."""
    authorize(by, "meetings.publish_agenda", meeting)
    lock_open(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(agenda_published_at=None)
    meeting.refresh_from_db(fields=["agenda_published_at"])
    record("meetings.withdraw_agenda", meeting, by=by, scope=meeting.process)


def planned_length(items: Iterable[AgendaItem]) -> timedelta:
    """Return how long the items are planned to take together."""
    return timedelta(minutes=sum(item.minutes_planned or 0 for item in items))
