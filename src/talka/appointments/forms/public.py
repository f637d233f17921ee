# SPDX-License-Identifier: EUPL-1.2
import uuid
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from talka.appointments.models import Booking, Reception
from talka.appointments.queries import FreeDay, FreeSlot, free_days
from talka.appointments.visitors import Visitor
from talka.core import clock, dates
from talka.core.forms import KeyField, LineField, TextField, VisitorForm
from talka.core.reading import language

NO_LONGER_FREE = _("This time is no longer free. Choose another one.")


def read_slot(value: str) -> datetime | None:
    """Read a moment as addresses and forms hold it (``20261124T1300Z``); nothing for anything else.

    >>> read_slot("20261124T1300Z"), read_slot("20261124T2500Z"), read_slot("x")
    (datetime.datetime(2026, 11, 24, 13, 0, tzinfo=datetime.timezone.utc), None, None)
    """
    try:
        return datetime.strptime(value, "%Y%m%dT%H%MZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _span(free: FreeSlot) -> str:
    starts_at, ends_at = timezone.localtime(free.slot.starts_at), timezone.localtime(free.slot.ends_at)
    return dates.hours(starts_at, ends_at, language())


def _offered(days: list[FreeDay]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the free slots as choices, by day."""
    found = []
    for day in days:
        head = dates.day_and_weekday(day.day, language(), today=clock.today())
        short = dates.long_date(day.day, language(), today=clock.today(), case="locative")
        hours = [(one.value, f"{_span(one)}, {short}") for one in day.slots]
        found.append((capfirst(head), hours))
    return found


class SlotForm(forms.Form):
    """Which of the free slots."""

    at = forms.ChoiceField(
        label=_("Time"),
        error_messages={"required": _("Choose a time."), "invalid_choice": NO_LONGER_FREE},
    )

    def __init__(self, *args: Any, reception: Reception, for_staff: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = free_days(reception, for_staff=for_staff)
        field: Any = self.fields["at"]
        field.choices = [("", _("choose")), *_offered(self.days)]

    def starts_at(self) -> datetime:
        """Return when the chosen slot begins."""
        moment = read_slot(self.cleaned_data["at"])
        if moment is None:
            raise ValueError(self.cleaned_data["at"])
        return moment


class BookingFields(SlotForm):
    """Who comes, and about what."""

    name = LineField(label=pgettext_lazy("person", "Name"), error_messages={"required": _("Say how to call you.")})
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        required=False,
        help_text=_("The time and a link to change it are sent there."),
    )
    phone = LineField(label=_("Telephone"), max_length=40, required=False)
    about = LineField(
        label=_("What would you like to talk about?"), max_length=500, required=False,
        help_text=_("In a sentence, so that the right papers are at hand."),
    )  # fmt: skip
    spoken = forms.ChoiceField(
        label=_("Language of the talk"), initial=Booking.Spoken.LATVIAN,
        choices=lambda: [(value, capfirst(str(label))) for value, label in Booking.Spoken.choices],
    )  # fmt: skip
    help_needed = LineField(
        label=_("Do you need help?"), max_length=300, required=False,
        help_text=_("For example: I come in a wheelchair, I hear badly, I would like large print."),
    )  # fmt: skip
    key = KeyField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())

    def clean_phone(self) -> str:
        """Refuse what cannot be a telephone number."""
        phone: str = self.cleaned_data["phone"]
        if phone and sum(character.isdigit() for character in phone) < 5:
            raise forms.ValidationError(_("Check the telephone number."))
        return phone

    def clean(self) -> dict[str, Any]:
        """Ask for one way to reach the visitor."""
        data = super().clean() or {}
        if not {"email", "phone"} & set(self.errors) and not data.get("email") and not data.get("phone"):
            self.add_error(
                "email", _("Leave an e-mail address or a telephone number, so that we can tell if something changes.")
            )
        return data

    def visitor(self) -> Visitor:
        """Return who comes, with the language they read now."""
        data = self.cleaned_data
        return Visitor(
            name=data["name"], email=data.get("email", ""), phone=data.get("phone", ""), about=data["about"],
            help_needed=data.get("help_needed", ""), spoken=data["spoken"] or Booking.Spoken.LATVIAN,
            language=(get_language() or "lv")[:2],
        )  # fmt: skip


class BookForm(VisitorForm, BookingFields):
    """A booking by anybody."""


class OwnCancelForm(forms.Form):
    """Why a visitor does not come, if they want to say."""

    reason = TextField(
        label=_("Why you do not come"), max_length=500, rows=2, required=False,
        help_text=_("Only those who keep the reception hours see this."),
    )  # fmt: skip
