# SPDX-License-Identifier: EUPL-1.2
"""Applications to join a group: sent and confirmed without an account, entered by the clerk, decided on one by one or many at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.models import key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.directory.operations import create_person
from talka.groups.applicants import Applicant
from talka.groups.models import Application, Mandate, WorkingGroup
from talka.groups.operations.seating import seat_person
from talka.notifications.operations import erase_letters_about, send_letter
from talka.processes.models import Phase
from talka.processes.newcomers import NewOrganization, NewPerson
from talka.processes.queries import organization_called


class NotTaken(Refused):
    message = _("Applications to this group are not being taken now.")


class AlreadyWaiting(Refused):
    message = _("An application with this address waits already.")


class AlreadyDecided(Refused):
    message = _("Somebody has decided on this application already.")


class ApplicationEnded(Refused):
    message = _("This application has been decided on or withdrawn.")


CLASSIFICATIONS = {
    Mandate.Represents.ASSOCIATION: "association",
    Mandate.Represents.BUSINESS: "company",
    Mandate.Represents.INSTITUTION: "institution",
}


@dataclass
class Decided:
    """What became of many applications: how many were settled, and the names of those that could not be, with why."""

    number: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def takes_applications(group: WorkingGroup) -> bool:
    """Say whether a group is open to applications today."""
    return (
        group.joining == WorkingGroup.Joining.OPEN
        and group.closed_at is None
        and group.process.allows(Phase.Deed.APPLY)
    )


def own_page(application: Application) -> str:
    """Return the address of the page behind the secret link, in the language of whoever applied."""
    with translation.override(application.language):
        return f"{settings.TALKA_URL}{reverse('groups:show_application', args=[application.secret])}"


def _write(application: Application, template: str, **context: Any) -> None:
    if application.email:
        send_letter(
            f"groups/{template}", email=application.email, language=application.language, application=application,
            group=application.group, process=application.group.process, own_page=own_page(application),
            thread=key_of(application), **context,
        )  # fmt: skip


@transaction.atomic
def apply_to_group(group: WorkingGroup, *, applicant: Applicant, key: UUID, by: Any) -> Application | None:
    """Take an application, which counts once its address is confirmed; return it, or nothing where the address has applied
    before: then a letter tells its owner, and nobody else learns of it. The same ``key`` is taken once."""
    if not takes_applications(group):
        raise NotTaken
    WorkingGroup.objects.select_for_update().get(pk=group.pk)
    known = Application.objects.filter(key=key).first()
    if known is not None:
        return known
    earlier = group.applications.filter(
        email__iexact=applicant.email, decided_at__isnull=True, withdrawn_at__isnull=True
    ).first()  # fmt: skip
    if earlier is not None:
        _write(earlier, "apply_again")
        return None
    application = Application.objects.create(group=group, key=key, received_at=clock.now(), **vars(applicant))
    _write(application, "apply")
    record("groups.apply_to_group", application, by=by, scope=group.process)
    return application


def _lock(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("group__process", "mandate", "area")
    return rows.get(pk=application.pk)


@transaction.atomic
def confirm_application(application: Application, *, by: Any) -> None:
    """Let an application count; confirming once more changes nothing."""
    authorize(by, "groups.confirm_application", application)
    locked = _lock(application)
    if locked.withdrawn_at is not None:
        raise ApplicationEnded
    if locked.confirmed_at is None:
        locked.confirmed_at = clock.now()
        locked.save(update_fields=["confirmed_at"])
        record("groups.confirm_application", locked, by=by, scope=locked.group.process)


@transaction.atomic
def withdraw_application(application: Application, *, by: Any) -> None:
    """Take one's own application back before it is decided on."""
    authorize(by, "groups.withdraw_application", application)
    locked = _lock(application)
    if locked.decided_at is not None:
        raise AlreadyDecided
    if locked.withdrawn_at is None:
        locked.withdrawn_at = clock.now()
        locked.save(update_fields=["withdrawn_at"])
        record("groups.withdraw_application", locked, by=by, scope=locked.group.process)


