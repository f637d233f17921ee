# SPDX-License-Identifier: EUPL-1.2
"""The public pages as a list for search engines."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import translation

from talka.appointments.models import Reception
from talka.groups.models import WorkingGroup
from talka.plans.models import NodeVersion, Plan
from talka.plans.queries.cards import shown_editions
from talka.processes.models import Process

MOST = 10_000  # pages; the format allows 50,000 addresses in a file
FIXED = (
    "portal:show_home",
    "portal:list_processes",
    "portal:take_part",
    "portal:personal_data",
    "portal:open_data",
    "plans:list_plans",
)


def _pages() -> Iterator[tuple[str, tuple[Any, ...]]]:
    visitor = AnonymousUser()
    yield from ((name, ()) for name in FIXED)
    for slug in Process.objects.visible_to(visitor).order_by("-pk").values_list("slug", flat=True):
        yield "portal:show_process", (slug,)
    groups = WorkingGroup.objects.visible_to(visitor).order_by("-pk")
    for process, group in groups.values_list("process__slug", "slug"):
        yield "portal:show_group", (process, group)
    receptions = Reception.objects.visible_to(visitor).going_on().order_by("-pk")
    for process, reception in receptions.values_list("process__slug", "pk"):
        yield "appointments:show_reception", (process, reception)
    for process, plan in Plan.objects.visible_to(visitor).order_by("-pk").values_list("process__slug", "slug"):
        yield "plans:show_plan", (process, plan)
    versions = NodeVersion.objects.works().filter(edition__in=shown_editions(visitor).values("pk"))
    for process, plan, node in (
        versions.order_by("-edition", "pk")
        .values_list("edition__plan__process__slug", "edition__plan__slug", "node")
        .iterator()
    ):
        yield "plans:show_node", (process, plan, node)


def public_addresses() -> list[dict[str, str]]:
    """Return the addresses of public pages, for each page one by language."""
    found = []
    for name, parts in islice(_pages(), MOST):
        languages = {}
        for code, _label in settings.LANGUAGES:
            with translation.override(code):
                languages[code] = f"{settings.TALKA_URL}{reverse(name, args=parts)}"
        found.append(languages)
    return found
