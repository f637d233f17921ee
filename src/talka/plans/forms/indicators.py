# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from talka.core.editing import RowForm, offer, version_of
from talka.core.forms import LineField, TextField
from talka.directory.models import Area, Organization, Person
from talka.plans.forms.numbers import ValueField, YearField
from talka.plans.models import Edition, IndicatorVersion, Measure, NodeVersion, PlanNode
from talka.plans.queries.indicators import find_nodes
from talka.processes.models import Process
from talka.processes.queries import areas_near, organizations_near, people_near

UNITS = 4
"""Decimal places that can be shown."""


class NodeChoice(forms.ModelMultipleChoiceField):
    """Nodes of an edition, each by its code and title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return code and title of a node."""
        return self.titles.get(obj.pk, str(obj))

    titles: dict[int, str]


class IndicatorForm(RowForm):
    """What an edition says of an indicator; targets by the years of the plan; what it tells about, found by code or words."""

    code = LineField(label=_("Code"), required=False, max_length=40, help_text=_("If the plan numbers its indicators."))
    name = LineField(label=_("What is measured"), max_length=500)
    unit = LineField(
        label=_("Unit"), max_length=60, help_text=_("Such as: %, km, people, EUR per resident, days."),
        widget=forms.TextInput(attrs={"class": "medium"}),
    )  # fmt: skip
    decimals = forms.TypedChoiceField(
        label=_("Decimal places shown"), coerce=int, choices=[(n, str(n)) for n in range(UNITS + 1)], initial=0
    )
    direction = forms.ChoiceField(
        label=_("Direction wanted"), choices=IndicatorVersion.Direction.choices, widget=forms.RadioSelect
    )
    baseline = ValueField(label=_("Baseline"), required=False, help_text=_("The value from which the plan starts."))
    baseline_year = YearField(label=_("Year of the baseline"), required=False)
    source = LineField(
        label=_("Source of the data"), required=False, max_length=300,
        help_text=_("Where each year's value comes from, such as: official statistics, a survey, own count."),
    )  # fmt: skip
    organization = forms.ModelChoiceField(
        label=_("Responsible institution"), queryset=Organization.objects.none(), required=False
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Territories whose values are entered apart"), queryset=Area.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    nodes = NodeChoice(
        label=_("Chosen and found"),
        queryset=PlanNode.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    find = LineField(
        label=_("Find in the plan"),
        required=False,
        help_text=_("A code or words of a title. Tick what is found above."),
    )
    change_reason = TextField(
        label=_("Why it was changed since the edition before"), required=False, rows=2, max_length=1000
    )

    def __init__(
        self, *args: Any, edition: Edition, process: Process, stood: bool = False, words: str = "", **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.edition, self.version = edition, options.get("row")
        if not stood:
            del self.fields["change_reason"]
        near = organizations_near(process)
        chosen = getattr(self.version, "organization_id", None)
        offer(
            self, areas=self._areas(process),
            organization=Organization.objects.filter(Q(pk__in=near.values("pk")) | Q(pk=chosen)),
        )  # fmt: skip
        self._offer_nodes(words)
        self.initial.setdefault("direction", IndicatorVersion.Direction.UP)
        targets = dict(self.version.targets.values_list("year", "value")) if self.version is not None else {}
        self.years = sorted({*edition.plan.years, *targets})
        for year in self.years:
            self.fields[f"target_{year}"] = ValueField(label=str(year), required=False)
            self.initial.setdefault(f"target_{year}", targets.get(year))
        self._let_units_follow()
        if self.version is not None:
            self.initial["seen"] = self._seen()

    def _seen(self) -> str:
        """Return what changes when anybody changes the indicator or its targets."""
        return version_of(self.version, [*self.fields, "wanted"]) if self.version is not None else ""

    def show_theirs(self) -> None:
        """Show what somebody else has saved, and let this be saved after it."""
        super().show_theirs()
        data: Any = self.data
        data["seen"] = self._seen()

    def _areas(self, process: Process) -> Any:
        """Return the parts of the municipalities that take part: villages and towns, not whole other municipalities."""
        near = areas_near(process).filter(parent__isnull=False)
        chosen = self.version.areas.values("pk") if self.version is not None else Area.objects.none().values("pk")
        return Area.objects.filter(Q(pk__in=near.values("pk")) | Q(pk__in=chosen))

    def _offer_nodes(self, words: str) -> None:
        """Offer what is chosen already and what was found."""
        field: Any = self.fields["nodes"]
        sent = self.data.getlist("nodes") if self.is_bound else self.initial.get("nodes", [])  # type: ignore[attr-defined]
        keys = {int(one) for one in map(str, sent) if one.isascii() and one.isdigit() and len(one) < 19}
        shown = list(NodeVersion.objects.filter(edition=self.edition, node__in=keys).select_related("level"))
        self.found = find_nodes(self.edition, words) if words else []
        shown += [one for one in self.found if one.node_id not in keys]
        field.titles = {one.node_id: f"{one.level.name}: {one}" for one in shown}
        field.queryset = PlanNode.objects.filter(pk__in=list(field.titles)).order_by("pk")

    def _let_units_follow(self) -> None:
        """Let the unit that is typed in the same form stand behind its numbers."""
        unit = self.data.get("unit", "") if self.is_bound else ""
        for field in self.fields.values():
            if isinstance(field, ValueField):
                field.unit = str(unit).strip()[:60]

    def target_fields(self) -> list[Any]:
        """Return the fields of targets, year by year."""
        return [self[f"target_{year}"] for year in self.years]

    def clean(self) -> dict[str, Any]:
        """Put the targets together; a baseline needs its year."""
        data = super().clean() or {}
        data.pop("find", None)
        targets: dict[int, Decimal] = {}
        for year in self.years:
            value = data.pop(f"target_{year}", None)
            if value is not None:
                targets[year] = value
        data["targets"] = targets
        if (
            data.get("baseline") is not None
            and data.get("baseline_year") is None
            and not self.has_error("baseline_year")
        ):
            self.add_error("baseline_year", _("Write of which year the baseline is."))
        return data


class OwnerForm(forms.Form):
    """Who enters the values of an indicator: somebody near the process, or nobody."""

    owner = forms.ModelChoiceField(queryset=Person.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, owner=people_near(process))


class CompareForm(forms.Form):
    """With what an indicator is compared: a measure of the same unit, or a new one."""

    measure = forms.ModelChoiceField(
        label=_("Compared with other municipalities as"), queryset=Measure.objects.none(), required=False
    )
    new = LineField(
        label=_("New comparable indicator"), required=False, max_length=300,
        help_text=_("Only if the list does not have it. Every municipality can choose it then; name it in general words."),
    )  # fmt: skip
    definition = TextField(
        label=_("How it is counted"), required=False, rows=3, max_length=2000,
        help_text=_("So exactly that others count it in the same way."),
    )  # fmt: skip

    def __init__(self, *args: Any, version: IndicatorVersion, may_create: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, measure=Measure.objects.filter(unit__iexact=version.unit))
        self.initial.setdefault("measure", version.indicator.measure_id)
        if not may_create:
            del self.fields["new"], self.fields["definition"]

    def clean(self) -> dict[str, Any]:
        """Refuse a new one beside a chosen one, and a definition of nothing."""
        data = super().clean() or {}
        if data.get("new") and data.get("measure") is not None:
            self.add_error("new", _("Choose one from the list or write a new one, not both."))
        if data.get("definition") and not data.get("new"):
            self.add_error("new", _("Write what is counted in this way."))
        return data
