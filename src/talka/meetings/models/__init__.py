# SPDX-License-Identifier: EUPL-1.2
from talka.meetings.models.agenda import AgendaItem, GivenTask, SentAgenda
from talka.meetings.models.archives import Archive, ArchiveQuerySet
from talka.meetings.models.decisions import Decision
from talka.meetings.models.invitations import Invitation, InvitationQuerySet
from talka.meetings.models.meetings import USUAL_LENGTH, Custom, Meeting, MeetingQuerySet
from talka.meetings.models.minutes import Attendance, Correction, Minutes, MinutesQuerySet, Remark
from talka.meetings.models.papers import Paper, PaperVersion
from talka.meetings.models.series import Series

__all__ = [
    "USUAL_LENGTH",
    "AgendaItem",
    "Archive",
    "ArchiveQuerySet",
    "Attendance",
    "Correction",
    "Custom",
    "Decision",
    "GivenTask",
    "Invitation",
    "InvitationQuerySet",
    "Meeting",
    "MeetingQuerySet",
    "Minutes",
    "MinutesQuerySet",
    "Paper",
    "PaperVersion",
    "Remark",
    "SentAgenda",
    "Series",
]
