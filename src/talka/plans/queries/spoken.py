# SPDX-License-Identifier: EUPL-1.2
"""What editions say of nodes and indicators, in words: keys become names, sums and terms are written out."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, F, QuerySet, Value
from django.utils.translation import gettext as _

from talka.directory.models import Area, Organization, Place, Topic
from talka.plans.models import Edition, Goal, IndicatorVersion, Level, NodeVersion, Source
from talka.plans.queries.said import Edited, Said
from talka.plans.wording import euros, exactly, term_between

Spoken = tuple[str, str, str, str]
"""Label, before, after, name of the field."""

_NAMED: dict[Any, tuple[str, ...]] = {
    Organization: ("name",), Area: ("name",), Topic: ("name",), Level: ("name",), Place: ("name", "address"),
    Goal: ("code", "name", "name_en"),
}  # fmt: skip
_POINTING: dict[str, Any] = {
    "level": Level, "organization": Organization, "partners": Organization, "areas": Area, "topics": Topic,
    "place": Place, "goals": Goal,
}  # fmt: skip
_OWN_NODES = {"parent", "nodes"}


class Speaker:
    """Puts differences into words. First it listens to all of them, then asks for the names, then says each."""

    def __init__(self, before: Edited, after: Edited) -> None:
        self._nodes = {False: before, True: after}
        self._wanted: dict[Any, set[int]] = {}
        self._names: dict[tuple[Any, int], str] = {}

    def listen(self, before: Said | None, after: Said | None, names: tuple[str, ...]) -> None:
        """Remember which names of organizations, territories and so on will be needed."""
        for said in (before, after):
            for name in names if said is not None else ():
                model = NodeVersion if name == "serves" else _POINTING.get(name)
                if model is not None and said is not None:
                    self._wanted.setdefault(model, set()).update(_keys(said.values[name]))

    def ask(self) -> None:
        """Read the names that are needed; two queries at most."""
        parts: list[QuerySet[Any]] = []
        for model, columns in _NAMED.items():
            if keys := self._wanted.get(model):
                filled = [F(column) for column in columns] + [Value("", output_field=CharField())] * (3 - len(columns))
                rows = model.objects.filter(pk__in=keys).order_by()
                kind = Value(model.__name__, output_field=CharField())
                parts.append(rows.values_list(kind, "pk", *filled))
        models = {model.__name__: model for model in _NAMED}
        for kind, pk, *texts in parts[0].union(*parts[1:], all=True) if parts else ():
            model = models[kind]
            row = model(**dict(zip(_NAMED[model], texts, strict=False)))
            self._names[(model, pk)] = str(row)
        if served := self._wanted.get(NodeVersion):
            shown = Edition.objects.visible_to(AnonymousUser()).approved().order_by()
            rows = NodeVersion.objects.filter(node__in=served, edition__in=shown).order_by("edition__number")
            for node, code, title in rows.values_list("node_id", "code", "title"):
                self._names[(NodeVersion, node)] = f"{code} {title}" if code else title

    def path(self, said: Said, *, is_new: bool) -> str:
        """Return what a node stands below, from the top."""
        nodes, above = self._nodes[is_new], []
        parent = said.parent
        while parent is not None and parent in nodes:
            above.append(_titled(nodes[parent]))
            parent = nodes[parent].parent
        return " › ".join(reversed(above))

    def say(self, what: str, name: str, before: Said | None, after: Said | None) -> Iterator[Spoken]:
        """Say one field that differs; money and targets as one for each row that differs."""
        old, new = (said.values[name] if said is not None else None for said in (before, after))
        if name == "funding":
            yield from _say_money(old or {}, new or {})
        elif name == "targets":
            for year in sorted({*(old or {}), *(new or {})}):
                was, is_now = (old or {}).get(year), (new or {}).get(year)
                if was != is_now:
                    yield _("target for %(year)d") % {"year": year}, exactly(was), exactly(is_now), name
        else:
            yield _label(what, name), self._say(name, old, is_new=False), self._say(name, new, is_new=True), name

    def _say(self, name: str, value: Any, *, is_new: bool) -> str:
        if value is None or value == "" or value == ():
            return ""
        if name == "term":
            return term_between(*value)
        if name == "baseline":
            return _("%(value)s in %(year)d") % {"value": exactly(value[0]), "year": value[1]}
        if name == "direction":
            return str(IndicatorVersion.Direction(value).label)
        if name in _OWN_NODES:
            nodes = self._nodes[is_new]
            return "; ".join(sorted(_titled(nodes[key]) for key in _keys(value) if key in nodes))
        if name == "serves":
            hidden = _("a part of a plan that is not public")
            return "; ".join(sorted({self._names.get((NodeVersion, key), hidden) for key in _keys(value)}))
        if name in _POINTING:
            return "; ".join(sorted(self._names[(_POINTING[name], key)] for key in _keys(value)))
        return str(value)


def _keys(value: Any) -> tuple[int, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _titled(said: Said) -> str:
    return f"{said.code} {said.title}" if said.code else said.title


def _label(what: str, name: str) -> str:
    if name == "term":
        return _("term")
    model: Any = NodeVersion if what == "node" else IndicatorVersion
    return str(model._meta.get_field(name).verbose_name)


def _say_money(old: dict[Any, Decimal], new: dict[Any, Decimal]) -> Iterator[Spoken]:
    """Say each source and year of which another sum is planned, and the sums of both."""
    for key in sorted({*old, *new}, key=lambda key: (key[2] or 0, key[0], key[1])):
        was, is_now = old.get(key), new.get(key)
        if was != is_now:
            source, fund, year = key
            named = f"{Source(source).label} {fund}".strip()
            label = f"{named}, {year}" if year else named
            yield label, euros(was) if was is not None else "", euros(is_now) if is_now is not None else "", "funding"
    was, is_now = sum(old.values(), Decimal()), sum(new.values(), Decimal())
    if was != is_now and len({*old, *new}) > 1:
        yield _("planned in all"), euros(was) if old else "", euros(is_now) if new else "", "total"
