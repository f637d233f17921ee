# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import RowForm
from talka.core.forms import DayField, LineField, TextField
from talka.meetings.models import Decision, Meeting
from talka.plans.forms.taking import NodesField, codes_of
from talka.processes.models import Process
from talka.proposals.models import Proposal


class ProposalsField(LineField):
    """Proposals by their numbers, with commas between them."""

    user: Any
    process: Process

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=1000, required=False, **options)

    def clean(self, value: Any) -> Any:
        """Return the proposals; refuse, naming it, a number under which the person sees none."""
        found: dict[int, Proposal] = {}
        for reference in filter(None, (part.strip() for part in super().clean(value).split(","))):
            rows = Proposal.objects.visible_to(self.user).filter(process=self.process, reference__iexact=reference)
            proposal = rows.only("pk", "reference").first()
            if proposal is None:
                raise forms.ValidationError(
                    _("There is no proposal %(reference)s in this process.") % {"reference": reference[:40]}
                )
            found[proposal.pk] = proposal
        return list(found.values())


class DecisionForm(RowForm):
    """What a meeting decided, and what it is linked to."""

    number = LineField(label=_("Number of the decision"), max_length=40, required=False)
    decided_on = DayField(label=_("Decided on"))
    text = TextField(label=_("What was decided"), rows=5, max_length=10_000,
                     help_text=_("Everybody who sees the meeting reads it. Leave out names and contacts of residents."))  # fmt: skip
    references = ProposalsField(
        label=_("About the proposals"), help_text=_("Their numbers with commas between them, such as LP-31, LP-40.")
    )
    codes = NodesField(label=_("In plans"))

    def __init__(self, *args: Any, meeting: Meeting, user: Any, row: Decision | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.initial.setdefault("decided_on", min(meeting.first_day or clock.today(), clock.today()))
        references: Any = self.fields["references"]
        references.user, references.process = user, meeting.process
        codes: Any = self.fields["codes"]
        codes.ask(user=user, process=meeting.process)
        self.out_of_sight: dict[str, list[Any]] = {"proposals": [], "nodes": []}
        if row is not None:
            self._begin_with(row, user, meeting.process)

    def _begin_with(self, row: Decision, user: Any, process: Process) -> None:
        """Fill in what the person sees of the links; keep the rest as it is."""
        seen = set(
            Proposal.objects.visible_to(user).filter(decisions=row, process=process).values_list("pk", flat=True)
        )
        proposals = list(row.proposals.order_by("number"))
        self.initial["references"] = ", ".join(one.reference for one in proposals if one.pk in seen)
        self.initial["codes"], hidden = codes_of(list(row.nodes.all()), user=user, process=process)
        self.out_of_sight = {"proposals": [one for one in proposals if one.pk not in seen], "nodes": hidden}

    def decision(self) -> dict[str, Any]:
        """Return the decision, as the operations take it."""
        data = self.cleaned_data
        links = {
            "proposals": [*data["references"], *self.out_of_sight["proposals"]],
            "nodes": [*data["codes"], *self.out_of_sight["nodes"]],
        }
        return links | {name: data[name] for name in ("number", "decided_on", "text", "seen") if name in data}
