# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import RowForm, offer
from talka.core.forms import LineField, TextField
from talka.directory.models import Area, Organization
from talka.plans.forms.taking import year_input
from talka.plans.models import PlanNode
from talka.plans.queries.finding import linkable
from talka.processes.models import Process
from talka.processes.queries import areas_near, organizations_near


class ActionForm(RowForm):
    """An action that a group asks for."""

    title = LineField(label=_("What is to be done"), max_length=300)
    reason = TextField(label=_("Why"), required=False, rows=4, max_length=5000)
    organization = forms.ModelChoiceField(
        label=_("Who could do it"), queryset=Organization.objects.none(), required=False
    )
    starts_year = year_input(_("Starts, year"))
    ends_year = year_input(_("Ends, year"))
    area = forms.ModelChoiceField(label=_("Territory"), queryset=Area.objects.none(), required=False)

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, organization=organizations_near(process), area=areas_near(process))

    def clean(self) -> dict[str, Any]:
        """See that the years are in order."""
        data = super().clean() or {}
        if data.get("starts_year") and data.get("ends_year") and data["ends_year"] < data["starts_year"]:
            self.add_error("ends_year", _("It cannot end before it starts."))
        return data


class TakeForm(forms.Form):
    """Which node of a plan an action of a group is."""

    node = forms.ModelChoiceField(
        label=_("In plans"), queryset=PlanNode.objects.none(), error_messages={"required": _("Choose an action.")}
    )

    def __init__(self, *args: Any, user: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["node"].queryset = linkable(user, process)  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    """Why an action of a group is not taken into the plan."""

    reason = TextField(label=_("Why it is not taken in"), rows=4, max_length=500,
                       help_text=_("The group reads it, and everybody on the page of the group."))  # fmt: skip
