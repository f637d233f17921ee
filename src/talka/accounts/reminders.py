# SPDX-License-Identifier: EUPL-1.2
"""The link in a letter of reminder by which somebody stops such letters without signing in."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User

_signer = Signer(salt="talka.stop-reminders")


def stop_url(user: User) -> str:
    """Return the address at which this person's reminders end."""
    with translation.override(user.language):
        return f"{settings.TALKA_URL}{reverse('accounts:stop_reminders', args=[_signer.sign(str(user.pk))])}"


def whose_link(token: str) -> User | None:
    """Return whose reminders a link ends, or nobody where it is not ours."""
    try:
        return User.objects.filter(pk=int(_signer.unsign(token)), is_active=True).first()
    except (BadSignature, ValueError):
        return None
