# SPDX-License-Identifier: EUPL-1.2
"""Lines of files that must be forgotten before their time, because what was made of them is erased."""

import json
import zlib
from collections.abc import Collection, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q

from talka.imports.models import ImportedLine, ImportRun, ImportSource


@transaction.atomic
def forget_lines_of(made: str) -> int:
    """Forget the cells of the line that something was made of, by its key; return how many lines were forgotten.

    Lines that say the same go too, in every file of the same place, also in one that was not taken. By what a line is known
    again is kept as a sum, so that it does not come back. The caller's operation says who may and writes the log.
    """
    own = list(ImportedLine.objects.filter(made=made).select_related("run"))
    if not own:
        return 0
    same = Q(pk__in=[line.pk for line in own])
    for line in own:
        same |= Q(place=line.place, fingerprint=line.fingerprint) | Q(place=line.place, digest=line.digest)
    lines = list(ImportedLine.objects.filter(same).order_by("pk"))
    for line in lines:
        if line.problems:
            line.problems = [one | {"facts": {}, "code": "forgotten"} for one in line.problems]
            line.save(update_fields=["problems"])
    _forget_cells(lines, {line.run.sha256 for line in own})
    return len(lines)


def _forget_cells(lines: Sequence[ImportedLine], files: Collection[str]) -> None:
    """Empty the rows of these lines, and those with the very same cells in any table of the same files."""
    runs = ImportRun.objects.filter(place__in={line.place for line in lines})
    kept = runs.filter(Q(pk__in={line.run_id for line in lines}) | Q(sha256__in=files))
    sources = ImportSource.objects.select_for_update(of=("self",)).filter(run__in=kept).select_related("run")
    tables = {source: json.loads(zlib.decompress(source.tables)) for source in sources.order_by("pk")}
    numbers = {(line.run_id, line.number) for line in lines}
    cells = {
        _plain(row)
        for source, sheets in tables.items()
        for row in sheets[min(source.run.sheet, len(sheets) - 1)]["rows"]
        if (source.run_id, row[0]) in numbers
    }
    for source, sheets in tables.items():
        for sheet in sheets:
            sheet["rows"] = [row[:1] if _plain(row) in cells else row for row in sheet["rows"]]
        source.tables = zlib.compress(json.dumps(sheets).encode(), 6)
        source.save(update_fields=["tables"])


def _plain(row: Sequence[Any]) -> str:
    """Return the cells of a row, without its number, so that they can be compared."""
    return json.dumps(row[1:])
