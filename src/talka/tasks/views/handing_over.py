# SPDX-License-Identifier: EUPL-1.2
"""Somebody leaves: all that they owe in a process goes to somebody else in one step; or one task goes to another person."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from talka.core.editing import edit_page, sent
from talka.core.http import SignedInRequest, sign_in_required
from talka.core.lists import page_of
from talka.core.permissions import is_allowed
from talka.core.text import whole_number
from talka.processes.opening import actor, open_process
from talka.tasks.forms.tasks import HandOverForm, OneHandOverForm
from talka.tasks.operations import handing_over
from talka.tasks.queries.handing_over import owed_in, owing_people
from talka.tasks.views.tasks import open_task, task_page

PAGE = 50


@sign_in_required
def hand_over(request: SignedInRequest, process_slug: str) -> HttpResponse:
    """Choose whose work goes to whom: tasks, proposals to examine, parts of plans."""
    process = open_process(request.user, process_slug, "tasks.hand_over")
    key = whole_number(request.GET.get("from", ""))
    people = owing_people(process)
    if not key:
        return render(
            request, "tasks/choose_owner.html", {"process": process, "page": page_of(request, people, size=PAGE)}
        )
    person = get_object_or_404(people, pk=key)
    owed = owed_in(process, person)
    if owed.is_empty:
        raise Http404
    form: forms.Form = HandOverForm(*sent(request), process=process, giver=person, owed=owed)
    return edit_page(
        request, "tasks/hand_over.html", form,
        lambda **fields: handing_over.hand_over(process, person=person, by=actor(request), **fields),
        to=reverse("tasks:hand_over", args=[process.slug]), said=_("Handed over. Whoever takes over gets a letter."),
        process=process, giver=person,
    )  # fmt: skip


@sign_in_required
def hand_over_task(request: HttpRequest, process_slug: str, pk: int) -> HttpResponse:
    """Give one task to another person."""
    task = open_task(request.user, process_slug, pk, "tasks.change_task")
    works = is_allowed(request.user, "processes.view_workspace", task.process)
    return edit_page(
        request, "tasks/hand_over_task.html", OneHandOverForm(*sent(request), process=task.process, giver=task.owner),
        lambda **fields: handing_over.hand_over_task(task, by=actor(request), **fields),
        to=task_page(task), said=_("Handed over. Whoever takes over gets a letter."),
        process=task.process if works else None, task=task,
    )  # fmt: skip
