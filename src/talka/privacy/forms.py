# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.forms import LineField
from talka.core.holdings import Wanted


class SearchForm(forms.Form):
    """Whom to look for; sent in the body of a request, so that it stands in no address and no log."""

    name = LineField(
        label=pgettext_lazy("person", "Name"),
        required=False,
        help_text=_("In any spelling; names that are alike are shown too."),
    )
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = LineField(label=_("Telephone"), max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one of them."""
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("Give a name, an e-mail address or a telephone number."))
        return data

    def wanted(self) -> Wanted:
        """Return whom to look for."""
        return Wanted(**self.cleaned_data)


class RequestForm(forms.Form):
    """On what request one person's data is given out or erased."""

    reason = LineField(
        label=_("How the person asked and how you know it is them"), max_length=300,
        help_text=_("Such as “application No. 5-2/77 of 24.11.2026, shown a passport”. Kept in the log: no personal data, please."),
        error_messages={"required": _("Say on what request this is done.")},
    )  # fmt: skip


class ErasingForm(RequestForm):
    """The last question before one person's data is erased."""

    leave_public = forms.ChoiceField(
        label=_("Published texts"),
        choices=[
            ("yes", _("stay on the public pages without the name: the person agrees")),
            ("no", _("leave the public pages and are erased too")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask the person, and choose.")},
    )


class ClosingForm(forms.Form):
    """Whether somebody means to close their account."""

    sure = forms.BooleanField(
        label=_("I want to close my account for good"),
        error_messages={"required": _("Tick this if you want to close the account.")},
    )
