# SPDX-License-Identifier: EUPL-1.2
"""Letters to owners of tasks who have no account: at most one a day; others hear of tasks in the letter of all that they owe."""

from django.db import transaction
from django.db.models import Q

from talka.core import clock
from talka.directory.models import Person
from talka.notifications.operations import send_letter
from talka.proposals.queries.terms import calendar
from talka.tasks.models import Task
from talka.tasks.queries.lists import shown
from talka.tasks.reminding import due_for_word, lines_of, note_reminded


def remind_without_account() -> int:
    """Write on working days to owners whom only an address is known of; return to how many. Run twice a day it writes no more."""
    working_days = calendar()
    if not working_days.is_working(clock.today()):
        return 0
    unknown = Q(user__isnull=True) | Q(user__is_active=False)
    owners = Person.objects.filter(unknown, pk__in=Task.objects.all().open().values("owner")).exclude(email="")
    return sum(_write(person) for person in owners.select_related("user").order_by("pk"))


@transaction.atomic
def _write(person: Person) -> bool:
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    rows = due_for_word(shown(Task.objects.filter(owner=person)), calendar())
    reminded = lines_of(person, rows)
    if not reminded.lines:
        return False
    first = rows[0]
    send_letter(
        "tasks/remind_of_tasks", email=person.email, language=first.process.language, thread=reminded.thread,
        reply_to=reminded.reply_to, lines=reminded.lines, late=sum(line.is_late for line in reminded.lines),
        replies=bool(reminded.reply_to), code=reminded.lines[0].code,
    )  # fmt: skip
    note_reminded(person, reminded)
    return True
