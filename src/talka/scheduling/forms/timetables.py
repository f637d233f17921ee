# SPDX-License-Identifier: EUPL-1.2
import re
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.alphabet import Alphabetical
from talka.core.editing import RowForm, offer
from talka.core.forms import DayField, LineField, TextField
from talka.core.local_time import HourSkipped, HourTwice, local_moment
from talka.directory.models import Person, Place
from talka.directory.wording import place_words
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.processes.queries import people_near
from talka.scheduling.models import GroupWish, PlannedSession, Timetable
from talka.scheduling.queries.timetables import sitting

MAX_DAYS = 186
"""How many days a timetable may span."""

_WEEKDAYS = [(number, capfirst(str(name))) for number, name in WEEKDAYS.items()]


class RoomsField(forms.ModelMultipleChoiceField):
    """Rooms, each with its address, seats and accessibility."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the room with what a timetable needs to know of it."""
        seats = _("seats: %(number)d") % {"number": obj.seats} if obj.seats is not None else _("seats not counted")
        return f"{place_words(obj)} – {seats}, {obj.get_access_display()}"


def _number(label: Any, least: int, most: int, **options: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "size": "4", "class": "year"})
    return forms.IntegerField(label=label, min_value=least, max_value=most, widget=widget, localize=False, **options)


class TimetableForm(RowForm):
    """Days, hours and rooms of a timetable, and what matters how much."""

    title = LineField(label=_("Title"), help_text=_("Such as “First sessions of the working groups”."))
    first_day = DayField(label=_("From"))
    last_day = DayField(label=_("Until"))
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), choices=_WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    opens = forms.TimeField(label=_("Not before"))
    closes = forms.TimeField(label=_("Over by"))
    holidays = forms.BooleanField(label=_("Also on public holidays"), required=False)
    days_off = TextField(
        label=_("Days without sessions"), required=False, rows=3, max_length=4000,
        help_text=_("One per line, such as 24.02.2027. or 2027-02-24."),
    )  # fmt: skip
    step = forms.TypedChoiceField(label=_("Sessions may begin"), choices=Timetable.Step.choices, coerce=int)
    pause = _number(_("Pause between two sessions in a room, minutes"), 0, 240)
    places = RoomsField(
        Place.objects.none(), label=_("Rooms"), widget=forms.CheckboxSelectMultiple,
        help_text=_("A room whose seats are not counted is taken to be large enough."),
    )  # fmt: skip
    weigh_people = forms.TypedChoiceField(
        label=_("Nobody has two sessions at once"), choices=Timetable.Weight.choices, coerce=int
    )
    weigh_evenings = forms.TypedChoiceField(
        label=_("Groups of residents meet in the evening"), choices=Timetable.Weight.choices, coerce=int
    )
    evening_from = forms.TimeField(label=_("The evening begins at"))
    weigh_weeks = forms.TypedChoiceField(
        label=_("No group meets twice in a week"), choices=Timetable.Weight.choices, coerce=int
    )
    weigh_rooms = forms.TypedChoiceField(
        label=_("A group stays in one room"), choices=Timetable.Weight.choices, coerce=int
    )
    liking = forms.ChoiceField(label=_("Sessions are to lie"), choices=Timetable.Liking.choices)
    weigh_days = forms.TypedChoiceField(
        label=_("How they lie over the days"), choices=Timetable.Weight.choices, coerce=int
    )
    seconds = _number(_("Search at most, seconds"), 5, 600)

    def __init__(self, *args: Any, process: Process, row: Timetable | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        takes_part = Q(organization__participations__process=process) | Q(meetings__process=process)
        if row is not None:
            takes_part |= Q(timetables=row)
        offer(self, places=Place.objects.filter(takes_part).distinct())
        self.initial["days_off"] = "\n".join(f"{day:%d.%m.%Y}." for day in row.days_off) if row is not None else ""
        if row is None:
            for name in self.fields:
                field = _model_field(name)
                if field is not None and field.has_default():
                    self.initial.setdefault(name, field.get_default())

    def clean_days_off(self) -> list[date]:
        """Read the days, one per line."""
        found = []
        for line in self.cleaned_data["days_off"].split("\n"):
            written = line.strip().rstrip(".")
            if written:
                found.append(_day(written))
        return sorted(set(found))

    def clean(self) -> dict[str, Any]:
        """Refuse days and hours that end before they begin, and years of days."""
        data = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day cannot be before the first."))
        elif first and last and (last - first).days >= MAX_DAYS:
            self.add_error("last_day", _("Choose at most half a year; a timetable is made for some weeks."))
        if data.get("opens") and data.get("closes") and data["closes"] <= data["opens"]:
            self.add_error("closes", _("It has to be later than the beginning."))
        return data


def _model_field(name: str) -> Any:
    return next((field for field in Timetable._meta.fields if field.name == name), None)


def _day(written: str) -> date:
    for pattern, order in (
        (r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})", (3, 2, 1)),
        (r"(\d{4})-(\d{2})-(\d{2})", (1, 2, 3)),
    ):
        read = re.fullmatch(pattern, written)
        if read:
            try:
                return date(*(int(read[number]) for number in order))
            except ValueError:
                break
    raise forms.ValidationError(_("“%(line)s” is not a day. Write it as 24.02.2027.") % {"line": written[:40]})