@transaction.atomic
def enter_application(group: WorkingGroup, *, applicant: Applicant, by: User) -> Application:
    """Enter an application that came on paper, by telephone or at the desk; it counts at once."""
    authorize(by, "groups.enter_application", group)
    now = clock.now()
    try:
        with transaction.atomic():
            application = Application.objects.create(
                group=group, received_at=now, confirmed_at=now, entered_by=by, **vars(applicant)
            )
    except IntegrityError as error:
        raise AlreadyWaiting from error
    record("groups.enter_application", application, by=by, scope=group.process)
    return application


@transaction.atomic
def accept_application(application: Application, *, by: User) -> Mandate:
    """Seat whoever applied, for whom they represent, and tell them."""
    authorize(by, "groups.decide_application", application)
    locked = _waiting(application)
    organization = None
    if locked.organization_name:
        kind = CLASSIFICATIONS.get(Mandate.Represents(locked.represents), "informal")
        known = organization_called(locked.organization_name)
        organization = known or NewOrganization(locked.organization_name, kind)
    mandate = seat_person(
        locked.group, person=_person(locked, by), by=by, represents=locked.represents,
        organization=organization, title=locked.title, name_public=locked.name_public, area=locked.area,
    )  # fmt: skip
    _decide(locked, by=by, accepted=True, mandate=mandate)
    _write(locked, "accept_application", mandate=mandate)
    record("groups.accept_application", locked, by=by, scope=locked.group.process)
    return mandate


def _person(application: Application, by: User) -> Person | NewPerson:
    """Return who is to sit: somebody known by an address that was confirmed; an address that the clerk wrote down proves nothing."""
    if application.entered_by_id is not None:
        return create_person(name=application.name, email=application.email, by=by)
    return NewPerson(application.name, application.email)


@transaction.atomic
def decline_application(application: Application, *, reason: str, by: User) -> None:
    """Decline an application; who applied reads why."""
    authorize(by, "groups.decide_application", application)
    locked = _waiting(application)
    _decide(locked, by=by, accepted=False, because=reason)
    _write(locked, "decline_application", reason=reason)
    record("groups.decline_application", locked, by=by, scope=locked.group.process)


def _waiting(application: Application) -> Application:
    locked = _lock(application)
    if locked.decided_at is not None:
        raise AlreadyDecided
    if locked.withdrawn_at is not None or locked.confirmed_at is None:
        raise ApplicationEnded
    return locked


def _decide(
    application: Application, *, by: User, accepted: bool, because: str = "", mandate: Mandate | None = None
) -> None:
    application.accepted, application.declined_because, application.mandate = accepted, because, mandate
    application.decided_at, application.decided_by = clock.now(), by
    application.save(update_fields=["accepted", "declined_because", "mandate", "decided_at", "decided_by"])


def accept_applications(applications: Sequence[Application], *, by: User) -> Decided:
    """Accept many; each that cannot be is left as it is and named."""
    found = Decided()
    for application in applications:
        try:
            accept_application(application, by=by)
        except Refused as refused:
            found.refused.append((application.name, str(refused)))
        else:
            found.number += 1
    return found


def decline_applications(applications: Sequence[Application], *, reason: str, by: User) -> Decided:
    """Decline many for one reason."""
    found = Decided()
    for application in applications:
        try:
            decline_application(application, reason=reason, by=by)
        except Refused as refused:
            found.refused.append((application.name, str(refused)))
        else:
            found.number += 1
    return found


@transaction.atomic
def forget_applications() -> int:
    """Delete what nobody confirmed in ``KEEP_UNCONFIRMED_DAYS``, and what was declined or withdrawn ``KEEP_LETTERS_DAYS`` ago."""
    now = clock.now()
    unconfirmed = Application.objects.filter(
        confirmed_at__isnull=True, received_at__lt=now - timedelta(days=settings.KEEP_UNCONFIRMED_DAYS)
    )
    until = now - timedelta(days=settings.KEEP_LETTERS_DAYS)
    declined = Application.objects.filter(accepted=False, decided_at__lt=until)
    withdrawn = Application.objects.filter(withdrawn_at__lt=until)
    rows = list((unconfirmed | declined | withdrawn).select_related("group__process"))
    for application in rows:
        erase_application(application, by=None)
    return len(rows)


@transaction.atomic
def erase_application(application: Application, *, by: Any, reason: str = "") -> None:
    """Delete an application with the letters about it; the mandate that came of it stays."""
    erase_letters_about(key_of(application), to=application.email)
    record("groups.erase_application", application, by=by, scope=application.group.process, reason=reason)
    application.delete()
