# SPDX-License-Identifier: EUPL-1.2
"""How pages find a group, and where its pages are."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from talka.core.permissions import authorize
from talka.groups.models import WorkingGroup
from talka.processes.models import Process


def open_group(user: Any, process_slug: str, group_slug: str, verb: str) -> WorkingGroup:
    """Return a group of this very process to somebody who may do ``verb`` to it."""
    groups = WorkingGroup.objects.visible_to(user).select_related("process", "topic", "area")
    group = get_object_or_404(groups, process__slug=process_slug, slug=group_slug)
    authorize(user, verb, group)
    return group


def groups_page(process: Process) -> str:
    """Return the address of the list of groups."""
    return reverse("groups:manage_groups", args=[process.slug])


def group_page(group: WorkingGroup) -> str:
    """Return the address of a group's own page."""
    return reverse("groups:manage_group", args=[group.process.slug, group.slug])
