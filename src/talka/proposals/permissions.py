# SPDX-License-Identifier: EUPL-1.2
"""Who may send in, see, examine and answer proposals."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.accounts.permissions import can_administer_installation
from talka.directory.models import Staff
from talka.groups.models import WorkingGroup
from talka.processes.models import Process, Role
from talka.processes.permissions import can_change_process, coordinates
from talka.processes.queries import answered_for_by
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import READERS, Proposal

VERBS = {
    "open_register": _("opened the register"),
    "change_register": _("changed the settings of the register"),
    "submit_proposal": _("received a proposal"),
    "register_proposal": _("entered a proposal"),
    "undo_registration": _("marked an entry as made by mistake"),
    "take_back_entry": _("took an entry back"),
    "confirm_address": _("confirmed the author's address"),
    "publish_proposal": _("published a proposal"),
    "unpublish_proposal": _("took a proposal off the public pages"),
    "correct_proposal": _("corrected the published text"),
    "show_file": _("changed whether a file is public"),
    "assign_proposal": _("assigned a proposal"),
    "unassign_proposal": _("took an assignment back"),
    "add_note": _("wrote a note"),
    "recommend_outcome": _("recommended what to decide"),
    "prepare_reply": _("decided and prepared the answer"),
    "publish_reply": _("published an answer"),
    "correct_reply": _("corrected a published answer"),
    "create_reply_template": _("made a template of answers"),
    "change_reply_template": _("changed a template of answers"),
    "delete_reply_template": _("deleted a template of answers"),
    "print_letter": _("printed a letter with the answer"),
    "send_printed_letter": _("noted that the letter with the answer was posted"),
    "record_call": _("noted a call about the answer"),
    "deliver_otherwise": _("sent the answer by another way"),
    "reopen_proposal": _("took a published answer back for revision"),
    "withdraw_proposal": _("withdrew a proposal"),
    "forward_proposal": _("forwarded a proposal"),
    "receive_forwarded": _("received what another institution forwarded"),
    "enter_forwarding_reply": _("kept the reply to what was forwarded"),
    "export_register": _("exported the register"),
    "receive_proposal": _("received a proposal"),
    "receive_addition": _("received more words about a proposal"),
    "read_addition": _("read what was added"),
    "remove_addition": _("took away what was added"),
    "dismiss_proposal": _("marked an entry as no proposal of its own"),
    "restore_proposal": _("made an entry a proposal again"),
    "set_reply_address": _("changed the address for answers to letters"),
    "redact_proposal": _("covered personal data in the text"),
    "undo_redaction": _("showed a covered passage again"),
    "view_original": _("opened the text in which personal data is covered"),
    "change_keeping": _("changed how long personal data is kept"),
    "change_author": _("changed the author's contacts or how to answer"),
    "erase_author": _("erased the personal data"),
    "erase_follower": _("deleted an address that followed"),
    "erase_addition": _("deleted what somebody had written about it later, at their request"),
    "change_regime": _("changed under which act a proposal is treated"),
    "extend_term": _("extended the term of the answer"),
    "note_extension_told": _("told the author of the later term"),
    "save_term": _("changed a term"),
    "delete_term": _("removed a term"),
    "move_day": _("moved a working day"),
    "restore_day": _("took back that a working day was moved"),
    "remind_of_late": _("reminded of answers that are late"),
    "bundle_proposals": _("put it together with others to be answered"),
    "take_out_of_bundle": _("took it out of those answered together"),
    "dissolve_bundle": _("dissolved what was answered together"),
    "undo_bundle_step": _("undid the last step of what is answered together"),
    "reject_similar": _("said that proposals are different matters"),
    "link_node": _("said what it became in a plan"),
    "unlink_node": _("took back what it became in a plan"),
}


def can_submit_proposal(user: Any, process: Process) -> bool:
    """Anybody who may see the process."""
    return Process.objects.visible_to(user).filter(pk=process.pk).exists()


def _keeps_register(user: Any, process: Any) -> bool:
    return Role.objects.holds(user, process, Role.Kind.COORDINATOR, Role.Kind.CLERK)


def _examines(user: Any, proposal: Proposal) -> bool:
    if not user.is_authenticated:
        return False
    if proposal.assigned_person_id is not None:
        return bool(proposal.assigned_person is not None and proposal.assigned_person.user_id == user.pk)
    return (
        proposal.assigned_group_id is not None
        and WorkingGroup.objects.led_by(user).filter(pk=proposal.assigned_group_id).exists()
    )


def can_view_register(user: Any, process: Process) -> bool:
    """Whoever keeps, edits or observes it, or leads a group of the process; they see what concerns them."""
    return (
        Role.objects.holds(user, process, *READERS, Role.Kind.GROUP_LEAD)
        or Proposal.objects.filter(process=process).worked_on_by(user).exists()
    )


def can_view_proposal_file(user: Any, proposal: Proposal) -> bool:
    """See files, notes and the answer being prepared: whoever finds it in their register."""
    return Proposal.objects.worked_on_by(user).filter(pk=proposal.pk).exists()


def can_view_author(user: Any, proposal: Proposal) -> bool:
    """See name and contacts that were not released: those who keep the register of the process, and the author."""
    if isinstance(user, LinkHolder):
        return user.proposal_id == proposal.pk
    return _keeps_register(user, proposal.process_id)


def can_open_register(user: Any, process: Process) -> bool:
    """The coordinators of the process."""
    return coordinates(user, process)


can_change_register = can_open_register
can_set_reply_address = can_open_register


def can_register_proposal(user: Any, process: Process) -> bool:
    """Coordinators and clerks of the process."""
    return _keeps_register(user, process)


can_undo_registration = can_register_proposal


def can_take_back_entry(user: Any, proposal: Proposal) -> bool:
    """Whoever entered it, while they keep the register."""
    mine = proposal.registered_by_id is not None and proposal.registered_by_id == user.pk
    return mine and _keeps_register(user, proposal.process_id)


def can_confirm_address(user: Any, proposal: Proposal) -> bool:
    """Whoever holds the link from the letter to that address; having sent the form proves nothing about it."""
    return isinstance(user, LinkHolder) and user.proposal_id == proposal.pk and user.reads_mail


def can_publish_proposal(user: Any, proposal: Proposal) -> bool:
    """Coordinators and clerks of the process."""
    return _keeps_register(user, proposal.process_id)


can_unpublish_proposal = can_publish_proposal
can_dismiss_proposal = can_publish_proposal
can_restore_proposal = can_publish_proposal
can_receive_addition = can_publish_proposal
can_remove_addition = can_publish_proposal
can_correct_proposal = can_publish_proposal
can_show_file = can_publish_proposal
can_redact_proposal = can_publish_proposal
can_change_author = can_publish_proposal


def can_view_original(user: Any, proposal: Proposal) -> bool:
    """Those who keep the register, and whoever examines the proposal; not editors and observers, who need no such data."""
    return _keeps_register(user, proposal.process_id) or _examines(user, proposal)


def can_change_keeping(user: Any, process: Process) -> bool:
    """The coordinators of the process."""
    return coordinates(user, process)


def can_answer_for_data(user: Any, process: Process) -> bool:
    """Find, give out and erase one person's data: the coordinators of the process, and the administrators of its owner."""
    return answered_for_by(user).filter(pk=process.pk).exists()


