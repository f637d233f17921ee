# SPDX-License-Identifier: EUPL-1.2
"""Pages, files and import of a plan of 2,000 actions, 1,000 investments and 8,000 funding rows."""

from bench.clicking import as_in_production, open_pages, visitor
from bench.figures import report
from bench.plan_town import EMAIL, PLAN, SLUG
from bench.site import own_database

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
    with own_database():
        from django.conf import settings

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


def measure_pages(*, most_ms: float, most_queries: int) -> None:
    """Open each page as a visitor."""
    open_pages(visitor(), PAGES, most_ms=most_ms, most_queries=most_queries)


__all__ = ["EMAIL", "WORK", "measure", "measure_pages"]
