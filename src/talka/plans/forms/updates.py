# SPDX-License-Identifier: EUPL-1.2
"""How one action is going, with the money spent on it: one form for each node, many on a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.forms import DayField, LineField, TextField
from talka.plans.forms.money import MoneyField
from talka.plans.models import FIRST_YEAR, LAST_YEAR, NodeVersion, Source, State

_SOURCES = [(value, label) for value, label in Source.choices if value != Source.OPEN]
"""Money is committed and spent from a source that was found."""


@dataclass(frozen=True)
class Line:
    """One row of money in the form: whence, of which year, and its two fields."""

    source: str
    label: str
    fund: str
    year: int
    committed: BoundField
    spent: BoundField


class UpdateForm(forms.Form):
    """What is said of one node; left as it is, it says nothing. Its fields carry the node's key (``n12-state``)."""

    state = forms.ChoiceField(
        label=_("How it is going"), choices=State.choices, widget=forms.RadioSelect, required=False
    )
    percent = forms.IntegerField(
        label=_("Done, per cent"), required=False, min_value=0, max_value=100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    text = TextField(label=_("What has been done"), required=False, rows=3, max_length=5_000)

    def __init__(
        self, *args: Any, version: NodeVersion, dated: bool = False, text: str = "", **options: Any
    ) -> None:  # fmt: skip
        options["prefix"] = f"n{version.node_id}"
        super().__init__(*args, **options)
        self.version = version
        self.label_suffix = ""
        if text:
            self.initial["text"] = text
        if dated:
            self.fields["said_on"] = DayField(label=_("Date"), required=False, help_text=_("Empty: today."))
        self._rows = _rows_of(version)
        for number, (_source, _fund, _year, committed, spent) in enumerate(self._rows):
            for name, label, stored in (
                ("committed", _("Committed, EUR"), committed),
                ("spent", _("Spent, EUR"), spent),
            ):
                self.fields[f"{name}_{number}"] = MoneyField(label=label, required=False)
                self.initial[f"{name}_{number}"] = stored
        self.fields["new_source"] = forms.ChoiceField(label=_("Source"), required=False, choices=[("", "–"), *_SOURCES])
        self.fields["new_fund"] = LineField(label=_("Name of the fund"), required=False, max_length=150)
        self.fields["new_year"] = forms.IntegerField(
            label=_("Year"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )  # fmt: skip
        self.fields["new_committed"] = MoneyField(label=_("Committed, EUR"), required=False)
        self.fields["new_spent"] = MoneyField(label=_("Spent, EUR"), required=False)

    @property
    def lines(self) -> list[Line]:
        """Return the rows of money that are known already, each with its fields."""
        return [
            Line(source, str(Source(source).label), fund, year, self[f"committed_{number}"], self[f"spent_{number}"])
            for number, (source, fund, year, _committed, _spent) in enumerate(self._rows)
        ]

    @property
    def money_is_open(self) -> bool:
        """Say whether the part about money is unfolded: where something in it was typed or is wrong."""
        names = [name for name in self.fields if name.startswith(("committed_", "spent_", "new_"))]
        return self.is_bound and any(name in self.changed_data or name in self.errors for name in names)

    @property
    def says_something(self) -> bool:
        """Say whether anything was filled in."""
        return self.is_bound and self.has_changed()

    def clean(self) -> dict[str, Any]:
        """Ask for the state where something else is said, and for what a row of money lacks."""
        data = super().clean() or {}
        if not data.get("state") and {"percent", "text"} & set(self.changed_data) and "state" not in self.errors:
            self.add_error("state", _("Choose how it is going."))
        if data.get("state") == State.DONE and data.get("percent") not in (None, 100):
            self.add_error(
                "percent", _("What is done is done to 100 per cent. Leave this empty, or choose “on the way”.")
            )
        if data.get("said_on") and data["said_on"] > clock.today():
            self.add_error("said_on", _("An update cannot be dated after today."))
        self._check_new_row(data)
        return data

    def _check_new_row(self, data: dict[str, Any]) -> None:
        sums = [data.get("new_committed"), data.get("new_spent")]
        named = data.get("new_source") or data.get("new_year") or data.get("new_fund")
        if not named and sums == [None, None]:
            return
        for name, sentence in (("new_source", _("Choose the source.")), ("new_year", _("Write the year."))):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        if sums == [None, None] and not {"new_committed", "new_spent"} & self.errors.keys():
            self.add_error("new_spent", _("Write how much was committed or spent."))

    def said(self) -> dict[str, Any]:
        """Return what a right form says, by the names of ``Answer``; money without its type."""
        data = self.cleaned_data
        values = {name: data[name] for name in ("state", "percent", "text")}
        return {**values, "node": self.version.node, "said_on": data.get("said_on")}

    def money(self) -> list[dict[str, Any]]:
        """Return the rows of money that a right form changes, by the names of ``Spent``."""
        data, found = self.cleaned_data, []
        for number, (source, fund, year, _committed, _spent) in enumerate(self._rows):
            names = (f"committed_{number}", f"spent_{number}")
            if any(name in self.changed_data for name in names):
                found.append({"source": source, "fund": fund, "year": year, **_sums(data, *names)})
        if data.get("new_source"):
            named = {"source": data["new_source"], "fund": data["new_fund"], "year": data["new_year"]}
            found.append({**named, **_sums(data, "new_committed", "new_spent")})
        return found


def _sums(data: dict[str, Any], committed: str, spent: str) -> dict[str, Decimal]:
    return {"committed": data[committed] or Decimal(), "spent": data[spent] or Decimal()}


def _rows_of(version: NodeVersion) -> list[tuple[str, str, int, Decimal | None, Decimal | None]]:
    """Return the rows of money to be filled in: what was reported, and what was planned for years until this one."""
    rows: dict[tuple[str, str, int], tuple[Decimal | None, Decimal | None]] = {}
    for funding in version.funding.all():
        if funding.year is not None and funding.year <= clock.today().year and funding.source != Source.OPEN:
            rows[funding.source, funding.fund, funding.year] = (None, None)
    for outlay in version.node.outlays.all():
        rows[outlay.source, outlay.fund, outlay.year] = (outlay.committed, outlay.spent)
    return [(*key, *rows[key]) for key in sorted(rows, key=lambda key: (key[2], key[0], key[1]))]


def forms_for(versions: Sequence[NodeVersion], data: Any = None, **options: Any) -> list[UpdateForm]:
    """Return a form for each version, loaded with ``funding`` and ``node__outlays``; bound where something was sent for it."""
    return [
        UpdateForm(
            data if data is not None and f"n{version.node_id}-text" in data else None, version=version, **options
        )
        for version in versions
    ]


class RetractForm(forms.Form):
    """Why an update was wrong."""

    reason = LineField(
        label=_("Why it was wrong"), max_length=500, help_text=_("Stands beside the update for everybody.")
    )


class AsideForm(forms.Form):
    """Why a reply says nothing to be entered."""

    reason = LineField(label=_("Why"), max_length=500)


class RoundForm(forms.Form):
    """What owners are asked, and until when."""

    name = LineField(label=_("Name"), max_length=100, help_text=_("Such as “Updates, July 2026”."))
    due_on = DayField(label=_("Answers until"))


def problems_of(sent: Sequence[UpdateForm]) -> list[dict[str, str]]:
    """Return what is wrong in several forms of a page, each with the code of its node and the place to go to."""
    problems = []
    for form in sent:
        called = form.version.code or form.version.title[:40]
        for name, errors in form.errors.items():
            field = form[name]
            anchor = f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)
            problems += [{"text": f"{called}, {field.label}: {error}", "anchor": anchor} for error in errors]
    return problems
