# SPDX-License-Identifier: EUPL-1.2
"""A whole import taken back: a small one at once, a large one by the queue, some hundred lines in a transaction."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize
from talka.imports.models import ImportRun
from talka.imports.operations.preparing import PlaceGone
from talka.imports.operations.taking import lock_place
from talka.imports.queries import made_by
from talka.imports.targets import find_target

BATCH = 500
"""Lines in one transaction, and so many at most at once while the person waits."""


class ImportUnderWay(Refused):
    message = _("This import is still under way. Wait until it has ended.")


class SomeMustStay(Refused):
    message = _("Work has been done on some of what was imported. Choose whether to undo the rest.")


@transaction.atomic
def undo_import(run: ImportRun, *, by: User, reason: str, leave: bool = False) -> int:
    """Take back everything that an import made. Its lines can be imported again.

    Raises ``SomeMustStay`` where something has been worked on since, unless ``leave`` says to undo the rest;
    returns how many stay. Undone again later, it takes back what could not be then.
    """
    authorize(by, "imports.undo_import", run)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    target = find_target(run.place)
    if target is None:
        raise PlaceGone
    if run.state in {ImportRun.State.RUNNING, ImportRun.State.UNDOING}:
        raise ImportUnderWay
    keys = made_by(run)
    stay = len(target.stays(keys))
    if stay and not leave:
        raise SomeMustStay
    if stay == len(keys):
        return stay
    run.undo_asked_at, run.undone_at, run.undo_position = clock.now(), None, 0
    run.undone_by, run.undone_because = by, reason
    run.save(update_fields=["undo_asked_at", "undone_at", "undo_position", "undone_by", "undone_because"])
    record("imports.undo_import", run, by=by, scope=target.scope, reason=reason, lines=len(keys) - stay, left=stay)
    if len(keys) <= BATCH:
        take_back(run.pk)
    else:
        put_off("talka.imports.tasks.take_back", run_id=run.pk)
    return stay


def take_back(run_id: int) -> None:
    """Take back what an import made that somebody has asked to undo, from where this stands to its end. May run twice."""
    while _take_back_next(run_id):
        pass


@transaction.atomic
def _take_back_next(run_id: int) -> bool:
    """Take the next lines back; say whether there may be more."""
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run_id)
    target = find_target(run.place)
    if target is None or run.state != ImportRun.State.UNDOING:
        return False
    lock_place(run.place)
    lines = run.lines.exclude(made="").filter(undone_at__isnull=True, number__gt=run.undo_position)
    made = dict(lines.order_by("number").values_list("made", "number")[:BATCH])
    left = {one.key for one in target.stays(list(made), lock=True)}
    back = [key for key in made if key not in left]
    if back:
        target.undo(back, by=run.undone_by, reason=run.undone_because)
        run.undone += run.lines.filter(made__in=back).update(undone_at=clock.now())
    if made:
        run.undo_position = max(made.values())
    if len(made) < BATCH:
        run.undone_at = clock.now()
    run.save(update_fields=["undone", "undo_position", "undone_at"])
    return run.undone_at is None


@transaction.atomic
def give_up_undoing(run_id: int) -> None:
    """Let a person ask again for what could not be undone by itself; what was taken back stays so."""
    ImportRun.objects.filter(pk=run_id, undone_at__isnull=True).update(undo_asked_at=None)
