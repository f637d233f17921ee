# SPDX-License-Identifier: EUPL-1.2
"""The way of a file up to the moment from which its lines are taken."""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize
from talka.core.text import clean_line
from talka.imports.headers import find_header, lines_of, name_key, names_of, signature_of
from talka.imports.models import ColumnMapping, ImportRun, ImportSource
from talka.imports.queries import remembered, table_of
from talka.imports.reading import Sheet, packed
from talka.imports.suggesting import suggest
from talka.imports.targets import Target, find_target


class ImportConfirmed(Refused):
    message = _("This import has been confirmed already and can no longer be changed.")


class FileForgotten(Refused):
    message = _("The lines of this file are no longer kept. Send the file again.")


class ColumnsNotChosen(Refused):
    message = _("Say first what the columns mean.")


class PlaceGone(Refused):
    message = _("What this file was to be imported into is no longer there.")


@transaction.atomic
def start_import(
    target: Target, *, file_name: str, sha256: str, sheets: Sequence[Sheet], by: User, language: str = "lv"
) -> ImportRun:
    """Keep the tables of a file, choose the largest one and guess what its columns mean."""
    authorize(by, "imports.start_import", target)
    number = max(range(len(sheets)), key=lambda one: len(sheets[one].rows))
    run = ImportRun(
        place=target.place, started_by=by, language=language, sha256=sha256,
        file_name=clean_line(file_name).replace("/", "-").replace("\\", "-")[-200:] or "file",
    )  # fmt: skip
    _choose(run, target, sheets, number, find_header(sheets[number], target.names))
    run.save()
    ImportSource.objects.create(run=run, tables=zlib.compress(json.dumps(packed(sheets)).encode(), 6))
    record("imports.start_import", run, by=by, scope=target.scope)
    return run


def _choose(run: ImportRun, target: Target, sheets: Sequence[Sheet], number: int, header: int) -> None:
    sheet = sheets[number]
    names = names_of(sheet, header)
    found = suggest(target, names, lines_of(sheet, header), remembered(target, names))
    run.sheet, run.sheet_name, run.header = number, sheet.name[:200], header
    run.columns = {str(column): key for column, key in sorted(found.columns.items())}
    run.fixed, run.words, run.preset, run.mapped_at = found.fixed, found.words, found.preset, None
    run.total = len(lines_of(sheet, header))


def lock_draft(run: ImportRun) -> tuple[ImportRun, Target]:
    """Return the run, locked, and its target; raise ``ImportConfirmed`` once it is confirmed."""
    locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.confirmed_at is not None:
        raise ImportConfirmed
    target = find_target(locked.place)
    if target is None:
        raise PlaceGone
    return locked, target


@transaction.atomic
def choose_table(run: ImportRun, *, sheets: Sequence[Sheet], sheet: int, header: int, by: User) -> ImportRun:
    """Choose another table of the file, or another row for the names of its columns."""
    authorize(by, "imports.prepare_import", run)
    run, target = lock_draft(run)
    _choose(run, target, sheets, sheet, header)
    run.save()
    return run


@transaction.atomic
def map_columns(
    run: ImportRun, *, columns: Mapping[int, str], fixed: Mapping[str, str], leave_out: bool, by: User
) -> ImportRun:
    """Say what the columns mean, and what holds for all lines."""
    authorize(by, "imports.prepare_import", run)
    run, _target = lock_draft(run)
    run.columns = {str(column): key for column, key in columns.items() if key}
    run.fixed = {key: text for key, text in fixed.items() if text}
    run.leave_out, run.mapped_at = leave_out, clock.now()
    run.save(update_fields=["columns", "fixed", "leave_out", "mapped_at"])
    return run


@transaction.atomic
def choose_words(run: ImportRun, *, words: Mapping[str, Mapping[str, str]], by: User) -> ImportRun:
    """Say what words mean that are not known here; those chosen before stay."""
    authorize(by, "imports.prepare_import", run)
    run, _target = lock_draft(run)
    for key, chosen in words.items():
        run.words[key] = {**run.words.get(key, {}), **{word: value for word, value in chosen.items() if value}}
    run.save(update_fields=["words"])
    return run


@transaction.atomic
def confirm_import(run: ImportRun, *, options: Mapping[str, bool], repeats: bool, by: User) -> ImportRun:
    """Let the queue take the good lines; pressed twice it is one import."""
    authorize(by, "imports.confirm_import", run)
    locked = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if locked.confirmed_at is not None:
        return locked
    run, target = lock_draft(run)
    if run.mapped_at is None:
        raise ColumnsNotChosen
    table = table_of(run)
    if table is None:
        raise FileForgotten
    run.options, run.repeats, run.total = dict(options), repeats, len(table.rows)
    run.confirmed_at, run.confirmed_by = clock.now(), by
    run.save()
    _remember(run, target, table.names)
    record("imports.confirm_import", run, by=by, scope=target.scope, lines=run.total)
    enqueue(run)
    return run


def _remember(run: ImportRun, target: Target, names: Sequence[str]) -> None:
    """Keep what the columns meant, for the next such table."""
    columns = {name_key(name): run.columns.get(str(column), "") for column, name in enumerate(names) if name_key(name)}
    day_fields = {one.key for one in target.fields if one.day}
    fixed = {key: text for key, text in run.fixed.items() if key not in day_fields}
    ColumnMapping.objects.update_or_create(
        target=target.name, owner=target.owner, signature=signature_of(names),
        defaults={"columns": columns, "fixed": fixed, "words": run.words, "used_at": clock.now()},
    )  # fmt: skip


def enqueue(run: ImportRun) -> None:
    """Put the run into the queue, within this transaction."""
    put_off("talka.imports.tasks.run_import", run_id=run.pk)


@transaction.atomic
def resume_import(run: ImportRun, *, by: User) -> None:
    """Let an import that was stopped go on from where it stood."""
    authorize(by, "imports.resume_import", run)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.stopped_at is None or run.finished_at is not None:
        return
    run.stopped_at, run.confirmed_by = None, by
    run.save(update_fields=["stopped_at", "confirmed_by"])
    record("imports.resume_import", run, by=by, scope=_scope(run))
    enqueue(run)


@transaction.atomic
def discard_import(run: ImportRun, *, by: User) -> None:
    """Forget a file of which nothing was taken."""
    authorize(by, "imports.discard_import", run)
    run, target = lock_draft(run)
    record("imports.discard_import", run, by=by, scope=target.scope)
    run.delete()


def _scope(run: ImportRun) -> Any:
    target = find_target(run.place)
    return target.scope if target is not None else None
