# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.editing import RowForm, offer
from talka.core.forms import DayField, LineField, TextField
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.processes.permissions import can_change_process
from talka.proposals.models import Proposal
from talka.tasks.models import State, Task
from talka.tasks.queries.handing_over import people_for


def groups_for(user: Any, process: Process) -> Any:
    """Return the groups to which the person may give tasks: those at work that they lead, or all where they run the process."""
    groups = WorkingGroup.objects.filter(process=process, closed_at__isnull=True)
    return groups if can_change_process(user, process) else groups.led_by(user)


class TaskForm(RowForm):
    """What is to be done, by whom, until when, and where it comes from."""

    title = LineField(label=_("What is to be done"), max_length=300)
    owner = forms.ModelChoiceField(
        label=_("Who does it"), queryset=Person.objects.none(), help_text=_("One person, who answers for it.")
    )
    due_on = DayField(label=_("Until"))
    group = forms.ModelChoiceField(label=_("Working group"), queryset=WorkingGroup.objects.none(), required=False)
    proposal = forms.IntegerField(
        label=_("No. of the proposal"),
        required=False,
        min_value=1,
        help_text=_("Only the number, if it comes from one."),
    )
    description = TextField(label=_("More about it"), required=False, rows=4)

    def __init__(self, *args: Any, process: Process, user: Any, row: Task | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        self.process = process
        groups = groups_for(user, process)
        if row is not None:
            groups = groups | WorkingGroup.objects.filter(pk__in=[row.group_id] if row.group_id else [])
            self.initial["proposal"] = row.proposal.number if row.proposal else None
            del self.fields["owner"]
        else:
            offer(self, owner=people_for(process))
        offer(self, group=groups)
        self.fields["group"].required = not can_change_process(user, process)

    def clean_proposal(self) -> Proposal | None:
        """Find the proposal with this number in the register of the process."""
        number = self.cleaned_data["proposal"]
        if number is None:
            return None
        found = Proposal.objects.filter(process=self.process, number=number).defer("text", "search").first()
        if found is None:
            raise forms.ValidationError(_("The register has no proposal with this number."))
        return found

    def clean_due_on(self) -> Any:
        """Refuse a day that has passed, unless it stays what it was."""
        day = self.cleaned_data["due_on"]
        if day < clock.today() and day != getattr(self.row, "due_on", None):
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return day


class ChangeTaskForm(TaskForm):
    """A task again; another day needs a reason."""

    reason = LineField(label=_("Why the day moves"), required=False, max_length=500,
                       help_text=_("Only if the day becomes another. It stays readable."))  # fmt: skip
    field_order = ["title", "due_on", "reason", "group", "proposal", "description", "seen"]

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where the day moves."""
        data = super().clean() or {}
        moved = "due_on" in data and isinstance(self.row, Task) and data["due_on"] != self.row.due_on
        if moved and not data.get("reason"):
            self.add_error("reason", _("Say why the day becomes another."))
        return data


class UpdateForm(forms.Form):
    """How a task is going, on which day."""

    state = forms.ChoiceField(label=_("How it is going"), widget=forms.RadioSelect)
    text = TextField(label=_("What was done, what hinders"), required=False, rows=3)
    said_on = DayField(label=_("Date"))

    def __init__(self, *args: Any, task: Task, dated: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, state=State.choices)
        self.initial.setdefault("state", task.state)
        self.initial.setdefault("said_on", clock.today())
        if not dated:
            del self.fields["said_on"]

    def clean_said_on(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["said_on"]
        if day > clock.today():
            raise forms.ValidationError(_("An update cannot be of a day after today."))
        return day


class MoveForm(forms.Form):
    """Another day for several tasks, and why."""

    due_on = DayField(label=_("New day"))
    reason = LineField(label=_("Why the day moves"), max_length=500)
    tasks = forms.TypedMultipleChoiceField(label=_("Tasks"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, tasks: list[Task], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, tasks=[(task.pk, f"{task.title} ({task.owner})") for task in tasks])
        self.initial.setdefault("tasks", [task.pk for task in tasks])

    def clean_due_on(self) -> Any:
        """Refuse a day that has passed."""
        if self.cleaned_data["due_on"] < clock.today():
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        return self.cleaned_data["due_on"]


class OneHandOverForm(forms.Form):
    """Who takes over from whom, and why."""

    to = forms.ModelChoiceField(label=_("Who takes over"), queryset=Person.objects.none())
    reason = LineField(label=_("Why"), required=False, max_length=500)

    def __init__(self, *args: Any, process: Process, giver: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, to=people_for(process).exclude(pk=giver.pk))


class HandOverForm(OneHandOverForm):
    """What of all that a person owes goes to whom; everything unless something is unticked."""

    tasks = forms.TypedMultipleChoiceField(
        label=_("Tasks"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    proposals = forms.TypedMultipleChoiceField(
        label=_("Proposals to examine"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    nodes = forms.TypedMultipleChoiceField(
        label=_("Actions and investments"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.TypedMultipleChoiceField(
        label=_("Indicators"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, process: Process, giver: Person, owed: Any, **options: Any) -> None:
        super().__init__(*args, process=process, giver=giver, **options)
        offer(
            self,
            tasks=[(task.pk, str(task)) for task in owed.tasks],
            proposals=[(one.pk, f"{one.reference} {one.title}") for one in owed.proposals],
            nodes=[(one.node_id, str(one)) for one in owed.plans.versions],
            indicators=[(one.indicator_id, one.name) for one in owed.plans.indicators],
        )
        for name in ("tasks", "proposals", "nodes", "indicators"):
            field: Any = self.fields[name]
            self.initial.setdefault(name, [value for value, _label in field.choices])
            if not field.choices:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing."""
        data = super().clean() or {}
        names = ("tasks", "proposals", "nodes", "indicators")
        if not any(data.get(name) for name in names) and not self.errors:
            self.add_error(None, _("Choose at least one thing that this person owes."))
        return data
