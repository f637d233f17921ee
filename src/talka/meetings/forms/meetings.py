# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date as Day  # noqa: N812 — the form has a field of that name
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import Choices, F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.forms import LineField, TextField
from talka.core.local_time import HourSkipped, HourTwice, local_moment
from talka.directory.models import Place, Topic
from talka.directory.wording import place_words
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.processes.permissions import can_change_process

YEARS = (1990, 2100)
"""Meetings outside of these years are slips of the pen."""


def capitalized(choices: type[Choices]) -> Callable[[], list[tuple[str, str]]]:
    """Return the choices of a model, each beginning with a capital letter, in the language that is read then."""
    return lambda: [(value, capfirst(str(label))) for value, label in choices.choices]


class DateForm(forms.Form):
    """When: a day, the hours where they are known, the last day where it is another."""

    date = forms.DateField(label=_("Date"), required=False)
    starts = forms.TimeField(label=_("Starts at"), required=False)
    ends = forms.TimeField(label=_("Ends at"), required=False)
    ends_on = forms.DateField(label=_("Last day, if it is not the same"), required=False)

    def clean_date(self) -> Day | None:
        """Take only years in which somebody living meets."""
        return self._check_year(self.cleaned_data["date"])

    def clean_ends_on(self) -> Day | None:
        """Take only years in which somebody living meets."""
        return self._check_year(self.cleaned_data["ends_on"])

    def _check_year(self, day: Day | None) -> Day | None:
        if day is not None and not YEARS[0] <= day.year <= YEARS[1]:
            raise forms.ValidationError(
                _("Check the year: it has to be between %(first)s and %(last)s."),
                params={"first": YEARS[0], "last": YEARS[1]},
            )
        return day

    def clean(self) -> dict[str, Any]:
        """Turn the day and the hours into moments: ``starts_at``, ``ends_at`` and ``whole_day``."""
        data = super().clean() or {}
        data.update(starts_at=None, ends_at=None, whole_day=False)
        if any(name in self.errors for name in ("date", "starts", "ends", "ends_on")):
            return data
        day, starts, ends = data.get("date"), data.get("starts"), data.get("ends")
        last = data.get("ends_on")
        if day is None:
            if starts or ends or last:
                self.add_error("date", _("Enter the date as well, or leave the hours empty."))
            return data
        last = last or day
        if last < day:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        elif starts is None and ends is not None:
            self.add_error("starts", _("Enter when it starts, or leave both hours empty."))
        elif starts is None:
            data["whole_day"] = True
            data["starts_at"] = clock.day_begins(day)
            data["ends_at"] = clock.day_begins(last + timedelta(days=1))
        else:
            self._clean_hours(data, day, starts, last, ends)
        return data

    def _clean_hours(self, data: dict[str, Any], day: Day, starts: time, last: Day, ends: time | None) -> None:
        data["starts_at"] = self._moment("starts", day, starts)
        if ends is None:
            if last != day:
                self.add_error("ends", _("Enter when it ends on the last day."))
            return
        data["ends_at"] = self._moment("ends", last, ends)
        if data["starts_at"] and data["ends_at"] and data["ends_at"] <= data["starts_at"]:
            self.add_error("ends", _("It has to end after it starts."))

    def _moment(self, name: str, day: Day, hour: time) -> datetime | None:
        try:
            return local_moment(day, hour, ZoneInfo(settings.TIME_ZONE))
        except HourSkipped:
            self.add_error(
                name, _("On that day the clock is put forward over this hour, so it does not exist. Choose another.")
            )
        except HourTwice:
            self.add_error(
                name,
                _("On that day the clock is put back and this hour comes twice. Choose an earlier or a later one."),
            )
        return None


class TopicsField(forms.ModelMultipleChoiceField):
    """Topics, each with the one above it."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the topic, and in brackets the one it is part of."""
        return f"{obj} ({obj.parent})" if obj.parent else str(obj)


class PlaceField(forms.ModelChoiceField):
    """One of the places, with its address, floor and room."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the place on one line."""
        return place_words(obj)


