# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import RowForm, offer
from talka.core.forms import DayField, LineField, TextField
from talka.directory.models import Area, Organization
from talka.processes.models import Process
from talka.processes.queries import areas_near, organizations_to_lead


class CreateProcessForm(forms.Form):
    """What a new process needs to be known by; its phases and legal steps come from the template."""

    title = LineField(label=_("Title"), help_text=_("As it stands in the decision or the announcement."))
    summary = TextField(label=_("In one or two sentences"), required=False, max_length=600, rows=3,
                        help_text=_("What is planned, and what people can do. It can be written later."))  # fmt: skip
    owner = forms.ModelChoiceField(label=_("Municipality that leads it"), queryset=Organization.objects.none())
    starts_on = DayField(label=_("First day"), help_text=_("The dates of phases and legal steps are reckoned from it."))
    language = forms.ChoiceField(label=_("Language of its texts"), choices=settings.LANGUAGES)
    access = forms.ChoiceField(
        label=_("Who may see it once it is published"), choices=Process.Access.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        owners = organizations_to_lead(user)
        offer(self, owner=owners)
        own = list(owners[:2])
        if len(own) == 1:
            self.initial.setdefault("owner", own[0].pk)
        self.initial.setdefault("starts_on", clock.today())
        self.initial.setdefault("language", settings.LANGUAGE_CODE)
        self.initial.setdefault("access", Process.Access.PUBLIC)


class TextsForm(RowForm):
    """What the page of a process says of it."""

    title = LineField(label=_("Title"))
    summary = TextField(label=_("In one or two sentences"), required=False, max_length=600, rows=3,
                        help_text=_("Stands on top of the page and in lists. Needed before publishing."))  # fmt: skip
    description = TextField(
        label=_("Description"),
        required=False,
        rows=14,
        help_text=_("In Markdown: **bold**, - lists, [links](https://…), ### headings."),
    )
    easy_language = TextField(label=_("In easy language"), required=False, rows=6,
                              help_text=_("Short sentences, one thought in each, no words of office."))  # fmt: skip


class FrameForm(RowForm):
    """What kind of work it is, about where and when, and who may see it."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Process.Kind.choices)
    language = forms.ChoiceField(label=_("Language of its texts"), choices=settings.LANGUAGES)
    area = forms.ModelChoiceField(label=_("Territory"), queryset=Area.objects.none(), required=False)
    covers_from = forms.IntegerField(label=_("Period from, year"), required=False, min_value=1990, max_value=2150,
                                     help_text=_("For a programme: the years it is for."))  # fmt: skip
    covers_to = forms.IntegerField(label=_("Period to, year"), required=False, min_value=1990, max_value=2150)
    access = forms.ChoiceField(label=_("Who may see it"), choices=Process.Access.choices, widget=forms.RadioSelect)
    related = forms.ModelMultipleChoiceField(
        label=_("Related processes"),
        queryset=Process.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, row: Process, user: Any, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        others = Process.objects.visible_to(user).exclude(pk=row.pk)
        offer(self, area=areas_near(row), related=others)
        if not others.exists():
            del self.fields["related"]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        data = super().clean() or {}
        if data.get("covers_from") and data.get("covers_to") and data["covers_to"] < data["covers_from"]:
            self.add_error("covers_to", _("The period cannot end before it begins."))
        return data


class ReasonForm(forms.Form):
    """Why something is done; it stays in the record of what happened."""

    reason = LineField(
        label=_("Reason"), max_length=500, help_text=_("Kept in the record of what happened; seen by the coordinators.")
    )
