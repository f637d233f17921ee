# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import RowForm, offer
from talka.core.forms import LineField, TextField
from talka.directory.models import Person
from talka.meetings.forms.decisions import ProposalsField
from talka.meetings.models import AgendaItem, Custom, Meeting
from talka.meetings.numbering import PatternMistake, number_of
from talka.meetings.queries.people import people_of
from talka.meetings.usual_items import usual_items
from talka.plans.forms.taking import NodesField, codes_of
from talka.proposals.models import Proposal


class ItemForm(RowForm):
    """One item of an agenda."""

    title = LineField(label=_("Title"), max_length=300)
    minutes_planned = forms.IntegerField(label=_("Minutes planned"), required=False, min_value=1, max_value=600)
    presenter = forms.ModelChoiceField(label=_("Presented by"), queryset=Person.objects.none(), required=False)
    presenter_name = LineField(
        label=_("Presented by, in words"), required=False, max_length=300,
        help_text=_("For somebody who is not on the list, with the office: “Anna Liepa, architect”."),
    )  # fmt: skip
    about = TextField(label=_("What it is about"), required=False, rows=5, max_length=10_000,
                      help_text=_("In Markdown: **bold**, - lists, [links](https://…)."))  # fmt: skip
    kind = forms.ChoiceField(label=_("Kind"), choices=AgendaItem.Kind.choices)
    references = ProposalsField(
        label=_("About the proposals"), help_text=_("Their numbers with commas between them, such as LP-31, LP-40.")
    )
    codes = NodesField(label=_("In plans"))
    withheld = forms.BooleanField(
        label=_("Not public"), required=False,
        help_text=_("Only those who take part in the process read this item, its papers and what was said."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, user: Any, row: AgendaItem | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        offer(self, presenter=people_of(meeting))
        self.initial.setdefault("kind", AgendaItem.Kind.TOPIC)
        references: Any = self.fields["references"]
        references.user, references.process = user, meeting.process
        codes: Any = self.fields["codes"]
        codes.ask(user=user, process=meeting.process)
        self.hidden: dict[str, list[Any]] = {"proposals": [], "nodes": []}
        if row is not None:
            seen = set(Proposal.objects.visible_to(user).filter(agenda_items=row).values_list("pk", flat=True))
            proposals = list(row.proposals.order_by("number"))
            self.initial["references"] = ", ".join(one.reference for one in proposals if one.pk in seen)
            self.initial["codes"], hidden = codes_of(list(row.nodes.all()), user=user, process=meeting.process)
            self.hidden = {"proposals": [one for one in proposals if one.pk not in seen], "nodes": hidden}

    def item(self) -> dict[str, Any]:
        """Return the item, as the operations take it."""
        data = dict(self.cleaned_data)
        data["proposals"] = [*data.pop("references"), *self.hidden["proposals"]]
        data["nodes"] = [*data.pop("codes"), *self.hidden["nodes"]]
        return data


class QuickItemForm(forms.Form):
    """One more item, typed below the agenda: its title and how long it takes."""

    title = LineField(label=_("Title of the item"), max_length=300)
    minutes_planned = forms.IntegerField(label=_("Minutes"), required=False, min_value=1, max_value=600)


MOST_USUAL = 20


class CustomForm(RowForm):
    """How the meetings of a process are run."""

    agenda_days = forms.IntegerField(
        label=_("The agenda is sent out, working days before the meeting"), min_value=0, max_value=30,
        help_text=_("0: it is sent by hand only."),
    )  # fmt: skip
    correction_days = forms.IntegerField(
        label=_("Corrections to draft minutes are taken, working days"), min_value=1, max_value=60
    )
    number_pattern = LineField(
        label=_("Numbers of minutes"), max_length=40,
        help_text=_("{number} is counted within a year; {year} and {group} (short name in the address) may be added."),
    )  # fmt: skip

    opening_items = TextField(
        label=_("Items at the beginning of each agenda"), required=False, rows=3, max_length=3000,
        help_text=_("One a line, minutes in parentheses: Opening of the meeting (5)."),
    )  # fmt: skip
    closing_items = TextField(
        label=_("Items at the end of each agenda"), required=False, rows=3, max_length=3000,
        help_text=_("They come onto an agenda that is begun with all that is open."),
    )  # fmt: skip

    def __init__(self, *args: Any, row: Custom, **options: Any) -> None:
        super().__init__(*args, row=row, **options)

    def clean(self) -> dict[str, Any]:
        """Refuse more usual items than an agenda bears."""
        data = super().clean() or {}
        for name in ("opening_items", "closing_items"):
            if len(usual_items(data.get(name, ""))) > MOST_USUAL:
                self.add_error(name, _("At most %(limit)s items.") % {"limit": MOST_USUAL})
        return data

    def clean_number_pattern(self) -> str:
        """Try the pattern out."""
        pattern: str = self.cleaned_data["number_pattern"]
        try:
            number_of(pattern, number=1, year=2026, group="grupa")
        except PatternMistake as mistake:
            raise forms.ValidationError(str(mistake)) from mistake
        return pattern