def can_erase_author(user: Any, proposal: Proposal) -> bool:
    """Whoever answers for the data of the process."""
    return can_answer_for_data(user, proposal.process)


def can_assign_proposal(user: Any, proposal: Proposal) -> bool:
    """The coordinators of the process."""
    return coordinates(user, proposal.process)


can_unassign_proposal = can_assign_proposal


def can_add_note(user: Any, proposal: Proposal) -> bool:
    """Whoever keeps the register, and whoever examines the proposal."""
    return _keeps_register(user, proposal.process_id) or _examines(user, proposal)


can_read_addition = can_add_note


def can_recommend_outcome(user: Any, proposal: Proposal) -> bool:
    """Whoever examines the proposal, and the coordinators, who enter what a group said at its meeting."""
    return _examines(user, proposal) or coordinates(user, proposal.process)


def can_prepare_reply(user: Any, proposal: Proposal) -> bool:
    """The coordinators of the process: a group recommends, the coordinator decides."""
    return coordinates(user, proposal.process)


can_publish_reply = can_prepare_reply
can_correct_reply = can_prepare_reply
can_reopen_proposal = can_prepare_reply
can_forward_proposal = can_prepare_reply
can_enter_forwarding_reply = can_add_note


def can_link_node(user: Any, proposal: Proposal) -> bool:
    """Those who keep the register, and those who edit the process and with it its plans."""
    return can_link_nodes(user, proposal.process)


