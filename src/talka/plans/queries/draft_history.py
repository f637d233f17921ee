# SPDX-License-Identifier: EUPL-1.2
"""Who changed what in a draft: read from the log and from the history of its rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from talka.audit.models import Event, key_of
from talka.plans.models import Edition, Indicator, IndicatorVersion, NodeVersion, PlanNode
from talka.plans.queries.changes import FieldChange
from talka.plans.wording import term_between

_OF_WHAT_LASTS = ("update_progress", "retract_update", "report_money", "record_value", "assign_owner")
"""Verbs about nodes and indicators that change nothing in an edition."""


def events_of_draft(edition: Edition) -> QuerySet[Event]:
    """Return what was done to a draft and to what stands in its plan since it was begun, newest first."""
    events = Event.objects.in_scope(key_of(edition.plan.process)).filter(
        verb__startswith="plans.", at__gte=edition.created_at
    )
    events = events.exclude(verb__in=[f"plans.{verb}" for verb in _OF_WHAT_LASTS])
    of_something = Q(object_key=key_of(edition))
    for model in (PlanNode, Indicator):
        of_something |= Q(object_key__in=_keys(model, edition))
    return events.filter(of_something).order_by("-at", "-pk")


def _keys(model: Any, edition: Edition) -> Any:
    name = Value(f"{model._meta.label_lower}:")
    rows = model.objects.filter(plan_id=edition.plan_id).order_by()
    return rows.annotate(key=Concat(name, Cast("pk", CharField()), output_field=CharField())).values("key")


@dataclass(frozen=True)
class Told:
    """One event, which fields it changed, in words, what it was done to, and what stood there before and after."""

    event: Event
    fields: str
    on: str
    steps: list[FieldChange]


def told(edition: Edition, events: Iterable[Event]) -> list[Told]:
    """Put events into words; three queries for any number of them."""
    events = list(events)
    steps = _steps(edition, events)
    named = {key_of(edition): edition.name}
    for rows, identity, label in (
        (edition.versions, "node_id", "plans.plannode"), (edition.indicator_versions, "indicator_id", "plans.indicator"),
    ):  # fmt: skip
        keys = [key for kind, _colon, key in (one.object_key.partition(":") for one in events) if kind == label]
        for version in rows.filter(**{f"{identity}__in": keys}).order_by():
            named[f"{label}:{getattr(version, identity)}"] = str(version)
    return [
        Told(
            one,
            _fields(one),
            named.get(one.object_key) or str(one.details.get("title") or one.details.get("name") or ""),
            steps.get((one.object_key, one.request_id), []),
        )
        for one in events
    ]


_TEXTS = ("code", "title", "description", "result", "partners_note")
_TERM = ("starts_year", "starts_quarter", "ends_year", "ends_quarter")


def _steps(edition: Edition, events: list[Event]) -> dict[tuple[str, str], list[FieldChange]]:
    """Return what texts, codes and terms of nodes said before and after each request, from the history of their rows; one query."""
    keys = [one.object_key.partition(":")[2] for one in events if one.object_key.startswith("plans.plannode:")]
    history: Any = NodeVersion.pgh_event_model  # type: ignore[attr-defined]
    rows = (
        history.objects.filter(edition=edition, node__in=keys, pgh_label__in=("insert", "update"))
        .order_by("pgh_obj_id", "pgh_id")
        .values_list("node_id", "pgh_context__metadata", *_TEXTS, *_TERM)
    )
    last: dict[int, tuple[Any, ...]] = {}
    spans: dict[tuple[int, str], tuple[tuple[Any, ...], tuple[Any, ...]]] = {}
    for node, metadata, *values in rows:
        request, now = (metadata or {}).get("request", ""), tuple(values)
        if request and node in last:
            spans[(node, request)] = (spans.get((node, request), (last[node], now))[0], now)
        last[node] = now
    return {
        (f"plans.plannode:{node}", request): list(_changes(before, after))
        for (node, request), (before, after) in spans.items()
    }


def _changes(before: tuple[Any, ...], after: tuple[Any, ...]) -> Iterator[FieldChange]:
    for name, old, new in zip(_TEXTS, before, after, strict=False):
        if (old or "") != (new or ""):
            field: Any = NodeVersion._meta.get_field(name)
            yield FieldChange(str(field.verbose_name), old or "", new or "", name)
    was, is_now = (term_between(*values[len(_TEXTS) :]) for values in (before, after))
    if was != is_now:
        yield FieldChange(_("term"), was, is_now, "term")


def _fields(event: Event) -> str:
    """Put into words which fields an event changed; an empty text where it does not say."""
    names = event.details.get("fields")
    if not isinstance(names, list):
        return ""
    kind = event.object_key.partition(":")[0]
    model: Any = {"plans.plannode": NodeVersion, "plans.indicator": IndicatorVersion}.get(kind, Edition)
    fields = {field.name: field for field in model._meta.get_fields()}
    return ", ".join(str(getattr(fields[name], "verbose_name", name)) for name in names if name in fields)
