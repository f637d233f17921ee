# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a timetable."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person, Place
from talka.groups.models import WorkingGroup
from talka.groups.queries.members import Balance, balances
from talka.processes.models import Process
from talka.scheduling.models import Absence, GroupWish, PlannedSession, Timetable
from talka.scheduling.queries.timetables import sitting


class BeingSolved(Refused):
    message = _("The timetable is being sought now. Wait until it is found, then change it.")


class AlreadyPublished(Refused):
    message = _("This timetable is published. Change its meetings one by one, or begin another timetable.")


class NotInGroups(Refused):
    message = _("This person sits in none of the groups of the timetable. Choose the group to which they speak.")


class GroupOfAnotherProcess(Refused):
    message = _("A timetable can bring together groups of its own process only.")


def lock_open(timetable: Timetable) -> Timetable:
    """Lock a timetable and return it as it is now; refuse one that is being sought or published."""
    stored = Timetable.objects.select_for_update().get(pk=timetable.pk)
    if stored.is_published:
        raise AlreadyPublished
    if stored.is_being_solved:
        raise BeingSolved
    return stored


@transaction.atomic
def create_timetable(process: Process, *, title: str, places: Sequence[Place], by: User, **fields: Any) -> Timetable:
    """Begin a timetable with one session of each group that works; groups of residents are wished into the evening."""
    authorize(by, "scheduling.create_timetable", process)
    timetable = Timetable.objects.create(process=process, title=title, created_by=by, created_at=clock.now(), **fields)
    timetable.places.set(places)
    groups = process.groups.filter(closed_at__isnull=True)
    known = balances(groups)
    for group in groups:
        balance = known.get(group.pk, Balance())
        _save_wish(timetable, group, {"evening": bool(balance.residents) and balance.residents * 2 >= balance.total})
    record("scheduling.create_timetable", timetable, by=by, scope=process)
    return timetable


@transaction.atomic
def change_timetable(
    timetable: Timetable, *, by: User, places: Sequence[Place] | None = None, seen: str = "", **fields: Any
) -> None:
    """Change days, hours, rooms and what matters; sessions stay where they are until they are sought again."""
    authorize(by, "scheduling.change_timetable", timetable)
    stored = lock_open(timetable)
    names = {**fields, "places": places} if places is not None else fields
    check_unchanged(stored, names, seen)
    changed = changed_names(stored, names)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    if places is not None:
        stored.places.set(places)
    record("scheduling.change_timetable", stored, by=by, scope=timetable.process, fields=changed)


@transaction.atomic
def set_wishes(timetable: Timetable, *, wishes: Mapping[WorkingGroup, Mapping[str, Any]], by: User) -> None:
    """Say what each group needs; one with no sessions is not in the timetable. Groups that are not named stay as they are."""
    authorize(by, "scheduling.set_wishes", timetable)
    stored = lock_open(timetable)
    if any(group.process_id != timetable.process_id for group in wishes):
        raise GroupOfAnotherProcess
    for group, fields in wishes.items():
        if fields.get("sessions", 1):
            _save_wish(stored, group, fields)
        else:
            GroupWish.objects.filter(timetable=stored, group=group).delete()
    record("scheduling.set_wishes", stored, by=by, scope=timetable.process)


def _save_wish(timetable: Timetable, group: WorkingGroup, fields: Mapping[str, Any]) -> None:
    wish, _new = GroupWish.objects.update_or_create(timetable=timetable, group=group, defaults=dict(fields))
    there = set(wish.planned.values_list("number", flat=True))
    wish.planned.filter(number__gt=wish.sessions).delete()
    PlannedSession.objects.bulk_create(
        [PlannedSession(wish=wish, number=number) for number in range(1, wish.sessions + 1) if number not in there]
    )


@transaction.atomic
def remove_timetable(timetable: Timetable, *, by: User) -> None:
    """Remove a timetable that is not published; meetings are not touched."""
    authorize(by, "scheduling.remove_timetable", timetable)
    stored = lock_open(timetable)
    record("scheduling.remove_timetable", stored, by=by, scope=timetable.process)
    stored.delete()


@transaction.atomic
def add_absence(
    timetable: Timetable, *, person: Person, starts_on: date, ends_on: date, by: User, group: WorkingGroup | None = None
) -> Absence:
    """Enter when somebody is away without whom groups cannot meet: those they sit in, and the one that they speak to."""
    authorize(by, "scheduling.add_absence", timetable)
    stored = lock_open(timetable)
    if group is None and not sitting(stored).filter(person=person).exists():
        raise NotInGroups
    if group is not None and not stored.wishes.filter(group=group).exists():
        raise GroupOfAnotherProcess
    absence = Absence.objects.create(timetable=stored, person=person, group=group, starts_on=starts_on, ends_on=ends_on)
    record("scheduling.add_absence", stored, by=by, scope=timetable.process)
    return absence


@transaction.atomic
def remove_absence(absence: Absence, *, by: User) -> None:
    """Take back that somebody is away."""
    authorize(by, "scheduling.remove_absence", absence.timetable)
    lock_open(absence.timetable)
    record("scheduling.remove_absence", absence.timetable, by=by, scope=absence.timetable.process)
    absence.delete()


@transaction.atomic
def erase_absence(absence: Absence, *, by: User, reason: str) -> None:
    """Delete when somebody is away, because they asked; also of a timetable that cannot be changed any more."""
    authorize(by, "scheduling.erase_absence", absence)
    record("scheduling.erase_absence", absence.timetable, by=by, scope=absence.timetable.process, reason=reason)
    absence.delete()
