# SPDX-License-Identifier: EUPL-1.2
"""The way into a process: hidden ones are not there, others say no."""

from typing import Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from talka.accounts.models import User
from talka.core.permissions import authorize
from talka.processes.models import Process


def open_process(user: Any, slug: str, verb: str) -> Process:
    """Return the process with this address to somebody who may do ``verb`` in it.

    Raises ``Http404`` where the person may not even see it, ``PermissionDenied`` where they may not do this.
    """
    process = get_object_or_404(Process.objects.visible_to(user).select_related("owner", "area"), slug=slug)
    authorize(user, verb, process)
    return process


def actor(request: HttpRequest) -> User:
    """Return who is signed in, on a page that asks for it."""
    return cast("User", request.user)
