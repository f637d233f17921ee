# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.html import escape
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import RowForm, offer
from talka.core.forms import LineField, TextField
from talka.directory.models import Organization
from talka.plans.models import FIRST_YEAR, LAST_YEAR, Plan
from talka.plans.structures import STRUCTURE_LABELS
from talka.processes.models import Process


def year(label: Any, *, required: bool = True) -> forms.IntegerField:
    """Return a field for a calendar year."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": "6", "class": "year"})
    return forms.IntegerField(
        label=label, required=required, min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=widget, localize=False
    )


class PlanFields(RowForm):
    """What a plan says of itself."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Plan.Kind.choices)
    title = LineField(label=_("Title"), max_length=300)
    summary = TextField(label=_("In one or two sentences"), required=False, rows=3, max_length=2000)
    owner = forms.ModelChoiceField(label=_("Municipality whose plan it is"), queryset=Organization.objects.none())
    starts_year = year(_("Period from, year"))
    ends_year = year(_("Period to, year"))
    url = forms.URLField(
        label=_("Address of the document"), required=False, max_length=200, assume_scheme="https",
        help_text=_("If the plan is kept elsewhere. Then it needs no levels and no editions here."),
    )  # fmt: skip

    def __init__(self, *args: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, owner=Organization.objects.filter(participations__process=process))
        self.initial.setdefault("owner", process.owner_id)
        limits = settings.PLAN_YEARS
        self.fields["ends_year"].help_text = gettext(
            "Usually at most %(strategy)d years for a strategy, %(programme)d for a development programme, %(yearly)d for a short-term plan (%(act)s)."
        ) % {**limits, "act": escape(settings.PLAN_YEARS_ACT)}

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it starts."""
        data = super().clean() or {}
        starts, ends = data.get("starts_year"), data.get("ends_year")
        if starts and ends and ends < starts:
            self.add_error("ends_year", _("The period cannot end before it starts."))
        return data


class CreatePlanForm(PlanFields):
    """A plan to be begun, with the levels it starts from."""

    structure = forms.ChoiceField(label=_("Levels"), widget=forms.RadioSelect,
                                  help_text=_("Names, codes and order can all be changed afterwards."))  # fmt: skip
    first_edition = LineField(
        label=_("Name of the first edition"), required=False, max_length=100,
        help_text=_("Such as “RP 2026.1”. The plan is written in it until the council approves it."),
    )  # fmt: skip

    def __init__(self, *args: Any, copies: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, structure=[*STRUCTURE_LABELS.items(), *copies])
        this_year = clock.today().year
        for name, value in (
            ("kind", Plan.Kind.PROGRAMME), ("structure", "programme"), ("first_edition", f"RP {this_year}.1"),
            ("starts_year", this_year + 1), ("ends_year", this_year + settings.PLAN_YEARS["programme"]),
        ):  # fmt: skip
            self.initial.setdefault(name, value)

    def clean(self) -> dict[str, Any]:
        """Ask for an edition to write in, unless the plan is kept elsewhere."""
        data = super().clean()
        if data.get("url"):
            data["first_edition"] = ""
        elif not self.errors and not data.get("first_edition"):
            self.add_error("first_edition", _("Name the first edition, or write where the document is kept."))
        return data


class ChangePlanForm(PlanFields):
    """What a plan says of itself, and when its owners are asked how it is going."""

    note = LineField(label=_("Note on top of its pages"), required=False, max_length=500,
                     help_text=_("Seen by everybody who sees the plan."))  # fmt: skip
    update_months = forms.TypedMultipleChoiceField(
        label=_("Months in which owners are asked how it is going"), coerce=int, required=False,
        choices=list(MONTHS.items()), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    update_days = forms.IntegerField(label=_("Days to answer"), min_value=1, max_value=120)
    stale_after_months = forms.IntegerField(
        label=_("After how many months an update is stale"), min_value=1, max_value=60,
        help_text=_("Everybody then sees that nothing has been heard of the action for long."),
    )  # fmt: skip

    field_order = (
        "kind", "title", "summary", "note", "owner", "starts_year", "ends_year", "url", "update_months", "update_days",
        "stale_after_months",
    )  # fmt: skip
