# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core import clock
from talka.core.forms import LineField, TextField
from talka.core.text import clean_line
from talka.directory.models import Area, Membership, Organization, Place, Staff, Topic
from talka.directory.queries import topic_tree

_NO_ROLE = ("", _("none: only the office is shown"))


class OrganizationForm(forms.Form):
    """What is known of an organization."""

    name = LineField(label=pgettext_lazy("of a thing", "Name"), max_length=300)
    classification = forms.ChoiceField(label=_("Kind"), choices=Organization.Classification.choices)
    parent = forms.ModelChoiceField(
        label=_("Part of"), queryset=Organization.objects.none(), required=False, empty_label=_("no other organization"),
        help_text=_("The organizations that you look after."),
    )  # fmt: skip
    registration_number = LineField(label=_("Registration number"), max_length=20, required=False)
    area = forms.ModelChoiceField(
        label=_("Territory"), queryset=Area.objects.all(), required=False, empty_label=_("not said")
    )
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    valid_from = forms.DateField(label=_("Exists from"), required=False)
    valid_to = forms.DateField(label=_("Exists until"), required=False)

    def __init__(self, *args: Any, user: Any, organization: Organization | None = None, **kwargs: Any) -> None:
        self.organization = organization
        if organization is not None:
            kwargs.setdefault("initial", {name: getattr(organization, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        mine = Organization.objects.current().administered_by(user)
        if organization is not None:
            mine = (mine | Organization.objects.filter(units=organization)).exclude(pk=organization.pk)
        self.fields["parent"].queryset = mine.distinct()  # type: ignore[attr-defined]

    def clean_registration_number(self) -> str:
        """Refuse a number that another organization has."""
        number: str = self.cleaned_data["registration_number"]
        other = Organization.objects.filter(registration_number=number).first() if number else None
        if other is not None and other != self.organization:
            raise forms.ValidationError(_("%(name)s has this number already.") % {"name": other.name})
        return number

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        data = super().clean() or {}
        if data.get("valid_from") and data.get("valid_to") and data["valid_to"] < data["valid_from"]:
            self.add_error("valid_to", _("The last day is before the first."))
        return data


class SuccessionForm(forms.Form):
    """When an organization ended and who follows it."""

    ended_on = forms.DateField(label=_("Last day"), help_text=_("The last day on which the organization existed."))
    successors = forms.ModelMultipleChoiceField(
        label=_("Who follows it"), queryset=Organization.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Leave empty when nobody does."),
    )  # fmt: skip

    def __init__(self, *args: Any, organization: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        same_kind = Organization.objects.current().filter(classification=organization.classification)
        self.fields["successors"].queryset = same_kind.exclude(pk=organization.pk)  # type: ignore[attr-defined]

    def clean_ended_on(self) -> Any:
        """Refuse a day before the organization began."""
        day = self.cleaned_data["ended_on"]
        if self.organization.valid_from and day < self.organization.valid_from:
            raise forms.ValidationError(_("The last day is before the first."))
        return day


class PersonForm(forms.Form):
    """A person's name and contacts."""

    name = LineField(label=_("Name and surname"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Seen only by those who look after the organization.")
    )
    phone = LineField(label=_("Telephone"), max_length=40, required=False)


class NewPersonForm(PersonForm):
    """Somebody of an organization: who, in which office, with which role in Talka."""

    title = LineField(
        label=_("Title of the office"),
        max_length=300,
        required=False,
        help_text=_("As it stands in the organization, such as “head of the education board”."),
    )
    starts_on = forms.DateField(label=_("In office from"), required=False)
    role = forms.ChoiceField(
        label=_("Role in Talka"), required=False, choices=[_NO_ROLE, *Staff.Kind.choices],
        help_text=_("Staff see the organization's processes. Administrators also look after its people and settings."),
    )  # fmt: skip
    invite = forms.BooleanField(label=_("Send an invitation to sign in"), required=False)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES, required=False)

    def __init__(self, *args: Any, may_appoint: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_appoint:
            del self.fields["role"]

    def clean_language(self) -> str:
        """Return the language chosen, or the usual one."""
        return self.cleaned_data["language"] or settings.LANGUAGE_CODE

    def clean(self) -> dict[str, Any]:
        """Ask for the address to which the invitation is sent."""
        data = super().clean() or {}
        if data.get("invite") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the address to which the invitation is sent."))
        return data


class OfficeForm(forms.Form):
    """An office of somebody who is entered already."""

    title = LineField(label=_("Title of the office"), max_length=300)
    starts_on = forms.DateField(label=_("From"), required=False)


class EndForm(forms.Form):
    """The last day of an office."""

    ends_on = forms.DateField(label=_("Last day"), initial=clock.today)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership

    def clean_ends_on(self) -> Any:
        """Refuse a day before the office began."""
        day = self.cleaned_data["ends_on"]
        if self.membership.starts_on and day < self.membership.starts_on:
            raise forms.ValidationError(_("The last day is before the first."))
        return day


class RoleForm(forms.Form):
    """A role in Talka for an organization."""

    kind = forms.ChoiceField(label=_("Role in Talka"), choices=Staff.Kind.choices)


class PlaceForm(forms.Form):
    """Where people meet and how to get in."""

    name = LineField(
        label=pgettext_lazy("of a thing", "Name"),
        max_length=200,
        help_text=_("As people call it, such as “Council building”."),
    )
    address = LineField(label=_("Address"), max_length=300, required=False)
    floor = LineField(label=_("Floor"), max_length=40, required=False)
    room = LineField(label=_("Room"), max_length=100, required=False)
    access = forms.ChoiceField(label=_("Accessibility"), choices=Place.Access.choices, initial=Place.Access.UNKNOWN)
    access_note = TextField(
        label=_("About accessibility"), max_length=2_000, rows=3, required=False,
        help_text=_("Entrance, lift, toilet, parking, induction loop: what somebody needs to know before coming."),
    )  # fmt: skip
    directions = TextField(label=_("How to get there"), max_length=2_000, rows=3, required=False)
    organization = forms.ModelChoiceField(
        label=_("Belongs to"), queryset=Organization.objects.none(), required=False, empty_label=_("nobody of these"),
        help_text=_("Its staff can change the place; without one, all staff can."),
    )  # fmt: skip
    area = forms.ModelChoiceField(
        label=_("Territory"), queryset=Area.objects.all(), required=False, empty_label=_("not said")
    )
    longitude = forms.FloatField(
        label=_("Longitude"), required=False, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    latitude = forms.FloatField(
        label=_("Latitude"), required=False, min_value=-90, max_value=90, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: Any, place: Place | None = None, **kwargs: Any) -> None:
        if place is not None:
            kwargs.setdefault("initial", {name: getattr(place, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        mine = Organization.objects.current().worked_for_by(user)
        if place is not None:
            mine = mine | Organization.objects.filter(places=place)
        self.fields["organization"].queryset = mine.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse half a point."""
        data = super().clean() or {}
        if (data.get("longitude") is None) != (data.get("latitude") is None):
            raise forms.ValidationError(_("Half of the point on the map got lost. Press on the map again."))
        return data


class TopicForm(forms.Form):
    """A topic, its place in the tree and other words that lead to it."""

    name = LineField(label=pgettext_lazy("of a thing", "Name"), max_length=200)
    parent = forms.ModelChoiceField(
        label=_("Part of"), queryset=Topic.objects.all(), required=False, empty_label=_("no other topic")
    )
    words = LineField(
        label=_("Other words for it"),
        max_length=1_000,
        required=False,
        help_text=_("Separated by commas. They help to find the topic."),
    )

    def __init__(self, *args: Any, topic: Topic | None = None, **kwargs: Any) -> None:
        self.topic = topic
        if topic is not None:
            kwargs.setdefault("initial", {"name": topic.name, "words": ", ".join(topic.words)})
        super().__init__(*args, **kwargs)
        if topic is not None:
            del self.fields["parent"]
        else:
            choices = [(branch.topic.pk, f"{branch.dashes}{branch.topic.name}") for branch in topic_tree()]
            self.fields["parent"].choices = [("", _("no other topic")), *choices]  # type: ignore[attr-defined]

    def clean_words(self) -> list[str]:
        """Return the words one by one, each once."""
        words = [clean_line(word) for word in self.cleaned_data["words"].split(",")]
        if any(len(word) > 60 for word in words):
            raise forms.ValidationError(_("A word can have at most 60 characters. Separate them by commas."))
        return list(dict.fromkeys(word for word in words if word))

    def clean_name(self) -> str:
        """Refuse a name that another topic at the same place has."""
        name: str = self.cleaned_data["name"]
        if self.topic is not None and (
            Topic.objects.filter(parent=self.topic.parent_id, name=name).exclude(pk=self.topic.pk).exists()
        ):
            raise forms.ValidationError(_("There is a topic with this name already."))
        return name
