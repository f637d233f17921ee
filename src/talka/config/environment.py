# SPDX-License-Identifier: EUPL-1.2
"""Values from the environment, and sentences for those that are missing."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MODES = ("production", "development", "demo", "test")


def mode() -> str:
    """Return the mode of this installation: production unless the environment says otherwise."""
    value = os.environ.get("TALKA_MODE", "production")
    if value not in MODES:
        raise ImproperlyConfigured(f"TALKA_MODE is “{value}”; set it to one of: {', '.join(MODES)}.")
    return value


def required(name: str, what: str, example: str) -> str:
    """Return a value that production cannot do without; say what to set when it is missing."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. It is {what}. Example: {name}={example}")
    return value


def text(name: str, default: str = "") -> str:
    """Return a text, or ``default`` when it is not set."""
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int) -> int:
    """Return a whole number that is not negative, or ``default`` when it is not set."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        raise ImproperlyConfigured(f"{name} is “{value}”; set it to a whole number such as {default}.")
    return int(value)


def listed(name: str) -> list[str]:
    """Return the parts of a text separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def kept_secret(folder: Path) -> str:
    """Return the secret key of a local installation, made once and kept in its folder."""
    path = folder / "secret_key"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            draft = folder / f"secret_key.{os.getpid()}"
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
            with suppress(FileExistsError):
                os.link(draft, path)
            draft.unlink()
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"Talka cannot write to its folder {folder} ({error.strerror}). "
            "Set TALKA_VAR to a folder that you may write to."
        ) from error


def mail_settings(url: str) -> dict[str, object]:
    """Translate ``TALKA_MAIL_URL`` into Django's settings for sending mail.

    >>> mail_settings("file:/srv/mail")["EMAIL_FILE_PATH"]
    '/srv/mail'
    >>> found = mail_settings("smtp://talka:s%40fe@mail.example.lv:587")
    >>> found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_HOST_PASSWORD"], found["EMAIL_USE_TLS"]
    ('mail.example.lv', 587, 's@fe', True)
    >>> mail_settings("smtps://mail.example.lv")["EMAIL_PORT"]
    465
    """
    parts = urlsplit(url)
    if parts.scheme == "file" and parts.path:
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == 0:
        raise ImproperlyConfigured(
            "TALKA_MAIL_URL is not an address of a mail server. "
            "Example: TALKA_MAIL_URL=smtp://talka:password@mail.example.lv:587"
        )
    signed_in = parts.username is not None
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 587 if signed_in else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and signed_in,
        "EMAIL_TIMEOUT": 20,
    }
