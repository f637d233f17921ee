# SPDX-License-Identifier: EUPL-1.2
"""Tables of indicators into the draft of an edition: a line for each new indicator, targets by year as columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.audit.models import key_of
from talka.core.permissions import is_allowed
from talka.core.text import fold
from talka.directory.models import Organization
from talka.imports import targets
from talka.imports.problems import Wrong
from talka.imports.targets import ChoiceField, Field, Kept, Target
from talka.plans.measured import NoValue, read_value
from talka.plans.models import Edition, IndicatorVersion, Plan
from talka.plans.operations.editions import lock_draft
from talka.plans.operations.indicators import create_indicator, remove_indicator
from talka.plans.queries.editions import draft_of
from talka.plans.value_imports import line_of, number_in, year_in
from talka.processes.queries import organizations_near

_KEY = "plans.indicator:"
_DIRECTIONS = {
    "vairāk": "up", "pieaug": "up", "pieaugums": "up", "palielināt": "up", "↑": "up", "+": "up", "up": "up", "increase": "up",
    "mazāk": "down", "samazinās": "down", "samazinājums": "down", "samazināt": "down", "↓": "down", "-": "down", "down": "down",
    "decrease": "down", "saglabāt": "keep", "nemainās": "keep", "nemainīgs": "keep", "=": "keep", "keep": "keep",
}  # fmt: skip


class IndicatorsTarget(Target):
    """The indicators of the draft of one plan."""

    name = "plans.indicators"
    scope: Plan
    about = _(
        "New indicators for the draft: a line for each, with its unit, baseline and targets by year as columns. Those that "
        "the draft has already are left as they are. Before anything is entered you see what becomes of each line."
    )
    undo_note = _("The indicators that this import added are removed from the draft. The lines can be imported again.")

    def __init__(self, scope: Plan) -> None:
        super().__init__(scope)
        directions = tuple((str(value), str(label)) for value, label in IndicatorVersion.Direction.choices)
        self.fields = [
            Field("name", _("What is measured"), line_of(500), (
                "indicator", "name", "rādītājs", "rādītāja nosaukums", "nosaukums", "rezultatīvais rādītājs",
            ), required=True),
            Field("code", _("Code"), line_of(40), ("code", "kods", "rādītāja kods", "nr", "numurs", "rādītāja nr")),
            Field("unit", _("Unit"), line_of(60), ("unit", "mērvienība", "vienība", "mērv"), required=True, fixed=True),
            ChoiceField("direction", _("Direction wanted"), names=("direction", "virziens", "vēlamais virziens", "tendence"),
                options=directions, synonyms=_DIRECTIONS, fixed=True),
            Field("baseline", _("Baseline"), number_in, ("baseline", "bāzes vērtība", "sākotnējā vērtība", "esošā vērtība")),
            Field("baseline_year", _("Year of the baseline"), year_in, ("baseline year", "bāzes gads", "bāzes vērtības gads"), fixed=True),
            Field("source", _("Source of the data"), line_of(300), ("source", "avots", "datu avots", "informācijas avots"), fixed=True),
            ChoiceField("organization", _("Responsible institution"), names=(
                "responsible", "atbildīgā iestāde", "atbildīgais", "iestāde",
            ), fixed=True, may_drop=True, options=tuple((str(one.pk), str(one)) for one in organizations_near(scope.process))),
            *(
                Field(f"target_{year}", _("Target of %(year)d") % {"year": year}, number_in, (
                    f"mērķis {year}", f"mērķa vērtība {year}", f"{year} mērķis", f"{year} gada mērķis", f"plānots {year}", f"target {year}",
                ))
                for year in scope.years
            ),
        ]  # fmt: skip

    @property
    def owner(self) -> str:
        """Return the municipality whose plan it is."""
        return f"directory.organization:{self.scope.owner_id}"

    @cached_property
    def _draft(self) -> Edition | None:
        return draft_of(self.scope)

    def allows(self, user: Any) -> bool:
        """Say whether this person writes the draft."""
        return self._draft is not None and is_allowed(user, "plans.save_indicator", self._draft)

    def address(self, name: str, *parts: Any) -> str:
        """Return the path of one of the pages about imports of indicators."""
        return reverse(f"plans:{name}_of_indicators", args=[self.scope.process.slug, self.scope.slug, *parts])

    def identity(self, values: Mapping[str, Any]) -> Sequence[str]:
        """Return code and name."""
        return _folded(values.get("code", "")), _folded(values.get("name", ""))

    def _numbers(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {
            key: values[key] for key in ("baseline", *(f"target_{year}" for year in self.scope.years)) if key in values
        }

    def check(self, values: Mapping[str, Any]) -> Iterable[tuple[str, Wrong]]:
        """Return what is wrong: a number that is none, a baseline without its year."""
        for key, written in self._numbers(values).items():
            if not isinstance(written, Decimal):
                try:
                    read_value(written, values["unit"])
                except NoValue as error:
                    yield key, Wrong(f"value_{error.code}", value=written, unit=values["unit"])
        if "baseline" in values and "baseline_year" not in values:
            yield "baseline_year", Wrong("required")

    def conflicts(self, lines: Sequence[Mapping[str, Any]]) -> Iterable[tuple[int, str, Wrong]]:
        """Return the lines whose code an earlier line of the file, or another indicator of the draft, has."""
        taken = {_folded(one.code): _folded(one.name) for one in self._there if one.code}
        for place, values in enumerate(lines):
            code, name = self.identity(values)
            if code and taken.setdefault(code, name) != name:
                yield place, "code", Wrong("code_twice", value=values["code"])

    @cached_property
    def _there(self) -> list[IndicatorVersion]:
        return list(self._draft.indicator_versions.all()) if self._draft is not None else []

    def already_there(self, lines: Sequence[Mapping[str, Any]]) -> set[int]:
        """Return the lines whose indicator the draft has: by code, else by name."""
        codes, names = ({_folded(getattr(one, key) or "") for one in self._there} for key in ("code", "name"))
        found = set()
        for place, values in enumerate(lines):
            code, name = self.identity(values)
            if (code and code in codes) or (not code and name in names):
                found.add(place)
        return found

    @cached_property
    def _organizations(self) -> dict[int, Organization]:
        return organizations_near(self.scope.process).in_bulk()

    def take(self, lines: Sequence[Mapping[str, Any]], *, by: Any, options: Mapping[str, bool]) -> list[str]:
        """Add the indicators to the draft; return their keys."""
        draft = draft_of(self.scope)
        if draft is None:
            return ["" for _line in lines]
        made = []
        for values in lines:
            numbers = {
                key: written if isinstance(written, Decimal) else read_value(written, values["unit"])
                for key, written in self._numbers(values).items()
            }
            wanted = {year: numbers[f"target_{year}"] for year in self.scope.years if f"target_{year}" in numbers}
            version = create_indicator(
                draft, name=values["name"], unit=values["unit"], code=values.get("code"), by=by, targets=wanted,
                decimals=max((_decimals(one) for one in numbers.values()), default=0),
                direction=values.get("direction", IndicatorVersion.Direction.UP), baseline=numbers.get("baseline"),
                baseline_year=values.get("baseline_year") if "baseline" in numbers else None,
                source=values.get("source", ""), organization=self._organizations.get(int(values.get("organization", 0))),
            )  # fmt: skip
            made.append(key_of(version.indicator))
        return made

    def _versions(self, keys: Sequence[str]) -> Any:
        numbers = [int(key.removeprefix(_KEY)) for key in keys]
        versions = IndicatorVersion.objects.filter(indicator__plan=self.scope, indicator__in=numbers)
        return versions.select_related("indicator__plan__process", "edition__plan__process").order_by(
            "indicator", "edition"
        )

    def stays(self, keys: Sequence[str], *, lock: bool = False) -> list[Kept]:
        """Return indicators that an approved edition has, or of which values have been entered."""
        if lock and self._draft is not None:
            lock_draft(self._draft)
        kept = {}
        for version in self._versions(keys).prefetch_related("indicator__values"):
            if not version.edition.is_draft:
                kept[version.indicator_id] = Kept(key_of(version.indicator), version.name, _("it has been approved"))
            elif version.indicator.values.all():
                kept[version.indicator_id] = Kept(key_of(version.indicator), version.name, _("values of it have been entered"))  # fmt: skip
        return list(kept.values())

    def undo(self, keys: Sequence[str], *, by: Any, reason: str) -> None:
        """Remove the indicators from the draft."""
        for version in self._versions(keys):
            remove_indicator(version, by=by, reason=reason)

    def found(self, keys: Sequence[str]) -> dict[str, tuple[str, str, str]]:
        """Return code, name and address of indicators."""
        where = [self.scope.process.slug, self.scope.slug]
        return {
            key_of(one.indicator): (
                one.code or "", one.name, reverse("plans:record_values_of_indicator", args=[*where, one.indicator_id]),
            )
            for one in self._versions(keys)
        }  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(fold(text).split())


def _decimals(value: Decimal) -> int:
    """Return how many decimal places a value needs.

    >>> _decimals(Decimal("12.5000")), _decimals(Decimal("640000"))
    (1, 0)
    """
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def find_plan(scope: str) -> IndicatorsTarget | None:
    """Return the target of a plan by its key, such as ``plans.plan:3``."""
    number = scope.rpartition(":")[2]
    plan = Plan.objects.select_related("process").filter(pk=int(number)).first() if number.isdigit() else None
    return IndicatorsTarget(plan) if plan is not None else None


def declare() -> None:
    """Tell the machinery of imports that drafts take indicators; called when the site starts."""
    targets.register(IndicatorsTarget.name, find_plan)