def can_link_nodes(user: Any, process: Process) -> bool:
    """Say in a process what proposals became: those who keep its register, and those who edit it."""
    return _keeps_register(user, process) or can_change_process(user, process)


can_unlink_node = can_link_node


def can_write_reply_templates(user: Any, process: Process) -> bool:
    """The coordinators of the process."""
    return coordinates(user, process)


can_prepare_replies = can_write_reply_templates


def can_deliver_answer(user: Any, proposal: Proposal) -> bool:
    """Those who keep the register: letters and calls need names, addresses and numbers."""
    return _keeps_register(user, proposal.process_id)


def can_view_deliveries(user: Any, process: Process) -> bool:
    """Those who keep the register."""
    return _keeps_register(user, process)


def can_follow_proposal(user: Any, proposal: Proposal) -> bool:
    """Anybody who may see it."""
    return Proposal.objects.visible_to(user).filter(pk=proposal.pk).exists()


def can_withdraw_proposal(user: Any, proposal: Proposal) -> bool:
    """Its author, by the secret link or signed in, and whoever coordinates its process."""
    if isinstance(user, LinkHolder):
        return user.proposal_id == proposal.pk
    if not user.is_authenticated:
        return False
    author = getattr(proposal, "author", None)
    return (author is not None and author.user_id == user.pk) or coordinates(user, proposal.process)


def can_bundle_proposals(user: Any, process: Process) -> bool:
    """Coordinators and clerks of the process."""
    return _keeps_register(user, process.pk)


def can_export_register(user: Any, process: Process) -> bool:
    """Whoever sees it; personal data is in the file only for those who keep the register."""
    return can_view_register(user, process)


def can_export_authors(user: Any, process: Process) -> bool:
    """Those who keep the register."""
    return _keeps_register(user, process)


# --- Terms ----------------------------------------------------------------------------------------


def can_change_regime(user: Any, proposal: Proposal) -> bool:
    """Coordinators and clerks of the process."""
    return _keeps_register(user, proposal.process_id)


can_note_extension_told = can_change_regime


def can_extend_term(user: Any, proposal: Proposal) -> bool:
    """The coordinators of the process: the author gets a letter in the name of the municipality."""
    return coordinates(user, proposal.process)


def can_save_term(user: Any, process: Process | None) -> bool:
    """The administrators of the installation; for one process, its coordinators."""
    if process is not None:
        return coordinates(user, process)
    return can_administer_installation(user, None)


can_delete_term = can_save_term


def can_move_day(user: Any, _obj: None) -> bool:
    """Whoever administers an organization: working days are the same for all."""
    return bool(user.is_authenticated) and (user.is_superuser or Staff.objects.administers(user))


can_restore_day = can_move_day


def can_list_late(user: Any, _obj: None) -> bool:
    """Whoever coordinates a process, for what is late in it."""
    if not user.is_authenticated:
        return False
    return Role.objects.active().filter(person__user=user, kind=Role.Kind.COORDINATOR).exists()


def can_remind_of_late(user: Any, process: Process) -> bool:
    """The coordinators of the process."""
    return coordinates(user, process)
