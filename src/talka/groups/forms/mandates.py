# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import offer
from talka.core.forms import DayField, LineField
from talka.directory.models import Area
from talka.groups.models import Mandate
from talka.processes.forms.people import OrganizationPicking, PersonPicking
from talka.processes.models import Process
from talka.processes.queries import areas_near


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
    ends_on = DayField(label=_("Until"), required=False, help_text=_("Its last day; empty while it has no end."))
    area = forms.ModelChoiceField(label=_("Lives or works in"), queryset=Area.objects.none(), required=False)
    substitute = LineField(
        label=_("Substitute"), required=False, max_length=200, help_text=_("Who stands in when the member cannot come.")
    )

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
        "ends_on",
        "area",
        "substitute",
        "name_public",
    )

    def __init__(self, *args: Any, process: Process | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["organization_name"].required = False
        if process is not None:
            offer(self, area=areas_near(process))
        self.initial.setdefault("function", Mandate.Function.MEMBER)

    def clean(self) -> dict[str, Any]:
        """Ask which association is represented."""
        data = super().clean() or {}
        if data.get("represents") == Mandate.Represents.ASSOCIATION and data.get("organization") is None:
            self.add_error("organization_name", _("Write which association the person represents."))
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("It cannot end before it starts."))
        return data


class SeatForm(PersonPicking, MandateForm):
    """Who is seated in a group, in what capacity and for whom."""

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, process=process, **options)
        offer(self, area=areas_near(process))
        self.fields["starts_on"].help_text = _("Empty: from today.")
        self.fields["invite"].initial = False
