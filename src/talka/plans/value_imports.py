# SPDX-License-Identifier: EUPL-1.2
"""Tables of values of indicators: a line for a value, or a line for an indicator with years as columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core import clock
from talka.core.permissions import is_allowed
from talka.core.text import clean_line, fold
from talka.directory.models import Area
from talka.imports import targets
from talka.imports.problems import Wrong
from talka.imports.reading import Cell
from talka.imports.targets import ChoiceField, Field, Kept, Target
from talka.imports.values import text_of
from talka.plans.measured import NoValue, read_value
from talka.plans.models import FIRST_YEAR, IndicatorValue, IndicatorVersion, Plan
from talka.plans.operations.indicators import record_value
from talka.plans.operations.values import Written, events_of, last_event, take_back, why_it_stays
from talka.plans.queries.indicators import rows_at_work
from talka.processes.queries import areas_near


def line_of(most: int) -> Any:
    """Return what reads one line of at most so many characters."""

    def read(cell: Cell) -> str | None:
        text = clean_line(text_of(cell))
        if len(text) > most:
            raise Wrong("too_long", length=len(text), most=most)
        return text or None

    return read


def number_in(cell: Cell) -> str | Decimal | None:
    """Return a number of a spreadsheet, rounded to what is kept, or what was written, to be read with the unit of its indicator."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Decimal(str(cell)).quantize(Decimal("0.0001")) if abs(cell) < 10**14 else str(cell)
    written = clean_line(text_of(cell))
    return None if written in {"", "-", "–", "…", "x"} else written[:60]


def year_in(cell: Cell) -> int | None:
    """Return the year in a cell; raise ``Wrong`` for one that has not come."""
    written = clean_line(text_of(cell))
    if not written:
        return None
    found = re.fullmatch(r"(\d{4})\.? ?(?:g\.?|gads|gada)?", written, re.ASCII)
    if found is None:
        raise Wrong("not_a_year", value=written[:60])
    year = int(found[1])
    if not FIRST_YEAR <= year <= clock.today().year:
        raise Wrong("year_outside", value=written[:60])
    return year


def years_as_columns(plan: Plan) -> list[int]:
    """Return the years that can stand as columns: from three before the plan to this one."""
    return list(range(max(FIRST_YEAR, plan.starts_year - 3), clock.today().year + 1))


