# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.editing import offer
from talka.plans.queries.people import Held, people_to_answer
from talka.processes.forms.people import PersonPicking
from talka.processes.models import Process


class HandOverForm(PersonPicking):
    """What of all that a person answers for goes to whom; everything unless something is unticked."""

    nodes = forms.TypedMultipleChoiceField(
        label=_("Actions and investments"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.TypedMultipleChoiceField(
        label=_("Indicators"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, process: Process, held: Held, newcomers: bool, **options: Any) -> None:
        super().__init__(*args, process=process, **options)
        offer(
            self,
            person=people_to_answer(process),
            nodes=[(version.node_id, str(version)) for version in held.versions],
            indicators=[(version.indicator_id, version.name) for version in held.indicators],
        )
        self.initial.setdefault("nodes", [version.node_id for version in held.versions])
        self.initial.setdefault("indicators", [version.indicator_id for version in held.indicators])
        self.fields["invite"].initial = False
        for name, is_empty in (("nodes", not held.versions), ("indicators", not held.indicators)):
            if is_empty:
                del self.fields[name]
        if not newcomers:
            for name in ("name", "email", "invite"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Put together what goes to whom."""
        if "name" in self.fields:
            data = super().clean()
        else:
            data = self.cleaned_data
            if data.get("person") is None:
                self.add_error(None, _("Find and choose who is to answer for it."))
        for name in ("nodes", "indicators"):
            data.setdefault(name, [])
        data["to"] = data.pop("person", None)
        if not data["nodes"] and not data["indicators"] and not self.errors:
            self.add_error(None, _("Choose at least one thing that this person answers for."))
        return data
