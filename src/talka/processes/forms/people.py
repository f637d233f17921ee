# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import offer
from talka.core.forms import DayField, LineField
from talka.directory.models import Organization, Person
from talka.processes.models import Process, Role
from talka.processes.newcomers import NewOrganization, NewPerson
from talka.processes.queries import organization_called, people_near


class PersonPicking(forms.Form):
    """Somebody near the process, or a new person with an address to invite; gives ``person``."""

    person = forms.ModelChoiceField(queryset=Person.objects.none(), required=False, widget=forms.HiddenInput)
    name = LineField(label=_("Name and surname"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254,
                             help_text=_("Seen by those who run the process only."))  # fmt: skip
    invite = forms.BooleanField(label=_("Send an invitation to sign in"), required=False, initial=True)

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, person=people_near(process))

    def clean(self) -> dict[str, Any]:
        """Put together who is meant."""
        data = super().clean() or {}
        name, email, invite = (data.pop(part, "") for part in ("name", "email", "invite"))
        if data.get("person") is None and not self.errors:
            if not name:
                self.add_error("name", _("Find a person above, or write the name of a new one."))
            elif invite and not email:
                self.add_error("email", _("The invitation needs an address. Write it, or do not send an invitation."))
            data["person"] = NewPerson(name, email, bool(invite))
        return data


class OrganizationPicking(forms.Form):
    """An organization by its name: one that is known, or a new one with its kind; gives ``organization``."""

    organization_name = LineField(
        label=_("Organization"),
        max_length=300,
        help_text=_("Begin to write and choose, or write the whole name of a new one."),
    )
    classification = forms.ChoiceField(
        label=_("Kind, if it is new"), required=False, choices=[("", "–"), *Organization.Classification.choices]
    )

    def clean(self) -> dict[str, Any]:
        """Find the organization, or ask for the kind of a new one."""
        data = super().clean() or {}
        name, kind = data.pop("organization_name", ""), data.pop("classification", "")
        data["organization"] = organization_called(name) if name else None
        if name and data["organization"] is None:
            if not kind:
                self.add_error(
                    "classification",
                    _("No organization is called this yet. Choose its kind to enter it, or mend the name."),
                )
            data["organization"] = NewOrganization(name, kind)
        return data


class ParticipantForm(OrganizationPicking):
    """An organization to take part, and in what capacity."""

    capacity = LineField(
        label=_("In what capacity"),
        required=False,
        max_length=300,
        help_text=_("Such as: founder, adviser, provider of rooms."),
    )


class CapacityForm(forms.Form):
    """In what capacity an organization takes part."""

    capacity = LineField(label=_("In what capacity"), required=False, max_length=300)


GIVEN = {
    Role.Kind.COORDINATOR: _("coordinator – runs the process, gives roles, answers"),
    Role.Kind.CLERK: _("clerk – enters and registers what arrives"),
    Role.Kind.EDITOR: _("editor – changes texts, phases and groups"),
    Role.Kind.OBSERVER: _("observer – reads everything, changes nothing"),
}


class RoleForm(PersonPicking):
    """A role for a person, given for an organization that takes part."""

    kind = forms.ChoiceField(label=_("Role"), choices=list(GIVEN.items()), widget=forms.RadioSelect)
    organization = forms.ModelChoiceField(label=_("For the organization"), queryset=Organization.objects.none())
    starts_on = DayField(label=_("From"), required=False, help_text=_("Empty: from today."))

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, process=process, **options)
        offer(self, organization=Organization.objects.filter(participations__process=process))
        self.initial.setdefault("organization", process.owner_id)

    def clean_starts_on(self) -> Any:
        """Take today where nothing is said."""
        return self.cleaned_data["starts_on"] or clock.today()


class HistoryFilter(forms.Form):
    """Which part of what happened to show."""

    actor = forms.TypedChoiceField(coerce=int, empty_value=None, label=_("Who"), required=False)
    verb = forms.ChoiceField(label=_("What was done"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, people: list[tuple[str, str]], verbs: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        everything = [("", _("All"))]
        offer(self, actor=everything + people, verb=everything + verbs)
