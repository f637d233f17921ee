# SPDX-License-Identifier: EUPL-1.2
"""The pages of a process with 60 groups, 2,000 meetings and 20,000 agenda items, as its coordinator and as a visitor."""

from typing import Any

from bench.circle_town import EMAIL, SLUG
from bench.clicking import as_in_production, open_pages, signed_in, visitor
from bench.site import own_database


def measure() -> None:
    """Print queries and time of the calendar and of the pages of a group, of an agenda and of minutes."""
    with own_database():
        from django.conf import settings

        from bench.circle_town import lay

        process = lay()
        settings.KEEP_PAGES_SECONDS = 0
        as_in_production()
        measure_pages(process, most_ms=50, most_queries=11)


def measure_pages(process: Any, *, most_ms: float, most_queries: int) -> None:
    """Open the pages about a meeting that was held and one that is ahead."""
    from talka.accounts.models import User
    from talka.core import clock
    from talka.meetings.models import Meeting

    meetings = Meeting.objects.filter(process=process)
    held = meetings.filter(starts_at__lt=clock.now()).order_by("-starts_at")[3]
    ahead = meetings.filter(starts_at__gt=clock.now()).order_by("starts_at")[3]
    group = ahead.groups.get()
    public = {
        "calendar": f"/lv/calendar/?process={SLUG}",
        "group": f"/lv/p/{SLUG}/groups/{group.slug}/",
        "meeting with agenda": f"/lv/p/{SLUG}/meetings/{ahead.pk}/",
        "meeting with minutes": f"/lv/p/{SLUG}/meetings/{held.pk}/",
    }
    open_pages(visitor(), public, most_ms=most_ms, most_queries=most_queries)
    work = f"/lv/workspace/p/{SLUG}"
    workspace = {
        "meetings in the workspace": f"{work}/meetings/",
        "group in the workspace": f"{work}/groups/{group.slug}/",
        "agenda being made": f"{work}/meetings/{ahead.pk}/agenda/",
        "minutes being written": f"{work}/meetings/{ahead.pk}/minutes/write/",
        "approved minutes": f"{work}/meetings/{held.pk}/minutes/",
    }
    coordinator = signed_in(User.objects.get(email=EMAIL))
    open_pages(coordinator, workspace, most_ms=most_ms, most_queries=most_queries)
    open_pages(coordinator, {"tasks of the process": f"{work}/tasks/"}, most_ms=most_ms, most_queries=most_queries + 1)
