# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import offer
from talka.core.forms import DayField, LineField, TextField
from talka.meetings.models import AgendaItem, Meeting


class CirculateForm(forms.Form):
    """Until when corrections are taken."""

    until = DayField(label=_("Corrections are taken until"))

    def clean_until(self) -> Any:
        """Refuse a day that has passed."""
        until = self.cleaned_data["until"]
        if until < clock.today():
            raise forms.ValidationError(_("Choose today or a later day."))
        return until


class CorrectionForm(forms.Form):
    """What somebody who was present asks to correct."""

    item = forms.ModelChoiceField(label=_("Item of the agenda"), queryset=AgendaItem.objects.none(), required=False)
    text = TextField(label=_("What to correct"), rows=4, max_length=5000, help_text=_("As it should read, best whole."))

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, item=meeting.items.all())


class SettleForm(forms.Form):
    """What became of a correction."""

    taken = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    reply = LineField(label=_("Reply"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Ask why, where a correction is not taken in."""
        data = super().clean() or {}
        if data.get("taken") == "no" and not data.get("reply"):
            self.add_error("reply", _("Say why; whoever asked reads it."))
        return data


class WithdrawForm(forms.Form):
    """Why minutes are not published any more."""

    reason = LineField(label=_("Why"), max_length=500)


class RemarkForm(forms.Form):
    """What turned out to be wrong in approved minutes."""

    text = TextField(label=_("What to correct"), rows=4, max_length=5000,
                     help_text=_("It is added with today's date; the approved text stays."))  # fmt: skip
