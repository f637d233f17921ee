# SPDX-License-Identifier: EUPL-1.2
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from talka.core import clock
from talka.core.foreign_calendars import MOST_BYTES, ForeignCalendar, ForeignEvent, Trouble, Unread, read_calendar
from talka.groups.models import WorkingGroup
from talka.meetings.forms.meetings import capitalized, offer_as_in_meetings
from talka.meetings.models import Meeting
from talka.processes.models import Process

SALT = "meetings.take_calendar"
KEPT_FOR = timedelta(hours=12)
AHEAD = timedelta(days=731)
MOST_SHOWN = 200
"""Events that are taken over at once."""
LONGEST_TEXT = 4000
"""Characters of a description, so that the page that holds all events can be sent."""
SENTENCES = {
    Trouble.NOT_A_CALENDAR: gettext_lazy("This is not a calendar file. Choose a file whose name ends in .ics."),
    Trouble.TOO_LARGE: gettext_lazy("The file is larger than 1 MB. Export a shorter period."),
    Trouble.BROKEN: gettext_lazy("is broken and was left out"),
    Trouble.NO_START: gettext_lazy("has no beginning and was left out"),
    Trouble.BAD_RULE: gettext_lazy("comes again by a rule that cannot be read; only its first time was taken"),
    Trouble.BAD_PART: gettext_lazy("has a part that cannot be read"),
    Trouble.TOO_MANY: gettext_lazy("The file holds more than can be taken at once; the rest was left out."),
}


class CalendarFileForm(forms.Form):
    """The calendar file of another program."""

    file = forms.FileField(
        label=gettext_lazy("Calendar file"),
        max_length=200,
        help_text=gettext_lazy("A file ending in .ics, as Outlook, Google Calendar and telephones export it."),
        widget=forms.FileInput(attrs={"accept": ".ics,.ical,.ifb,.vcs,text/calendar"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    calendar = ForeignCalendar()

    def clean_file(self) -> str:
        """Read the events ahead; say in a sentence why there are none. Returns the name of the file."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(SENTENCES[Trouble.TOO_LARGE])
        today = clock.today()
        read = read_calendar(file.read(), zone=ZoneInfo(settings.TIME_ZONE), first=today, end=today + AHEAD)
        if any(one.trouble == Trouble.NOT_A_CALENDAR for one in read.unread):
            raise forms.ValidationError(SENTENCES[Trouble.NOT_A_CALENDAR])
        held = [
            replace(event, title=event.title or _("Meeting"), description=event.description[:LONGEST_TEXT])
            for event in read.events
            if not event.cancelled
        ]
        if not held:
            raise forms.ValidationError(_("In this file nothing takes place from today on."))
        unread = read.unread + [Unread(Trouble.TOO_MANY)] * (len(held) > MOST_SHOWN)
        self.calendar = ForeignCalendar(read.name, held[:MOST_SHOWN], list(dict.fromkeys(unread)))
        return str(file.name)


class TakeCalendarForm(forms.Form):
    """Which events of a file that was read become meetings, of which groups, and who may see them."""

    read = forms.CharField(widget=forms.HiddenInput, strip=False)
    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Meetings"), error_messages={"required": gettext_lazy("Choose at least one.")}
    )
    groups = forms.ModelMultipleChoiceField(
        WorkingGroup.objects.none(),
        label=gettext_lazy("Working groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    with_text = forms.BooleanField(
        label=gettext_lazy("Take the descriptions along"),
        required=False,
        help_text=gettext_lazy("They often hold links, codes and notes that are not for everybody. Read them first."),
    )
    access = forms.ChoiceField(
        label=gettext_lazy("Who may see the meetings"),
        choices=capitalized(Meeting.Access),
        widget=forms.RadioSelect,
        initial=Meeting.Access.PUBLIC,
    )

    def __init__(
        self, data: Any = None, *, process: Process, by: Any, events: Sequence[ForeignEvent] = (), **options: Any
    ) -> None:
        super().__init__(data, **options)
        offer_as_in_meetings(self, process=process, by=by)
        self.events = list(events) if data is None else unpacked(data.get("read", ""))
        chosen: Any = self.fields["chosen"]
        chosen.choices = [(event.key, event.title) for event in self.events]
        if data is None:
            self.initial["read"] = packed(self.events)

    def clean_read(self) -> str:
        """Say when the file was read too long ago, or not by this page."""
        if not self.events:
            raise forms.ValidationError(_("Choose the file once more: what was read of it is not at hand any longer."))
        return str(self.cleaned_data["read"])

    def wanted(self) -> list[ForeignEvent]:
        """Return the chosen events, without their descriptions unless these were asked for."""
        chosen = [event for event in self.events if event.key in set(self.cleaned_data["chosen"])]
        return chosen if self.cleaned_data["with_text"] else [replace(event, description="") for event in chosen]


def packed(events: Sequence[ForeignEvent]) -> str:
    """Write events as a signed text that a page may hold until it is sent."""
    rows = json.dumps([asdict(event) for event in events], cls=DjangoJSONEncoder)
    return signing.dumps(rows, salt=SALT, compress=True)


def unpacked(text: str) -> list[ForeignEvent]:
    """Read the events back; none of a text that is too old or not ours."""
    try:
        rows = json.loads(signing.loads(text, salt=SALT, max_age=KEPT_FOR))
    except signing.BadSignature:
        return []
    return [ForeignEvent(**{**row, "starts": _time(row["starts"]), "ends": _time(row["ends"])}) for row in rows]


def _time(written: str | None) -> Any:
    if written is None:
        return None
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.fromisoformat(written).astimezone(zone) if "T" in written else date.fromisoformat(written)
