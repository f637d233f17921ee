# SPDX-License-Identifier: EUPL-1.2
"""Who may see and repeat messages."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from talka.accounts.permissions import can_administer_installation

VERBS = {
    "follow": _("began to follow"),
    "unfollow": _("stopped following"),
    "send_again": _("sent a message again"),
    "erase_letter": _("deleted the copy of a letter"),
}


def can_view_notifications(user: Any, _obj: None) -> bool:
    """See what was sent to whom: the administrators of the installation; in the demo everybody signed in."""
    return can_administer_installation(user, None) or (settings.DEMO and user.is_authenticated)


def can_send_again(user: Any, _notification: Any) -> bool:
    """The administrators of the installation."""
    return can_administer_installation(user, None)


can_erase_letter = can_send_again
