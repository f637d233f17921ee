# SPDX-License-Identifier: EUPL-1.2
"""Pages of a process with 100,000 proposals, served as in production, beside a bare Django view in the same run.

Once as visitors meet them, kept in memory until something is written, and once made fresh for every request.
"""

import gzip
import sys

from bench.browser import weights
from bench.figures import report
from bench.load import load
from bench.site import free_port, own_database, running

SECONDS = 4
CONNECTIONS = 16
WORKERS, THREADS = 2, 4
GOALS = {
    "home": 0.02, "process": 0.02, "list first": 0.02, "list filtered": 0.02, "list page 500": 0.02, "proposal": 0.03,
}  # fmt: skip
"""How many requests per second a page answers at least, as a part of what the bare view does."""


def measure() -> None:
    """Print queries, bytes, requests per second, latencies, and the ratio of each page to the bare view."""
    with own_database() as database:
        from bench.town import lay

        lay()
        _measure(database)


def _measure(database: str) -> None:
    from bench.town import SLUG

    pages = {
        "home": "/lv/",
        "process": f"/lv/p/{SLUG}/",
        "list first": f"/lv/p/{SLUG}/proposals/",
        "list filtered": f"/lv/p/{SLUG}/proposals/?state=answered&q=velocelins",
        "list page 500": f"/lv/p/{SLUG}/proposals/?page=500",
        "proposal": f"/lv/p/{SLUG}/proposals/77777/",
        "feed 1000": f"/lv/p/{SLUG}/meetings.ics",
    }
    _count(pages)
    port, bare_port = free_port(), free_port()
    site = f"http://127.0.0.1:{port}"
    production = {
        "TALKA_MODE": "production", "TALKA_SECRET_KEY": "bench" * 10, "TALKA_URL": site, "DATABASE_URL": database,
        "TALKA_MAIL_URL": "smtp://127.0.0.1:1", "TALKA_MAIL_FROM": "Talka <talka@example.lv>", "TALKA_PROXIES": "0",
    }  # fmt: skip
    serve = ["-m", "talka.config.cli", "serve", f"--port={port}", f"--workers={WORKERS}", f"--threads={THREADS}"]
    bare_site = f"http://127.0.0.1:{bare_port}/"

    def bare(name: str) -> float:
        with running(["-m", "bench.bare", str(bare_port), str(WORKERS), str(THREADS)], bare_site):
            load(bare_site, connections=CONNECTIONS, seconds=1)
            found = load(bare_site, connections=CONNECTIONS, seconds=SECONDS).per_second
        report(name, found, "1/s")
        return found

    measure = bare("bare view, requests")
    with running(serve, f"{site}/healthz", **production):
        for name, address in pages.items():
            _answer(name, site + address, measure, GOALS.get(name))
        for name in ("home", "process", "list first", "proposal"):
            weight = weights(site + pages[name])
            goals = {"at_most": 120.0} if name == "process" else {}
            report(f"{name}, all that is sent", weight.all / 1000, "kB", **goals)
            report(
                f"{name}, JavaScript sent",
                weight.scripts / 1000,
                "kB",
                **({"at_most": 40.0} if name == "process" else {}),
            )
    measure = bare("bare view once more, requests")
    with running(serve, f"{site}/healthz", **production, TALKA_KEEP_PAGES_SECONDS="0"):
        for name, address in pages.items():
            if name in GOALS:
                _answer(f"{name} made fresh", site + address, measure, None)


def _answer(name: str, url: str, bare: float, goal: float | None) -> None:
    """Report how one page is answered to many visitors at once, and to one alone."""
    load(url, connections=CONNECTIONS, seconds=1)
    many = load(url, connections=CONNECTIONS, seconds=SECONDS)
    one = load(url, connections=1, seconds=2)
    report(f"{name}, requests", many.per_second, "1/s")
    report(f"{name}, ratio to bare view", many.per_second / bare, "", at_least=goal)
    report(f"{name}, p50 of {CONNECTIONS}", many.p50, "ms")
    report(f"{name}, p99 of {CONNECTIONS}", many.p99, "ms")
    report(f"{name}, p50 of one visitor", one.p50, "ms", at_most=50 if name.startswith("list") else None)


def _count(pages: dict[str, str]) -> None:
    """Count queries and bytes in this process, on the second request, as a server that runs answers."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    for name, address in pages.items():
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        if response.status_code != 200:
            print(f"{address} answered {response.status_code}", file=sys.stderr)
            continue
        content = b"".join(response.streaming_content) if response.streaming else response.content
        report(f"{name}, queries", len(queries), "", at_most=12)
        report(f"{name}, HTML" if not name.startswith("feed") else f"{name}, size", len(content) / 1000, "kB")
        report(f"{name}, compressed", len(gzip.compress(content, 6)) / 1000, "kB")
