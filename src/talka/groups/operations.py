# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.core.text import slug
from talka.directory.models import Organization, Person, Topic
from talka.directory.operations import create_topic
from talka.groups.models import Mandate, PlannedAction, WorkingGroup
from talka.plans.models import Edition, NodeVersion, PlanNode
from talka.plans.operations.nodes import create_node
from talka.plans.queries.finding import linkable
from talka.processes.models import Process, Role
from talka.processes.newcomers import NewOrganization, NewPerson
from talka.processes.operations import enter_organization, enter_person


class AlreadySeated(Refused):
    message = _("%(name)s is a member of this group already.")


class LeadTaken(Refused):
    message = _("This group has a lead already. End that mandate first, or change it to another capacity.")


class ActionDecided(Refused):
    message = _("It has been decided whether this is taken into the plan. Have the decision taken back first.")


class NotWithinReach(Refused):
    message = _("This part of a plan cannot be linked: it belongs to another municipality, or you do not see it.")


_ROLES = {
    Mandate.Function.LEAD: Role.Kind.GROUP_LEAD,
    Mandate.Function.DEPUTY: Role.Kind.GROUP_LEAD,
    Mandate.Function.SECRETARY: Role.Kind.MEMBER,
    Mandate.Function.MEMBER: Role.Kind.MEMBER,
}


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
    row = list(WorkingGroup.objects.filter(process=group.process))
    place = row.index(group)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
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


def _give_process_role(mandate: Mandate) -> None:
    """Let the person see the process as far as the mandate needs it."""
    Role.objects.get_or_create(
        process=mandate.group.process, person=mandate.person, organization=mandate.organization,
        kind=_ROLES[Mandate.Function(mandate.function)], ends_on=None, defaults={"starts_on": mandate.starts_on},
    )  # fmt: skip


def _end_unneeded_roles(person: Person, process: Process) -> None:
    """End the roles that came from mandates, where no mandate is left to need them."""
    mandates = Mandate.objects.active().filter(person=person, group__process=process)
    needed = {(_ROLES[Mandate.Function(mandate.function)], mandate.organization_id) for mandate in mandates}
    for role in Role.objects.active().filter(process=process, person=person, kind__in=Role.SEATED):
        if (role.kind, role.organization_id) not in needed:
            role.delete()


@transaction.atomic
def seat_person(
    group: WorkingGroup,
    *,
    person: Person | NewPerson,
    by: User,
    function: str = Mandate.Function.MEMBER,
    represents: str = Mandate.Represents.INSTITUTION,
    organization: Organization | NewOrganization | None = None,
    title: str = "",
    name_public: bool = False,
    starts_on: date | None = None,
) -> Mandate:
    """Seat a person in a group, for whom they represent."""
    authorize(by, "groups.seat_person", group)
    _check_lead(group, function)
    if isinstance(person, NewPerson):
        person = enter_person(group.process, person, by=by)
    if isinstance(organization, NewOrganization):
        organization = enter_organization(organization, by=by)
    last = group.mandates.aggregate(last=Max("position"))["last"]
    try:
        with transaction.atomic():
            mandate = Mandate.objects.create(
                group=group, person=person, function=function, represents=represents, organization=organization,
                title=title, name_public=name_public, starts_on=starts_on or clock.today(),
                position=0 if last is None else last + 1,
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadySeated(name=person.name) from error
    _give_process_role(mandate)
    record("groups.seat_person", mandate, by=by, scope=group.process)
    return mandate


def _check_lead(group: WorkingGroup, function: str, besides: int = 0) -> None:
    if function == Mandate.Function.LEAD:
        WorkingGroup.objects.select_for_update().get(pk=group.pk)
        if group.mandates.filter(function=Mandate.Function.LEAD, ends_on__isnull=True).exclude(pk=besides).exists():
            raise LeadTaken


@transaction.atomic
def change_mandate(mandate: Mandate, *, by: User, **fields: Any) -> None:
    """Change in what capacity or for whom a person sits in a group; ``organization`` may be a new one."""
    authorize(by, "groups.change_mandate", mandate.group)
    _check_lead(mandate.group, fields.get("function", mandate.function), mandate.pk)
    if isinstance(fields.get("organization"), NewOrganization):
        fields["organization"] = enter_organization(fields["organization"], by=by)
    changed = changed_names(mandate, fields)
    for name, value in fields.items():
        setattr(mandate, name, value)
    mandate.save(update_fields=list(fields))
    _end_unneeded_roles(mandate.person, mandate.group.process)
    _give_process_role(mandate)
    record("groups.change_mandate", mandate, by=by, scope=mandate.group.process, fields=changed)


@transaction.atomic
def end_mandate(mandate: Mandate, *, by: User, reason: str = "") -> None:
    """End a mandate: yesterday was its last day, or it is removed if it began today."""
    authorize(by, "groups.end_mandate", mandate.group)
    record("groups.end_mandate", mandate, by=by, scope=mandate.group.process, reason=reason)
    yesterday = clock.today() - timedelta(days=1)
    if mandate.starts_on is not None and mandate.starts_on > yesterday:
        mandate.delete()
    else:
        mandate.ends_on = yesterday
        mandate.save(update_fields=["ends_on"])
    _end_unneeded_roles(mandate.person, mandate.group.process)


@transaction.atomic
def plan_action(group: WorkingGroup, *, title: str, by: User, **fields: Any) -> PlannedAction:
    """Write down an action that a group asks for, as the last of its list."""
    authorize(by, "groups.plan_action", group)
    WorkingGroup.objects.select_for_update().get(pk=group.pk)
    last = group.planned_actions.aggregate(last=Max("position"))["last"]
    action = PlannedAction.objects.create(
        group=group,
        title=title,
        created_by=by,
        created_at=clock.now(),
        position=0 if last is None else last + 1,
        **fields,
    )
    record("groups.plan_action", action, by=by, scope=group.process)
    return action


def _lock_action(action: PlannedAction) -> PlannedAction:
    rows = PlannedAction.objects.select_for_update(of=("self",)).select_related("group__process")
    return rows.get(pk=action.pk)


def _undecided(action: PlannedAction) -> PlannedAction:
    """Return the action, locked; raise ``ActionDecided`` once it is taken in or refused."""
    locked = _lock_action(action)
    if locked.state != PlannedAction.State.WAITING:
        raise ActionDecided
    return locked


@transaction.atomic
def change_action(action: PlannedAction, *, by: User, seen: str = "", **fields: Any) -> None:
    """Change what a group asks for, until it is decided."""
    authorize(by, "groups.change_action", action)
    locked = _undecided(action)
    check_unchanged(locked, fields, seen)
    changed = changed_names(locked, fields)
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(fields))
    record("groups.change_action", locked, by=by, scope=locked.group.process, fields=changed)


