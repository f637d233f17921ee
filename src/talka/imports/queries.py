# SPDX-License-Identifier: EUPL-1.2
"""What a file holds, what would become of its lines, and what has."""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

from talka.imports.checking import Checked, Checker, Plan
from talka.imports.headers import lines_of, name_key, names_of, signature_of
from talka.imports.models import ColumnMapping, ImportedLine, ImportRun, ImportSource
from talka.imports.reading import Row, Sheet, unpacked
from talka.imports.suggesting import Remembered
from talka.imports.targets import Target

MAPPINGS_LOOKED_AT = 50
ENOUGH_IN_COMMON = 0.6
"""A table with so many of the names of an earlier one is taken for a later export of the same thing."""


def sheets_of(run: ImportRun) -> list[Sheet]:
    """Return all tables of the file; an empty list once they have been forgotten."""
    source = ImportSource.objects.filter(run=run).first()
    return unpacked(json.loads(zlib.decompress(source.tables))) if source is not None else []


@dataclass(frozen=True)
class Table:
    """The table of a file that was chosen: its names of columns and its lines."""

    sheet: Sheet
    names: list[str]
    rows: list[Row]


def table_of(run: ImportRun, sheets: Sequence[Sheet] | None = None) -> Table | None:
    """Return the chosen table; nothing once the file has been forgotten."""
    found = sheets_of(run) if sheets is None else sheets
    if not found:
        return None
    sheet = found[min(run.sheet, len(found) - 1)]
    return Table(sheet, names_of(sheet, run.header), lines_of(sheet, run.header))


def plan_of(run: ImportRun) -> Plan:
    """Return how the columns of a run are understood."""
    columns = {int(column): key for column, key in run.columns.items()}
    return Plan(columns, run.fixed, run.words, leave_out=run.leave_out, repeats=run.repeats)


def check_lines(run: ImportRun, target: Target, table: Table) -> list[Checked]:
    """Return all lines, understood; those that were taken before are not marked yet, see ``mark_known``."""
    return Checker(target, plan_of(run), table.names).check(table.rows)


def mark_known(place: str, lines: Sequence[Checked]) -> None:
    """Mark the lines that stand in a place already, whichever file brought them."""
    wanted = [line for line in lines if not line.problems]
    taken = ImportedLine.objects.filter(place=place, undone_at__isnull=True).exclude(made="")
    sums = {one for line in wanted for one in (line.fingerprint, line.digest)}
    prints = set(taken.filter(fingerprint__in=sums).values_list("fingerprint", flat=True))
    digests = set(taken.filter(digest__in=sums).values_list("digest", flat=True))
    for line in wanted:
        line.known = line.known or line.fingerprint in prints or line.digest in digests


@dataclass(frozen=True)
class Preview:
    """What would become of the lines of a run."""

    lines: list[Checked]

    @property
    def new(self) -> list[Checked]:
        """Return those that would be taken."""
        return [line for line in self.lines if line.is_new]

    @property
    def known(self) -> list[Checked]:
        """Return those that were taken before."""
        return [line for line in self.lines if line.known and not line.problems and not line.repeats]

    @property
    def repeated(self) -> list[Checked]:
        """Return those that say the same as an earlier line of the file."""
        return [line for line in self.lines if line.repeats and not line.problems]

    @property
    def wrong(self) -> list[Checked]:
        """Return those with something wrong."""
        return [line for line in self.lines if line.problems]


def preview(run: ImportRun, target: Target, table: Table) -> Preview:
    """Return what would become of the lines if the import were confirmed now."""
    lines = check_lines(run, target, table)
    mark_known(run.place, lines)
    return Preview(lines)


def remembered(target: Target, names: Sequence[str]) -> Remembered | None:
    """Return what was chosen for a table with these names, or for the latest with most of them."""
    mappings = ColumnMapping.objects.filter(target=target.name, owner=target.owner)
    found = mappings.filter(signature=signature_of(names)).first()
    if found is None:
        keys = {name_key(name) for name in names} - {""}
        for earlier in mappings[:MAPPINGS_LOOKED_AT]:
            if len(keys & set(earlier.columns)) >= ENOUGH_IN_COMMON * max(len(earlier.columns), 1):
                found = earlier
                break
    return Remembered(found.columns, found.fixed, found.words) if found is not None else None


def same_file_before(run: ImportRun) -> ImportRun | None:
    """Return the latest confirmed import of the very same file into the same place."""
    earlier = ImportRun.objects.into(run.place).filter(sha256=run.sha256, confirmed_at__isnull=False)
    return earlier.exclude(pk=run.pk).first()


def made_by(run: ImportRun, *, most: int | None = None) -> list[str]:
    """Return the keys of what an import made and what stands there still, in the order of the lines."""
    lines = run.lines.exclude(made="").filter(undone_at__isnull=True).order_by("number")
    keys = lines.values_list("made", flat=True)
    return list(keys[:most] if most is not None else keys)


def import_of(key: str) -> ImportedLine | None:
    """Return the line that something was made of, by the key of what was made; nothing where no import made it."""
    return ImportedLine.objects.filter(made=key).select_related("run").first()
