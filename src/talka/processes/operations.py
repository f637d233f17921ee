# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta
from typing import Any, TypeVar

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import slug
from talka.directory.models import Organization, Person
from talka.processes.models import Channel, LegalStep, Participant, Passage, Phase, Process, Role
from talka.processes.templates import TEMPLATES

Part = TypeVar("Part", Phase, LegalStep, Channel, Passage)


class ProcessClosed(Refused):
    message = _("This process has been closed. Open it again to change it.")


class NotReadyToPublish(Refused):
    message = _("Before publishing, write in one or two sentences what the process is about, and give it at least one phase.")


class OwnerTakesPart(Refused):
    message = _("%(name)s leads the process and cannot be taken out of it.")


class LastCoordinator(Refused):
    message = _("This is the only coordinator of the process. Give the role to somebody else first.")


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

    Whoever makes it becomes its coordinator if known as a person.
    """
    authorize(by, "processes.create_process", owner)
    process = Process.objects.create(
        kind=kind, title=title, owner=owner, slug=address_part or _free_slug(title), copied_from=copy_of, **fields
    )
    Participant.objects.create(process=process, organization=owner)
    person = Person.objects.filter(user=by).first()
    if person is not None:
        Role.objects.create(process=process, person=person, organization=owner, kind=Role.Kind.COORDINATOR)
    if copy_of is not None:
        _copy_frame(copy_of, process, starts_on or clock.today())
    elif from_template:
        _lay_template(process, starts_on or clock.today())
    record("processes.create_process", process, by=by, scope=process, copy_of=copy_of.pk if copy_of else None)
    return process


def _lay_template(process: Process, starts_on: date) -> None:
    template, language = TEMPLATES[process.kind], process.language
    for position, phase in enumerate(template.phases):
        first = starts_on + relativedelta(months=phase.starts_after)
        Phase.objects.create(
            process=process, title=phase.title[language], position=position, allows=list(phase.allows),
            starts_on=first, ends_on=first + relativedelta(months=phase.months) - timedelta(days=1),
        )  # fmt: skip
    for position, step in enumerate(template.steps):
        LegalStep.objects.create(
            process=process, title=step.title[language], act=step.act, responsible=step.responsible[language],
            due_on=starts_on + relativedelta(months=step.due_after), position=position,
        )  # fmt: skip


def _copy_frame(source: Process, process: Process, starts_on: date) -> None:
    """Copy phases, steps, organizations and ways to take part, the dates moved to the new first day."""
    starts = [phase.starts_on for phase in source.phases.all() if phase.starts_on]
    shift = starts_on - min(starts) if starts else timedelta()

    def moved(day: date | None) -> date | None:
        return day + shift if day else None

    for phase in source.phases.all():
        Phase.objects.create(
            process=process, title=phase.title, description=phase.description, position=phase.position,
            starts_on=moved(phase.starts_on), ends_on=moved(phase.ends_on), allows=phase.allows,
        )  # fmt: skip
    for step in source.legal_steps.all():
        LegalStep.objects.create(
            process=process, title=step.title, act=step.act, responsible=step.responsible,
            due_on=moved(step.due_on), position=step.position,
        )  # fmt: skip
    for participant in source.participants.exclude(organization=process.owner):
        Participant.objects.create(
            process=process, organization=participant.organization, capacity=participant.capacity, position=participant.position
        )
    for channel in source.channels.all():
        channel.pk, channel.process = None, process
        channel._state.adding = True
        channel.save()


@transaction.atomic
def change_process(process: Process, *, by: User, **fields: Any) -> None:
    """Change what a process says of itself; ``fields`` are those of the model."""
    authorize(by, "processes.change_process", process)
    related = fields.pop("related", None)
    for name, value in fields.items():
        setattr(process, name, value)
    process.save(update_fields=list(fields))
    if related is not None:
        process.related.set(related)
    record("processes.change_process", process, by=by, scope=process, fields=sorted(fields))


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


@transaction.atomic
def reopen_process(process: Process, *, by: User, reason: str = "") -> None:
    """Go on with a process that had been closed."""
    authorize(by, "processes.reopen_process", process)
    process.closed_at = None
    process.save(update_fields=["closed_at"])
    record("processes.reopen_process", process, by=by, scope=process, reason=reason)


def _save_part(part: Part, process: Process, fields: dict[str, Any]) -> Part:
    """Put a part at its place of the process: a new one goes to the end."""
    if part.pk is None and not fields.get("position"):
        last = type(part)._default_manager.filter(process=process).aggregate(last=Max("position"))["last"]
        fields = {**fields, "position": 0 if last is None else last + 1}
    part.process = process
    for name, value in fields.items():
        setattr(part, name, value)
    part.save()
    return part


@transaction.atomic
def save_phase(process: Process, *, by: User, phase: Phase | None = None, **fields: Any) -> Phase:
    """Add or change a phase; what it allows holds at once."""
    authorize(by, "processes.save_phase", process)
    phase = _save_part(phase or Phase(), process, fields)
    record("processes.save_phase", phase, by=by, scope=process)
    return phase


@transaction.atomic
def delete_phase(phase: Phase, *, by: User) -> None:
    """Remove a phase."""
    authorize(by, "processes.delete_phase", phase.process)
    record("processes.delete_phase", phase, by=by, scope=phase.process)
    phase.delete()


@transaction.atomic
def save_legal_step(process: Process, *, by: User, step: LegalStep | None = None, **fields: Any) -> LegalStep:
    """Add or change a legal step, or record that it is done."""
    authorize(by, "processes.save_legal_step", process)
    step = _save_part(step or LegalStep(), process, fields)
    record("processes.save_legal_step", step, by=by, scope=process)
    return step


@transaction.atomic
def delete_legal_step(step: LegalStep, *, by: User) -> None:
    """Remove a legal step."""
    authorize(by, "processes.delete_legal_step", step.process)
    record("processes.delete_legal_step", step, by=by, scope=step.process)
    step.delete()


@transaction.atomic
def save_channel(process: Process, *, by: User, channel: Channel | None = None, **fields: Any) -> Channel:
    """Add or change a way to take part."""
    authorize(by, "processes.save_channel", process)
    channel = _save_part(channel or Channel(), process, fields)
    record("processes.save_channel", channel, by=by, scope=process)
    return channel


@transaction.atomic
def delete_channel(channel: Channel, *, by: User) -> None:
    """Remove a way to take part."""
    authorize(by, "processes.delete_channel", channel.process)
    record("processes.delete_channel", channel, by=by, scope=channel.process)
    channel.delete()


@transaction.atomic
def save_passage(process: Process, *, by: User, passage: Passage | None = None, **fields: Any) -> Passage:
    """Add or change a part of what the page tells."""
    authorize(by, "processes.save_passage", process)
    passage = _save_part(passage or Passage(), process, fields)
    record("processes.save_passage", passage, by=by, scope=process)
    return passage


@transaction.atomic
def delete_passage(passage: Passage, *, by: User) -> None:
    """Remove a part of what the page tells."""
    authorize(by, "processes.delete_passage", passage.process)
    record("processes.delete_passage", passage, by=by, scope=passage.process)
    passage.delete()


@transaction.atomic
def add_participant(process: Process, *, organization: Organization, by: User, capacity: str = "") -> Participant:
    """Let an organization take part; doing it twice changes the capacity only."""
    authorize(by, "processes.add_participant", process)
    participant, _created = Participant.objects.update_or_create(
        process=process, organization=organization, defaults={"capacity": capacity}
    )
    record("processes.add_participant", participant, by=by, scope=process)
    return participant


@transaction.atomic
def remove_participant(participant: Participant, *, by: User) -> None:
    """Take an organization out of a process, and end the roles given for it."""
    authorize(by, "processes.remove_participant", participant.process)
    if participant.organization_id == participant.process.owner_id:
        raise OwnerTakesPart(name=str(participant.organization))
    for role in Role.objects.active().filter(process=participant.process, organization=participant.organization):
        end_role(role, by=by)
    record("processes.remove_participant", participant, by=by, scope=participant.process)
    participant.delete()


@transaction.atomic
def give_role(
    process: Process,
    *,
    person: Person,
    kind: str,
    by: User,
    organization: Organization | None = None,
    starts_on: date | None = None,
) -> Role:
    """Give a person a role in a process, for an organization; doing it twice changes nothing."""
    authorize(by, "processes.give_role", process)
    role, created = Role.objects.get_or_create(
        process=process, person=person, organization=organization, kind=kind, ends_on=None,
        defaults={"starts_on": starts_on or clock.today()},
    )  # fmt: skip
    if created:
        record("processes.give_role", role, by=by, scope=process)
    return role


@transaction.atomic
def end_role(role: Role, *, by: User) -> None:
    """End a role from now on; the last coordinator stays."""
    authorize(by, "processes.end_role", role.process)
    Process.objects.select_for_update().get(pk=role.process_id)
    if role.kind == Role.Kind.COORDINATOR:
        others = Role.objects.active().filter(process=role.process, kind=Role.Kind.COORDINATOR).exclude(pk=role.pk)
        if not others.exists():
            raise LastCoordinator
    yesterday = clock.today() - timedelta(days=1)
    if role.starts_on is not None and role.starts_on > yesterday:
        role.delete()
    else:
        role.ends_on = yesterday
        role.save(update_fields=["ends_on"])
    record("processes.end_role", role.process, by=by, scope=role.process, role=str(role))
