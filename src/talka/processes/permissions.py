# SPDX-License-Identifier: EUPL-1.2
"""Who may run a process."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.directory.models import Organization, Staff
from talka.directory.permissions import can_administer_organization
from talka.processes.models import Process, Role

VERBS = {
    "create_process": _("created the process"),
    "change_process": _("changed the process"),
    "publish_process": _("published the process"),
    "unpublish_process": _("took the process back into drafting"),
    "close_process": _("closed the process"),
    "reopen_process": _("opened the process again"),
    "save_phase": _("changed a phase"),
    "delete_phase": _("removed a phase"),
    "move_part": _("changed the order"),
    "save_legal_step": _("changed a legal step"),
    "complete_legal_step": _("recorded that a legal step is done"),
    "delete_legal_step": _("removed a legal step"),
    "add_participant": _("added an organization"),
    "remove_participant": _("removed an organization"),
    "give_role": _("gave a role"),
    "end_role": _("ended a role"),
    "save_channel": _("changed a way to take part"),
    "delete_channel": _("removed a way to take part"),
    "save_passage": _("changed a part of the page"),
    "delete_passage": _("removed a part of the page"),
}


def coordinates(user: Any, process: Process) -> bool:
    """Say whether the person coordinates the process, for whichever organization."""
    return Role.objects.holds(user, process, Role.Kind.COORDINATOR)


def leads_process(user: Any, process: Process) -> bool:
    """Say whether the person coordinates the process for the municipality that leads it, not only for a partner."""
    own = Q(organization=process.owner_id) | Q(organization__isnull=True)
    return Role.objects.held_by(user, process, Role.Kind.COORDINATOR).filter(own).exists()


def can_create_process(user: Any, organization: Organization | None) -> bool:
    """The organization's administrators, and who coordinates one of its processes for it; without one: whoever could for any."""
    if not user.is_authenticated:
        return False
    if user.is_superuser:
        return True
    if organization is not None and can_administer_organization(user, organization):
        return True
    owned = Q(process__owner=organization, organization=organization) if organization is not None else Q()
    if Role.objects.active().filter(owned, person__user=user, kind=Role.Kind.COORDINATOR).exists():
        return True
    return organization is None and Staff.objects.administers(user)


def can_change_process(user: Any, process: Process) -> bool:
    """Its coordinators and editors."""
    return Role.objects.holds(user, process, Role.Kind.COORDINATOR, Role.Kind.EDITOR)


def can_view_workspace(user: Any, process: Process) -> bool:
    """Whoever has a working role in it."""
    return Role.objects.holds(user, process, *Role.WORKING)


def can_view_events(user: Any, process: Process) -> bool:
    """Its coordinators."""
    return coordinates(user, process)


def can_publish_process(user: Any, process: Process) -> bool:
    """Its coordinators of the municipality that leads it; partners share the work, not this."""
    return leads_process(user, process)


can_unpublish_process = can_publish_process
can_close_process = can_publish_process
can_reopen_process = can_publish_process
can_save_phase = can_change_process
can_delete_phase = can_change_process
can_move_part = can_change_process
can_save_legal_step = can_change_process
can_complete_legal_step = can_change_process
can_delete_legal_step = can_change_process
can_save_channel = can_change_process
can_delete_channel = can_change_process
can_save_passage = can_change_process
can_delete_passage = can_change_process
can_add_participant = can_publish_process
can_remove_participant = can_publish_process


def can_give_role(user: Any, process: Process) -> bool:
    """Its coordinators; before there is one, the administrators of the organization that owns it."""
    return coordinates(user, process) or can_administer_organization(user, process.owner)


def can_end_role(user: Any, process: Process) -> bool:
    """Its coordinators, and the administrators of the organization that owns it."""
    return coordinates(user, process) or can_administer_organization(user, process.owner)


def can_list_people(user: Any, process: Process) -> bool:
    """Whoever has a working role in it, and whoever may give roles."""
    return can_view_workspace(user, process) or can_give_role(user, process)
