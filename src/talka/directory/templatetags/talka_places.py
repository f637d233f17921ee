# SPDX-License-Identifier: EUPL-1.2
"""Template filters for places; loaded as ``talka_places``."""

from django import template

from talka.directory import wording
from talka.directory.models import Place

register = template.Library()


@register.filter
def place_line(place: Place) -> str:
    """Write a place on one line."""
    return wording.place_words(place)


@register.filter
def place_floor(place: Place) -> str:
    """Write the floor of a place."""
    return wording.floor_words(place)


@register.filter
def place_room(place: Place) -> str:
    """Write the room of a place."""
    return wording.room_words(place)
