# SPDX-License-Identifier: EUPL-1.2
"""Who may write plans, approve them and say how they are going."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.plans.link_holder import UpdateHolder
from talka.plans.models import Edition, Indicator, Plan, PlanNode, ProgressUpdate, UnclearReply
from talka.plans.queries.owing import answers_for_something
from talka.processes.models import Process
from talka.processes.permissions import can_change_process, can_view_workspace, coordinates, leads_process
from talka.processes.queries import answered_for_by

VERBS = {
    "create_plan": _("began a plan"),
    "change_plan": _("changed a plan"),
    "publish_plan": _("published a plan"),
    "unpublish_plan": _("hid a plan"),
    "save_level": _("changed a level of a plan"),
    "remove_level": _("removed a level of a plan"),
    "start_edition": _("began the next edition of a plan"),
    "change_edition": _("changed a draft edition"),
    "show_edition": _("showed a draft edition to everybody"),
    "approve_edition": _("approved an edition"),
    "explain_changes": _("gave reasons for changes in a draft edition"),
    "discard_edition": _("discarded a draft edition"),
    "create_node": _("added to a plan"),
    "change_node": _("changed in a plan"),
    "remove_node": _("removed from a plan"),
    "move_node": _("moved in a plan"),
    "renumber_nodes": _("made codes of a plan anew"),
    "add_document": _("added a document to a plan"),
    "remove_document": _("removed a document from a plan"),
    "save_goal_list": _("changed a list of goals"),
    "assign_owner": _("named who answers for an action"),
    "update_progress": _("said how an action is going"),
    "retract_update": _("took back an update"),
    "open_round": _("asked owners how their actions are going"),
    "remind_owners": _("reminded owners of updates"),
    "take_reply": _("read a reply by e-mail to a request for updates"),
    "settle_reply": _("took in an unclear reply"),
    "set_aside_reply": _("set an unclear reply aside"),
    "hand_over": _("handed over actions"),
    "report_money": _("reported money of an action"),
    "save_indicator": _("changed an indicator"),
    "remove_indicator": _("removed an indicator"),
    "move_indicator": _("changed the order of indicators"),
    "assign_indicator": _("named who enters the values of an indicator"),
    "compare_indicator": _("said with what an indicator is compared"),
    "create_measure": _("defined what municipalities compare"),
    "record_value": _("entered a value of an indicator"),
    "remove_value": _("removed a value of an indicator"),
    "ask_document": _("asked for a document of a plan"),
    "ask_working_table": _("took the table of a plan with the names of those who answer"),
    "import_plan": _("imported a table into a plan"),
    "undo_plan_import": _("undid the import of a table into a plan"),
    "forget_person": _("took a person out of the plans"),
    "erase_follower": _("deleted an address that followed"),
}


def edits(user: Any, plan: Plan) -> bool:
    """Say whether the person writes this plan: a coordinator or editor of its process."""
    return can_change_process(user, plan.process)


def can_create_plan(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process."""
    return can_change_process(user, process)


def can_view_plans(user: Any, process: Process) -> bool:
    """Whoever has a working role in the process."""
    return can_view_workspace(user, process)


def can_view_plan(user: Any, plan: Plan) -> bool:
    """Whoever has a working role in its process."""
    return can_view_workspace(user, plan.process)


def can_change_plan(user: Any, plan: Plan) -> bool:
    """The coordinators and editors of its process."""
    return edits(user, plan)


def can_publish_plan(user: Any, plan: Plan) -> bool:
    """The coordinators of the municipality that leads the process."""
    return leads_process(user, plan.process)


can_unpublish_plan = can_publish_plan
can_save_level = can_change_plan
can_start_edition = can_change_plan


def can_change_edition(user: Any, edition: Edition) -> bool:
    """The coordinators and editors of the process."""
    return edits(user, edition.plan)


def can_show_edition(user: Any, edition: Edition) -> bool:
    """The coordinators of the municipality that leads the process."""
    return leads_process(user, edition.plan.process)


can_approve_edition = can_show_edition
can_discard_edition = can_show_edition
can_explain_changes = can_change_edition
can_create_node = can_change_edition
can_import_plan = can_change_edition
can_undo_plan_import = can_change_edition


