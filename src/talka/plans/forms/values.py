# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import LineField
from talka.directory.models import Area
from talka.plans.entering import Entered, is_as_seen, mark_of
from talka.plans.forms.numbers import ValueField
from talka.plans.indicators_standing import next_target
from talka.plans.models import IndicatorValue, IndicatorVersion
from talka.plans.queries.indicators import IndicatorRow


@dataclass(frozen=True)
class Slot:
    """One place for a value: of an indicator, in a territory or the whole, in a year; with what stands there now."""

    version: IndicatorVersion
    year: int
    area: Area | None = None
    entry: IndicatorValue | None = None
    goal: tuple[int, Decimal] | None = None
    """Year and value of the next target."""

    @property
    def key(self) -> str:
        """Return what its fields are called by."""
        return f"{self.version.indicator_id}_{self.area.pk if self.area else 0}_{self.year}"


def slots_of(rows: Iterable[IndicatorRow], years: Sequence[int]) -> list[Slot]:
    """Return the places for values of indicators in years: the whole first, then each territory that is entered apart.

    Loads the territories of each version, unless they are loaded already.
    """
    found = []
    for row in rows:
        areas = sorted({*row.version.areas.all(), *row.by_area}, key=lambda area: (area.name, area.pk))
        for year in years:
            found.append(Slot(row.version, year, None, row.entries.get(year), next_target(row.targets, year)))
            found += [Slot(row.version, year, area, row.by_area.get(area, {}).get(year)) for area in areas]
    return found


class ValuesForm(forms.Form):
    """Values, sources and notes of many places at once; knows what stood in each when it was shown."""

    def __init__(self, *args: Any, slots: Sequence[Slot], **options: Any) -> None:
        super().__init__(*args, **options)
        self.slots = slots
        for slot in slots:
            entry, key = slot.entry, slot.key
            about = (
                f"{slot.version.name}, {slot.area}, {slot.year}" if slot.area else f"{slot.version.name}, {slot.year}"
            )
            facts = {"about": about}
            self.fields[f"value_{key}"] = ValueField(
                label=_("Value: %(about)s") % facts, required=False, unit=slot.version.unit,
                initial=entry.value if entry else None,
            )  # fmt: skip
            self.fields[f"source_{key}"] = LineField(
                label=_("Source: %(about)s") % facts, required=False, max_length=300,
                initial=entry.source if entry else "",
            )  # fmt: skip
            self.fields[f"note_{key}"] = LineField(
                label=_("Note: %(about)s") % facts, required=False, max_length=500, initial=entry.note if entry else ""
            )
            self.fields[f"was_{key}"] = forms.CharField(
                required=False, max_length=2000, widget=forms.HiddenInput, initial=mark_of(entry)
            )

    def rows(self) -> list[tuple[Slot, Any, Any, Any, Any]]:
        """Return each place with its fields: value, source, note, what stood there."""
        return [
            (slot, self[f"value_{key}"], self[f"source_{key}"], self[f"note_{key}"], self[f"was_{key}"])
            for slot in self.slots
            for key in [slot.key]
        ]

    def clean(self) -> dict[str, Any]:
        """Ask for a value where only its source or note was written."""
        data = super().clean() or {}
        for slot in self.slots:
            key = slot.key
            wrote = data.get(f"source_{key}") or data.get(f"note_{key}")
            if (
                wrote
                and data.get(f"value_{key}") is None
                and not data.get(f"was_{key}")
                and not self.has_error(f"value_{key}")
            ):
                self.add_error(f"value_{key}", _("Write the value, or empty its source and note."))
        return data

    def entered(self) -> list[Entered]:
        """Return what is not as the person saw it."""
        found = []
        for slot in self.slots:
            value, source, note, was = (
                self.cleaned_data[f"{name}_{slot.key}"] for name in ("value", "source", "note", "was")
            )
            if not is_as_seen(was, value, source, note):
                found.append(Entered(slot.key, slot.version.indicator, slot.area, slot.year, value, source, note, was))
        return found

    def show_changed(self, keys: Iterable[str], now: dict[str, IndicatorValue | None], write: Any) -> None:
        """Keep what was typed, say beside each place that others changed what stands there now, and let it be saved again."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for key in keys:
            entry = now.get(key)
            data[f"was_{key}"] = mark_of(entry)
            said = (
                _("Meanwhile somebody entered %(value)s here.") % {"value": write(entry.value)}
                if entry is not None
                else _("Meanwhile somebody emptied this.")
            )
            self.add_error(f"value_{key}", str(said))
        self.data = data
