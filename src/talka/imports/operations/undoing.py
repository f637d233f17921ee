# SPDX-License-Identifier: EUPL-1.2
"""A whole import taken back."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.imports.models import ImportRun
from talka.imports.operations.preparing import PlaceGone
from talka.imports.operations.taking import lock_place
from talka.imports.queries import made_by
from talka.imports.targets import Kept, find_target


class ImportUnderWay(Refused):
    message = _("This import is still under way. Wait until it has ended.")


class SomeMustStay(Refused):
    message = _("Work has been done on some of what was imported. Choose whether to undo the rest.")


@transaction.atomic
def undo_import(run: ImportRun, *, by: User, reason: str, leave: bool = False) -> list[Kept]:
    """Take back everything that an import made. Its lines can be imported again.

    Raises ``SomeMustStay`` where something has been worked on since, unless ``leave`` says to undo the rest;
    returns what stays. Undone again later, it takes back what could not be then.
    """
    authorize(by, "imports.undo_import", run)
    run = ImportRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    target = find_target(run.place)
    if target is None:
        raise PlaceGone
    if run.finished_at is None and run.stopped_at is None:
        raise ImportUnderWay
    lock_place(run.place)
    keys = made_by(run)
    stays = target.stays(keys, lock=True)
    if stays and not leave:
        raise SomeMustStay
    left = {one.key for one in stays}
    back = [key for key in keys if key not in left]
    if not back:
        return stays
    target.undo(back, by=by, reason=reason)
    now = clock.now()
    run.undone += run.lines.filter(made__in=back).update(undone_at=now)
    run.undone_at, run.undone_by, run.undone_because = now, by, reason
    run.save(update_fields=["undone", "undone_at", "undone_by", "undone_because"])
    record("imports.undo_import", run, by=by, scope=target.scope, reason=reason, undone=len(back), left=len(stays))
    return stays
