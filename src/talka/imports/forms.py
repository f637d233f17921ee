# SPDX-License-Identifier: EUPL-1.2
"""The file, the table in it, what its columns mean: input checked, each mistake said beside its field."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.core.forms import DayField, LineField, TextField
from talka.core.text import shorten
from talka.imports.checking import JOIN
from talka.imports.headers import letter_of
from talka.imports.models import ImportRun
from talka.imports.problems import Wrong, sentence
from talka.imports.queries import Table
from talka.imports.reading import Sheet, Unreadable, read_tables
from talka.imports.targets import ChoiceField, Field, Target
from talka.imports.values import text_of

ACCEPT = ".xlsx,.xls,.ods,.csv,.tsv,.txt,.docx"


class UploadForm(forms.Form):
    """A file with a table."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        help_text=gettext_lazy("XLSX, XLS, ODS, CSV or DOCX. Formulas are not calculated; their last result is taken."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )

    sheets: Sequence[Sheet] = ()
    sha256 = ""

    def clean_file(self) -> str:
        """Read the tables of the file; say in a sentence why it cannot be taken. Returns its name."""
        file = self.cleaned_data["file"]
        if file.size > settings.MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("%(name)s is larger than %(limit)s MB. Please send a smaller file."),
                params={"name": str(file.name)[:200], "limit": settings.MAX_FILE_BYTES // 1_000_000},
            )
        content = file.read()
        try:
            self.sheets = self.read(content)
        except Unreadable as unreadable:
            raise forms.ValidationError(sentence(unreadable.code)) from None
        self.sha256 = sha256(content).hexdigest()
        return str(file.name)

    def read(self, content: bytes) -> Sequence[Sheet]:
        """Read the tables of the file."""
        return read_tables(content)


class TableForm(forms.Form):
    """Which table of the file, and in which of its rows the names of the columns stand."""

    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int, widget=forms.RadioSelect)
    header = forms.IntegerField(
        label=gettext_lazy("Row with the names of the columns"),
        min_value=1,
        help_text=gettext_lazy("Rows above it, such as titles, are not imported."),
    )

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        field: Any = self.fields["sheet"]
        field.choices = [(number, sheet.name or _("the only table")) for number, sheet in enumerate(sheets)]

    def clean(self) -> dict[str, Any]:
        """Refuse a row that is empty or that nothing follows."""
        data = super().clean() or {}
        if "sheet" in data and "header" in data:
            numbers = [row.number for row in self.sheets[data["sheet"]].rows]
            if data["header"] not in numbers:
                self.add_error("header", _("This row is empty. Choose a row with the names of the columns."))
            elif data["header"] == numbers[-1]:
                self.add_error("header", _("Below this row there are no lines."))
        return data


