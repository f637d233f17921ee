# SPDX-License-Identifier: EUPL-1.2
"""The pages of those who run a process with 100,000 proposals, half of them waiting, and the reckoning of all that wait."""

import time

from bench.clicking import open_pages, signed_in
from bench.figures import report
from bench.site import own_database

TIMES = 5
EMAIL = "root@bench.example"


def measure() -> None:
    """Print queries and time of the register by due day, of what is owed and what is late, and of a new reckoning."""
    with own_database():
        from bench.town import SLUG, lay

        lay()
        measure_pages(SLUG, EMAIL, most_ms=500)
        measure_reckoning(SLUG, least=500)


def measure_pages(slug: str, email: str, *, most_ms: float) -> None:
    """Open each page as the coordinator, once to warm up, and report the middle of several times in milliseconds."""
    from talka.accounts.models import User

    register = f"/lv/workspace/p/{slug}/register/"
    pages = {
        "register": register,
        "register by due day": f"{register}?sort=due",
        "register, late": f"{register}?due=late&sort=due",
        "register, due soon": f"{register}?due=week&sort=-due",
        "owed": "/lv/workspace/owed/",
        "late by who owes it": "/lv/workspace/late/",
    }
    client = signed_in(User.objects.get(email=email))
    open_pages(client, pages, most_ms=most_ms, most_queries=30, times=TIMES)


def measure_reckoning(slug: str, *, least: float) -> None:
    """Reckon everything that waits anew, twice, and report how many entries a second; the second time changes nothing."""
    from talka.processes.models import Process
    from talka.proposals.operations.terms import renew_dates, waiting

    process = Process.objects.get(slug=slug)
    number = waiting(process.pk, None).count()
    for name in ("first", "second"):
        begun = time.perf_counter()
        changed = renew_dates(process.pk)
        report(f"reckoning anew, {name} time", number / (time.perf_counter() - begun), "1/s", at_least=least)
        report(f"reckoning anew, {name} time, changed", changed, "", at_most=0 if name == "second" else number)