@transaction.atomic
def move_action(action: PlannedAction, *, by: User, up: bool) -> None:
    """Move what a group asks for one place up or down in its list; at the end of the list nothing happens."""
    authorize(by, "groups.move_action", action)
    WorkingGroup.objects.select_for_update().get(pk=action.group_id)
    row = list(PlannedAction.objects.filter(group=action.group))
    place = row.index(action)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(row):
        return
    row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row):
        if one.position != position:
            one.position = position
            one.save(update_fields=["position"])
    record("groups.move_action", action, by=by, scope=action.group.process)


@transaction.atomic
def remove_action(action: PlannedAction, *, by: User) -> None:
    """Remove what a group asks for, until it is decided."""
    authorize(by, "groups.remove_action", action)
    locked = _undecided(action)
    record("groups.remove_action", locked, by=by, scope=locked.group.process)
    locked.delete()


def _decide(action: PlannedAction, *, by: User, node: PlanNode | None = None, because: str = "") -> None:
    action.node, action.refused_because = node, because
    action.decided_at, action.decided_by = clock.now(), by
    action.save(update_fields=["node", "refused_because", "decided_at", "decided_by"])


@transaction.atomic
def take_action(action: PlannedAction, *, node: PlanNode, by: User) -> None:
    """Take what a group asks for into a plan, as the node that stands there already."""
    authorize(by, "groups.take_action", action)
    locked = _undecided(action)
    if not linkable(by, locked.group.process).filter(pk=node.pk).exists():
        raise NotWithinReach
    _decide(locked, by=by, node=node)
    record("groups.take_action", locked, by=by, scope=locked.group.process, node=node.pk)


@transaction.atomic
def add_action_to_draft(action: PlannedAction, *, edition: Edition, by: User, **fields: Any) -> NodeVersion:
    """Take what a group asks for into the draft of a plan, as a new node. ``fields``: as of ``create_node``."""
    authorize(by, "groups.take_action", action)
    version = create_node(edition, by=by, **fields)
    take_action(action, node=version.node, by=by)
    return version


@transaction.atomic
def refuse_action(action: PlannedAction, *, reason: str, by: User) -> None:
    """Say why what a group asks for is not taken into the plan; the group and everybody read it."""
    authorize(by, "groups.refuse_action", action)
    locked = _undecided(action)
    _decide(locked, by=by, because=reason)
    record("groups.refuse_action", locked, by=by, scope=locked.group.process, reason=reason)


@transaction.atomic
def reconsider_action(action: PlannedAction, *, by: User) -> None:
    """Take back what was decided; what stands in the plan stays there."""
    authorize(by, "groups.reconsider_action", action)
    locked = _lock_action(action)
    if locked.state == PlannedAction.State.WAITING:
        return
    locked.node, locked.refused_because, locked.decided_at, locked.decided_by = None, "", None, None
    locked.save(update_fields=["node", "refused_because", "decided_at", "decided_by"])
    record("groups.reconsider_action", locked, by=by, scope=locked.group.process)
