# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import slug
from talka.directory.models import Organization, Person
from talka.processes.models import LegalStep, Participant, Phase, Process, Role
from talka.processes.queries import frame_of
from talka.processes.signals import process_closed
from talka.processes.templates import Frame, lay


class ProcessClosed(Refused):
    message = _("This process has been closed. Open it again to change it.")


class NotReadyToPublish(Refused):
    message = _(
        "Before publishing, write in one or two sentences what the process is about, and give it at least one phase."
    )


def open_for_changes(process: Process) -> Process:
    """Return the process locked until the end of the transaction; refuse when it has been closed."""
    locked = Process.objects.select_for_update().get(pk=process.pk)
    if locked.closed_at is not None:
        raise ProcessClosed
    return locked


def _free_slug(title: str) -> str:
    part = slug(title) or "process"
    taken = set(Process.objects.filter(slug__startswith=part).values_list("slug", flat=True))
    return next(s for s in (part, *(f"{part}-{n}" for n in range(2, len(taken) + 3))) if s not in taken)


@transaction.atomic
def create_process(
    *,
    kind: str,
    title: str,
    owner: Organization,
    by: User,
    starts_on: date | None = None,
    copy_of: Process | None = None,
    from_template: bool = True,
    address_part: str = "",
    **fields: Any,
) -> Process:
    """Make a process as a draft: from the template of its kind, or as another one was, moved to the new start.

    Whoever makes it becomes its coordinator if known as a person. Organizations and ways to take part are
    copied only within the same owner: those of another municipality are not ours to announce.
    """
    authorize(by, "processes.create_process", owner)
    process = Process.objects.create(
        kind=kind, title=title, owner=owner, slug=address_part or _free_slug(title), copied_from=copy_of, **fields
    )
    Participant.objects.create(process=process, organization=owner)
    person = Person.objects.filter(user=by).first()
    if person is not None:
        Role.objects.create(process=process, person=person, organization=owner, kind=Role.Kind.COORDINATOR)
    first_day = starts_on or clock.today()
    if copy_of is not None:
        _lay(process, frame_of(copy_of, first_day))
        if copy_of.owner_id == owner.pk:
            _copy_company(copy_of, process)
    elif from_template:
        _lay(process, lay(kind, process.language, first_day))
    record("processes.create_process", process, by=by, scope=process, copy_of=copy_of.pk if copy_of else None)
    return process


def _lay(process: Process, frame: Frame) -> None:
    for position, phase in enumerate(frame.phases):
        Phase.objects.create(
            process=process, title=phase.title, description=phase.description, allows=list(phase.allows),
            starts_on=phase.starts_on, ends_on=phase.ends_on, position=position,
        )  # fmt: skip
    for position, step in enumerate(frame.steps):
        LegalStep.objects.create(
            process=process,
            title=step.title,
            act=step.act,
            responsible=step.responsible,
            due_on=step.due_on,
            position=position,
        )


def _copy_company(source: Process, process: Process) -> None:
    """Copy who takes part and the ways to take part."""
    for participant in source.participants.exclude(organization=process.owner):
        Participant.objects.create(
            process=process,
            organization=participant.organization,
            capacity=participant.capacity,
            position=participant.position,
        )
    for channel in source.channels.all():
        channel.pk, channel.process = None, process
        channel._state.adding = True
        channel.save()


@transaction.atomic
def change_process(process: Process, *, by: User, seen: str = "", **fields: Any) -> None:
    """Change what a process says of itself; ``fields`` are those of the model, ``seen`` their version when read."""
    authorize(by, "processes.change_process", process)
    check_unchanged(open_for_changes(process), fields, seen)
    changed = changed_names(process, fields)
    related = fields.pop("related", None)
    for name, value in fields.items():
        setattr(process, name, value)
    process.save(update_fields=list(fields))
    if related is not None:
        unseen = process.related.exclude(pk__in=Process.objects.visible_to(by).values("pk"))
        process.related.set([*related, *unseen])
    record("processes.change_process", process, by=by, scope=process, fields=changed)


@transaction.atomic
def publish_process(process: Process, *, by: User) -> None:
    """Show a process to those it is for."""
    authorize(by, "processes.publish_process", process)
    if not process.summary or not process.phases.exists():
        raise NotReadyToPublish
    process.published_at = process.published_at or clock.now()
    process.save(update_fields=["published_at"])
    record("processes.publish_process", process, by=by, scope=process)


@transaction.atomic
def unpublish_process(process: Process, *, by: User, reason: str = "") -> None:
    """Take a process back into drafting."""
    authorize(by, "processes.unpublish_process", process)
    process.published_at = None
    process.save(update_fields=["published_at"])
    record("processes.unpublish_process", process, by=by, scope=process, reason=reason)


@transaction.atomic
def close_process(process: Process, *, by: User, reason: str = "") -> None:
    """Mark a process as finished; it stays readable, nothing more can be sent in."""
    authorize(by, "processes.close_process", process)
    process.closed_at = clock.now()
    process.save(update_fields=["closed_at"])
    record("processes.close_process", process, by=by, scope=process, reason=reason)
    process_closed.send(sender=Process, process=process)


@transaction.atomic
def reopen_process(process: Process, *, by: User, reason: str = "") -> None:
    """Go on with a process that had been closed."""
    authorize(by, "processes.reopen_process", process)
    process.closed_at = None
    process.save(update_fields=["closed_at"])
    record("processes.reopen_process", process, by=by, scope=process, reason=reason)
