# SPDX-License-Identifier: EUPL-1.2
from datetime import date as Day  # noqa: N812 — the forms have fields of that name
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.appointments.forms.public import BookingFields
from talka.appointments.models import Booking, Reception
from talka.appointments.slots import weekly_rule
from talka.appointments.visitors import Visitor
from talka.core import clock, dates
from talka.core.editing import RowForm
from talka.core.forms import DayField, LineField, TextField
from talka.core.reading import language
from talka.directory.models import Person, Place
from talka.directory.wording import place_words
from talka.processes.models import Process
from talka.processes.queries import people_near, places_near
from talka.proposals.models import Author, Proposal
from talka.proposals.operations.drafting import Content, Sender


class PlaceField(forms.ModelChoiceField):
    """One of the places, with its address, floor and room."""

    def label_from_instance(self, obj: Any) -> str:
        """Write the place on one line."""
        return place_words(obj)


def _weekdays() -> list[tuple[str, str]]:
    return [(str(number), capfirst(name)) for number, name in enumerate(dates.WEEKDAYS[language()])]


def _time(label: Any, *, required: bool = False, help_text: Any = "") -> forms.TimeField:
    return forms.TimeField(label=label, required=required, help_text=help_text)


class ReceptionForm(RowForm):
    """Reception hours whole: who, where, when, how one comes."""

    PLAIN = (
        "title", "about", "specialist", "specialist_note", "place", "phone", "remote_url", "help_note", "time_note", "starts_on",
        "ends_on", "opens", "closes", "break_from", "break_until", "slot_minutes", "seats", "bookable", "open_days", "close_hours",
        "walk_ins",
    )  # fmt: skip

    title = LineField(
        label=_("Title"), help_text=_("What stands on the calendar, such as “Reception hours of the planners”.")
    )
    about = TextField(label=_("What one can talk about"), required=False, rows=3, max_length=5000)
    specialist = forms.ModelChoiceField(
        Person.objects.none(), label=_("Who receives"), required=False, empty_label=_("nobody chosen"),
        help_text=_("This person sees who comes."),
    )  # fmt: skip
    specialist_note = LineField(
        label=_("Who receives, in words"), required=False, max_length=300,
        help_text=_("The office, or who it is where it is not always the same person."),
    )  # fmt: skip
    place = PlaceField(Place.objects.none(), label=_("Place"), required=False, empty_label=_("No place chosen"))
    phone = LineField(
        label=_("Telephone"), max_length=40, required=False, help_text=_("Where one can also be received by telephone.")
    )
    remote_url = forms.URLField(
        label=_("Link to join remotely"), required=False, max_length=500, assume_scheme="https",
        help_text=_("Only those who have booked get it."),
    )  # fmt: skip
    help_note = TextField(label=_("How to ask for help"), required=False, rows=2, max_length=2000)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Weekdays"), required=False, choices=_weekdays, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    every = forms.TypedChoiceField(
        label=_("Weeks"), coerce=int, initial=1, required=False,
        choices=[(1, _("every week")), (2, _("every second week, from the week of the first day"))],
    )  # fmt: skip
    opens = _time(_("Opens at"))
    closes = _time(_("Closes at"))
    break_from = _time(_("Break from"))
    break_until = _time(_("Break until"))
    starts_on = DayField(label=_("First day"), required=False)
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Leave it empty if there is none yet."))
    time_note = LineField(
        label=_("When, in words"), required=False,
        help_text=_("Where the day or the hours are not known yet, or something has to be added."),
    )  # fmt: skip
    bookable = forms.BooleanField(label=_("A time can be booked on the web"), required=False, initial=True)
    walk_ins = forms.BooleanField(label=_("One may come without booking"), required=False, initial=True)
    slot_minutes = forms.IntegerField(label=_("Minutes for one visitor"), min_value=5, max_value=480, initial=20)
    seats = forms.IntegerField(label=_("Visitors at the same time"), min_value=1, max_value=20, initial=1)
    open_days = forms.IntegerField(label=_("Booking opens, days ahead"), min_value=1, max_value=365, initial=28)
    close_hours = forms.IntegerField(label=_("Booking closes, hours ahead"), min_value=0, max_value=336, initial=2)

    def __init__(self, *args: Any, process: Process, row: Reception | None = None, **options: Any) -> None:
        super().__init__(*args, row=row, **options)
        people: Any = self.fields["specialist"]
        known = row.specialist if row is not None else None
        chosen = Person.objects.filter(pk=known.pk) if known is not None else Person.objects.none()
        people.queryset = (people_near(process) | chosen).distinct()
        places: Any = self.fields["place"]
        near = places_near(process) | Place.objects.filter(receptions__process=process)
        places.queryset = near.distinct()
        self.initial.setdefault("starts_on", clock.today())

    def clean(self) -> dict[str, Any]:
        """Ask for a rule with its hours, or for words instead of it."""
        data = super().clean() or {}
        if not data.get("weekdays") and "weekdays" not in self.errors:
            self._clean_unknown(data)
        else:
            for name in ("opens", "closes", "starts_on"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Enter this as well: the days are known."))
        opens, closes = data.get("opens"), data.get("closes")
        if opens and closes and closes <= opens:
            self.add_error("closes", _("It has to close after it opens."))
        elif opens and closes:
            self._clean_break(data)
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        return data

    def _clean_unknown(self, data: dict[str, Any]) -> None:
        if not data.get("time_note"):
            self.add_error("weekdays", _("Choose the weekdays, or write below in words when it is."))
        data.update(opens=None, closes=None, break_from=None, break_until=None, bookable=False)

    def _clean_break(self, data: dict[str, Any]) -> None:
        first, last = data.get("break_from"), data.get("break_until")
        if (first is None) != (last is None):
            self.add_error("break_until" if last is None else "break_from", _("Enter both ends of the break, or none."))
        elif first and last and not data["opens"] < first < last < data["closes"]:
            self.add_error("break_from", _("The break has to lie within the hours."))
        minutes = data.get("slot_minutes")
        span = timedelta(
            hours=data["closes"].hour - data["opens"].hour, minutes=data["closes"].minute - data["opens"].minute
        )
        if minutes and timedelta(minutes=minutes) > span:
            self.add_error("slot_minutes", _("This is longer than the hours are open."))

    def reception_fields(self) -> dict[str, Any]:
        """Return what the operations take."""
        data = self.cleaned_data
        weekdays = data.get("weekdays") or []
        rule = weekly_rule(weekdays, data.get("every") or 1) if weekdays else ""
        return {name: data[name] for name in self.PLAIN} | {"rule": rule}


class EndForm(forms.Form):
    """The last day, and why there are none after it."""

    ends_on = DayField(label=_("Last day"))
    reason = TextField(
        label=_("Why"), rows=3, max_length=500, help_text=_("Everybody who booked a later time is told this by letter.")
    )

    def clean_ends_on(self) -> Day:
        """Refuse a day that has passed."""
        day: Day = self.cleaned_data["ends_on"]
        if day < clock.today():
            raise forms.ValidationError(_("This day has passed."))
        return day


class CloseDayForm(forms.Form):
    """Why there are no reception hours on a day."""

    reason = LineField(
        label=_("Why"), max_length=300,
        help_text=_("It stands on the page, and everybody who has booked is told by letter and offered another time."),
    )  # fmt: skip


class ExtraDayForm(forms.Form):
    """One more day, with hours of its own."""

    day = DayField(label=_("Day"))
    opens = _time(_("Opens at"), required=True)
    closes = _time(_("Closes at"), required=True)
    reason = LineField(label=_("Why"), max_length=300, required=False)

    def __init__(self, *args: Any, reception: Reception, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("opens", reception.opens)
        self.initial.setdefault("closes", reception.closes)

    def clean_day(self) -> Day:
        """Refuse a day that has passed."""
        day: Day = self.cleaned_data["day"]
        if day < clock.today():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for hours in their order."""
        data = super().clean() or {}
        if data.get("opens") and data.get("closes") and data["closes"] <= data["opens"]:
            self.add_error("closes", _("It has to close after it opens."))
        return data


class CallerForm(BookingFields):
    """A booking for somebody who calls or writes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, for_staff=True, **options)
        self.fields["name"].error_messages["required"] = _("Enter the name.")
        self.fields["about"].label = _("What about")
        self.fields["help_needed"].label = _("Help needed")
        self.fields["email"].help_text = _("The visitor gets a letter with the time and a link to change it.")


class WalkInForm(forms.Form):
    """Somebody who came without booking; all of it may be empty."""

    name = LineField(label=pgettext_lazy("person", "Name"), required=False)
    about = LineField(label=_("What about"), max_length=500, required=False)

    def visitor(self) -> Visitor:
        """Return who came."""
        return Visitor(name=self.cleaned_data["name"], about=self.cleaned_data["about"])


class CancelForm(forms.Form):
    """Why a booking is called off."""

    reason = TextField(label=_("Why"), rows=3, max_length=500, help_text=_("The visitor is told this by letter."))


class WriteDownForm(forms.Form):
    """What was said, and whether the visitor wants it registered."""

    agreed = forms.TypedChoiceField(
        label=_("Does the visitor agree that this is registered as a proposal?"),
        choices=[("yes", _("Yes: it gets a number and an answer")), ("no", _("No: only that somebody came is kept"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask the visitor, and choose.")},
    )
    text = TextField(
        label=_("What was said"), rows=8, required=False,
        help_text=_("In the visitor's own words as far as possible; read it to them before saving."),
    )  # fmt: skip
    title = LineField(label=pgettext_lazy("of a proposal", "Title"), required=False)
    channel = forms.ChoiceField(label=_("How it was said"), choices=())
    name = LineField(label=pgettext_lazy("person", "Name"), required=False)
    name_public = forms.BooleanField(label=_("The name may be published with the proposal"), required=False)
    answer_by = forms.ChoiceField(label=_("How to answer"), choices=Author.AnswerBy)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    postal_address = LineField(label=_("Postal address"), max_length=300, required=False)
    keep_private = forms.BooleanField(label=_("Only for the municipality"), required=False)

    NEEDED: ClassVar[dict[str, str]] = {
        Author.AnswerBy.EMAIL: "email",
        Author.AnswerBy.POST: "postal_address",
        Author.AnswerBy.PHONE: "phone",
    }

    def __init__(self, *args: Any, booking: Booking, **options: Any) -> None:
        super().__init__(*args, **options)
        self.booking = booking
        reception, channels = booking.reception, (Proposal.Channel.DESK, Proposal.Channel.PHONE)
        field: Any = self.fields["channel"]
        field.choices = [(one.value, one.label) for one in channels]
        by_phone = reception.place_id is None and bool(reception.phone)
        known = [name for name in ("email", "phone") if getattr(booking, name)]
        self.initial = {
            "name": booking.name,
            "email": booking.email,
            "phone": booking.phone,
            "channel": Proposal.Channel.PHONE if by_phone else Proposal.Channel.DESK,
            "answer_by": known[0] if known else Author.AnswerBy.NOT_AT_ALL,
            **self.initial,
        }

    def clean(self) -> dict[str, Any]:
        """Where the visitor agrees, ask for the text and for what the answer needs."""
        data = super().clean() or {}
        if not data.get("agreed"):
            return data
        if not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Write what was said; a sentence is enough."))
        needed = self.NEEDED.get(data.get("answer_by") or "")
        if needed and not data.get(needed) and needed not in self.errors:
            self.add_error(needed, _("The answer is to be sent there: enter it, or choose another way."))
        return data

    def content(self) -> Content | None:
        """Return what is proposed; nothing where the visitor did not agree."""
        data = self.cleaned_data
        if not data["agreed"]:
            return None
        return Content(text=data["text"], title=data["title"], keep_private=data["keep_private"])

    def sender(self) -> Sender:
        """Return who said it."""
        data = self.cleaned_data
        names = ("name", "email", "phone", "postal_address", "answer_by", "name_public")
        return Sender(**{name: data[name] for name in names}, language=self.booking.language)
