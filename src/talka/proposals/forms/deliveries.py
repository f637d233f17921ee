# SPDX-License-Identifier: EUPL-1.2
"""What became of an answer that is carried by hand."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core import clock
from talka.core.forms import DayField, LineField
from talka.proposals.models import Author, Delivery


class SentForm(forms.Form):
    """On which day letters were posted."""

    sent_on = DayField(label=_("Posted on"))

    def clean_sent_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["sent_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class CallForm(forms.Form):
    """What came of a call."""

    note = LineField(
        label=_("Note"), max_length=500, required=False, help_text=_("Such as “asked for a letter too”. Seen only by those who keep the register.")
    )  # fmt: skip


class OtherwiseForm(forms.Form):
    """Another way for an answer, and the address or number that it needs."""

    WAYS = (
        (Delivery.Way.POST, pgettext_lazy("way of answering", "by letter")),
        (Delivery.Way.PHONE, pgettext_lazy("way of answering", "by telephone")),
        (Delivery.Way.EMAIL, pgettext_lazy("way of answering", "by e-mail")),
        (Delivery.Way.NOT_WANTED, _("not at all: no way to reach the author")),
    )

    way = forms.ChoiceField(label=_("How to answer"), choices=WAYS, widget=forms.RadioSelect)
    contact = LineField(
        label=_("Address or number"), max_length=300, required=False,
        help_text=_("Postal address, telephone number or e-mail address for the way chosen. If you leave it out, the one that is known is used."),
    )  # fmt: skip

    def __init__(self, *args: Any, author: Author, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author = author

    def clean(self) -> dict[str, Any]:
        """Ask for the address or number where none is known, and check what was typed."""
        data = super().clean() or {}
        way, contact = data.get("way"), data.get("contact") or ""
        known = {
            Delivery.Way.POST: self.author.postal_address,
            Delivery.Way.PHONE: self.author.phone,
            Delivery.Way.EMAIL: self.author.email,
            Delivery.Way.NOT_WANTED: "-",
        }
        if way and not contact and not known[Delivery.Way(way)]:
            self.add_error("contact", _("None is known. Enter it."))
        if way == Delivery.Way.EMAIL and contact:
            try:
                validate_email(contact)
            except forms.ValidationError:
                self.add_error("contact", _("Enter a valid e-mail address, such as anna@example.lv."))
        if way == Delivery.Way.PHONE and contact and (sum(c.isdigit() for c in contact) < 5 or len(contact) > 40):
            self.add_error("contact", _("Enter a telephone number."))
        if way == Delivery.Way.NOT_WANTED:
            data["contact"] = ""
        return data
