# SPDX-License-Identifier: EUPL-1.2
from talka.scheduling.models.polls import DatePoll, DatePollQuerySet, PollAnswer, PollOption, PollPerson
from talka.scheduling.models.timetables import Absence, GroupWish, PlannedSession, Timetable, TimetableQuerySet

__all__ = [
    "Absence",
    "DatePoll",
    "DatePollQuerySet",
    "GroupWish",
    "PlannedSession",
    "PollAnswer",
    "PollOption",
    "PollPerson",
    "Timetable",
    "TimetableQuerySet",
]
