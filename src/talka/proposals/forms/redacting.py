# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.editing import version_of
from talka.core.forms import LineField
from talka.proposals.models import Proposal, Redaction
from talka.proposals.personal_data import Passage, bracketed, find
from talka.proposals.queries.suspicion import SHOWN, Cover, Suspect

MOST_MONTHS = 1200
ONLY_BRACKETS = _("Only put [[ before and ]] after what is to be covered; everything else must stay as it was.")


class RedactForm(forms.Form):
    """What is to be covered: ticked among what the rules found, or put between double square brackets."""

    found = forms.MultipleChoiceField(label=_("Found by rules"), required=False, widget=forms.CheckboxSelectMultiple)
    title = forms.CharField(
        label=pgettext_lazy("of a proposal", "Title"), strip=False, error_messages={"required": ONLY_BRACKETS}
    )
    text = forms.CharField(
        label=_("Text"), strip=False, max_length=200_000, error_messages={"required": ONLY_BRACKETS},
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )  # fmt: skip
    place_text = forms.CharField(label=_("Place in words"), strip=False, error_messages={"required": ONLY_BRACKETS})
    kind = forms.ChoiceField(
        label=_("What stands in the double brackets"), choices=Redaction.Kind, initial=Redaction.Kind.OTHER,
        help_text=_("Readers see these words in place of it."),
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, proposal: Proposal, suspects: list[Suspect], **kwargs: Any) -> None:
        self.proposal, self.suspects = proposal, suspects
        self.marked: list[Cover] = []
        kwargs["initial"] = {
            "found": [one.key for one in suspects], "seen": version_of(proposal, SHOWN),
            **{name: getattr(proposal, name) for name in SHOWN},
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        if not proposal.place_text:
            del self.fields["place_text"]
        self.fields["found"].choices = [(one.key, one.words) for one in suspects]  # type: ignore[attr-defined]

    def _read(self, part: str) -> str:
        written = str(self.cleaned_data[part]).replace("\r\n", "\n").replace("\r", "\n")
        places = bracketed(getattr(self.proposal, part), written)
        if places is None:
            raise ValidationError(ONLY_BRACKETS)
        self.marked += [Cover(part, Passage(start, end, "")) for start, end in places]
        return written

    def clean_title(self) -> str:
        """Find what is marked in the title."""
        return self._read("title")

    def clean_text(self) -> str:
        """Find what is marked in the text."""
        return self._read("text")

    def clean_place_text(self) -> str:
        """Find what is marked in the place."""
        return self._read("place_text")

    def clean(self) -> dict[str, Any]:
        """Ask for at least one passage."""
        data = super().clean() or {}
        if not self.errors and not self.covers():
            raise ValidationError(_("Tick what is to be covered, or put it between [[ and ]] in the text."))
        return data

    def covers(self) -> list[Cover]:
        """Return the passages that were ticked and those that were marked, each with its kind."""
        ticked = set(self.cleaned_data.get("found", []))
        chosen = [Cover(one.part, one.passage) for one in self.suspects if one.key in ticked]
        return chosen + [Cover(one.part, self._with_kind(one)) for one in self.marked]

    def _with_kind(self, cover: Cover) -> Passage:
        """Return a marked passage with the kind that a rule sees in it as a whole, else the chosen one."""
        start, end = cover.passage.start, cover.passage.end
        seen = find(getattr(self.proposal, cover.part)[start:end])
        whole = len(seen) == 1 and (seen[0].start, seen[0].end) == (0, end - start)
        return Passage(start, end, seen[0].kind if whole else self.cleaned_data["kind"])


class KeepingForm(forms.Form):
    """How long personal data of a process is kept, and what that rests on."""

    keep_months = forms.IntegerField(
        label=_("Months"), required=False, min_value=0, max_value=MOST_MONTHS,
        help_text=_("Counted from the day the process was closed or, if that came later, from the answer. 0: never erased. Empty: as the installation says."),
    )  # fmt: skip
    keep_act = LineField(
        label=_("What the term rests on"), max_length=300, required=False,
        help_text=_("The act, or the municipality's list of documents and the terms of keeping them. Shown on the page about personal data."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Ask for the ground of a term that differs from the installation's."""
        data = super().clean() or {}
        if data.get("keep_months") is not None and not data.get("keep_act"):
            self.add_error("keep_act", _("Say what a term of its own rests on."))
        return data