class ValuesTarget(Target):
    """The values of the indicators of one plan."""

    name = "plans.indicator_values"
    scope: Plan
    about = _(
        "Values of indicators: a line for each value with its year, or a line for each indicator with years as columns. "
        "Before anything is entered you see what becomes of each line."
    )
    undo_note = _(
        "The values that this import entered are taken back: where another value stood before, it stands again; "
        "the others are removed. The lines can be imported again."
    )

    def __init__(self, scope: Plan) -> None:
        super().__init__(scope)
        areas = areas_near(scope.process)
        self.years = years_as_columns(scope)
        self.fields = [
            Field("code", _("Code of the indicator"), line_of(40), ("code", "kods", "rādītāja kods", "nr", "numurs", "rādītāja nr")),
            Field("name", _("Name of the indicator"), line_of(500), (
                "indicator", "name", "rādītājs", "rādītāja nosaukums", "nosaukums", "rezultatīvais rādītājs",
            )),
            Field("year", _("Year"), year_in, ("year", "gads", "pārskata gads"), fixed=True),
            Field("value", _("Value"), number_in, (
                "value", "vērtība", "faktiskā vērtība", "faktiski", "rezultāts", "sasniegtā vērtība", "actual", "actual value",
            ), hint=_("Write 45 for 45 %.")),
            ChoiceField("area", pgettext_lazy("of a value", "Territory"), names=("territory", "teritorija", "pagasts", "area", "parish"),
                options=tuple((str(one.pk), str(one)) for one in areas)),
            Field("source", _("Source of the data"), line_of(300), ("source", "avots", "datu avots", "informācijas avots"), fixed=True),
            Field("note", _("Note"), line_of(500), ("note", "piezīme", "piezīmes", "komentārs")),
            *(
                Field(f"year_{year}", _("Value of %(year)d") % {"year": year}, number_in, (
                    str(year), f"{year} g", f"{year} gads", f"{year} gada", f"faktiski {year}", f"vērtība {year}", f"value {year}",
                ))
                for year in self.years
            ),
        ]  # fmt: skip

    @property
    def owner(self) -> str:
        """Return the municipality whose plan it is."""
        return f"directory.organization:{self.scope.owner_id}"

    def allows(self, user: Any) -> bool:
        """Say whether this person enters the values of the whole plan."""
        return is_allowed(user, "plans.record_values", self.scope)

    def address(self, name: str, *parts: Any) -> str:
        """Return the path of one of the pages about imports of values."""
        return reverse(f"plans:{name}_of_values", args=[self.scope.process.slug, self.scope.slug, *parts])

    @cached_property
    def _versions(self) -> dict[str, IndicatorVersion]:
        """Return the indicators by their code and by their name, folded; a code goes before a name."""
        found: dict[str, IndicatorVersion] = {}
        rows = rows_at_work(self.scope)
        for row in rows:
            found.setdefault(f"name {_folded(row.version.name)}", row.version)
            if row.version.code:
                found.setdefault(f"code {_folded(row.version.code)}", row.version)
        return found

    @cached_property
    def _areas(self) -> dict[int, Area]:
        return Area.objects.in_bulk()

    def _version(self, values: Mapping[str, Any]) -> IndicatorVersion | None:
        """Return the indicator of a line: by its code where there is one, else by its name."""
        key = f"code {_folded(values['code'])}" if values.get("code") else f"name {_folded(values.get('name', ''))}"
        return self._versions.get(key)

    def _written(self, values: Mapping[str, Any]) -> Iterator[tuple[str, int, Any]]:
        """Return each value of a line as it was written, with the field and the year it stands for."""
        if "value" in values and "year" in values:
            yield "value", values["year"], values["value"]
        for year in self.years:
            if f"year_{year}" in values:
                yield f"year_{year}", year, values[f"year_{year}"]

    def _read(self, values: Mapping[str, Any], version: IndicatorVersion) -> list[tuple[int, Decimal]]:
        """Return the values of a line that has been checked, by year."""
        return [
            (year, written if isinstance(written, Decimal) else read_value(written, version.unit))
            for _field, year, written in self._written(values)
        ]

    def identity(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return the indicator, the territory and all values with their years."""
        told = sorted(f"{year}={written}" for _field, year, written in self._written(values))
        return _folded(values.get("code") or values.get("name", "")), str(values.get("area", "")), *told

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Wrong]]:
        """Return what is wrong: an indicator that the plan does not have, a value without a year, a number that is none."""
        if not values.get("code") and not values.get("name"):
            yield "code", Wrong("required")
            return
        version = self._version(values)
        if version is None:
            field = "code" if values.get("code") else "name"
            yield field, Wrong("unknown_word", value=values[field][:100])
            return
        if "value" in values and "year" not in values:
            yield "year", Wrong("required")
        told = list(self._written(values))
        if not told and "value" not in values:
            yield "value", Wrong("required")
        years = [year for _field, year, _written in told]
        if len(years) != len(set(years)):
            yield "year", Wrong("year_twice", value=max(years, key=years.count))
        for field, _when, written in told:
            if not isinstance(written, Decimal):
                try:
                    read_value(written, version.unit)
                except NoValue as error:
                    yield field, Wrong(f"value_{error.code}", value=written, unit=version.unit)

    def conflicts(self, lines: Sequence[Mapping[str, Any]]) -> Iterable[tuple[int, str, Wrong]]:
        """Return the lines that give a year of an indicator another value than an earlier line of the file does."""
        seen: dict[tuple[int, str, int], Decimal] = {}
        for place, values in enumerate(lines):
            version = self._version(values)
            if version is None:
                continue
            for year, value in self._read(values, version):
                first = seen.setdefault((version.indicator_id, values.get("area", ""), year), value)
                if first != value:
                    yield place, "value", Wrong("other_value", value=f"{year}: {text_of(float(first))}")
                    break

    def already_there(self, lines: Sequence[Mapping[str, Any]]) -> set[int]:
        """Return the lines all of whose values stand there already."""
        stored = {
            (one.indicator_id, one.area_id, one.year): one
            for one in IndicatorValue.objects.filter(indicator__plan=self.scope)
        }
        found = set()
        for place, values in enumerate(lines):
            version = self._version(values)
            if version is None:
                continue
            area = int(values["area"]) if values.get("area") else None
            there = [
                (stored.get((version.indicator_id, area, year)), value) for year, value in self._read(values, version)
            ]
            source = values.get("source", "")
            if all(one is not None and one.value == value and source in ("", one.source) for one, value in there):
                found.add(place)
        return found

    def take(self, lines: Sequence[Mapping[str, Any]], *, by: Any, options: Mapping[str, bool]) -> list[str]:
        """Enter the values; return for each line the indicator with the entries of its history that were made."""
        made = []
        for values in lines:
            version = self._version(values)
            if version is None:
                made.append("")
                continue
            before = last_event(version.indicator)
            area = self._areas.get(int(values["area"])) if values.get("area") else None
            for year, value in self._read(values, version):
                record_value(
                    version.indicator, year=year, value=value, area=area, source=values.get("source", ""),
                    note=values.get("note", ""), by=by,
                )  # fmt: skip
            made.append(Written(version.indicator_id, before + 1, last_event(version.indicator)).key)
        return made

    def stays(self, keys: Sequence[str], *, lock: bool = False) -> list[Kept]:
        """Return lines of whose values one was corrected or removed since."""
        names = {version.indicator_id: version.name for version in self._versions.values()}
        written = [Written.of(key) for key in keys]
        return [
            Kept(one.key, names.get(one.indicator, ""), why)
            for one in written
            if (why := why_it_stays(events_of(one), lock=lock))
        ]

    def undo(self, keys: Sequence[str], *, by: Any, reason: str) -> None:
        """Let the values be again what they were."""
        for key in keys:
            take_back(self.scope, events_of(Written.of(key)), by=by, reason=reason)

    def found(self, keys: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Return code, name and address of the indicators whose values were entered."""
        versions = {version.indicator_id: version for version in self._versions.values()}
        found = {}
        for key in keys:
            version = versions.get(Written.of(key).indicator)
            if version is not None:
                parts = [self.scope.process.slug, self.scope.slug, version.indicator_id]
                address = reverse("plans:record_values_of_indicator", args=parts)
                found[key] = (version.code or "", version.name, address)
        return found


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def find_plan(scope: str) -> ValuesTarget | None:
    """Return the target of a plan by its key, such as ``plans.plan:3``."""
    number = scope.rpartition(":")[2]
    plan = Plan.objects.select_related("process").filter(pk=int(number)).first() if number.isdigit() else None
    return ValuesTarget(plan) if plan is not None else None


def declare() -> None:
    """Tell the machinery of imports that plans take values; called when the site starts."""
    targets.register(ValuesTarget.name, find_plan)
