# SPDX-License-Identifier: EUPL-1.2
from talka.meetings.models.decisions import Decision
from talka.meetings.models.meetings import USUAL_LENGTH, Meeting, MeetingQuerySet
from talka.meetings.models.papers import Paper

__all__ = ["USUAL_LENGTH", "Decision", "Meeting", "MeetingQuerySet", "Paper"]
