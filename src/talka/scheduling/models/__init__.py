# SPDX-License-Identifier: EUPL-1.2
from talka.scheduling.models.timetables import Absence, GroupWish, PlannedSession, Timetable, TimetableQuerySet

__all__ = ["Absence", "GroupWish", "PlannedSession", "Timetable", "TimetableQuerySet"]
