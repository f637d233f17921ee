# SPDX-License-Identifier: EUPL-1.2
"""Letters about tasks: to whom, in which language, with which link."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.directory.models import Person
from talka.groups.models import Mandate
from talka.notifications.operations import send_letter
from talka.plans.queries.owing import address_of
from talka.plans.reply_address import reply_address
from talka.tasks.models import Asked, Task

code_prefix = "U"


def code_of(task: Task) -> str:
    """Return the short mark by which a reply names one of several tasks."""
    return f"{code_prefix}{task.pk}"


def thread_of(person: Person) -> str:
    """Return what letters to one owner are about, by which an answer finds whose tasks it speaks of."""
    return f"{Asked._meta.label_lower}:{person.pk}"


def language_of(person: Person, default: str) -> str:
    """Return the language in which a person is written to."""
    return person.user.language if person.user is not None and person.user.is_active else default


def link_of(asked: Asked, language: str) -> str:
    """Return the address of the form that the secret opens."""
    with translation.override(language):
        return f"{settings.TALKA_URL}{reverse('tasks:answer_task', args=[asked.secret])}"


def ask(task: Task, person: Person) -> Asked:
    """Return the link of one owner to one task, made when it is first needed."""
    return Asked.objects.get_or_create(task=task, person=person)[0]


def write_to_owner(template: str, task: Task, **context: Any) -> None:
    """Write to the owner of a task, with the link and the address for a reply; to nobody where no address is known."""
    person = task.owner
    email = address_of(person)
    if not email:
        return
    language = language_of(person, task.process.language)
    reply_to = reply_address(task.process)
    send_letter(
        template, email=email, language=language, user=person.user if person.user and person.user.is_active else None,
        thread=thread_of(person), reply_to=reply_to, task=task, code=code_of(task), replies=bool(reply_to),
        form_url=link_of(ask(task, person), language), **context,
    )  # fmt: skip


def heads_of(task: Task, *, besides: User | None) -> list[User]:
    """Return the accounts that hear how a task ends: the leads of its group, else whoever gave it; never who says it."""
    found: list[User] = []
    if task.group_id is not None:
        leading = Mandate.objects.active().leading().filter(group=task.group_id, person__user__is_active=True)
        found = [one.person.user for one in leading.select_related("person__user") if one.person.user is not None]
    if not found and task.created_by is not None and task.created_by.is_active:
        found = [task.created_by]
    return [one for one in found if one != besides and one.pk != task.owner.user_id]


def write_to_heads(template: str, task: Task, *, besides: User | None, **context: Any) -> None:
    """Write to those who lead, that a task has ended or that a reply about it is not clear."""
    for user in heads_of(task, besides=besides):
        with translation.override(user.language):
            url = f"{settings.TALKA_URL}{reverse('tasks:show_task', args=[task.process.slug, task.pk])}"
        send_letter(template, email=user.email, language=user.language, user=user, task=task, url=url, **context)
