# SPDX-License-Identifier: EUPL-1.2
"""Passwords of mailboxes, encrypted as they lie in the database, by the keys of the installation."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


def _box() -> MultiFernet:
    """Return what encrypts, by the installation's keys, newest first."""
    keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"talka.mailbox:{key}".encode()).digest())) for key in keys]
    )


def seal(password: str) -> str:
    """Encrypt a password."""
    return _box().encrypt(password.encode()).decode()


def unseal(sealed: str) -> str:
    """Return a password; an empty text where it was encrypted by a key that the installation has no longer."""
    try:
        return _box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""