class MeetingForm(DateForm):
    """A meeting whole: what, who, when, where, how to take part from afar, who may see it."""

    MEETING = ("title", "time_note", "remote_url", "remote_public", "remote_note", "help_note", "description", "access")
    NEW_PLACE = ("address", "floor", "room", "access", "access_note", "directions", "longitude", "latitude")

    title = LineField(
        label=_("Title"),
        help_text=_("What stands on the calendar, such as “Working group ‘Education’, first meeting”."),
    )
    groups = forms.ModelMultipleChoiceField(
        WorkingGroup.objects.none(), label=_("Working groups"), required=False, widget=forms.CheckboxSelectMultiple
    )
    time_note = LineField(
        label=_("When, in words"), required=False,
        help_text=_("Only where the date is not known yet, such as “in the second half of February”."),
    )  # fmt: skip
    place = PlaceField(Place.objects.none(), label=_("Place"), required=False, empty_label=_("No place chosen"))
    place_name = LineField(label=_("Name of the place"), required=False)
    place_address = LineField(label=_("Address"), required=False, max_length=300)
    place_floor = LineField(label=_("Floor"), required=False, max_length=40)
    place_room = LineField(label=_("Room"), required=False, max_length=100)
    place_access = forms.ChoiceField(
        label=_("Accessibility"), required=False, choices=capitalized(Place.Access), initial=Place.Access.UNKNOWN
    )
    place_access_note = TextField(
        label=_("About accessibility"), required=False, rows=2, max_length=2000,
        help_text=_("Ramp, lift, width of doors, toilet, hearing loop, parking."),
    )  # fmt: skip
    place_directions = TextField(label=_("How to get there"), required=False, rows=2, max_length=2000)
    place_longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    place_latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    remote_url = forms.URLField(label=_("Link to join remotely"), required=False, max_length=500, assume_scheme="https")
    remote_public = forms.BooleanField(
        label=_("Show the link to everybody"), required=False,
        help_text=_("Otherwise only those see it who have a role in the process, after signing in."),
    )  # fmt: skip
    remote_note = LineField(label=_("How to join remotely"), required=False, max_length=300)
    help_note = TextField(
        label=_("How to ask for help"), required=False, rows=2, max_length=2000,
        help_text=_("Whom to tell, and until when, if help is needed with coming, hearing or reading."),
    )  # fmt: skip
    description = TextField(
        label=_("What it is about"), required=False, rows=8,
        help_text=_("Lists, links and **bold** may be written in Markdown."),
    )  # fmt: skip
    topics = TopicsField(Topic.objects.none(), label=_("Topics"), required=False, widget=forms.CheckboxSelectMultiple)
    access = forms.ChoiceField(
        label=_("Who may see the meeting"),
        choices=capitalized(Meeting.Access),
        widget=forms.RadioSelect,
        initial=Meeting.Access.PUBLIC,
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, process: Process, by: Any, meeting: Meeting | None = None) -> None:
        super().__init__(data, initial=values_of(meeting) if meeting else {})
        self.must_lead = not can_change_process(by, process)
        offered = process.groups.filter(
            Q(closed_at__isnull=True) | Q(meetings=meeting) if meeting else Q(closed_at__isnull=True)
        )
        groups = self._choices("groups")
        groups.queryset = offered.distinct()
        if self.must_lead:
            groups.required = True
            groups.help_text = _("At least one that you lead.")
            self.initial.setdefault("groups", list(WorkingGroup.objects.led_by(by).filter(process=process)))
        about = Q(groups__process=process) | Q(groups_below__process=process) | Q(meetings__process=process)
        topics = Topic.objects.filter(about).select_related("parent").distinct()
        self._choices("topics").queryset = topics.order_by(
            Coalesce("parent__name", "name"), F("parent__name").asc(nulls_first=True), "name"
        )
        takes_part = Q(organization__participations__process=process) | Q(meetings__process=process)
        self._choices("place").queryset = Place.objects.filter(takes_part).distinct()
        for name in ("groups", "topics"):
            if not self._choices(name).queryset.exists():
                del self.fields[name]

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask for a date or words instead of it, and for one place only."""
        data = super().clean()
        if not data.get("date") and not data.get("time_note") and not {"date", "time_note"} & set(self.errors):
            self.add_error("date", _("Enter the date, or write below in words when it will be."))
        new = [name for name in self.NEW_PLACE if name != "access" and data.get(f"place_{name}") not in {"", None}]
        if data.get("place_name") and data.get("place"):
            self.add_error("place", _("Choose a place of the list or enter a new one, not both."))
        elif new and not data.get("place_name") and not data.get("place") and "place_name" not in self.errors:
            self.add_error("place_name", _("Enter the name of the new place."))
        return data

    def see_theirs(self, meeting: Meeting) -> None:
        """Keep what was typed, and let the next sending stand against the meeting as it is now."""
        data: Any = self.data
        self.data = data.copy()
        self.data["seen"] = str(meeting.sequence)  # type: ignore[index]

    def new_place(self) -> dict[str, Any] | None:
        """Return the fields of the place to enter, if there is one."""
        data = self.cleaned_data
        if not data["place_name"]:
            return None
        fields = {name: data[f"place_{name}"] for name in self.NEW_PLACE}
        if fields["longitude"] is None or fields["latitude"] is None:
            fields["longitude"] = fields["latitude"] = None
        return {"name": data["place_name"], **fields, "access": fields["access"] or Place.Access.UNKNOWN}

    def meeting_fields(self) -> dict[str, Any]:
        """Return what the operations ask for, but for the place."""
        data = self.cleaned_data
        fields = {name: data[name] for name in (*self.MEETING, "starts_at", "ends_at", "whole_day")}
        return {**fields, "groups": list(data.get("groups", ())), "topics": list(data.get("topics", ()))}


def offer_as_in_meetings(form: forms.Form, *, process: Process, by: Any) -> None:
    """Let a form choose groups and a place from what a meeting may have; a field with nothing to choose from goes."""
    like = MeetingForm(process=process, by=by)
    for name in {"groups", "place"} & set(form.fields):
        if name not in like.fields:
            del form.fields[name]
            continue
        field: Any = form.fields[name]
        other: Any = like.fields[name]
        field.queryset, field.required, field.help_text = other.queryset, other.required, other.help_text
    if "groups" in form.fields:
        form.initial.setdefault("groups", like.initial.get("groups", []))


def values_of(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as its form shows it."""
    values: dict[str, Any] = {name: getattr(meeting, name) for name in MeetingForm.MEETING}
    values |= {
        "groups": list(meeting.groups.all()),
        "topics": list(meeting.topics.all()),
        "place": meeting.place_id,
        "seen": meeting.sequence,
    }
    return values | dates_of(meeting)


def dates_of(meeting: Meeting) -> dict[str, Any]:
    """Return when a meeting takes place, as its form shows it."""
    values: dict[str, Any] = {"date": meeting.first_day}
    if meeting.last_day != meeting.first_day:
        values["ends_on"] = meeting.last_day
    if meeting.starts_at is not None and not meeting.whole_day:
        values["starts"] = timezone.localtime(meeting.starts_at).time()
        values["ends"] = timezone.localtime(meeting.ends_at).time() if meeting.ends_at else None
    return values


class CopyForm(DateForm):
    """Another day for the same meeting; two weeks later unless said otherwise."""

    def __init__(self, data: Any = None, *, meeting: Meeting) -> None:
        initial = dates_of(meeting)
        for name in ("date", "ends_on"):
            if initial.get(name):
                initial[name] += timedelta(days=14)
        super().__init__(data, initial=initial)
        self.fields["date"].required = True


class CancelForm(forms.Form):
    """Why a meeting is called off."""

    reason = TextField(
        label=_("Why"), rows=3, max_length=2000,
        help_text=_("Everybody sees this on the page of the meeting; say also what comes instead."),
    )  # fmt: skip
