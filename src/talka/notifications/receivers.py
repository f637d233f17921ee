# SPDX-License-Identifier: EUPL-1.2
"""Letters about what happens below."""

from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import Invitation
from talka.accounts.signals import invitation_sent
from talka.notifications.operations import send_letter


@receiver(invitation_sent)
def write_invitation(sender: object, *, invitation: Invitation, **_more: Any) -> None:
    """Write the letter with the invitation's secret link."""
    with translation.override(invitation.language):
        url = f"{settings.TALKA_URL}{reverse('accounts:accept_invitation', args=[invitation.secret])}"
    send_letter(
        "accounts/invite_user",
        email=invitation.email,
        language=invitation.language,
        invitation=invitation,
        accept_url=url,
    )
