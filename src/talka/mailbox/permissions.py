# SPDX-License-Identifier: EUPL-1.2
"""Who may read and settle the mail of a process, and who may connect its mailbox."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.directory.models import Staff
from talka.mailbox.models import InboundMessage
from talka.processes.models import Process, Role
from talka.processes.permissions import coordinates
from talka.proposals.permissions import can_answer_for_data

VERBS = {
    "save_account": _("changed the mailbox of the process"),
    "receive_message": _("received an e-mail"),
    "land_message": _("made a proposal of an e-mail"),
    "split_message": _("split an e-mail into several proposals"),
    "join_message": _("joined an e-mail to an earlier proposal"),
    "unjoin_message": _("took an e-mail off a proposal again"),
    "set_aside_message": _("set an e-mail aside"),
    "take_back_message": _("took an e-mail back"),
    "download_original": _("downloaded an e-mail as it came"),
    "erase_message": _("erased an e-mail at the request of its sender"),
}


def can_view_mail(user: Any, process: Process) -> bool:
    """Those who keep the register: coordinators and clerks."""
    return Role.objects.holds(user, process, Role.Kind.COORDINATOR, Role.Kind.CLERK)


def can_save_account(user: Any, process: Process) -> bool:
    """The coordinators of the process."""
    return coordinates(user, process)


def can_read_now(user: Any, process: Process) -> bool:
    """Whoever may see the mail."""
    return can_view_mail(user, process)


def can_land_message(user: Any, message: InboundMessage) -> bool:
    """Those who keep the register of its process."""
    return can_view_mail(user, message.account.process)


can_split_message = can_land_message
can_join_message = can_land_message
can_unjoin_message = can_land_message
can_set_aside_message = can_land_message
can_take_back_message = can_land_message
can_download_original = can_land_message


def can_erase_message(user: Any, message: InboundMessage) -> bool:
    """Whoever answers to people for what is kept about them in its process."""
    return can_answer_for_data(user, message.account.process)


def can_list_accounts(user: Any, _obj: None) -> bool:
    """See which mailboxes are read and what is in the way: administrators of an organization or of the installation."""
    return bool(user.is_authenticated) and (user.is_superuser or Staff.objects.administers(user))
