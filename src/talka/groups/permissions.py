# SPDX-License-Identifier: EUPL-1.2
"""Who may form groups and seat people in them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.groups.models import Application, Mandate, PlannedAction, WorkingGroup
from talka.processes.models import Process, Role
from talka.processes.permissions import can_change_process, coordinates

VERBS = {
    "create_group": _("formed a working group"),
    "change_group": _("changed a working group"),
    "move_group": _("changed the order of working groups"),
    "close_group": _("closed a working group"),
    "reopen_group": _("opened a working group again"),
    "seat_person": _("seated a person in a working group"),
    "change_mandate": _("changed a mandate"),
    "end_mandate": _("ended a mandate"),
    "leave_group": _("left a working group"),
    "apply_to_group": _("applied to join a working group"),
    "confirm_application": _("confirmed an application to a working group"),
    "withdraw_application": _("withdrew an application to a working group"),
    "enter_application": _("entered an application to a working group"),
    "accept_application": _("accepted an application to a working group"),
    "decline_application": _("declined an application to a working group"),
    "erase_application": _("deleted an application to a working group"),
    "plan_action": _("wrote down an action that a group asks for"),
    "change_action": _("changed an action that a group asks for"),
    "move_action": _("changed the order of what a group asks for"),
    "remove_action": _("removed an action that a group asks for"),
    "take_action": _("took into a plan what a group asks for"),
    "refuse_action": _("said why what a group asks for is not taken in"),
    "reconsider_action": _("took back what was decided on what a group asks for"),
}


def leads(user: Any, group: WorkingGroup) -> bool:
    """Say whether the person is the group's lead or deputy today."""
    return WorkingGroup.objects.led_by(user).filter(pk=group.pk).exists()


def can_create_group(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process."""
    return can_change_process(user, process)


def can_change_group(user: Any, group: WorkingGroup) -> bool:
    """Its lead, and the coordinators and editors of the process."""
    return can_change_process(user, group.process) or leads(user, group)


def can_close_group(user: Any, group: WorkingGroup) -> bool:
    """The coordinators of the process."""
    return coordinates(user, group.process)


def can_move_group(user: Any, group: WorkingGroup) -> bool:
    """The coordinators and editors of the process."""
    return can_change_process(user, group.process)


can_reopen_group = can_close_group
can_seat_person = can_change_group
can_change_mandate = can_change_group
can_end_mandate = can_change_group
can_plan_action = can_change_group


def can_leave_group(user: Any, mandate: Mandate) -> bool:
    """Whoever sits there, signed in or by the link of their application."""
    if user.is_authenticated:
        return mandate.person.user_id == user.pk
    application = Application.objects.filter(mandate=mandate).first()
    return application is not None and getattr(user, "application_id", None) == application.pk


def can_confirm_application(user: Any, application: Application) -> bool:
    """Whoever holds its secret link."""
    return getattr(user, "application_id", None) == application.pk


can_withdraw_application = can_confirm_application


def can_view_applications(user: Any, group: WorkingGroup) -> bool:
    """Its lead, the coordinators and editors of the process, and the clerks, who enter what comes on paper."""
    return can_change_group(user, group) or Role.objects.holds(user, group.process_id, Role.Kind.CLERK)


can_enter_application = can_view_applications


def can_decide_application(user: Any, application: Application) -> bool:
    """The lead of the group, and the coordinators and editors of the process."""
    return can_change_group(user, application.group)


def can_change_action(user: Any, action: PlannedAction) -> bool:
    """Whoever leads its group, and the coordinators and editors of the process."""
    return can_change_group(user, action.group)


can_move_action = can_change_action
can_remove_action = can_change_action


def can_take_action(user: Any, action: PlannedAction) -> bool:
    """Those who write the plans of the process: its coordinators and editors."""
    return can_change_process(user, action.group.process)


can_refuse_action = can_take_action
can_reconsider_action = can_take_action


def can_view_members(user: Any, group: WorkingGroup) -> bool:
    """See members by name whether or not they released it: who leads the group, who runs the process."""
    return can_change_group(user, group)
