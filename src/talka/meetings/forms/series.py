# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.forms import DayField, LineField, TextField
from talka.core.recurrence.rules import WEEKDAYS, BadRule, Rule
from talka.directory.models import Place
from talka.groups.models import WorkingGroup
from talka.meetings.forms.meetings import DateForm, PlaceField, capitalized, offer_as_in_meetings
from talka.meetings.models import Meeting, Series
from talka.processes.models import Process

OFTEN = [
    ("weekly", _("every week")),
    ("fortnightly", _("every two weeks")),
    ("twice", _("twice a month: in the first and third week, on the weekday of the first day")),
    ("monthly", _("once a month: on the same weekday in the same week of the month")),
    ("last", _("once a month: on the last such weekday")),
    ("own", _("by a rule of my own (RFC 5545)")),
]
MOST_TIMES = 200


class SeriesForm(DateForm):
    """Meetings that come again: how often, from when, how long, where."""

    title = LineField(label=_("Title"))
    groups = forms.ModelMultipleChoiceField(
        WorkingGroup.objects.none(), label=_("Working groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    often = forms.ChoiceField(label=_("How often"), choices=OFTEN, widget=forms.RadioSelect, initial="fortnightly")
    own_rule = LineField(
        label=_("Rule"), required=False, max_length=300, help_text=_("Such as FREQ=MONTHLY;BYDAY=2TU;COUNT=10."),
    )  # fmt: skip
    until = DayField(
        label=_("Last day"), required=False, help_text=_("Empty: it goes on; meetings are made half a year ahead.")
    )
    count = forms.IntegerField(label=_("Or how many times"), required=False, min_value=1, max_value=MOST_TIMES)
    holidays = forms.ChoiceField(
        label=_("On public holidays"),
        choices=capitalized(Series.Holidays),
        widget=forms.RadioSelect,
        initial=Series.Holidays.SKIP,
    )
    left_out = TextField(
        label=_("Days without a meeting"), required=False, rows=3, max_length=2000,
        help_text=_("One day per line, such as 24.12.2026."),
    )  # fmt: skip
    place = PlaceField(
        Place.objects.none(),
        label=_("Place"),
        required=False,
        empty_label=_("No place chosen"),
    )
    remote_url = forms.URLField(label=_("Link to join remotely"), required=False, max_length=500, assume_scheme="https")
    remote_public = forms.BooleanField(label=_("Show the link to everybody"), required=False)
    remote_note = LineField(label=_("How to join remotely"), required=False, max_length=300)
    access = forms.ChoiceField(
        label=_("Who may see the meeting"), choices=capitalized(Meeting.Access), widget=forms.RadioSelect,
        initial=Meeting.Access.PUBLIC,
    )  # fmt: skip

    def __init__(self, data: Any = None, *, process: Process, by: Any, before: Series | None = None) -> None:
        super().__init__(data, initial=_as_before(before) if before is not None else None)
        offer_as_in_meetings(self, process=process, by=by)
        for name in ("date", "starts", "ends"):
            self.fields[name].required = True
        self.fields["date"].label = _("First day")
        if "ends_on" in self.fields:
            del self.fields["ends_on"]

    def clean_left_out(self) -> list[str]:
        """Read the days without a meeting, one per line."""
        days = []
        for line in filter(None, map(str.strip, self.cleaned_data["left_out"].splitlines())):
            try:
                days.append(forms.DateField(input_formats=["%d.%m.%Y", "%Y-%m-%d"]).clean(line.rstrip(".")).isoformat())
            except forms.ValidationError as error:
                raise forms.ValidationError(_("“%(line)s” is not a day.") % {"line": line[:30]}) from error
        return days

    def clean(self) -> dict[str, Any]:
        """Put the rule together from what was chosen."""
        data = super().clean()
        if data.get("until") and data.get("count"):
            self.add_error("count", _("Choose the last day or how many times, not both."))
        first = data.get("date")
        if first and data.get("until") and data["until"] < first:
            self.add_error("until", _("It cannot end before it starts."))
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if starts and ends and (ends - starts).total_seconds() > 12 * 3600:
            self.add_error("ends", _("A meeting of a series lasts twelve hours at most."))
        if not self.errors and first:
            data["rule"] = self._rule(data, first)
        return data

    def _rule(self, data: dict[str, Any], first: date) -> str:
        if data["often"] == "own":
            written = str(data["own_rule"])
            if not written:
                self.add_error("own_rule", _("Write the rule."))
                return ""
            try:
                Rule.read(written)
            except BadRule as bad:
                self.add_error("own_rule", _("The rule cannot be read at “%(part)s”.") % {"part": bad.part})
            return written
        day, week = WEEKDAYS[first.weekday()], (first.day - 1) // 7 + 1
        rule = {
            "weekly": f"FREQ=WEEKLY;BYDAY={day}",
            "fortnightly": f"FREQ=WEEKLY;INTERVAL=2;BYDAY={day}",
            "twice": f"FREQ=MONTHLY;BYDAY=1{day},3{day}",
            "monthly": f"FREQ=MONTHLY;BYDAY={week}{day}" if week < 5 else f"FREQ=MONTHLY;BYDAY=-1{day}",
            "last": f"FREQ=MONTHLY;BYDAY=-1{day}",
        }[data["often"]]
        if data.get("count"):
            return f"{rule};COUNT={data['count']}"
        return f"{rule};UNTIL={data['until']:%Y%m%d}" if data.get("until") else rule

    def series(self) -> dict[str, Any]:
        """Return the series, as the operations take it."""
        data = self.cleaned_data
        minutes = round((data["ends_at"] - data["starts_at"]).total_seconds() / 60)
        details = {name: data[name] for name in ("remote_url", "remote_public", "remote_note", "access")}
        return {
            "title": data["title"], "rule": data["rule"], "starts_at": data["starts_at"], "minutes": minutes,
            "groups": list(data.get("groups", ())), "place": data.get("place"), "holidays": data["holidays"],
            "left_out": data["left_out"], "details": details,
        }  # fmt: skip


def _as_before(series: Series) -> dict[str, Any]:
    """Return what a series begins with that goes on from another one: all but the first day."""
    starts = timezone.localtime(series.starts_at) + timedelta(minutes=series.shift_minutes)
    ahead = [date.fromisoformat(day) for day in series.left_out if day >= clock.today().isoformat()]
    return {
        "title": series.title, "groups": list(series.groups.values_list("pk", flat=True)), "often": "own",
        "own_rule": series.rule, "starts": starts.time(), "ends": (starts + timedelta(minutes=series.minutes)).time(),
        "holidays": series.holidays, "left_out": "\n".join(f"{day:%d.%m.%Y}." for day in ahead), "place": series.place_id,
        **series.details,
    }  # fmt: skip


class ChangeSeriesForm(forms.Form):
    """What is different from a day on, in all meetings that are still ahead."""

    since = DayField(label=_("From this day on"))
    title = LineField(label=_("Title"))
    minutes = forms.IntegerField(label=_("How long, minutes"), min_value=5, max_value=720)
    shift = forms.IntegerField(
        label=_("Later by minutes"), required=False, min_value=-720, max_value=720,
        help_text=_("With a minus: earlier. Empty: the hour stays."),
    )  # fmt: skip
    place = PlaceField(
        Place.objects.none(),
        label=_("Place"),
        required=False,
        empty_label=_("No place chosen"),
    )
    apart = forms.BooleanField(label=_("Also those that were changed apart"), required=False)

    def __init__(self, data: Any = None, *, series: Series, by: Any, **options: Any) -> None:
        super().__init__(data, **options)
        offer_as_in_meetings(self, process=series.process, by=by)


class EndSeriesForm(forms.Form):
    """From which day on a series does not meet any more, and why."""

    since = DayField(label=_("From this day on"))
    reason = LineField(
        label=_("Why"), required=False, max_length=500, help_text=_("Whoever was told of a meeting reads it.")
    )
