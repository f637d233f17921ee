# SPDX-License-Identifier: EUPL-1.2
"""The letters of signing in, in our words and through our queue, instead of django-allauth's own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.notifications.operations import send_letter

LETTERS = {
    "account/email/login_code": "accounts/sign_in_code",
    "account/email/password_reset_code": "accounts/password_code",
    "account/email/email_confirmation": "accounts/confirm_address",
    "account/email/email_confirmation_signup": "accounts/confirm_address",
    "account/email/unknown_account": "accounts/unknown_address",
    "account/email/account_already_exists": "accounts/known_address",
}

CHANGES: dict[str, Promise] = {
    "account/email/password_changed": _("the password was changed"),
    "account/email/password_set": _("a password was set"),
    "account/email/password_reset": _("a new password was set in place of a forgotten one"),
    "account/email/email_changed": _("the e-mail address was changed"),
    "account/email/email_confirm": _("the e-mail address was confirmed"),
    "account/email/email_deleted": _("an e-mail address was removed"),
    "mfa/email/recovery_codes_generated": _("new recovery codes were made"),
    "mfa/email/totp_activated": _("an authenticator app was added"),
    "mfa/email/totp_deactivated": _("the authenticator app was removed"),
    "mfa/email/webauthn_added": _("a passkey was added"),
    "mfa/email/webauthn_removed": _("a passkey was removed"),
}


class LetterAdapter(DefaultAccountAdapter):
    """Hands django-allauth's letters to our queue."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter in the language of the account, or of the page where the address has none."""
        account = User.objects.filter(email__iexact=email).first()
        language = account.language if account else (translation.get_language() or settings.LANGUAGE_CODE)
        facts: dict[str, Any] = {}
        if template_prefix in LETTERS:
            letter = LETTERS[template_prefix]
            facts["code"] = context.get("code", "")
        else:
            letter = "accounts/account_changed"
            with translation.override(language):
                facts["change"] = str(CHANGES[template_prefix])
            facts["at"], facts["browser"] = context.get("timestamp"), context.get("user_agent", "")
        with translation.override(language):
            for name in ("account_login", "account_signup", "account_reset_password", "account_request_login_code"):
                facts[f"{name}_url"] = f"{settings.TALKA_URL}{reverse(name)}"
        send_letter(letter, email=email, language=language, user=account, **facts)

    def new_user(self, request: HttpRequest) -> User:
        """Begin an account in the language of the page on which it is made."""
        return User(language=translation.get_language() or settings.LANGUAGE_CODE)
