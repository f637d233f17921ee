# SPDX-License-Identifier: EUPL-1.2
"""django-allauth's forms in our words: labels above, no text inside the fields."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "login": _("E-mail"),
    "email": _("E-mail"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
    "name": _("Name of the key"),
    "passwordless": _("Sign in with this key alone"),
}

_HINTS = {
    "password1": _("At least 12 characters. Several words are easy to remember and hard to guess."),
    "passwordless": _("The device then asks for a fingerprint, a face or its PIN, and you need no password."),
    "name": _("By which you will know it, such as “Work laptop”."),
}


class OurWords(forms.Form):
    """Gives the fields our labels and hints."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = _LABELS.get(name, field.label)
            field.help_text = _HINTS.get(name, "")


class LoginForm(OurWords, account.LoginForm):
    """Address and password."""


class SignupForm(OurWords, account.SignupForm):
    """Address and password of a new account."""


class AddEmailForm(OurWords, account.AddEmailForm):
    """Another address."""


class ChangePasswordForm(OurWords, account.ChangePasswordForm):
    """The present password and a new one."""


class SetPasswordForm(OurWords, account.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(OurWords, account.ResetPasswordForm):
    """The address whose password is forgotten."""


class ResetPasswordKeyForm(OurWords, account.ResetPasswordKeyForm):
    """A new password in place of a forgotten one."""


class ReauthenticateForm(OurWords, account.ReauthenticateForm):
    """The password once more, before something important is changed."""


class RequestLoginCodeForm(OurWords, account.RequestLoginCodeForm):
    """The address to which a code is sent."""


class ConfirmLoginCodeForm(OurWords, account.ConfirmLoginCodeForm):
    """The code for signing in."""


class ConfirmEmailVerificationCodeForm(OurWords, account.ConfirmEmailVerificationCodeForm):
    """The code that confirms an address."""


class ConfirmPasswordResetCodeForm(OurWords, account.ConfirmPasswordResetCodeForm):
    """The code for a new password."""


class AuthenticateForm(OurWords, second_step.AuthenticateForm):
    """The code of the second step."""


class SecondStepReauthenticateForm(OurWords, second_step.ReauthenticateForm):
    """The code of the second step once more."""


class ActivateTOTPForm(OurWords, totp.ActivateTOTPForm):
    """The first code of an authenticator app."""


class AddWebAuthnForm(OurWords, webauthn.AddWebAuthnForm):
    """A new passkey."""


class EditWebAuthnForm(OurWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""
