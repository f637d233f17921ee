# SPDX-License-Identifier: EUPL-1.2
"""A table on its way into a draft: sent, its columns understood, looked at, taken as a whole or not at all."""

import json
import zlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize, is_allowed
from talka.core.text import clean_line
from talka.imports.headers import name_key, signature_of
from talka.imports.models import ColumnMapping, ImportRun, ImportSource
from talka.imports.operations.preparing import FileForgotten, ImportConfirmed
from talka.imports.reading import Sheet, packed
from talka.notifications.operations import send_letter
from talka.plans.importing.columns import Meaning, says_thousands, suggest
from talka.plans.importing.difference import Difference
from talka.plans.importing.fields import FIELDS
from talka.plans.importing.layout import find_header_rows, lay_out
from talka.plans.importing.names import NEW, NOTE
from talka.plans.models import InstitutionName, Plan, PlanImport
from talka.plans.operations.editions import lock_draft
from talka.plans.operations.import_writing import write
from talka.plans.queries.editions import draft_of
from talka.plans.queries.imports import (
    TARGET,
    columns_of,
    difference_of,
    owner_key,
    place_of,
    remembered,
    rungs_of,
    sheet_of,
)
from talka.plans.table_columns import COLUMNS

AT_ONCE = 300
"""So many nodes at most are taken while the person waits; more by the queue."""

LETTER_AFTER = timedelta(seconds=10)
"""Whoever confirmed an import has left its page if it took longer; then a letter tells of the end."""

STATE, DESPITE, REMOVED, REASON, SAID_ON = "with_state", "despite", "removed", "reason", "said_on"


class NoDraft(Refused):
    message = _(
        "No edition of this plan is being worked on. Begin the next edition first; a table is taken into its draft."
    )


class MistakesLeft(Refused):
    message = _("The table has mistakes still. Mend them and send it again; nothing has been taken.")


class NotLookedAt(Refused):
    message = _("Say that what does not add up or is not known may be taken as it is.")


class DraftChangedSince(Refused):
    message = _(
        "The draft or the choice has changed since you looked. Look through the difference again and confirm it."
    )


class NothingToTake(Refused):
    message = _("The draft holds all of this already; there is nothing to take.")


class RemovalReasonMissing(Refused):
    message = _("Say why the marked ones are removed: they stood in the edition before.")


class NotAllowedAnyMore(Refused):
    message = _("Whoever confirmed this import may no longer change the plan.")


class SomethingStaysBelow(Refused):
    message = _("Something stands below “%(name)s” still. Mark that too, or leave this in the plan.")


@transaction.atomic
def start_plan_import(
    plan: Plan,
    *,
    file_name: str,
    sha256: str,
    sheets: Sequence[Sheet],
    by: User,
    language: str = "lv",
    is_open_data: bool = False,
) -> ImportRun:
    """Keep the tables of a file, choose the largest one and guess what its columns mean.

    ``is_open_data``: the table that the JSON of an edition makes, of which nothing has to be guessed or asked.
    """
    draft = draft_of(plan)
    if draft is None:
        raise NoDraft
    draft.plan = plan
    authorize(by, "plans.import_plan", draft)
    run = ImportRun.objects.create(
        place=place_of(plan), started_by=by, language=language, sha256=sha256,
        file_name=clean_line(file_name).replace("/", "-").replace("\\", "-")[-200:] or "file",
    )  # fmt: skip
    about = PlanImport(run=run, edition=draft, is_open_data=is_open_data)
    number = max(range(len(sheets)), key=lambda one: (_is_own(sheets[one]), len(sheets[one].rows)))
    header = (1, 1) if is_open_data else find_header_rows(sheets[number], _usual_names())
    _choose(about, plan, sheets, number, *header)
    if is_open_data:
        run.mapped_at = clock.now()
        run.save(update_fields=["mapped_at"])
    ImportSource.objects.create(run=run, tables=zlib.compress(json.dumps(packed(sheets)).encode(), 6))
    return run


