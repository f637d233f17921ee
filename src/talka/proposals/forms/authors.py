# SPDX-License-Identifier: EUPL-1.2
"""Who sent an entry in, as those who keep the register set it right."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.editing import RowForm
from talka.core.forms import LineField
from talka.proposals.forms.workspace import WAYS_OF_ANSWERING
from talka.proposals.models import Author


class AuthorForm(RowForm):
    """Name, contacts and the way of answering, and from where that is known."""

    name = LineField(label=pgettext_lazy("person", "Name"), required=False)
    answer_by = forms.ChoiceField(
        label=_("How to answer"), choices=[("", _("by what is known")), *Author.AnswerBy.choices], required=False
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    postal_address = LineField(
        label=_("Postal address"),
        max_length=300,
        required=False,
        help_text=_("With commas between the lines: Upes iela 1, Talka, Talkas novads, LV-4101."),
    )
    reason = LineField(
        label=_("How this is known"),
        max_length=300,
        help_text=_("Such as “the author called and asked for a letter”. It stays in the log; no addresses or numbers, please."),
        error_messages={"required": _("Say from where this is known.")},
    )  # fmt: skip

    def clean_phone(self) -> str:
        """Refuse what cannot be called."""
        phone = str(self.cleaned_data["phone"])
        if phone and sum(character.isdigit() for character in phone) < 5:
            raise forms.ValidationError(_("Enter a telephone number."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Ask for the address of the way by which the answer is wanted."""
        data: dict[str, Any] = super().clean() or {}
        for way, name, sentence in WAYS_OF_ANSWERING:
            if data.get("answer_by") == way and not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return data
