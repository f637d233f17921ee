# SPDX-License-Identifier: EUPL-1.2
"""People taken out of tasks, because they asked; what was said of a task stays, as words of the municipality."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.notifications.operations import erase_letters_with
from talka.processes.models import Process
from talka.tasks.models import Asked, Handover, Task, TaskUpdate, UnclearReply


class StillOwns(Refused):
    message = _("Tasks are still with %(name)s. Hand them over first.")


@transaction.atomic
def forget_person(person: Person, process: Process, *, by: User, reason: str) -> None:
    """Take a person out of the tasks of a process: who said an update, who was asked, with the letters, who handed over."""
    authorize(by, "tasks.forget_person", process)
    if Task.objects.filter(process=process, owner=person).exists():
        raise StillOwns(name=person.name)
    asked = Asked.objects.filter(task__process=process, person=person)
    secrets = list(asked.values_list("secret", flat=True))
    if secrets:
        erase_letters_with(secrets)
    updates = TaskUpdate.objects.filter(task__process=process, said_by=person)
    UnclearReply.objects.filter(task__in=asked.values("task"), from_address__iexact=person.email or "-").delete()
    asked.delete()
    updates.update(said_by=None)
    Handover.objects.filter(task__process=process, before=person).update(before=None)
    Handover.objects.filter(task__process=process, after=person).update(after=None)
    history: Any = Task.pgh_event_model.objects  # type: ignore[attr-defined]
    history.filter(process_id=process.pk, owner_id=person.pk).delete()
    record("tasks.forget_person", process, by=by, scope=process, reason=reason)
