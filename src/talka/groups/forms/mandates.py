# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import DayField, LineField
from talka.groups.models import Mandate
from talka.processes.forms.people import OrganizationPicking, PersonPicking


class MandateForm(OrganizationPicking):
    """In what capacity and for whom somebody sits in a group."""

    function = forms.ChoiceField(label=_("Capacity"), choices=Mandate.Function.choices)
    represents = forms.ChoiceField(label=_("Represents"), choices=Mandate.Represents.choices, widget=forms.RadioSelect)
    title = LineField(label=_("Title of the office"), required=False, max_length=300)
    name_public = forms.BooleanField(
        label=_("The person agrees that the name is published"), required=False,
        help_text=_("Names of leads and deputies are public with their office."),
    )  # fmt: skip
    starts_on = DayField(label=_("From"), required=False)

    field_order = (
        "person",
        "name",
        "email",
        "invite",
        "function",
        "represents",
        "organization_name",
        "classification",
        "title",
        "starts_on",
        "name_public",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization_name"].required = False
        self.initial.setdefault("function", Mandate.Function.MEMBER)

    def clean(self) -> dict[str, Any]:
        """Ask which association is represented."""
        data = super().clean() or {}
        if data.get("represents") == Mandate.Represents.ASSOCIATION and data.get("organization") is None:
            self.add_error("organization_name", _("Write which association the person represents."))
        return data


class SeatForm(PersonPicking, MandateForm):
    """Who is seated in a group, in what capacity and for whom."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].help_text = _("Empty: from today.")
        self.fields["invite"].initial = False