def _is_own(sheet: Sheet) -> bool:
    """Say whether a table is one that we have given out: most of its columns are called so."""
    names = {name for row in sheet.rows[:3] for name in row.cells if isinstance(name, str)}
    return len(names & {column.name for column in COLUMNS}) > len(COLUMNS) / 2


def _usual_names() -> list[str]:
    return [name for one in FIELDS for name in one.names]


def _choose(about: PlanImport, plan: Plan, sheets: Sequence[Sheet], number: int, header: int, count: int) -> None:
    run, sheet = about.run, sheets[number]
    layout = lay_out(sheet, header, count)
    columns = suggest(layout, None if about.is_open_data else remembered(plan, layout.names))
    run.sheet, run.sheet_name, run.header, run.mapped_at = number, sheet.name[:200], header, None
    run.columns = {str(column): meaning.packed() for column, meaning in columns.items()}
    run.total = sum(line.sort in ("line", "heading") for line in layout.lines)
    run.save()
    about.header_rows, about.thousands, about.works = (
        count,
        says_thousands(layout.names),
        _works(plan, layout.names, columns),
    )
    about.save()


def _works(plan: Plan, names: Sequence[str], columns: Mapping[int, Meaning]) -> str:
    """Guess what the lines are: investments where money has its own columns and the header speaks of projects."""
    kinds = [rung.kind for rung in rungs_of(plan)]
    speaks = any("projekt" in name.casefold() or "investīc" in name.casefold() for name in names)
    is_money = sum(meaning.key in ("money", "share", "total") for meaning in columns.values()) > 1
    wanted = PlanImport.Works.INVESTMENT if speaks and is_money else PlanImport.Works.ACTION
    other = PlanImport.Works.ACTION if wanted == PlanImport.Works.INVESTMENT else PlanImport.Works.INVESTMENT
    return other if kinds and wanted not in kinds and other in kinds else wanted


def _lock(run: ImportRun, by: User) -> ImportRun:
    """Return an import that is being prepared, locked; raise ``ImportConfirmed`` once it is confirmed."""
    authorize(by, "plans.import_plan", run.plan_import.edition)
    locked = (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("plan_import__edition__plan__process")
        .get(pk=run.pk)
    )
    if locked.confirmed_at is not None:
        raise ImportConfirmed
    return locked


@transaction.atomic
def choose_plan_table(
    run: ImportRun, *, sheets: Sequence[Sheet], sheet: int, header: int, header_rows: int, by: User
) -> None:
    """Choose another table of the file, or other rows for the names of its columns."""
    run = _lock(run, by)
    _choose(run.plan_import, run.plan_import.edition.plan, sheets, sheet, header, header_rows)


@transaction.atomic
def map_plan_import(
    run: ImportRun, *, columns: Mapping[int, Meaning], works: str, thousands: bool, by: User, is_settled: bool = True
) -> None:
    """Say what the columns mean and what the lines are; ``is_settled``: nothing more is asked about them."""
    run = _lock(run, by)
    run.columns = {str(column): meaning.packed() for column, meaning in columns.items()}
    run.mapped_at = clock.now() if is_settled else None
    run.save(update_fields=["columns", "mapped_at"])
    PlanImport.objects.filter(run=run).update(works=works, thousands=thousands, problem="")


@transaction.atomic
def choose_institutions(run: ImportRun, *, chosen: Mapping[str, str], by: User) -> None:
    """Say what names of institutions mean that the directory does not know; those chosen before stay."""
    run = _lock(run, by)
    run.words["institutions"] = {**run.words.get("institutions", {}), **chosen}
    run.save(update_fields=["words"])


@transaction.atomic
def discard_plan_import(run: ImportRun, *, by: User) -> None:
    """Forget a file of which nothing was taken."""
    _lock(run, by).delete()


