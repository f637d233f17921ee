# SPDX-License-Identifier: EUPL-1.2
"""What happened, to be read by people."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Model, QuerySet

from talka.audit.models import Event, key_of
from talka.core import clock


def events_of(
    scope_object: Model,
    *,
    actor: int | None = None,
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[Event]:
    """Return what happened within one thing, newest first.

    ``actor`` is the key of a user; ``verb`` a whole verb, or an app and a full stop for all of its verbs;
    both days are included.
    """
    events = Event.objects.in_scope(key_of(scope_object))
    if actor is not None:
        events = events.filter(actor_id=actor)
    if verb:
        events = events.filter(verb__startswith=verb) if verb.endswith(".") else events.filter(verb=verb)
    if since is not None:
        events = events.filter(at__gte=clock.day_begins(since))
    if until is not None:
        events = events.filter(at__lt=clock.day_begins(until + timedelta(days=1)))
    return events


def actors_of(scope_object: Model) -> list[tuple[int, str]]:
    """Return who did something within one thing: key and latest name, by name."""
    rows: Any = (
        Event.objects.in_scope(key_of(scope_object)).filter(actor_id__isnull=False)
        .order_by().values("actor_id").annotate(name=Max("actor_label"))
    )  # fmt: skip
    return sorted(((row["actor_id"], row["name"]) for row in rows), key=lambda actor: actor[1].casefold())


def verbs_of(scope_object: Model) -> list[str]:
    """Return which verbs have been done within one thing."""
    return sorted(Event.objects.in_scope(key_of(scope_object)).order_by().values_list("verb", flat=True).distinct())
