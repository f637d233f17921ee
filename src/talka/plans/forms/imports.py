# SPDX-License-Identifier: EUPL-1.2
"""A table for the draft of a plan: what its columns mean, what it names, what is to be taken."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from talka.core import clock
from talka.core.forms import DayField, LineField, TextField
from talka.core.text import fold
from talka.imports.forms import ACCEPT, TableForm, UploadForm
from talka.imports.headers import letter_of
from talka.imports.reading import Sheet
from talka.plans.importing import opendata
from talka.plans.importing.columns import Meaning, describe
from talka.plans.importing.difference import Difference
from talka.plans.importing.fields import BY_KEY, FIELDS, MANY, MONEY
from talka.plans.importing.layout import Layout
from talka.plans.importing.names import NEW, NOTE, Unknown
from talka.plans.models import FIRST_YEAR, LAST_YEAR, PlanImport, Source

MOST_NAMES = 300
MOST_MISSING = 1000


class PlanUploadForm(UploadForm):
    """A file with a table, or the JSON of an edition."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy(
            "XLSX, XLS, ODS, CSV or DOCX, or the JSON of an edition as it is given out here. Formulas are not calculated; their last result is taken."
        ),
        widget=forms.FileInput(attrs={"accept": f"{ACCEPT},.json"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    is_open_data = False

    def read(self, content: bytes) -> Sequence[Sheet]:
        """Read the tables of the file, or the table that the JSON of an edition makes."""
        if not opendata.looks_like(content):
            return super().read(content)
        self.is_open_data = True
        try:
            return [opendata.read(content)]
        except opendata.NotTaken as problem:
            raise forms.ValidationError(problem.says) from None


class PlanTableForm(TableForm):
    """Which table of the file, and in which of its rows the names of the columns stand."""

    header_rows = forms.IntegerField(
        label=gettext_lazy("How many rows they take"),
        min_value=1,
        max_value=3,
        help_text=gettext_lazy("Two, where years stand below “Financing”; at most three."),
    )


class PlanColumnsForm(forms.Form):
    """What each column means, of money also from which source and of which year; what the lines are."""

    works = forms.ChoiceField(
        label=gettext_lazy("What the lines are"),
        choices=PlanImport.Works.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Holds for lines of which neither a column nor the code says it."),
    )
    thousands = forms.BooleanField(label=gettext_lazy("Sums are in thousands of EUR"), required=False)

    def __init__(
        self, *args: Any, layout: Layout, columns: Mapping[int, Meaning], about: PlanImport, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.layout, self.known = layout, columns
        self.initial.setdefault("works", about.works)
        self.initial.setdefault("thousands", about.thousands)
        choices = [("", _("not taken")), *((one.key, str(one.label)) for one in FIELDS)]
        for column, name in enumerate(layout.names):
            meaning = columns.get(column)
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=_("Column %(letter)s “%(name)s”") % {"letter": letter_of(column), "name": name or "–"},
                choices=choices, required=False, initial=meaning.key if meaning is not None else "",
            )  # fmt: skip
            if meaning is not None and meaning.key in MONEY:
                self._add_money(column, meaning)

    def _add_money(self, column: int, meaning: Meaning) -> None:
        letter = {"letter": letter_of(column)}
        self.fields[f"source_{column}"] = forms.ChoiceField(
            label=_("Source, column %(letter)s") % letter,
            choices=[("", _("as another column says")), *Source.choices], required=False, initial=meaning.source,
        )  # fmt: skip
        self.fields[f"fund_{column}"] = LineField(
            label=_("Name of the fund, column %(letter)s") % letter,
            required=False,
            initial=meaning.fund,
            max_length=150,
        )
        self.fields[f"year_{column}"] = forms.IntegerField(
            label=_("Year, column %(letter)s; empty for the whole term") % letter, required=False, initial=meaning.year,
            min_value=FIRST_YEAR, max_value=LAST_YEAR,
        )  # fmt: skip

    def columns(self) -> list[tuple[Any, str, str, list[str], list[Any]]]:
        """Return for each column its field, its letter, its name, its first values, and further fields about its money."""
        return [
            (
                self[f"column_{column}"], letter_of(column), name, describe(self.layout, column),
                [self[f"{part}_{column}"] for part in ("source", "fund", "year") if f"{part}_{column}" in self.fields],
            )
            for column, name in enumerate(self.layout.names)
        ]  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns claim, a table without titles, a share without a total, money from nowhere."""
        data = super().clean() or {}
        used: dict[str, int] = {}
        for column in range(len(self.layout.names)):
            key = data.get(f"column_{column}", "")
            if key and key not in MANY and key in used:
                self.add_error(
                    f"column_{column}",
                    _("“%(field)s” is already taken from column %(letter)s.")
                    % {"field": BY_KEY[key].label, "letter": letter_of(used[key])},
                )
            used.setdefault(key, column)
        if "title" not in used:
            self.add_error(None, _("Say in which column “%(field)s” stands.") % {"field": BY_KEY["title"].label})
        if "share" in used and "total" not in used:
            self.add_error(
                f"column_{used['share']}", _("Say too in which column the total stands of which this is a share.")
            )
        for column in range(len(self.layout.names)):
            name = f"source_{column}"
            if (
                data.get(f"column_{column}") in MONEY
                and name in self.fields
                and not data.get(name)
                and "source" not in used
            ):
                self.add_error(name, _("Say from which source this money comes, or in which column that stands."))
        return data

    @property
    def is_settled(self) -> bool:
        """Say whether all has been asked: columns that have just been said to hold money are asked about still."""
        return all(
            f"source_{column}" in self.fields or self.cleaned_data.get(f"column_{column}") not in MONEY
            for column in range(len(self.layout.names))
        )

    def chosen(self) -> dict[str, Any]:
        """Return the choice as the operation takes it."""
        data = self.cleaned_data
        columns: dict[int, Meaning] = {}
        for column in range(len(self.layout.names)):
            key = data[f"column_{column}"]
            if not key:
                continue
            before = self.known.get(column)
            meaning = Meaning(
                key, data.get(f"source_{column}") or "", data.get(f"fund_{column}") or "", data.get(f"year_{column}")
            )
            if before is not None and before.exact and before == Meaning(*_parts(meaning), exact=True):
                meaning = before
            columns[column] = meaning if key in MONEY else Meaning(key)
        return {
            "columns": columns, "works": data["works"], "thousands": data["thousands"], "is_settled": self.is_settled
        }  # fmt: skip


def _parts(meaning: Meaning) -> tuple[str, str, str, int | None]:
    return meaning.key, meaning.source, meaning.fund, meaning.year


class InstitutionsForm(forms.Form):
    """What names of institutions mean that the directory does not know."""

    def __init__(
        self,
        *args: Any,
        unknown: Sequence[Unknown],
        chosen: Mapping[str, str],
        organizations: Mapping[int, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.unknown = unknown[:MOST_NAMES]
        every = sorted(organizations.items(), key=lambda pair: pair[1].casefold())
        for number, one in enumerate(self.unknown):
            special = [(NEW, _("enter it as new")), (NOTE, _("leave it as text among the other partners"))]
            like = [(str(pk), name) for pk, name in one.like]
            groups: list[Any] = [("", _("choose")), *special]
            if like:
                groups.append((_("similar"), like))
            groups.append((_("all"), [(str(pk), name) for pk, name in every]))
            times = ngettext("in one line", "in %(number)d lines", one.times) % {"number": one.times}
            role = _("responsible") if one.is_responsible else _("partner")
            self.fields[f"name_{number}"] = forms.ChoiceField(
                label=one.name, choices=groups, required=False,
                help_text=_("%(role)s, %(times)s, first in row %(row)d")
                % {"role": role, "times": times, "row": one.row},
                initial=chosen.get(one.key) or _meant(one),
            )  # fmt: skip

    def chosen(self) -> dict[str, str]:
        """Return what was chosen for each name, by its key."""
        return {one.key: self.cleaned_data[f"name_{number}"] for number, one in enumerate(self.unknown)}


def _meant(unknown: Unknown) -> str:
    """Return what is chosen beforehand: an institution called so but for what stands before, such as the municipality."""
    name = fold(unknown.name)
    alike = [str(pk) for pk, label in unknown.like if fold(label).endswith(f" {name}")]
    if len(alike) == 1:
        return alike[0]
    return "" if unknown.is_responsible else NOTE


class TakeForm(forms.Form):
    """What else holds when a table is taken: what may stay as it is, what leaves the draft, whether statuses are entered."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, difference: Difference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.difference = difference
        self.initial.setdefault("seen", difference.digest())
        if difference.light:
            self.fields["despite"] = forms.BooleanField(
                label=_("Take the table though not all of it adds up or is known"),
                error_messages={"required": _("Say that this may be taken as it is, or mend the table.")},
            )
        if difference.told:
            self.fields["with_state"] = forms.BooleanField(
                label=_("Enter the statuses of the table as updates"), required=False,
                help_text=_("Each becomes an update of the day below; whoever follows the action is told."),
            )  # fmt: skip
            self.fields["said_on"] = DayField(
                label=_("Day of which the statuses speak"), required=False, initial=clock.today()
            )
        if difference.missing:
            self.fields["removed"] = forms.TypedMultipleChoiceField(
                label=_("Remove from the draft"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
                choices=[
                    (one.node, f"{one.values['code'] or ''} {one.values['title']}".strip()[:200])
                    for one in difference.missing[:MOST_MISSING]
                ],
            )  # fmt: skip
            self.fields["reason"] = TextField(
                label=_("Why they are removed"), required=False, max_length=1000, rows=2,
                help_text=_("Stands in the comparison of the editions."),
            )  # fmt: skip

    def clean_said_on(self) -> Any:
        """Refuse a day that has not come yet."""
        day = self.cleaned_data["said_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("An update cannot be dated after today."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where something is removed that stood in the edition before."""
        data = super().clean() or {}
        removed = set(data.get("removed") or ())
        if not data.get("reason") and any(one.stood and one.node in removed for one in self.difference.missing):
            self.add_error("reason", _("Say why the marked ones are removed: they stood in the edition before."))
        return data

    def chosen(self) -> dict[str, Any]:
        """Return the choice as the operation takes it."""
        data = self.cleaned_data
        return {
            "seen": data["seen"], "despite": data.get("despite", False), "removed": data.get("removed") or [],
            "reason": data.get("reason", ""), "with_state": data.get("with_state", False), "said_on": data.get("said_on"),
        }  # fmt: skip


class UndoPlanImportForm(forms.Form):
    """Why an import is undone, and what becomes of nodes that were changed since."""

    reason = TextField(
        label=gettext_lazy("Reason"), max_length=500, rows=3,
        help_text=gettext_lazy("Stays in the log of the process. No personal data, please."),
    )  # fmt: skip
    leave = forms.BooleanField(label=gettext_lazy("Put back the others, and leave these as they are"), required=False)

    def __init__(self, *args: Any, some_stay: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not some_stay:
            del self.fields["leave"]