@transaction.atomic
def confirm_plan_import(
    run: ImportRun,
    *,
    seen: str,
    by: User,
    despite: bool = False,
    removed: Collection[int] = (),
    reason: str = "",
    with_state: bool = False,
    said_on: date | None = None,
) -> ImportRun:
    """Take a table into the draft, a large one by the queue; pressed twice it is one import.

    ``seen``: the sum of the difference that the person has looked at. ``despite``: sums that do not add up and names that are
    not known may be taken as they are. ``removed``: nodes that the file does not hold and that leave the draft.
    """
    authorize(by, "plans.import_plan", run.plan_import.edition)
    run = (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("plan_import__edition__plan__process")
        .get(pk=run.pk)
    )
    if run.confirmed_at is not None:
        return run
    run.options = {
        DESPITE: despite, REMOVED: sorted(removed), REASON: reason, STATE: with_state,
        SAID_ON: (said_on or clock.today()).isoformat(),
    }  # fmt: skip
    run.confirmed_at, run.confirmed_by = clock.now(), by
    run.plan_import.seen, run.plan_import.problem = seen, ""
    difference = _checked(run)
    run.save(update_fields=["options", "confirmed_at", "confirmed_by"])
    run.plan_import.save(update_fields=["seen", "problem"])
    if len(difference.changes) <= AT_ONCE:
        _take(run, difference)
    else:
        put_off("talka.plans.tasks.import_plan", run_id=run.pk)
    return run


def _checked(run: ImportRun) -> Difference:
    """Return what a run would change now; raise a refusal where it may not be taken so."""
    sheet = sheet_of(run)
    if sheet is None:
        raise FileForgotten
    about = run.plan_import
    edition = lock_draft(about.edition)
    difference = difference_of(run, edition, sheet)
    if difference.heavy:
        raise MistakesLeft
    if about.seen != difference.digest():
        raise DraftChangedSince
    if difference.light and not run.options.get(DESPITE):
        raise NotLookedAt
    leaving = [one for one in difference.missing if one.node in set(run.options.get(REMOVED, ()))]
    if not (difference.new or difference.changed or leaving or (run.options.get(STATE) and difference.told)):
        raise NothingToTake
    if any(one.stood for one in leaving) and not run.options.get(REASON):
        raise RemovalReasonMissing
    gone = {one.node for one in leaving}
    moved = {one.stored.node for one in difference.changes if one.stored is not None and one.moves}
    staying = {one.parent for one in difference.drafted if one.node not in gone | moved}
    over = {one.parent for one in difference.changes if isinstance(one.parent, int)}
    stuck = next((one for one in leaving if one.node in staying | over), None)
    if stuck is not None:
        raise SomethingStaysBelow(name=stuck.values["code"] or stuck.values["title"])
    return difference


def _take(run: ImportRun, difference: Difference) -> None:
    """Write a difference into the draft, all in this transaction."""
    about, by = run.plan_import, run.confirmed_by
    assert by is not None  # noqa: S101 - set when it was confirmed
    leaving = [one for one in difference.missing if one.node in set(run.options[REMOVED])]
    said_on = date.fromisoformat(run.options[SAID_ON]) if run.options[STATE] else None
    write(about, difference, leaving=leaving, reason=run.options[REASON], said_on=said_on, by=by)
    _remember(run, difference)
    run.finished_at = clock.now()
    run.taken, run.known = about.created + about.changed + about.removed, about.unchanged
    run.position = run.taken + run.known
    run.save(update_fields=["finished_at", "taken", "known", "position"])
    record(
        "plans.import_plan", about.edition, by=by, scope=about.edition.plan.process, file=run.file_name,
        created=about.created, changed=about.changed, removed=about.removed, reason=run.options[REASON],
    )  # fmt: skip