class WishForm(forms.Form):
    """What one group needs."""

    sessions = _number(_("Sessions"), 0, 20)
    minutes = _number(_("Minutes"), 15, 720)
    others = _number(_("Others expected"), 0, 5000)
    needs_access = forms.BooleanField(label=_("Accessible room"), required=False)
    evening = forms.BooleanField(label=_("In the evening"), required=False)

    def __init__(self, data: Any = None, *, group: WorkingGroup, members: int, wish: GroupWish | None) -> None:
        names = ("sessions", "minutes", "others", "needs_access", "evening")
        blank = GroupWish(sessions=0)
        initial = {name: getattr(wish or blank, name) for name in names}
        super().__init__(data, prefix=f"group-{group.pk}", initial=initial)
        self.group, self.members = group, members
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{group}: {field.label}"


class AbsenceForm(forms.Form):
    """Who is away, and when."""

    person = forms.ModelChoiceField(Person.objects.none(), label=pgettext_lazy("absence", "Who"))
    group = forms.ModelChoiceField(
        WorkingGroup.objects.none(), label=_("Speaks to the group"), required=False,
        help_text=_("Only for a speaker who does not sit in it."),
    )  # fmt: skip
    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"))

    def __init__(self, *args: Any, timetable: Timetable, **options: Any) -> None:
        super().__init__(*args, **options)
        self.timetable = timetable
        seated = Q(pk__in=sitting(timetable).values("person")) | Q(pk__in=people_near(timetable.process).values("pk"))
        groups = WorkingGroup.objects.filter(pk__in=timetable.wishes.values("group"))
        offer(self, person=Person.objects.filter(seated).order_by(Alphabetical("name"), "pk"), group=groups)

    def clean(self) -> dict[str, Any]:
        """Refuse an absence that ends before it begins, and one that concerns no group."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        person = data.get("person")
        if person and not data.get("group") and not sitting(self.timetable).filter(person=person).exists():
            self.add_error(
                "group",
                _("This person sits in none of the groups of the timetable. Choose the group to which they speak."),
            )
        return data


class RoomField(forms.ModelChoiceField):
    """One of the rooms, with its address."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the room on one line."""
        return place_words(obj)


class MoveForm(forms.Form):
    """Where and when a session is to be instead."""

    day = DayField(label=_("Day"))
    hour = forms.TimeField(label=_("Starts at"))
    place = RoomField(Place.objects.none(), label=_("Room"))
    pinned = forms.BooleanField(
        label=_("Stays there when the rest is sought again"), required=False, initial=True
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: PlannedSession, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, place=session.wish.timetable.places.all())
        self.initial.update({"seen": session.mark, "place": session.place_id})
        if session.starts_at is not None:
            local = session.starts_at.astimezone(ZoneInfo(settings.TIME_ZONE))
            self.initial.update({"day": local.date(), "hour": local.time()})

    def clean(self) -> dict[str, Any]:
        """Turn day and hour into a moment: ``starts_at``."""
        data = super().clean() or {}
        if data.get("day") and data.get("hour"):
            try:
                data["starts_at"] = local_moment(data["day"], data["hour"], ZoneInfo(settings.TIME_ZONE))
            except HourSkipped:
                self.add_error(
                    "hour",
                    _("On that day the clock is put forward over this hour, so it does not exist. Choose another."),
                )
            except HourTwice:
                self.add_error(
                    "hour",
                    _("On that day the clock is put back and this hour comes twice. Choose an earlier or a later one."),
                )
        return data

    def see_theirs(self, session: PlannedSession) -> None:
        """Keep what was chosen, and let the next sending stand against where the session is now."""
        data: Any = self.data
        self.data = data.copy()
        self.data["seen"] = session.mark  # type: ignore[index]


class PublishForm(forms.Form):
    """Who may see the meetings."""

    access = forms.ChoiceField(
        label=_("Who may see the meetings"), choices=Meeting.Access.choices, widget=forms.RadioSelect,
        initial=Meeting.Access.PUBLIC,
    )  # fmt: skip
