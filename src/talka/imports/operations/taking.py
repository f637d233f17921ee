# SPDX-License-Identifier: EUPL-1.2
"""Lines taken by the queue, some hundred in a transaction, so that whoever is killed on the way loses and doubles nothing."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import DataError, IntegrityError, connection, transaction

from talka.core import clock
from talka.core.permissions import is_allowed
from talka.imports.checking import Checked
from talka.imports.models import ImportedLine, ImportRun, ImportSource
from talka.imports.problems import Problem
from talka.imports.queries import check_lines, mark_known, table_of
from talka.imports.targets import Target, find_target
from talka.notifications.operations import send_letter

BATCH = 200
"""Lines in one transaction; while it runs, nobody else is given a number of the same register."""

LETTER_AFTER = timedelta(seconds=10)
"""Whoever confirmed an import has left its page if it took longer; then a letter tells of the end."""


def run_import(run_id: int) -> None:
    """Take the lines of a confirmed run from where it stands to its end. May run twice, also at the same time."""
    run = ImportRun.objects.filter(pk=run_id, confirmed_at__isnull=False, finished_at__isnull=True).first()
    if run is None or run.stopped_at is not None:
        return
    target, table = find_target(run.place), table_of(run)
    if target is None or table is None or not is_allowed(run.confirmed_by, "imports.confirm_import", run):
        stop_import(run_id)
        return
    lines = check_lines(run, target, table)
    while _take_next(run_id, target, lines):
        pass


@transaction.atomic
def _take_next(run_id: int, target: Target, lines: Sequence[Checked]) -> bool:
    """Deal with the next lines; say whether there may be more."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.finished_at is not None or run.stopped_at is not None:
        return False
    batch = lines[run.position : run.position + BATCH]
    if not batch:
        _finish(run, target)
        return False
    lock_place(run.place)
    mark_known(run.place, batch)
    new = [line for line in batch if line.is_new]
    made = dict(zip((line.row.number for line in new), _take(run, target, new), strict=True))
    rows = [
        ImportedLine(
            run=run, place=run.place, number=line.row.number, fingerprint=line.fingerprint, digest=line.digest,
            made=made.get(line.row.number, ""), problems=[problem.kept() for problem in line.problems],
        )
        for line in batch
    ]  # fmt: skip
    ImportedLine.objects.bulk_create(rows)
    run.position += len(batch)
    run.taken += sum(bool(row.made) for row in rows)
    run.wrong += sum(bool(row.problems) for row in rows)
    run.known = run.position - run.taken - run.wrong
    run.save(update_fields=["position", "taken", "wrong", "known"])
    return True


def lock_place(place: str) -> None:
    """Let only one transaction at a time decide what is new in a place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [place])


def _take(run: ImportRun, target: Target, lines: Sequence[Checked]) -> list[str]:
    """Make what the lines say; a line that the database does not take is marked, and the others are taken."""
    values = [line.values for line in lines]
    if not lines:
        return []
    try:
        with transaction.atomic():
            return target.take(values, by=run.confirmed_by, options=run.options)
    except (DataError, IntegrityError):
        if len(lines) == 1:
            lines[0].problems.append(Problem("", None, "not_taken"))
            return [""]
        half = len(lines) // 2
        return _take(run, target, lines[:half]) + _take(run, target, lines[half:])


def _finish(run: ImportRun, target: Target) -> None:
    run.finished_at = clock.now()
    run.save(update_fields=["finished_at"])
    waited = run.confirmed_at is not None and run.finished_at - run.confirmed_at > LETTER_AFTER
    if waited and run.confirmed_by is not None:
        send_letter(
            "imports/finish_import", email=run.confirmed_by.email, language=run.language, user=run.confirmed_by,
            run=run, path=target.address("show_import", run.pk), stopped=False,
        )  # fmt: skip


@transaction.atomic
def stop_import(run_id: int) -> None:
    """Mark a run that cannot go on by itself; what was taken stays, and a person decides."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    if run.finished_at is not None or run.stopped_at is not None:
        return
    run.stopped_at = clock.now()
    run.save(update_fields=["stopped_at"])
    target = find_target(run.place)
    if target is not None and run.confirmed_by is not None:
        send_letter(
            "imports/finish_import", email=run.confirmed_by.email, language=run.language, user=run.confirmed_by,
            run=run, path=target.address("show_import", run.pk), stopped=True,
        )  # fmt: skip


def forget_old_imports() -> int:
    """Delete the cells of files, and what is quoted of them, after ``KEEP_IMPORTS_DAYS``; return of how many files.

    What was taken, and by what it is known again, stays. Files of which nothing was taken are forgotten whole.
    """
    before = clock.now() - timedelta(days=settings.KEEP_IMPORTS_DAYS)
    ImportRun.objects.filter(started_at__lt=before, confirmed_at__isnull=True).delete()
    old = ImportSource.objects.filter(run__started_at__lt=before)
    wrong = ImportedLine.objects.filter(run__in=old.values("run")).exclude(problems=[])
    for line in wrong.iterator():
        line.problems = [one | {"facts": {}, "code": "forgotten"} for one in line.problems]
        line.save(update_fields=["problems"])
    return old.delete()[0]
