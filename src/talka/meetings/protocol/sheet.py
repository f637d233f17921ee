# SPDX-License-Identifier: EUPL-1.2
"""The sheet on which those who come sign: members with whom they represent, and empty lines for others."""

from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from talka.core.typesetting import pdf
from talka.meetings.models import Meeting
from talka.meetings.operations.writing import represents_of
from talka.meetings.queries.people import seated_at
from talka.meetings.wording import when_words

EMPTY_LINES = 12


def sheet_of(meeting: Meeting, *, made_at: datetime) -> bytes:
    """Typeset the attendance sheet of a meeting: those on its list, else the members of its groups."""
    with translation.override(meeting.process.language):
        listed = [(one.name, one.represents) for one in meeting.attendances.all()]
        people = listed or list(dict.fromkeys((seat.person.name, represents_of(seat)) for seat in seated_at(meeting)))
        facts = {
            "title": _("Attendance sheet"), "language": meeting.process.language, "meeting": meeting.title, "when": when_words(meeting),
            "columns": [_("No."), _("Name and surname"), _("Represents"), _("Signature")],
            "rows": [[str(number), name, represents, ""] for number, (name, represents) in enumerate(people, 1)]
            + [[str(len(people) + number), "", "", ""] for number in range(1, EMPTY_LINES + 1)],
        }  # fmt: skip
    return pdf("meetings/sheet.typ", facts, made_at=made_at)
