# SPDX-License-Identifier: EUPL-1.2
"""Pages, files and import of a plan of 2,000 actions, 1,000 investments and 8,000 funding rows."""

import os
import time
from typing import Any

from bench.figures import report
from bench.plan_town import EMAIL, PLAN, SLUG
from bench.site import VAR, migrate

TIMES = 11
PUBLIC = f"/lv/p/{SLUG}/plans/{PLAN}/"
WORK = f"/lv/workspace/p/{SLUG}/plans/{PLAN}/"
PAGES = {
    "plan, tree": PUBLIC,
    "plan, tree filtered": f"{PUBLIC}?standing=late",
    "plan, dashboard": f"{PUBLIC}overview/",
    "plan, year": f"{PUBLIC}year/2026/",
    "plan, indicators": f"{PUBLIC}indicators/",
}
"""What everybody sees, made fresh; goals for the first and the third are those of a resident's patience."""


def measure() -> None:
    """Print queries and time of the pages, then seconds for every file and for the import."""
    os.environ |= {
        "TALKA_MODE": "development",
        "TALKA_VAR": str(VAR),
        "DJANGO_SETTINGS_MODULE": "talka.config.settings",
    }
    import django
    from django.conf import settings

    from talka.config import embedded

    django.setup()
    with embedded.Server(embedded.folder(settings.VAR, settings.MODE)):
        migrate()
        from bench.plan_town import lay, new_draft

        edition = lay()
        settings.KEEP_PAGES_SECONDS = 0
        as_in_production()
        measure_pages(most_ms=100, most_queries=12)
        from bench.plans_export import measure_export
        from bench.plans_import import GOAL_SECONDS, large_table, measure_import

        measure_export(edition)
        report("plan in, file to end", measure_import(new_draft(edition), large_table()), "s", at_most=GOAL_SECONDS)
        from bench.plans_writing import measure_writing

        measure_writing(edition)


def as_in_production() -> None:
    """Keep compiled templates and log no queries, as the server does; development reads every template anew."""
    from django.conf import settings
    from django.template import engines
    from django.template.loaders.cached import Loader

    settings.DEBUG = False
    engine: Any = engines["django"]
    engine.engine.template_loaders = [Loader(engine.engine, engine.engine.loaders)]


def measure_pages(*, most_ms: float, most_queries: int) -> None:
    """Open each page as a visitor, once to warm up, and report queries and the middle of several times in milliseconds."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "127.0.0.1"})
    for name, address in PAGES.items():
        response: Any = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        took = []
        for _time in range(TIMES):
            begun = time.perf_counter()
            client.get(address)
            took.append(time.perf_counter() - begun)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        report(f"{name}, queries", len(queries), "", at_most=most_queries)
        report(f"{name}, p50", sorted(took)[TIMES // 2] * 1000, "ms", at_most=most_ms)


__all__ = ["EMAIL", "WORK", "measure", "measure_pages"]
