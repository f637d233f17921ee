# SPDX-License-Identifier: EUPL-1.2
"""Places, in the words of the language that is read now."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from talka.directory.models import Place


def floor_words(place: Place) -> str:
    """Write the floor; a bare number becomes ``2. stāvs``."""
    return gettext("floor %(number)s") % {"number": place.floor} if place.floor.isdecimal() else place.floor


def room_words(place: Place) -> str:
    """Write the room; a bare number becomes ``215. telpa``."""
    return gettext("room %(number)s") % {"number": place.room} if place.room.isdecimal() else place.room


def place_words(place: Place) -> str:
    """Write a place on one line: name, address, floor, room."""
    return ", ".join(part for part in (place.name, place.address, floor_words(place), room_words(place)) if part)


@dataclass(frozen=True)
class Venue:
    """What calendars show of a place: on one line, how to get in, latitude and longitude."""

    line: str = ""
    about: str = ""
    point: tuple[float, float] | None = None


def venue_of(place: Place | None) -> Venue:
    """Return what calendars show of a place; nothing for none."""
    if place is None:
        return Venue()
    known = capfirst(place.get_access_display()) if place.access != Place.Access.UNKNOWN else ""
    about = "\n".join(part for part in (known, place.access_note, place.directions) if part)
    if place.latitude is None or place.longitude is None:
        return Venue(place_words(place), about)
    return Venue(place_words(place), about, (place.latitude, place.longitude))
