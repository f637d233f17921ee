# SPDX-License-Identifier: EUPL-1.2
"""One migrated database as a template, and a copy of it for each process that runs tests."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from talka.config import embedded

LOCK = 7_264_411
ROOT = Path(__file__).resolve().parent.parent


def template_name() -> str:
    """Name the template after all that it is made from, so that it is made anew exactly when that changes."""
    made_from = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for migration in sorted((ROOT / "src/talka").glob("*/migrations/*.py")):
        made_from.update(str(migration).encode() + migration.read_bytes())
    return f"template_{made_from.hexdigest()[:16]}"


@contextmanager
def copied_database() -> Iterator[None]:
    """Point Django's connection at a fresh copy of the template, and drop the copy at the end."""
    if "DATABASE_URL" in os.environ:
        with _copy(belongs_to_us=False):
            yield
        return
    with embedded.Server(embedded.folder(settings.VAR, "test"), expendable=True), _copy(belongs_to_us=True):
        yield


@contextmanager
def _copy(*, belongs_to_us: bool) -> Iterator[None]:
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    del parameters["cursor_factory"], parameters["context"]
    name = f"test_{os.getpid()}"
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if belongs_to_us:
            _drop_what_killed_runs_left(server)
        template = template_name()
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            _make_template(server, template)
        _drop(server, name)
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        server.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        _use(name)
        try:
            yield
        finally:
            connection.close()
            _drop(server, name)


def _make_template(server: psycopg.Connection, template: str) -> None:
    for (old,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'").fetchall():
        _drop(server, old)
    draft = f"draft_{template}"
    _drop(server, draft)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(draft)))
    _use(draft)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    connection.close()
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(template)))


def _drop_what_killed_runs_left(server: psycopg.Connection) -> None:
    for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
        if not Path(f"/proc/{name.removeprefix('test_')}").exists():
            _drop(server, name)


def _drop(server: psycopg.Connection, name: str) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _use(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name
