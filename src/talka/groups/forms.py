# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import RowForm, offer
from talka.core.forms import DayField, LineField, TextField
from talka.core.text import clean_line
from talka.directory.models import Area, Organization, Topic
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.queries import topic_choices
from talka.plans.forms.taking import year_input
from talka.plans.models import PlanNode
from talka.plans.queries.finding import linkable
from talka.processes.forms.people import OrganizationPicking, PersonPicking
from talka.processes.models import Process
from talka.processes.queries import areas_near, organizations_near

MAX_SUBTOPICS = 50


class GroupForm(RowForm):
    """What a working group says of itself."""

    name = LineField(label=_("Name"))
    kind = forms.ChoiceField(label=_("Kind"), choices=WorkingGroup.Kind.choices)
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    new_topic = LineField(label=_("New topic"), required=False, help_text=_("Only if the list does not have it."))
    subtopic_names = TextField(
        label=_("Sub-topics"), required=False, rows=5, max_length=10_000, help_text=_("One per line.")
    )
    area = forms.ModelChoiceField(label=_("Territory"), queryset=Area.objects.none(), required=False)
    description = TextField(label=_("What it does"), required=False, rows=8,
                            help_text=_("In Markdown: **bold**, - lists, [links](https://…), ### headings."))  # fmt: skip
    joining = forms.ChoiceField(label=_("Who may join"), choices=WorkingGroup.Joining.choices, widget=forms.RadioSelect)
    how_to_join = TextField(label=_("How to join"), required=False, rows=3, max_length=2000,
                            help_text=_("Until when, to whom to write, what to say."))  # fmt: skip

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, area=areas_near(process), topic=[("", "–"), *topic_choices()])
        self.initial.setdefault("kind", WorkingGroup.Kind.THEMATIC)
        self.initial.setdefault("joining", WorkingGroup.Joining.INVITATION)

    def clean_topic(self) -> Topic | None:
        """Return the topic that was chosen."""
        chosen = self.cleaned_data["topic"]
        return Topic.objects.filter(pk=chosen).first() if chosen else None

    def clean_subtopic_names(self) -> list[str]:
        """Return the names of the sub-topics, each once."""
        names = list(
            dict.fromkeys(line for line in map(clean_line, self.cleaned_data["subtopic_names"].split("\n")) if line)
        )
        if len(names) > MAX_SUBTOPICS:
            raise forms.ValidationError(_("At most %(limit)d sub-topics.") % {"limit": MAX_SUBTOPICS})
        long = next((name for name in names if len(name) > 200), None)
        if long:
            raise forms.ValidationError(
                _("“%(name)s…” is too long; a sub-topic has at most 200 characters.") % {"name": long[:40]}
            )
        return names

    def clean(self) -> dict[str, Any]:
        """Ask for a topic that the sub-topics belong to."""
        data = super().clean() or {}
        if data.get("subtopic_names") and not data.get("topic") and not data.get("new_topic"):
            self.add_error("topic", _("Choose the topic that the sub-topics belong to, or write a new one."))
        return data


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
