# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import RowForm
from talka.core.forms import DayField, LineField, TextField
from talka.core.text import clean_text
from talka.files.forms import AttachmentsField
from talka.plans.models import Edition
from talka.plans.queries.changes import Change, Reason, What


class EditionForm(RowForm):
    """What an edition is called and why it is made."""

    name = LineField(label=_("Name"), max_length=100, help_text=_("As it stands in decisions, such as “RP 2026.1”."))
    note = TextField(
        label=_("Why it is made"), required=False, rows=4, max_length=5000,
        help_text=_("Such as “after the budget was approved”. Shown to everybody beside the edition."),
    )  # fmt: skip

    def __init__(self, *args: Any, taken: set[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.taken = taken

    def clean_name(self) -> str:
        """Refuse a name that another edition of the plan has."""
        name: str = self.cleaned_data["name"]
        if name.casefold() in self.taken:
            raise forms.ValidationError(_("Another edition of this plan has this name."))
        return name


class ApproveForm(forms.Form):
    """By which decision an edition was approved, on which day."""

    approved_on = DayField(label=_("Approved on"))
    decision = LineField(
        label=_("Decision"), max_length=300, help_text=_("Who decided, and under which number: “Council decision No. 12”.")
    )  # fmt: skip
    decision_url = forms.URLField(
        label=_("Address of the decision"), required=False, max_length=200, assume_scheme="https",
        help_text=_("If it is published elsewhere."),
    )  # fmt: skip
    upload = AttachmentsField(label=_("Document"), required=False, max_files=1)

    def clean_approved_on(self) -> Any:
        """Refuse a day that has not come."""
        day = self.cleaned_data["approved_on"]
        if day > clock.today():
            raise forms.ValidationError(_("A decision cannot have been taken after today."))
        return day

    def clean_upload(self) -> Any:
        """Return the one file that was sent, or nothing."""
        return next(iter(self.cleaned_data["upload"]), None)


class DiscardForm(forms.Form):
    """That a draft is really to be given up, and why."""

    reason = LineField(label=_("Reason"), max_length=500, help_text=_("Kept in the record of what happened."))
    name = LineField(label=_("Name of the draft"), max_length=100)

    def __init__(self, *args: Any, edition: Edition, **options: Any) -> None:
        super().__init__(*args, **options)
        self.edition = edition
        self.fields["name"].help_text = _("To confirm, type: %(name)s") % {"name": edition.name}

    def clean_name(self) -> str:
        """Ask for the very name of the draft."""
        if self.cleaned_data["name"].casefold() != self.edition.name.casefold():
            raise forms.ValidationError(
                _("This is not the name of the draft. Type: %(name)s") % {"name": self.edition.name}
            )
        return self.edition.name


class ReasonsForm(RowForm):
    """A reason for each of many changes, with what stood there when the page was shown."""

    for_the_rest = TextField(
        label=_("Reason for all that are left empty below"), required=False, rows=2, max_length=2000,
        help_text=_("Leave it empty to give each its own reason, or none yet."),
    )  # fmt: skip

    def __init__(self, *args: Any, changes: list[Change], **options: Any) -> None:
        super().__init__(*args, **options)
        self.changes = {name_of(one): one for one in changes}
        for name, one in self.changes.items():
            self.fields[name] = TextField(
                label=f"{one.code} {one.title}".strip(), required=False, rows=2, max_length=2000, initial=one.reason,
                show_hidden_initial=True,
            )  # fmt: skip

    def rows(self) -> Iterator[tuple[Change, BoundField, str]]:
        """Return each change with its field and the hidden field of what stood there."""
        for name, one in self.changes.items():
            yield one, self[name], self[name].as_hidden(only_initial=True)

    def clean(self) -> dict[str, Any]:
        """Ask for a reason of what was removed; it had one."""
        data = super().clean() or {}
        for name, one in self.changes.items():
            if one.kind == "removed" and not data.get(name) and not data.get("for_the_rest"):
                self.add_error(name, _("What was removed needs a reason."))
        return data

    def reasons(self) -> dict[tuple[What, int], Reason]:
        """Return the reasons that were written, by what they are of."""
        rest = self.cleaned_data["for_the_rest"]
        return {
            (one.what, one.key): Reason(self.cleaned_data[name] or rest, self._seen(name))
            for name, one in self.changes.items()
        }

    def _seen(self, name: str) -> str:
        return clean_text(self.data.get(self[name].html_initial_name, ""))

    def show_theirs(self) -> None:
        """Keep what was typed, and list what somebody else has written in the same fields meanwhile."""
        data: Any = self.data
        self.data = data.copy()
        for name, one in self.changes.items():
            if self._seen(name) != one.reason:
                self.theirs.append((str(self.fields[name].label), one.reason or "–"))
                self.data[self[name].html_initial_name] = one.reason  # type: ignore[index]


def name_of(change: Change) -> str:
    """Return the name of the field for the reason of a change."""
    return f"{change.what}-{change.key}"
