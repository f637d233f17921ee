# SPDX-License-Identifier: EUPL-1.2
"""What tasks hold about people: who owes them, who said how they are going."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.holdings import Copy, Found, Holder, Wanted, register
from talka.core.text import whole_number
from talka.directory.models import Person
from talka.processes.models import Process
from talka.processes.queries import answered_for_by
from talka.tasks.models import Handover, Task, TaskUpdate
from talka.tasks.operations.forgetting import forget_person

MOST = 200


class TaskHolding(Holder):
    """People of the directory who have or had tasks, one by one for each process."""

    name = "tasks"
    label = _("Tasks: who has them, and what was said of them")
    keys = {
        "process": _("process"), "name": pgettext_lazy("person", "Name"), "email": _("E-mail"),
        "tasks": _("tasks of the person"), "updates": _("what the person said of tasks, and when"),
    }  # fmt: skip

    def _pairs(self, processes: Any, **conditions: Any) -> dict[tuple[int, int], None]:
        """Return each person with each process in whose tasks something of them is held."""
        owner = {f"owner{name}": value for name, value in conditions.items()}
        said = {f"said_by{name}": value for name, value in conditions.items()}
        before = {f"before{name}": value for name, value in conditions.items()}
        rows: Iterable[Any] = [
            *Task.objects.filter(process__in=processes, **owner).values_list("owner", "process"),
            *TaskUpdate.objects.filter(task__process__in=processes, said_by__isnull=False, **said).values_list("said_by", "task__process"),
            *Handover.objects.filter(task__process__in=processes, before__isnull=False, **before).values_list("before", "task__process"),
        ]  # fmt: skip
        return dict.fromkeys(sorted(rows))

    def _found(self, pairs: Iterable[tuple[int, int]], likeness: dict[int, int] | None = None) -> list[Found]:
        wanted = list(pairs)
        people = Person.objects.in_bulk([person for person, _process in wanted])
        processes = Process.objects.in_bulk([process for _person, process in wanted])
        return [
            self._one(people[person], processes[process], (likeness or {}).get(person, 100))
            for person, process in wanted
        ]

    def _one(self, person: Person, process: Process, likeness: int) -> Found:
        held = [(pgettext_lazy("person", "Name"), person.name), (_("E-mail"), person.email)]
        owns = Task.objects.filter(process=process, owner=person).exists()
        return Found(
            key=f"taskowner:{process.pk}-{person.pk}", title=person.name, about=str(process), subject=person, scope=process,
            held=[(label, value) for label, value in held if value], likeness=likeness,
            erasing=_("Updates no longer say who gave them; links and the letters with them are deleted. What was said of the tasks stays."),
            kept_because=_("The person has tasks still. Hand them over first.") if owns else "",
        )  # fmt: skip

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with people in the tasks of the processes that ``by`` answers for."""
        pairs = self._pairs(answered_for_by(by).values("pk"))
        people = Person.objects.filter(pk__in={person for person, _process in pairs})
        alike = {
            person.pk: likeness
            for person in people
            if (likeness := wanted.likeness(email=person.email, name=person.name, phone=person.phone))
        }
        best = sorted((pair for pair in pairs if pair[0] in alike), key=lambda pair: (-alike[pair[0]], pair))
        return self._found(best[:MOST], alike)

    def own(self, user: Any) -> list[Found]:
        """Return what is held of the person of an account, in all processes."""
        return self._found(self._pairs(Process.objects.values("pk"), __user=user))

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        asked = [one.partition(":")[2].partition("-") for one in keys if one.startswith("taskowner:")]
        wanted = {(whole_number(person), whole_number(process)) for process, _dash, person in asked}
        return self._found(pair for pair in self._pairs(answered_for_by(by).values("pk")) if pair in wanted)

    def copy(self, found: Found) -> Copy:
        """Return the tasks of the person and what they said of any."""
        person: Any = found.subject
        process: Any = found.scope
        tasks = Task.objects.filter(process=process, owner=person).select_related("latest")
        updates = TaskUpdate.objects.filter(task__process=process, said_by=person).select_related("task")
        return Copy({
            "process": str(process), "name": person.name, "email": person.email,
            "tasks": [{"title": one.title, "until": one.due_on, "state": str(one.state.label)} for one in tasks],
            "updates": [
                {"on": one.said_on, "of": one.task.title, "state": one.get_state_display(), "text": one.text}
                for one in updates.order_by("said_on", "pk")
            ],
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Take the person out of the tasks of the process."""
        forget_person(found.subject, found.scope, by=by, reason=reason)  # type: ignore[arg-type]


register(TaskHolding())
