# SPDX-License-Identifier: EUPL-1.2
"""What people enter about terms: the terms themselves, moved days, and what becomes of the term of one entry."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.core.dates import short_date
from talka.core.editing import RowForm
from talka.core.forms import DayField, LineField, TextField
from talka.proposals.models import Author, MovedDay, Regime, Term, Units
from talka.proposals.models.terms import LONGEST

SIGNATURES = [
    ("", _("as is usual for how it came")),
    ("yes", _("signed, or the sender is known")),
    ("no", _("not signed")),
]
"""What can be said of the signature of an entry; nothing said: paper and what was said at the desk count as signed."""


def signature(value: str) -> bool | None:
    """Return what was said of a signature, as operations take it."""
    return {"yes": True, "no": False}.get(value)


def _number(label: Any, *, required: bool, **options: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LONGEST, required=required, **options)


class TermForm(RowForm):
    """A term of an act."""

    regime = forms.ChoiceField(label=_("Treated as"), choices=Regime)
    applies_to = forms.ChoiceField(label=_("Holds for"), choices=Term.AppliesTo)
    valid_from = DayField(
        label=_("For what is received from"), help_text=_("What was received before keeps the term of its day.")
    )
    counted_from = forms.ChoiceField(label=_("Counted from"), choices=Term.CountedFrom)
    answer_number = _number(_("Answer within"), required=True)
    answer_unit = forms.ChoiceField(label=_("Unit"), choices=Units)
    forward_number = _number(
        _("Forward within"),
        required=False,
        help_text=_("Of what is not within your competence. Empty: the act says nothing."),
    )
    forward_unit = forms.ChoiceField(label=_("Unit"), choices=Units)
    extension_number = _number(
        _("With an extension, in all within"), required=False,
        help_text=_("Counted from the same day as the answer. Empty: it cannot be extended."),
    )  # fmt: skip
    extension_unit = forms.ChoiceField(label=_("Unit"), choices=Units)
    act = LineField(label=_("Act"), help_text=_("Shown beside the day wherever it stands, also to the author."))

    def clean(self) -> dict[str, Any]:
        """Refuse an extension that ends before the answer is due, where both are counted alike."""
        data = super().clean() or {}
        answer, extension = data.get("answer_number"), data.get("extension_number")
        alike = data.get("answer_unit") == data.get("extension_unit")
        if answer and extension and alike and extension <= answer:
            self.add_error("extension_number", _("With an extension it must be longer than without."))
        return data


class MovedDayForm(forms.Form):
    """A working day that was moved."""

    day = DayField(label=_("Day"))
    is_working = forms.TypedChoiceField(
        label=_("What it is"), choices=[("no", _("a day off")), ("yes", _("a working day"))], widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )  # fmt: skip
    reason = LineField(
        label=_("Reason"), help_text=_("Such as the number and date of the order of the Cabinet of Ministers.")
    )

    def clean_day(self) -> date:
        """Refuse a day that is entered already."""
        day: date = self.cleaned_data["day"]
        if MovedDay.objects.filter(day=day).exists():
            raise forms.ValidationError(_("This day has been entered already. Remove that entry first."))
        return day


class RegimeForm(forms.Form):
    """Under which act an entry is treated, and why that changes."""

    regime = forms.ChoiceField(label=_("Treated as"), choices=Regime)
    signed = forms.TypedChoiceField(
        label=_("Signature"), choices=SIGNATURES[1:], widget=forms.RadioSelect, coerce=signature
    )
    reason = TextField(
        label=_("Reason"),
        max_length=1000,
        rows=3,
        help_text=_("Kept in the log of the process. No personal data, please."),
    )


class ExtensionForm(forms.Form):
    """A later day for the answer, within what the act allows."""

    until = DayField(label=_("Answer by"))
    reason = TextField(
        label=_("Reason"), max_length=1000, rows=4,
        help_text=_("The author reads this in a letter, and everybody on the public page: what has to be found out, and from whom."),
    )  # fmt: skip

    def __init__(self, *args: Any, due_on: date, longest: date, **kwargs: Any) -> None:
        self.due_on, self.longest = due_on, longest
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", longest)
        self.fields["until"].help_text = _("No later than %(until)s.") % {"until": self._said(longest)}

    def _said(self, day: date) -> str:
        return short_date(day, "en" if get_language() == "en" else "lv")

    def clean_until(self) -> date:
        """Refuse a day outside of what the act allows."""
        until: date = self.cleaned_data["until"]
        if not self.due_on < until <= self.longest:
            raise forms.ValidationError(
                _("Choose a day after %(after)s and no later than %(until)s."),
                params={"after": self._said(self.due_on), "until": self._said(self.longest)},
            )
        return until


class ToldForm(forms.Form):
    """How the author was told."""

    told_by = forms.ChoiceField(
        label=_("How the author was told"),
        choices=[
            (way.value, way.label) for way in (Author.AnswerBy.POST, Author.AnswerBy.PHONE, Author.AnswerBy.EMAIL)
        ],
    )
