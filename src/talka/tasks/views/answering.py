# SPDX-License-Identifier: EUPL-1.2
"""How a task is going, said behind the secret link of a letter, without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from talka.core.editing import edit_page, sent
from talka.core.errors import Refused
from talka.core.ratelimit import rate_limited
from talka.tasks.forms.tasks import UpdateForm
from talka.tasks.link_holder import TaskHolder
from talka.tasks.models import Asked, TaskUpdate
from talka.tasks.operations.tasks import update_task


class NoLongerTheirs(Refused):
    message = gettext_lazy("This task has gone to somebody else, so this link is no longer valid.")


@require_http_methods(["GET", "HEAD", "POST"])
@rate_limited("answer_round")
def answer_task(request: HttpRequest, secret: str) -> HttpResponse:
    """Say how one's task is going, by the link in the letter."""
    known = Asked.objects.select_related("task__process__owner", "task__latest", "task__owner", "task__group", "person")
    asked = get_object_or_404(known, secret=secret)
    task = asked.task
    if task.owner_id != asked.person_id:
        raise NoLongerTheirs
    holder: Any = TaskHolder(asked.person_id, task.pk)
    response = edit_page(
        request, "tasks/answer_task.html", UpdateForm(sent(request)[0], task=task, dated=False),
        lambda **fields: update_task(task, by=holder, channel=TaskUpdate.Channel.LINK, **fields),
        to=reverse("tasks:answer_task", args=[secret]), said=_("Saved. Thank you."), process=task.process, task=task,
        updates=task.updates.filter(retracted_at__isnull=True), language=task.process.language,
    )  # fmt: skip
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