class MappingForm(forms.Form):
    """What each column means, and what holds for all lines."""

    leave_out = forms.TypedChoiceField(
        label=gettext_lazy("A topic, territory or place that is not known here"),
        coerce=lambda value: value == "yes",
        choices=[
            ("no", gettext_lazy("the line is wrong, and is left out until it is mended")),
            ("yes", gettext_lazy("the line is taken without it")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, target: Target, run: ImportRun, table: Table, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target, self.table = target, table
        self.initial.setdefault("leave_out", "yes" if run.leave_out else "no")
        if not any(about.may_drop for about in target.fields):
            del self.fields["leave_out"]
        choices = _meanings(target)
        for column, name in enumerate(table.names):
            self.fields[f"column_{column}"] = forms.ChoiceField(
                label=_("Column %(letter)s “%(name)s”") % {"letter": letter_of(column), "name": name or "–"},
                choices=choices,
                required=False,
                initial=run.columns.get(str(column), ""),
            )
        for about in target.fields:
            if about.fixed:
                self.fields[f"fixed_{about.key}"] = _fixed_field(about, run.fixed.get(about.key, ""))

    def columns(self) -> list[tuple[Any, str, str, list[str]]]:
        """Return for each column its field, its letter, its name and the first values that stand in it."""
        found = []
        for column, name in enumerate(self.table.names):
            samples: list[str] = []
            for row in self.table.rows[:200]:
                text = shorten(text_of(row.cell(column)), 60)
                if text and text not in samples:
                    samples.append(text)
                if len(samples) == 3:
                    break
            found.append((self[f"column_{column}"], letter_of(column), name, samples))
        return found

    def fixed_fields(self) -> list[Any]:
        """Return the fields for what holds for all lines."""
        return [self[name] for name in self.fields if name.startswith("fixed_")]

    def clean(self) -> dict[str, Any]:
        """Refuse a field that two columns claim, one that is needed and nowhere given, and a value that is none."""
        data = super().clean() or {}
        used: dict[str, int] = {}
        for column in range(len(self.table.names)):
            key = data.get(f"column_{column}", "")
            if key and not key.endswith(JOIN):
                if key in used:
                    self.add_error(
                        f"column_{column}",
                        _("“%(field)s” is already taken from column %(letter)s.")
                        % {"field": self.target.by_key[key].label, "letter": letter_of(used[key])},
                    )
                used.setdefault(key, column)
            elif key:
                used.setdefault(key[:-1], column)
        for about in self.target.fields:
            self._check_field(about, data, is_mapped=about.key in used)
        return data

    def _check_field(self, about: Field, data: Mapping[str, Any], *, is_mapped: bool) -> None:
        name = f"fixed_{about.key}"
        given = str(data.get(name) or "")
        if given and about.fixed and not self.has_error(name):
            try:
                about.read(given, {})
            except Wrong as wrong:
                self.add_error(name, f"{about.label}: {sentence(wrong.code, wrong.facts)}.")
        if about.required and not is_mapped and not given:
            if about.fixed:
                self.add_error(name, _("Choose a column for this above, or say here what holds for all lines."))
            else:
                self.add_error(None, _("Say in which column “%(field)s” stands.") % {"field": about.label})

    def chosen(self) -> dict[str, Any]:
        """Return the choice as the operation takes it."""
        data = self.cleaned_data
        return {
            "columns": {column: data[f"column_{column}"] for column in range(len(self.table.names))},
            "fixed": {one.key: str(data.get(f"fixed_{one.key}") or "") for one in self.target.fields if one.fixed},
            "leave_out": bool(data.get("leave_out")),
        }


def _meanings(target: Target) -> list[tuple[str, str | Promise]]:
    """Return what a column can mean, the whole texts with the possibility to add to them."""
    choices: list[tuple[str, str | Promise]] = [("", _("not taken"))]
    for about in target.fields:
        choices.append((about.key, about.label))
        if about.joins:
            choices.append((f"{about.key}{JOIN}", _("add to “%(field)s”, under its name") % {"field": about.label}))
    return choices


def _fixed_field(about: Field, given: str) -> forms.Field:
    if isinstance(about, ChoiceField):
        options = [("", _("not the same for all")), *about.options]
        return forms.ChoiceField(label=str(about.label), choices=options, required=False, initial=given)
    if about.day:
        return DayField(label=str(about.label), required=False, initial=given or None)
    return LineField(label=str(about.label), required=False, initial=given)


class ConfirmForm(forms.Form):
    """What else holds for the import: options of the target, and whether a line that stands twice is taken twice."""

    def __init__(self, *args: Any, target: Target, repeated: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for option in target.options:
            self.fields[option.key] = forms.BooleanField(
                label=str(option.label), help_text=str(option.hint), required=False
            )
        if repeated:
            self.fields["repeats"] = forms.BooleanField(
                label=_("Take also the lines that stand in the file twice"), required=False
            )

    def chosen(self) -> dict[str, Any]:
        """Return the choice as the operation takes it."""
        data = dict(self.cleaned_data)
        return {"repeats": bool(data.pop("repeats", False)), "options": data}


class WordsForm(forms.Form):
    """What words mean that are not known here."""

    def __init__(self, *args: Any, words: Sequence[tuple[ChoiceField, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        for number, (about, word, times) in enumerate(words):
            self.fields[f"word_{number}"] = forms.ChoiceField(
                label=_("%(field)s: “%(word)s”") % {"field": about.label, "word": word},
                help_text=_("lines: %(number)d") % {"number": times},
                choices=[("", _("choose")), *about.options],
                initial=(about.like(word) or ("",))[0],
                required=False,
            )

    def chosen(self) -> dict[str, dict[str, str]]:
        """Return the value for each word, by field."""
        found: dict[str, dict[str, str]] = {}
        for number, (about, word, _times) in enumerate(self.words):
            value = self.cleaned_data.get(f"word_{number}")
            if value:
                found.setdefault(about.key, {})[word] = value
        return found


class UndoForm(forms.Form):
    """Why a whole import is taken back."""

    reason = TextField(
        label=gettext_lazy("Reason"),
        max_length=500,
        rows=3,
        help_text=gettext_lazy("Stays with each entry and in the log of the process. No personal data, please."),
    )
    leave = forms.BooleanField(
        label=gettext_lazy("Undo the others, and leave those on which work has been done"), required=False
    )

    def __init__(self, *args: Any, some_stay: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not some_stay:
            del self.fields["leave"]
