# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import RowForm, offer
from talka.core.forms import DayField, LineField, TextField
from talka.directory.models import Person, Place
from talka.files.forms import AttachmentsField
from talka.processes.models import Channel, Phase, Process
from talka.processes.queries import people_near, places_near


def _link(label: Any, help_text: Any = "") -> forms.URLField:
    return forms.URLField(label=label, required=False, max_length=200, assume_scheme="https", help_text=help_text)


class PhaseForm(RowForm):
    """One phase: when it is and what can be done in it."""

    title = LineField(label=_("Title"))
    starts_on = DayField(label=_("From"), required=False)
    ends_on = DayField(label=_("Until"), required=False, help_text=_("This day is the last one of the phase."))
    dates_note = LineField(label=_("When, in words"), required=False, max_length=100,
                           help_text=_("Shown instead of the dates, such as “March” or “at least 30 days”."))  # fmt: skip
    allows = forms.MultipleChoiceField(
        label=_("What can be done in it"), choices=Phase.Deed.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Holds from the first day until the last; phases may overlap."),
    )  # fmt: skip
    description = TextField(label=_("Description"), required=False, rows=4)

    def clean(self) -> dict[str, Any]:
        """Refuse a phase that ends before it starts."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day cannot be before the first one."))
        return data


class DocumentForm(RowForm):
    """A part with a document that can be laid by it, replaced or taken away."""

    upload = AttachmentsField(label=_("Document"), required=False, max_files=1)
    without_document = forms.BooleanField(label=_("Take the present document away"), required=False)

    def __init__(self, *args: Any, row: Any = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        document = row.document if row is not None else None
        if document is None:
            del self.fields["without_document"]
        else:
            self.fields["upload"].help_text = _("Now: %(name)s. A new file takes its place.") % {"name": document.name}

    def clean_upload(self) -> Any:
        """Return the one file that was sent, or nothing."""
        return next(iter(self.cleaned_data["upload"]), None)


class LegalStepForm(DocumentForm):
    """Something that an act asks for, when it is due and what shows that it is done."""

    title = LineField(label=_("What"))
    act = LineField(label=_("Act"), required=False, help_text=_("The act and its clause that ask for it."))
    responsible = LineField(label=_("Who does it"), required=False, max_length=300)
    due_on = DayField(label=_("Due"), required=False)
    done_on = DayField(label=_("Done"), required=False)
    document_url = _link(_("Address of the document"), _("If it is published elsewhere."))
    note = TextField(label=_("Note"), required=False, rows=3, max_length=2000)

    field_order = (
        "title",
        "act",
        "responsible",
        "due_on",
        "done_on",
        "upload",
        "without_document",
        "document_url",
        "note",
    )

    def clean_done_on(self) -> Any:
        """Refuse a day that has not come yet."""
        return _not_ahead(self.cleaned_data["done_on"])


def _not_ahead(day: Any) -> Any:
    if day is not None and day > clock.today():
        raise forms.ValidationError(_("This day has not come yet."))
    return day


class CompleteStepForm(forms.Form):
    """When a legal step was done, and what shows it."""

    done_on = DayField(label=_("Done"))
    upload = AttachmentsField(label=_("Document"), required=False, max_files=1)
    document_url = _link(_("Address of the document"), _("If it is published elsewhere."))
    note = TextField(label=_("Note"), required=False, rows=3, max_length=2000)

    def clean_done_on(self) -> Any:
        """Refuse a day that has not come yet."""
        return _not_ahead(self.cleaned_data["done_on"])

    def clean_upload(self) -> Any:
        """Return the one file that was sent, or nothing."""
        return next(iter(self.cleaned_data["upload"]), None)


class ChannelForm(RowForm):
    """A way to take part, or somebody to ask."""

    kind = forms.ChoiceField(label=_("How"), choices=Channel.Kind.choices)
    value = LineField(label=_("Address, number or place"), required=False, max_length=300,
                      help_text=_("As people should read it, such as attistiba@example.lv."))  # fmt: skip
    note = TextField(label=_("Note"), required=False, rows=3, max_length=2000,
                     help_text=_("Hours, whom to ask for, what to bring."))  # fmt: skip
    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none(), required=False,
                                    help_text=_("The name is shown to everybody who sees the process."))  # fmt: skip
    person_title = LineField(label=_("Title of the office"), required=False, max_length=300)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, person=people_near(process), place=places_near(process))

    def clean(self) -> dict[str, Any]:
        """Ask for something that people can use, and for an address where one is named."""
        data = super().clean() or {}
        value = data.get("value", "")
        if not self.errors and not (value or data.get("note") or data.get("person") or data.get("place")):
            self.add_error("value", _("Enter an address, number or place, a note or a person."))
        if value and data.get("kind") == Channel.Kind.EMAIL:
            self._check("value", validate_email, value)
        elif value and data.get("kind") == Channel.Kind.WEB:
            self._check("value", forms.URLField(assume_scheme="https").clean, value)
        return data

    def _check(self, name: str, check: Any, value: str) -> None:
        try:
            check(value)
        except forms.ValidationError as error:
            self.add_error(name, error)


class PassageForm(DocumentForm):
    """A part of the page: a heading, a text, a document or a link."""

    title = LineField(label=_("Heading"))
    body = TextField(
        label=_("Text"),
        required=False,
        rows=10,
        help_text=_("In Markdown: **bold**, - lists, [links](https://…), ### headings."),
    )
    url = _link(_("Link"))

    field_order = ("title", "body", "upload", "without_document", "url")

    def clean(self) -> dict[str, Any]:
        """Ask for something below the heading."""
        data = super().clean() or {}
        keeps = "without_document" in self.fields and not data.get("without_document")
        if not self.errors and not (data.get("body") or data.get("upload") or data.get("url") or keeps):
            self.add_error("body", _("Write a text, or add a document or a link."))
        return data
