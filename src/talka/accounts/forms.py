# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core.forms import LineField


class AccountForm(forms.Form):
    """One's own name and language, and whether one wants to be reminded."""

    name = LineField(
        label=_("Name and surname"),
        max_length=200,
        required=False,
        help_text=_("How others see you where you work together."),
    )
    language = forms.ChoiceField(
        label=_("Language of letters"),
        choices=settings.LANGUAGES,
        help_text=_("We write to you in this language. Pages have their own switch."),
    )
    gets_reminders = forms.BooleanField(
        label=_("Remind me of answers that I owe"),
        required=False,
        help_text=_("On working days, at most one letter a day, and none when nothing is late or soon due."),
    )


class InvitationForm(forms.Form):
    """What somebody who was invited says of themselves."""

    name = LineField(label=_("Name and surname"), max_length=200)
    password = forms.CharField(
        label=_("Password"), max_length=200, required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Without a password you sign in by a code that we send to your e-mail."),
    )  # fmt: skip

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Check the password against name and address."""
        data = super().clean() or {}
        if data.get("password"):
            try:
                validate_password(data["password"], User(email=self.email, name=data.get("name", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
