# SPDX-License-Identifier: EUPL-1.2
"""How pages find a timetable, and where its pages are."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse

from talka.core.permissions import authorize
from talka.scheduling.models import PlannedSession, Timetable


def open_timetable(user: Any, process_slug: str, pk: int, verb: str) -> Timetable:
    """Return a timetable of this very process to somebody who may do ``verb`` to it."""
    timetables = Timetable.objects.visible_to(user).select_related("process__owner")
    timetable = get_object_or_404(timetables, process__slug=process_slug, pk=pk)
    authorize(user, verb, timetable)
    return timetable


def open_session(user: Any, process_slug: str, timetable_pk: int, pk: int, verb: str) -> PlannedSession:
    """Return a session of a timetable to somebody who may do ``verb`` to the timetable."""
    timetable = open_timetable(user, process_slug, timetable_pk, verb)
    sessions = PlannedSession.objects.filter(wish__timetable=timetable).select_related("wish__group", "place")
    session = get_object_or_404(sessions, pk=pk)
    session.wish.timetable = timetable
    return session


def timetable_page(timetable: Timetable) -> str:
    """Return the address of a timetable's page."""
    return reverse("scheduling:manage_timetable", args=[timetable.process.slug, timetable.pk])
