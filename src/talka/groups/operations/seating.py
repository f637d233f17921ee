# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Area, Organization, Person
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.signals import seated, unseated
from talka.processes.models import Process, Role
from talka.processes.newcomers import NewOrganization, NewPerson
from talka.processes.operations import enter_organization, enter_person


class AlreadySeated(Refused):
    message = _("%(name)s is a member of this group already.")


class LeadTaken(Refused):
    message = _("This group has a lead already. End that mandate first, or change it to another capacity.")


_ROLES = {
    Mandate.Function.LEAD: Role.Kind.GROUP_LEAD,
    Mandate.Function.DEPUTY: Role.Kind.GROUP_LEAD,
    Mandate.Function.SECRETARY: Role.Kind.MEMBER,
    Mandate.Function.MEMBER: Role.Kind.MEMBER,
}


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
    ends_on: date | None = None,
    area: Area | None = None,
    substitute: str = "",
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
                title=title, name_public=name_public, starts_on=starts_on or clock.today(), ends_on=ends_on, area=area,
                substitute=substitute,
                position=0 if last is None else last + 1,
            )  # fmt: skip
    except IntegrityError as error:
        raise AlreadySeated(name=person.name) from error
    _give_process_role(mandate)
    record("groups.seat_person", mandate, by=by, scope=group.process)
    seated.send(Mandate, mandate=mandate)
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
    _end(mandate)


@transaction.atomic
def leave_group(mandate: Mandate, *, by: Any, reason: str = "") -> None:
    """Leave a group by oneself: signed in, or by the link of one's application."""
    authorize(by, "groups.leave_group", mandate)
    record("groups.leave_group", mandate, by=by, scope=mandate.group.process, reason=reason)
    _end(mandate)


def _end(mandate: Mandate) -> None:
    yesterday = clock.today() - timedelta(days=1)
    group, person = mandate.group, mandate.person
    if mandate.starts_on is not None and mandate.starts_on > yesterday:
        mandate.delete()
    else:
        mandate.ends_on = yesterday
        mandate.save(update_fields=["ends_on"])
    _end_unneeded_roles(person, group.process)
    unseated.send(Mandate, group=group, person=person)
