# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model

from talka.audit.models import Event, key_of
from talka.core.requests import current_request_id


def record(verb: str, obj: Model, *, by: Any, reason: str = "", scope: Model | None = None, **details: Any) -> None:
    """Write into the log that ``by`` has done ``verb`` to ``obj``, within ``scope``.

    Belongs inside the operation's transaction. ``by`` is ``None`` for what the clock does. No
    personal data of residents belongs in ``reason`` or ``details``.
    """
    _event(verb, obj, by, reason=reason, scope=key_of(scope) if scope is not None else "", details=details).save()


def record_many(verb: str, objects: Iterable[Model], *, by: Any, reason: str = "") -> None:
    """Write the same into the log of many things at once; the operation records itself once more, for its scope."""
    Event.objects.bulk_create([_event(verb, obj, by, reason=reason) for obj in objects], batch_size=500)


def _event(
    verb: str, obj: Model, by: Any, *, reason: str, scope: str = "", details: dict[str, Any] | None = None
) -> Event:
    return Event(
        verb=verb,
        actor_id=getattr(by, "pk", None),
        actor_label=str(by) if getattr(by, "is_authenticated", False) else "",
        object_key=key_of(obj),
        object_label=str(obj)[:300],
        scope=scope,
        reason=reason,
        details=details or {},
        request_id=current_request_id(),
    )


def erase_names(
    *, actor_id: int | None = None, labels: Mapping[str, str] | None = None, details_of: Iterable[int] = ()
) -> None:
    """Take names out of the log: of who acted, of what was acted on, and from the details of single events.

    ``labels`` says for the key of a thing (``proposals.proposal:31``) what may stay of its label: its beginning, or
    nothing. Belongs inside the transaction of the operation that erases.
    """
    if actor_id is not None:
        Event.objects.filter(actor_id=actor_id).exclude(actor_label="").update(actor_label="")
    for key, beginning in (labels or {}).items():
        Event.objects.filter(object_key=key, object_label__startswith=beginning).update(object_label=beginning)
    Event.objects.filter(pk__in=list(details_of)).update(details={})
