# SPDX-License-Identifier: EUPL-1.2
"""Which nodes of plans proposals became, and which proposals a node came of."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import LineField
from talka.plans.models import PlanNode
from talka.plans.queries.finding import linkable
from talka.processes.models import Process
from talka.proposals.models import Became, Proposal


class NoteField(LineField):
    """What of a proposal was taken into a plan."""

    def __init__(self) -> None:
        super().__init__(
            label=Became._meta.get_field("note").verbose_name.capitalize(),
            max_length=500,
            required=False,
            help_text=_("If only a part: which. It stands beside the proposal on the page of the action."),
        )


class LinkNodesForm(forms.Form):
    """Which nodes proposals became."""

    node = forms.ModelMultipleChoiceField(
        label=_("In plans"),
        queryset=PlanNode.objects.none(),
        error_messages={"required": _("Tick at least one action.")},
    )
    note = NoteField()

    def __init__(self, *args: Any, user: Any, process: Process, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["node"].queryset = linkable(user, process)  # type: ignore[attr-defined]


class LinkProposalsForm(forms.Form):
    """Which proposals a node came of."""

    pick = forms.ModelMultipleChoiceField(
        label=_("Proposals"),
        queryset=Proposal.objects.none(),
        error_messages={"required": _("Tick at least one proposal.")},
    )
    note = NoteField()

    def __init__(self, *args: Any, user: Any, found: Iterable[Proposal], **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = list(found)
        self.fields["pick"].queryset = Proposal.objects.worked_on_by(user).filter(withdrawn_at__isnull=True)  # type: ignore[attr-defined]
