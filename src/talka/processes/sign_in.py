# SPDX-License-Identifier: EUPL-1.2
"""Where signing in leads, and of whom it asks a second step: everybody who works here."""

import base64
import hashlib
import re
from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.directory.models import Staff
from talka.notifications.account_letters import LetterAdapter
from talka.processes.models import Role

_ADVISED = "second_step_advised"
_BEHIND_SECOND_STEP = re.compile(r"workspace/|mail/|p/[^/]+/proposals/\d+/files/")
"""The workspace, and what else shows those who work here more than others: letters that were sent, files not yet public."""

_SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def works_here(user: Any) -> bool:
    """Say whether somebody works in Talka: for an organization, in a process, or on the installation."""
    return user.is_authenticated and (
        user.is_superuser
        or Staff.objects.active().filter(person__user=user).exists()
        or Role.objects.active().filter(person__user=user, kind__in=Role.WORKING).exists()
    )


class AccountAdapter(LetterAdapter):
    """Leads people on after they have signed in or out."""

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Lead those who work here to the workspace, all others to their own page."""
        return reverse("portal:show_workspace" if works_here(request.user) else "portal:show_my_page")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        """Lead a new account to its own page."""
        return reverse("portal:show_my_page")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Lead to the home page in the same language."""
        return reverse("portal:show_home")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Lead back to where the address was changed."""
        return reverse("account_email")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Lead back to the account."""
        return reverse("accounts:change_account")


def _box() -> MultiFernet:
    """Return what encrypts the secrets of authenticator apps, by the installation's keys, newest first."""
    keys: list[str] = [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"talka.second-step:{key}".encode()).digest())) for key in keys]
    )


class SecondStepAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second steps encrypted, and the last second step of those who need one."""

    def encrypt(self, text: str) -> str:
        """Encrypt a secret before it is stored."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Read a stored secret."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Let the last second step go only where none is required."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=_SECOND_STEPS).exclude(
            pk=authenticator.pk
        )
        return settings.DEMO or others.exists() or not works_here(authenticator.user)


class SecondStepMiddleware:
    """Open the workspace only to those who have set up a second step; in the demo, advise it once and let through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._in_workspace(request) or not request.user.is_authenticated:
            return self.get_response(request)
        if settings.DEMO:
            if _ADVISED not in request.session:
                request.session[_ADVISED] = True
                messages.info(
                    request,
                    _(
                        "On a real site, signing in would ask you for a second step: an app on the telephone or a passkey. The demo lets you through."
                    ),
                )
            return self.get_response(request)
        if is_mfa_enabled(request.user, _SECOND_STEPS) or not works_here(request.user):
            return self.get_response(request)
        messages.warning(
            request,
            _(
                "You work with other people's data here, so signing in needs a second step. Set it up to open the workspace."
            ),
        )
        return redirect("mfa_index")

    @staticmethod
    def _in_workspace(request: HttpRequest) -> bool:
        language = translation.get_language_from_path(request.path_info)
        return (
            language is not None
            and _BEHIND_SECOND_STEP.match(request.path_info.removeprefix(f"/{language}/")) is not None
        )