def can_change_node(user: Any, node: PlanNode) -> bool:
    """The coordinators and editors of the process."""
    return edits(user, node.plan)


can_remove_node = can_change_node
can_move_node = can_change_node
can_assign_owner = can_change_node
can_add_document = can_change_node
can_remove_document = can_change_node
can_renumber_nodes = can_change_edition


def can_save_goal_list(user: Any, _obj: None) -> bool:
    """The administrators of the installation: goals are the same for all its municipalities."""
    return bool(user.is_authenticated and user.is_superuser)


def owns(user: Any, node: PlanNode) -> bool:
    """Say whether the person answers for this node, signed in or by the link of a request for updates."""
    if isinstance(user, UpdateHolder):
        return (user.person_id, user.plan_id) == (node.owner_id, node.plan_id)
    return bool(user.is_authenticated) and node.owner is not None and node.owner.user_id == user.pk


def can_update_progress(user: Any, node: PlanNode) -> bool:
    """Who answers for it, and the coordinators and editors of the process."""
    return owns(user, node) or edits(user, node.plan)


can_report_money = can_update_progress


def can_retract_update(user: Any, update: ProgressUpdate) -> bool:
    """The coordinators and editors of the process."""
    return edits(user, update.node.plan)


def can_answer_owed(user: Any, plan: Plan) -> bool:
    """Whoever answers for something of the plan."""
    return answers_for_something(user, plan)


def can_read_names(user: Any, node: PlanNode) -> bool:
    """Who answers for it, and whoever has a working role in the process: the public reads the institution instead."""
    return owns(user, node) or can_view_workspace(user, node.plan.process)


def can_list_owing(user: Any, plan: Plan) -> bool:
    """Whoever has a working role in the process."""
    return can_view_workspace(user, plan.process)


can_open_round = can_change_plan
can_remind_owners = can_change_plan


def can_settle_reply(user: Any, reply: UnclearReply) -> bool:
    """The coordinators and editors of the process."""
    return edits(user, reply.request.round.plan)


can_set_aside_reply = can_settle_reply


def can_hand_over(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process, of everybody; and whoever answers for something in it, of their own."""
    return can_change_process(user, process) or answers_in(user, process)


def answers_in(user: Any, process: Process) -> bool:
    """Say whether the person answers for a node or an indicator of a plan of the process."""
    if not user.is_authenticated:
        return False
    nodes = PlanNode.objects.filter(plan__process=process, owner__user=user.pk)
    return nodes.exists() or Indicator.objects.filter(plan__process=process, owner__user=user.pk).exists()


def can_forget_person(user: Any, process: Process) -> bool:
    """Whoever answers for the data of the process."""
    return answered_for_by(user).filter(pk=process.pk).exists()


def can_save_indicator(user: Any, edition: Edition) -> bool:
    """The coordinators and editors of the process."""
    return edits(user, edition.plan)


can_remove_indicator = can_save_indicator
can_move_indicator = can_save_indicator


def can_assign_indicator(user: Any, indicator: Indicator) -> bool:
    """The coordinators and editors of the process."""
    return edits(user, indicator.plan)


can_compare_indicator = can_assign_indicator


def can_create_measure(user: Any, process: Process) -> bool:
    """The coordinators of the process: what all municipalities share is not made in passing."""
    return coordinates(user, process)


def can_record_values(user: Any, plan: Plan) -> bool:
    """The coordinators and editors of the process, of all its indicators at once."""
    return edits(user, plan)


def can_record_value(user: Any, indicator: Indicator) -> bool:
    """Who enters its values, and the coordinators and editors of the process."""
    owner = indicator.owner
    mine = bool(user.is_authenticated) and owner is not None and owner.user_id == user.pk
    return mine or edits(user, indicator.plan)


can_remove_value = can_record_value


def can_follow_node(user: Any, node: PlanNode) -> bool:
    """Whoever sees it."""
    return PlanNode.objects.visible_to(user).filter(pk=node.pk).exists()


def can_ask_document(user: Any, edition: Edition) -> bool:
    """Whoever sees the edition."""
    return Edition.objects.visible_to(user).filter(pk=edition.pk).exists()


def can_ask_working_table(user: Any, edition: Edition) -> bool:
    """Whoever has a working role in its process; it names persons."""
    return can_view_plan(user, edition.plan)
