# SPDX-License-Identifier: EUPL-1.2
"""A timetable sought by the solver: asked for on a page, found by the queue."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize
from talka.scheduling.models import PlannedSession, Timetable
from talka.scheduling.operations.timetables import lock_open
from talka.scheduling.queries.timetables import asked_of


class NothingToSolve(Refused):
    message = _("No group has sessions in this timetable. Say first what groups need.")


class NoDays(Refused):
    message = _("There is no day on which sessions may be. Allow more days in the settings of the timetable.")


@transaction.atomic
def solve_timetable(timetable: Timetable, *, by: User) -> None:
    """Let all sessions that are not pinned be placed anew."""
    authorize(by, "scheduling.solve_timetable", timetable)
    stored = lock_open(timetable)
    asked = asked_of(stored)
    if not asked.sessions:
        raise NothingToSolve
    if not asked.problem.days:
        raise NoDays
    stored.asked_at, stored.solved_at, stored.failed_at = clock.now(), None, None
    stored.save(update_fields=["asked_at", "solved_at", "failed_at"])
    put_off("talka.scheduling.tasks.find_timetable", lock="timetables", timetable_id=stored.pk)
    record("scheduling.solve_timetable", stored, by=by, scope=timetable.process)


def find_timetable(timetable_id: int) -> None:
    """Place the sessions of a timetable that was asked for. Does nothing a second time; a later asking is not overwritten."""
    from talka.scheduling.solving.model import solve

    timetable = Timetable.objects.select_related("process").filter(pk=timetable_id).first()
    if timetable is None or not timetable.is_being_solved:
        return
    asked = asked_of(timetable)
    found = solve(asked.problem, seconds=timetable.seconds, hint=asked.placed())
    with transaction.atomic():
        stored = Timetable.objects.select_for_update().filter(pk=timetable_id, asked_at=timetable.asked_at).first()
        if stored is None or not stored.is_being_solved:
            return
        placed = {one.session: one for one in found.placed}
        sessions = [one for one in asked.sessions.values() if not one.pinned]
        for session in sessions:
            where = placed.get(session.pk)
            session.starts_at, session.place_id = (where.starts, where.room) if where else (None, None)
        PlannedSession.objects.bulk_update(sessions, ["starts_at", "place"])
        stored.solved_at, stored.cost, stored.bound = clock.now(), found.cost, found.bound
        stored.save(update_fields=["solved_at", "cost", "bound"])


@transaction.atomic
def give_timetable_up(timetable_id: int) -> None:
    """Mark a timetable that could not be sought, time after time; what was placed before stays."""
    Timetable.objects.filter(pk=timetable_id, solved_at__isnull=True).update(failed_at=clock.now())