def _remember(run: ImportRun, difference: Difference) -> None:
    """Keep what the columns meant and what institutions are called, for the next such table."""
    if not run.plan_import.is_open_data:
        _remember_columns(run)
    _remember_names(run, difference)


def _remember_columns(run: ImportRun) -> None:
    plan = run.plan_import.edition.plan
    sheet = sheet_of(run)
    names = lay_out(sheet, run.header, run.plan_import.header_rows).names if sheet is not None else []
    columns = columns_of(run)
    kept = {
        name_key(name): columns[column].packed() if column in columns else ""
        for column, name in enumerate(names)
        if name_key(name)
    }
    ColumnMapping.objects.update_or_create(
        target=TARGET, owner=owner_key(plan), signature=signature_of(names),
        defaults={"columns": kept, "used_at": clock.now()},
    )  # fmt: skip


def _remember_names(run: ImportRun, difference: Difference) -> None:
    plan = run.plan_import.edition.plan
    met = {one.key for one in difference.unknown}
    for key, value in run.words.get("institutions", {}).items():
        if key in met and (value == NOTE or value.isdigit()):
            InstitutionName.objects.update_or_create(
                owner=plan.owner, key=key[:300],
                defaults={"organization_id": int(value) if value != NOTE else None, "used_at": clock.now()},
            )  # fmt: skip
        elif value == NEW:
            InstitutionName.objects.filter(owner=plan.owner, key=key).delete()


def run_plan_import(run_id: int) -> None:
    """Take a confirmed table, by the queue; where it may no longer be taken, nothing is, and a person decides. May run twice."""
    run = _confirmed(run_id)
    if run is None:
        return
    PlanImport.objects.filter(run=run).update(step=PlanImport.Step.COMPARING)
    try:
        _look_once_more(run)
        PlanImport.objects.filter(run=run).update(step=PlanImport.Step.WRITING)
        with transaction.atomic():
            _take_confirmed(run_id)
    except Refused as refused:
        with translation.override(run.language):
            give_up_plan_import(run_id, because=str(refused))


def _confirmed(run_id: int) -> ImportRun | None:
    waiting = ImportRun.objects.filter(pk=run_id, confirmed_at__isnull=False, finished_at__isnull=True)
    return waiting.select_related("plan_import__edition__plan__process", "confirmed_by").first()


def _look_once_more(run: ImportRun) -> None:
    """Find out, before anything is locked, whether the draft is still what somebody has looked at."""
    sheet = sheet_of(run)
    if sheet is None:
        raise FileForgotten
    if difference_of(run, run.plan_import.edition, sheet).digest() != run.plan_import.seen:
        raise DraftChangedSince


def _take_confirmed(run_id: int) -> None:
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    confirmed = _confirmed(run_id)
    if confirmed is None:
        return
    if not is_allowed(confirmed.confirmed_by, "plans.import_plan", confirmed.plan_import.edition):
        raise NotAllowedAnyMore
    difference = _checked(confirmed)
    _take(confirmed, difference)
    if run.confirmed_at is not None and clock.now() - run.confirmed_at > LETTER_AFTER:
        _tell(confirmed)


@transaction.atomic
def give_up_plan_import(run_id: int, *, because: str) -> None:
    """Let a person look at a table again that could not be taken; nothing of it has been."""
    run = _confirmed(run_id)
    if run is None:
        return
    PlanImport.objects.filter(run=run).update(problem=because[:500], step=PlanImport.Step.WAITING)
    run.plan_import.problem = because[:500]
    _tell(run)
    ImportRun.objects.filter(pk=run_id).update(confirmed_at=None, confirmed_by=None)


def _tell(run: ImportRun) -> None:
    """Write to whoever confirmed an import that it has ended, and how."""
    about, by = run.plan_import, run.confirmed_by
    if by is None:
        return
    send_letter(
        "plans/import_plan",
        email=by.email,
        language=run.language,
        user=by,
        run=run,
        about=about,
        plan=about.edition.plan,
    )
