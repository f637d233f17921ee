# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.ordering import move_by_one
from talka.core.permissions import authorize
from talka.core.text import slug
from talka.directory.models import Topic
from talka.directory.operations import create_topic
from talka.groups.models import WorkingGroup
from talka.processes.models import Process


def _topics_below(topic: Topic | None, names: Sequence[str], *, by: User) -> list[Topic]:
    """Return the sub-topics of these names, entered below the group's topic where they are new."""
    return [create_topic(name=name, parent=topic, by=by) for name in names]


@transaction.atomic
def create_group(
    process: Process,
    *,
    name: str,
    by: User,
    new_topic: str = "",
    subtopics: Sequence[Topic] = (),
    subtopic_names: Sequence[str] = (),
    **fields: Any,
) -> WorkingGroup:
    """Form a working group in a process; ``new_topic`` and ``subtopic_names`` enter topics that are not in the tree yet."""
    authorize(by, "groups.create_group", process)
    Process.objects.select_for_update().get(pk=process.pk)
    if new_topic:
        fields["topic"] = create_topic(name=new_topic, by=by)
    part = slug(name) or "group"
    taken = set(process.groups.values_list("slug", flat=True))
    last = process.groups.aggregate(last=Max("position"))["last"]
    group = WorkingGroup.objects.create(
        process=process,
        name=name,
        slug=next(s for s in (part, *(f"{part}-{n}" for n in range(2, len(taken) + 3))) if s not in taken),
        position=0 if last is None else last + 1,
        **fields,
    )
    group.subtopics.set([*subtopics, *_topics_below(group.topic, subtopic_names, by=by)])
    record("groups.create_group", group, by=by, scope=process)
    return group


@transaction.atomic
def change_group(
    group: WorkingGroup,
    *,
    by: User,
    new_topic: str = "",
    subtopic_names: Sequence[str] | None = None,
    seen: str = "",
    **fields: Any,
) -> None:
    """Change what a group says of itself; its address stays. ``seen`` is the version when it was read."""
    authorize(by, "groups.change_group", group)
    stored = WorkingGroup.objects.select_for_update().get(pk=group.pk)
    check_unchanged(stored, [*fields, "subtopic_names"] if subtopic_names is not None else fields, seen)
    if new_topic:
        fields["topic"] = create_topic(name=new_topic, by=by)
    changed = changed_names(group, fields)
    for name, value in fields.items():
        setattr(group, name, value)
    group.save(update_fields=list(fields))
    if subtopic_names is not None:
        group.subtopics.set(_topics_below(group.topic, subtopic_names, by=by))
    record("groups.change_group", group, by=by, scope=group.process, fields=changed)


@transaction.atomic
def move_group(group: WorkingGroup, *, by: User, up: bool) -> None:
    """Move a group one place up or down in the list; at the end of the list nothing happens."""
    authorize(by, "groups.move_group", group)
    Process.objects.select_for_update().get(pk=group.process_id)
    if move_by_one(WorkingGroup.objects.filter(process=group.process), group, up=up):
        record("groups.move_group", group, by=by, scope=group.process)


@transaction.atomic
def close_group(group: WorkingGroup, *, by: User, reason: str = "") -> None:
    """End a group's work; it stays readable."""
    authorize(by, "groups.close_group", group)
    group.closed_at = clock.now()
    group.save(update_fields=["closed_at"])
    record("groups.close_group", group, by=by, scope=group.process, reason=reason)


@transaction.atomic
def reopen_group(group: WorkingGroup, *, by: User) -> None:
    """Let a closed group work again."""
    authorize(by, "groups.reopen_group", group)
    group.closed_at = None
    group.save(update_fields=["closed_at"])
    record("groups.reopen_group", group, by=by, scope=group.process)
