# SPDX-License-Identifier: EUPL-1.2
"""What pages about a process read over several models."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from talka.audit.models import Event
from talka.core.alphabet import Alphabetical
from talka.core.text import fold
from talka.directory.models import Area, Membership, Organization, Person, Place, Staff
from talka.files.models import Attachment
from talka.processes.models import LegalStep, Passage, Process, Role
from talka.processes.templates import Frame, LaidPhase, LaidStep


@dataclass(frozen=True)
class Preparation:
    """One thing to have before a process is shown: what, where it is entered, whether it must be there, whether it is."""

    label: Any
    url_name: str
    required: bool
    done: bool


@dataclass(frozen=True)
class Team:
    """An organization that takes part, with the roles given for it."""

    organization: Organization | None
    takes_part: bool
    roles: list[Role]

    @property
    def has_coordinator(self) -> bool:
        """Say whether somebody coordinates for this organization."""
        return any(role.kind == Role.Kind.COORDINATOR for role in self.roles)


def frame_of(source: Process, starts_on: date) -> Frame:
    """Return the phases and legal steps of a process, moved so that the first phase starts on a day."""
    phases, steps = list(source.phases.all()), list(source.legal_steps.all())
    starts = [phase.starts_on for phase in phases if phase.starts_on]
    shift = starts_on - min(starts) if starts else timedelta()

    def moved(day: date | None) -> date | None:
        return day + shift if day else None

    return Frame(
        phases=tuple(
            LaidPhase(phase.title, moved(phase.starts_on), moved(phase.ends_on), tuple(phase.allows), phase.description)
            for phase in phases
        ),
        steps=tuple(LaidStep(step.title, step.act, step.responsible, moved(step.due_on)) for step in steps),
    )


def organizations_to_lead(user: Any) -> QuerySet[Organization]:
    """Return the organizations for which a person may make a process; the same rule as ``can_create_process``."""
    current = Organization.objects.current()
    if not user.is_authenticated:
        return current.none()
    if user.is_superuser:
        return current
    administered = (
        Staff.objects.active().filter(person__user=user, kind=Staff.Kind.ADMINISTRATOR).values("organization")
    )
    coordinated = (
        Role.objects.active()
        .filter(person__user=user, kind=Role.Kind.COORDINATOR, organization=F("process__owner"))
        .values("organization")
    )
    return current.filter(Q(pk__in=administered) | Q(parent__in=administered) | Q(pk__in=coordinated))


def areas_near(process: Process) -> QuerySet[Area]:
    """Return the territories that a process may be about: every municipality, and the parts of those that take part."""
    own = process.participants.values("organization__area")
    return Area.objects.filter(
        Q(kind__in=[Area.Kind.STATE_CITY, Area.Kind.MUNICIPALITY]) | Q(pk__in=own) | Q(parent__in=own)
    )


def places_near(process: Process) -> QuerySet[Place]:
    """Return the places of those that take part, and those that belong to nobody."""
    return Place.objects.filter(
        Q(organization__isnull=True) | Q(organization__in=process.participants.values("organization"))
    )


def organizations_near(process: Process) -> QuerySet[Organization]:
    """Return the organizations that take part, their units, and those for which somebody has a role."""
    taking_part = process.participants.values("organization")
    return Organization.objects.current().filter(
        Q(pk__in=taking_part) | Q(parent__in=taking_part) | Q(pk__in=process.roles.values("organization"))
    )


def people_near(process: Process) -> QuerySet[Person]:
    """Return the people a coordinator may pick from: with a role in the process, or an office or work at one that takes part."""
    near = organizations_near(process).values("pk")
    return Person.objects.filter(
        Q(pk__in=process.roles.values("person"))
        | Q(pk__in=Membership.objects.active().filter(organization__in=near).values("person"))
        | Q(pk__in=Staff.objects.active().filter(organization__in=near).values("person"))
    )


def find_people(process: Process, words: str, *, limit: int = 20) -> list[Person]:
    """Return people near the process whose name holds all the words, whatever the case and the diacritics."""
    parts = fold(words).split()
    names = people_near(process).values_list("pk", "name") if parts else []
    found = [pk for pk, name in names if all(part in fold(name) for part in parts)][:limit]
    offices = Membership.objects.active().select_related("organization")
    return list(Person.objects.filter(pk__in=found).prefetch_related(Prefetch("memberships", queryset=offices)))


def find_organizations(words: str, *, limit: int = 20) -> list[Organization]:
    """Return organizations of today whose name holds all the words, whatever the case and the diacritics."""
    parts = fold(words).split()
    names = Organization.objects.current().values_list("pk", "name") if parts else []
    found = [pk for pk, name in names if all(part in fold(name) for part in parts)][:limit]
    return list(Organization.objects.filter(pk__in=found).select_related("parent"))


def organization_called(name: str) -> Organization | None:
    """Return the organization of today with this name, whatever the case, the diacritics and the quotation marks."""

    def plain(text: str) -> str:
        return " ".join(fold(text).translate({ord(mark): None for mark in "„“”\"«»'"}).split())

    wanted = plain(name)
    rows = Organization.objects.current().values_list("pk", "name")
    found = next((pk for pk, known in rows if plain(known) == wanted), None)
    return Organization.objects.get(pk=found) if found is not None else None


def preparations(
    process: Process, *, phases: Sequence[Any], channels: Sequence[Any], coordinators: bool
) -> list[Preparation]:
    """Return what a process should have before it is shown, from parts already loaded."""
    return [
        Preparation(_("What the process is about, in one or two sentences"), "processes:change_texts", True, bool(process.summary)),
        Preparation(_("At least one phase"), "processes:save_phase", True, bool(phases)),
        Preparation(_("A first day for every phase, or words instead of it"), "processes:manage_process", False,
                    bool(phases) and all(phase.starts_on or phase.dates_note for phase in phases)),
        Preparation(_("A description"), "processes:change_texts", False, bool(process.description)),
        Preparation(_("At least one way to take part or a contact person"), "processes:save_channel", False, bool(channels)),
        Preparation(_("A coordinator"), "processes:list_people", False, coordinators),
    ]  # fmt: skip


def _active_roles(process: Process) -> QuerySet[Role]:
    roles = Role.objects.active().filter(process=process)
    return roles.select_related("person__user", "person__invitation", "organization")


def teams(process: Process) -> list[Team]:
    """Return who was given which role, by organization: first those that take part, in their order, then all others."""
    by_organization: dict[int | None, list[Role]] = {}
    organizations: dict[int, Organization] = {}
    for role in _active_roles(process).exclude(kind__in=Role.SEATED):
        by_organization.setdefault(role.organization_id, []).append(role)
        if role.organization is not None:
            organizations[role.organization.pk] = role.organization
    taking_part = [participant.organization for participant in process.participants.select_related("organization")]
    first = [Team(one, True, by_organization.pop(one.pk, [])) for one in taking_part]
    return first + [
        Team(organizations.get(key) if key else None, False, roles) for key, roles in by_organization.items()
    ]


def seated(process: Process) -> QuerySet[Role]:
    """Return the roles that come from seats in working groups."""
    return _active_roles(process).filter(kind__in=Role.SEATED).order_by(Alphabetical("person__name"), "kind")


def document_of(process: Process, pk: int) -> Attachment | None:
    """Return a document of the process: of a legal step or of a part of its page."""
    return Attachment.objects.filter(
        Q(pk__in=LegalStep.objects.filter(process=process).values("document"))
        | Q(pk__in=Passage.objects.filter(process=process).values("document")),
        pk=pk,
    ).first()


def changed_fields(event: Event) -> str:
    """Put into words which fields of a thing an event changed; an empty text where it does not say."""
    names = event.details.get("fields")
    if not isinstance(names, list):
        return ""
    try:
        model = apps.get_model(event.object_key.partition(":")[0])
    except (LookupError, ValueError):
        return ""
    fields = {field.name: field for field in model._meta.get_fields()}
    return ", ".join(str(getattr(fields[name], "verbose_name", name)) for name in names if name in fields)


def answered_for_by(user: Any) -> "QuerySet[Process]":
    """Return the processes about whose data somebody may answer to a person: those they coordinate, and those led by an
    organization that they administer. Administering the installation gives none."""
    if not user.is_authenticated:
        return Process.objects.none()
    coordinated = Role.objects.active().filter(person__user_id=user.pk, kind=Role.Kind.COORDINATOR).values("process")
    looked_after = Staff.objects.active().filter(person__user_id=user.pk, kind=Staff.Kind.ADMINISTRATOR)
    return Process.objects.filter(Q(pk__in=coordinated) | Q(owner__in=looked_after.values("organization")))
