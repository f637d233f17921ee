# SPDX-License-Identifier: EUPL-1.2
"""What is typed of a node: a part of the tree has a few fields, an action or investment all of them and rows of money."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talka.core.editing import RowForm, offer, version_of
from talka.core.forms import LineField, TextField
from talka.directory.models import Area, Organization, Person, Place, Topic
from talka.directory.queries import topic_tree
from talka.plans.forms.money import MoneyField
from talka.plans.forms.plans import year
from talka.plans.lines import FundingLine, seen_names
from talka.plans.models import QUARTERS, Edition, Goal, Level, NodeVersion, Source
from talka.plans.queries.writing import areas_of, partners_near, people_by_label, stood_before
from talka.processes.forms.people import OrganizationPicking
from talka.processes.queries import places_near

SPARE_ROWS, MAX_ROWS = 4, 80
_TYPED = ("organization_name", "classification", "owner_name", "seen")


@dataclass(frozen=True)
class MoneyRow:
    """The fields of one row of money."""

    source: BoundField
    fund: BoundField
    year: BoundField
    planned: BoundField

    def __iter__(self) -> Any:
        return iter((self.source, self.fund, self.year, self.planned))


def _in_row(label: Any, number: int) -> str:
    """Name a field of a row of money, so that what is wrong in it says in which row."""
    return f"{label}, {gettext('row %(number)s') % {'number': number + 1}}"


class GroupForm(RowForm):
    """What a part of the tree says of itself."""

    code = LineField(label=_("Code"), required=False, max_length=40)
    title = LineField(label=_("Title"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "class": "short"}))
    description = TextField(label=_("Description"), required=False, rows=5)
    goals = forms.MultipleChoiceField(
        label=_("National and global goals"), required=False, widget=forms.CheckboxSelectMultiple
    )
    change_reason = TextField(
        label=_("Why it is changed"), required=False, rows=2, max_length=2000,
        help_text=_("It stood in an earlier edition. The reason is shown where editions are compared."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, edition: Edition, level: Level, row: NodeVersion | None = None, **options: Any
    ) -> None:
        super().__init__(*args, row=row, **options)
        self.edition, self.level, self.plan = edition, level, edition.plan
        self._offer_goals(row)
        if row is None or not stood_before(row):
            del self.fields["change_reason"]
        if row is not None:
            self.fields["code"].help_text = _("Empty: without a code. The present one stays findable.")

    def _offer_goals(self, row: NodeVersion | None) -> None:
        named = set(row.goals.values_list("pk", flat=True)) if row is not None else set()
        lists: dict[str, list[tuple[int, str]]] = {}
        for goal in Goal.objects.select_related("list").order_by("list__position", "list", "position"):
            if goal.list.is_current or goal.pk in named:
                lists.setdefault(str(goal.list), []).append((goal.pk, str(goal)))
        offer(self, goals=list(lists.items()))

    def clean_code(self) -> str:
        """Refuse a code that stands in the edition already."""
        code = str(self.cleaned_data["code"])
        if code and any(version != self.row for version in self.edition.versions.filter(code=code)):
            raise forms.ValidationError(_("The code %(code)s stands in this edition already.") % {"code": code})
        return code

    def clean_goals(self) -> list[Goal]:
        """Return the goals that were chosen."""
        return list(Goal.objects.filter(pk__in=self.cleaned_data["goals"]))


class WorkForm(OrganizationPicking, GroupForm):
    """What an action or investment says of itself, and the money planned for it."""

    result = TextField(label=_("Expected result"), required=False, rows=3)
    owner_name = LineField(
        label=_("Who answers for it"), required=False, max_length=400,
        help_text=_("One person; begin to write the name and choose. Residents see the institution, not the name."),
    )  # fmt: skip
    partners = forms.ModelMultipleChoiceField(
        label=_("Partners"), queryset=Organization.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    partners_note = LineField(label=_("Other partners"), required=False, max_length=500)
    starts_year = year(_("Starts, year"), required=False)
    starts_quarter = forms.TypedChoiceField(label=_("Starts, quarter"), coerce=int, empty_value=None, required=False)
    ends_year = year(_("Ends, year"), required=False)
    ends_quarter = forms.TypedChoiceField(label=_("Ends, quarter"), coerce=int, empty_value=None, required=False)
    areas = forms.ModelMultipleChoiceField(
        label=_("Territories"), queryset=Area.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    topics = forms.MultipleChoiceField(label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)

    def __init__(self, *args: Any, edition: Edition, row: NodeVersion | None = None, **options: Any) -> None:
        super().__init__(*args, edition=edition, row=row, **options)
        process = self.plan.process
        self.people = people_by_label(process, row.node.owner if row is not None else None)
        offer(
            self, partners=partners_near(process, row), areas=areas_of(process, row), place=places_near(process),
            topics=[(branch.topic.pk, f"{branch.dashes}{branch.topic}") for branch in topic_tree()],
            starts_quarter=[("", "–"), *QUARTERS], ends_quarter=[("", "–"), *QUARTERS],
        )  # fmt: skip
        name = self.fields["organization_name"]
        name.label, name.required = _("Responsible institution"), False
        if row is not None:
            self.initial["organization_name"] = str(row.organization or "")
            self.initial["owner_name"] = next(
                (label for label, person in self.people.items() if person.pk == row.node.owner_id), ""
            )
        self._add_money_rows(row)
        if row is not None:
            self.initial["seen"] = self._version()

    def _version(self) -> str:
        """Return what the fields that are saved were like when they were read."""
        names = [name for name in self.fields if name not in _TYPED and not name.startswith("money-")]
        return version_of(self.row, seen_names([*names, "organization", "owner"], money=True))  # type: ignore[arg-type]

    def show_theirs(self) -> None:
        """Show also which institution, person and money somebody else has saved."""
        super().show_theirs()
        if not isinstance(self.row, NodeVersion):
            return
        row = NodeVersion.objects.select_related("organization", "node__owner").get(pk=self.row.pk)
        for name, now in (("organization_name", row.organization), ("owner_name", row.node.owner)):
            if str(now or "") != str(self[name].data or ""):
                self.theirs.append((str(self.fields[name].label), str(now or "–")))
        self.theirs.append((str(_("Money planned, EUR")), "\n".join(map(str, row.funding.all())) or "–"))
        self.row = row
        self.data["seen"] = self._version()  # type: ignore[index]

    # --- Money ------------------------------------------------------------------------------------

    def _add_money_rows(self, row: NodeVersion | None) -> None:
        stored = list(row.funding.all()) if row is not None else []
        years = sorted({*self.plan.years, *(one.year for one in stored if one.year is not None)})
        sent = sum(1 for name in self.data if name.startswith("money-") and name.endswith("-planned"))
        self.money_count = min(max(len(stored) + SPARE_ROWS, sent), max(MAX_ROWS, len(stored)))
        for number in range(self.money_count):
            fields: Mapping[str, forms.Field] = {
                "source": forms.ChoiceField(label=_in_row(_("Source"), number), required=False, choices=[("", "–"), *Source.choices]),
                "fund": LineField(label=_in_row(_("Name of the fund"), number), required=False, max_length=150),
                "year": forms.TypedChoiceField(
                    label=_in_row(_("Year"), number), coerce=int, empty_value=None, required=False,
                    choices=[("", pgettext_lazy("money", "whole term")), *((one, one) for one in years)],
                ),
                "planned": MoneyField(label=_in_row(_("Planned, EUR"), number), required=False),
            }  # fmt: skip
            for name, field in fields.items():
                self.fields[f"money-{number}-{name}"] = field
                if number < len(stored):
                    self.initial[f"money-{number}-{name}"] = getattr(stored[number], name)

    def money_rows(self) -> list[MoneyRow]:
        """Return the rows of money, filled ones first, then spare ones."""
        return [
            MoneyRow(*(self[f"money-{number}-{name}"] for name in ("source", "fund", "year", "planned")))
            for number in range(self.money_count)
        ]

    def _clean_money(self, data: dict[str, Any]) -> list[FundingLine]:
        lines = []
        for number in range(self.money_count):
            prefix = f"money-{number}-"
            source, fund, when, planned = (
                data.pop(f"{prefix}{name}", None) for name in ("source", "fund", "year", "planned")
            )
            if f"{prefix}planned" in self.errors or (planned is None and not (source or fund or when)):
                continue
            if planned is None:
                self.add_error(f"{prefix}planned", _("Write how much is planned, or empty the row."))
            elif not source:
                self.add_error(f"{prefix}source", _("Choose where the money comes from."))
            else:
                lines.append(FundingLine(source, planned, when, fund or ""))
        return lines

    # --- The rest ---------------------------------------------------------------------------------

    def clean_topics(self) -> list[Topic]:
        """Return the topics that were chosen."""
        return list(Topic.objects.filter(pk__in=self.cleaned_data["topics"]))

    def clean_owner_name(self) -> Person | None:
        """Return the person who is called so."""
        name = str(self.cleaned_data["owner_name"])
        if not name:
            return None
        if name in self.people:
            return self.people[name]
        same = [person for person in self.people.values() if person.name.casefold() == name.casefold()]
        if len(same) == 1:
            return same[0]
        raise forms.ValidationError(
            _("Several people are called so; choose one with the office.") if same
            else _("Nobody near this process is called so. Choose from the list; a new person can be entered after saving.")
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Put institution, person, term and money together."""
        data = super().clean()
        data["owner"] = data.pop("owner_name", None)
        data["funding"] = self._clean_money(data)
        for edge in ("starts", "ends"):
            if data.get(f"{edge}_quarter") and not data.get(f"{edge}_year") and f"{edge}_year" not in self.errors:
                self.add_error(f"{edge}_year", _("A quarter needs its year."))
        starts, ends = data.get("starts_year"), data.get("ends_year")
        if starts and ends:
            first, last = data.get("starts_quarter"), data.get("ends_quarter")
            if ends < starts or (ends == starts and first and last and last < first):
                self.add_error("ends_year", _("It cannot end before it starts."))
        return data
