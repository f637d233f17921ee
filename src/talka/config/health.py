# SPDX-License-Identifier: EUPL-1.2
"""``/healthz``: this process answers. ``/readyz``: it can also do its work.

Both are answered before anything else, so that a probe needs neither the right host name nor TLS.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

WORKER_SILENT_AFTER = "2 minutes"
JOB_LATE_AFTER = "15 minutes"


class HealthMiddleware:
    """Answer the two addresses that machines ask."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info == "/healthz":
            return JsonResponse({"alive": True})
        if request.path_info == "/readyz":
            found = readiness()
            return JsonResponse(found, status=200 if all(value == "ok" for value in found.values()) else 503)
        return self.get_response(request)


def readiness() -> dict[str, str]:
    """Return, for database, migrations and queue, ``ok`` or what is wrong in a few words."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        connection.close()
        return {"database": "does not answer", "migrations": "unknown", "queue": "unknown"}
    waiting = unapplied_migrations()
    return {
        "database": "ok",
        "migrations": f"{waiting} to apply" if waiting else "ok",
        "queue": "unknown" if waiting else queue_state(),
    }


def unapplied_migrations() -> int:
    """Count the migrations that the database still lacks."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def queue_state() -> str:
    """Say ``ok`` when a worker lives and no job waits for long, else what is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s::interval),"
            " (SELECT count(*) FROM procrastinate_jobs job WHERE status = 'todo'"
            "  AND coalesce(scheduled_at, (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id))"
            "  < now() - %s::interval)",
            [WORKER_SILENT_AFTER, JOB_LATE_AFTER],
        )
        workers, late = cursor.fetchone()
    if not workers:
        return "no worker"
    return f"{late} late jobs" if late else "ok"


def problems() -> list[str]:
    """Return sentences on what keeps this installation from working, none when all is well."""
    found = readiness()
    sentences = {
        "database": "The database does not answer. Check DATABASE_URL.",
        "migrations": "The database is not up to date. Run: talka migrate",
        "queue": f"Mail and other jobs are not being done ({found['queue']}). Run: talka worker",
    }
    wrong = [sentences[name] for name, value in found.items() if value not in {"ok", "unknown"}]
    if not (settings.STATIC_ROOT / "manifest.json").exists():
        wrong.append("The front end is not built. Run: npm ci && npm run build")
    return wrong
