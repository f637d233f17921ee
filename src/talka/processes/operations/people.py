# SPDX-License-Identifier: EUPL-1.2
"""Who takes part in a process: organizations, and people with roles for them."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Organization, Person
from talka.directory.operations import create_organization, create_person, invite_person
from talka.directory.permissions import can_administer_organization
from talka.processes.models import Participant, Process, Role
from talka.processes.newcomers import NewOrganization, NewPerson
from talka.processes.operations.running import open_for_changes
from talka.processes.permissions import leads_process
from talka.processes.queries import organization_called, people_near


class OwnerTakesPart(Refused):
    message = _("%(name)s leads the process and cannot be taken out of it.")


class LastCoordinator(Refused):
    message = _("This is the only coordinator of the process. Give the role to somebody else first.")


class RoleOfAnotherOrganization(Refused):
    message = _("You coordinate for your own organization, and can give and end roles for it only.")


class RoleFromGroup(Refused):
    message = _("This role comes from a working group. End the mandate in the group instead.")


def enter_person(process: Process, new: NewPerson, *, by: User) -> Person:
    """Enter a person and invite them; whoever signs in with this address, or has it near the process, is not entered twice.

    An address that strangers wrote down proves nothing: their entry would get the role and could be sent elsewhere.
    """
    known = None
    if new.email:
        known = Person.objects.filter(user__email__iexact=new.email).first()
        known = known or people_near(process).filter(email__iexact=new.email).order_by("pk").first()
    person = known or create_person(name=new.name, email=new.email, by=by)
    if new.invite and new.email and person.user_id is None:
        invite_person(person, by=by, language=process.language)
    return person


def enter_organization(new: NewOrganization, *, by: User) -> Organization:
    """Enter an organization; one of this name that exists today is taken instead of making another."""
    known = organization_called(new.name)
    return known or create_organization(name=new.name, classification=new.classification, by=by)


@transaction.atomic
def add_participant(
    process: Process, *, organization: Organization | NewOrganization, by: User, capacity: str = ""
) -> Participant:
    """Let an organization take part; doing it twice changes the capacity only."""
    authorize(by, "processes.add_participant", process)
    open_for_changes(process)
    if isinstance(organization, NewOrganization):
        organization = enter_organization(organization, by=by)
    participant, _created = Participant.objects.update_or_create(
        process=process, organization=organization, defaults={"capacity": capacity},
        create_defaults={"capacity": capacity, "position": process.participants.count()},
    )  # fmt: skip
    record("processes.add_participant", participant, by=by, scope=process)
    return participant


@transaction.atomic
def remove_participant(participant: Participant, *, by: User) -> None:
    """Take an organization out of a process, and end the roles given for it; seats in working groups stay."""
    authorize(by, "processes.remove_participant", participant.process)
    open_for_changes(participant.process)
    if participant.organization_id == participant.process.owner_id:
        raise OwnerTakesPart(name=str(participant.organization))
    given = Role.objects.active().filter(process=participant.process, organization=participant.organization)
    for role in given.exclude(kind__in=Role.SEATED):
        end_role(role, by=by)
    record("processes.remove_participant", participant, by=by, scope=participant.process)
    participant.delete()


def _check_organization(process: Process, organization: Organization | None, by: User) -> None:
    """Let a partner's coordinator look after the partner's own people; the leading municipality's look after all."""
    if leads_process(by, process) or can_administer_organization(by, process.owner):
        return
    mine = Role.objects.held_by(by, process, Role.Kind.COORDINATOR).filter(organization__isnull=False)
    if organization is None or not mine.filter(organization=organization).exists():
        raise RoleOfAnotherOrganization


@transaction.atomic
def give_role(
    process: Process,
    *,
    person: Person | NewPerson,
    kind: str,
    by: User,
    organization: Organization | None = None,
    starts_on: date | None = None,
) -> Role:
    """Give a person a role in a process, for an organization; doing it twice changes nothing."""
    authorize(by, "processes.give_role", process)
    _check_organization(process, organization, by)
    if isinstance(person, NewPerson):
        person = enter_person(process, person, by=by)
    role, created = Role.objects.get_or_create(
        process=process, person=person, organization=organization, kind=kind, ends_on=None,
        defaults={"starts_on": starts_on or clock.today()},
    )  # fmt: skip
    if created:
        record("processes.give_role", role, by=by, scope=process)
    return role


@transaction.atomic
def end_role(role: Role, *, by: User) -> None:
    """End a role from now on; the last coordinator stays, and what a working group gave ends there."""
    authorize(by, "processes.end_role", role.process)
    _check_organization(role.process, role.organization, by)
    if role.kind in Role.SEATED:
        raise RoleFromGroup
    Process.objects.select_for_update().get(pk=role.process_id)
    if role.kind == Role.Kind.COORDINATOR:
        others = Role.objects.active().filter(process=role.process, kind=Role.Kind.COORDINATOR).exclude(pk=role.pk)
        if not others.exists():
            raise LastCoordinator
    record("processes.end_role", role, by=by, scope=role.process)
    yesterday = clock.today() - timedelta(days=1)
    if role.starts_on is not None and role.starts_on > yesterday:
        role.delete()
    else:
        role.ends_on = yesterday
        role.save(update_fields=["ends_on"])
