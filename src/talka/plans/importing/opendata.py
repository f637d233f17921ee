# SPDX-License-Identifier: EUPL-1.2
"""The JSON of an edition, as it is given out as open data, made into the table that an import takes.

Bytes in, a table out; whatever is not as it is given out is refused with a sentence that names the field.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talka.core.text import shorten
from talka.imports.reading import MOST_ROWS, Sheet, unpacked
from talka.plans.documents.opendata import TYPES, VERSION
from talka.plans.models import FIRST_YEAR, LAST_YEAR
from talka.plans.table_columns import COLUMNS, MONEY_BY_ROW, SOURCES, STATES, WHOLE_TERM, joined, path_of, pointed, when

_MOST_MONEY = Decimal(10) ** 12
DEEPEST = 30
"""So many levels at most; no plan has half of them."""

_MARK = b"\xef\xbb\xbf"

SENTENCES: dict[str, Promise] = {
    "not_json": _("The file cannot be read as JSON: mistake in line %(line)s. Download it once more."),
    "too_deep": _("The JSON is nested too deeply; the data of a plan never are."),
    "too_large": _("The JSON holds more than %(most)s rows of actions and money."),
    "wrong_kind": _("This JSON is not an edition of a plan: “version” or “nodes” is missing. Download it from the page of the plan, “Open data”."),
    "empty": _("The edition in this JSON is empty: “nodes” holds nothing."),
    "unknown_version": _("The JSON is of version %(value)s; only version %(known)s can be taken here."),
    "missing": _("“%(field)s” is missing in the JSON."),
    "wrong_type": _("“%(field)s” in the JSON does not hold what belongs there: %(wanted)s."),
    "unknown_word": _("“%(field)s” in the JSON says “%(value)s”; known are: %(known)s."),
    "outside": _("“%(field)s” in the JSON says %(value)s; it has to lie between %(least)s and %(most)s."),
    "id_twice": _("“%(field)s” in the JSON says %(value)s, which stands further up already."),
    "no_parent": _("“%(field)s” in the JSON says %(value)s, which no node before it has."),
}  # fmt: skip


class NotTaken(ValueError):
    """The JSON is none of an edition, or is damaged; ``says`` is the sentence."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts

    @property
    def says(self) -> str:
        """Return the sentence in the language of now."""
        return str(SENTENCES[self.code]) % self.facts


def looks_like(content: bytes) -> bool:
    """Say whether this is JSON and no table.

    >>> looks_like(b'\\xef\\xbb\\xbf {"version": 1}'), looks_like(b"[[1]]"), looks_like(b"[a];b"), looks_like(b"Kods,Nosaukums")
    (True, True, False, False)
    """
    start = content[:200].removeprefix(_MARK).split()
    text = b"".join(start)[:2]
    return text[:1] == b"{" or text in (b"[{", b"[[", b"[]", b'["')


def read(content: bytes) -> Sheet:
    """Return the table that the JSON of an edition makes; raise ``NotTaken`` for anything else."""
    data = _parsed(content)
    if not isinstance(data, dict) or "version" not in data or not isinstance(data.get("nodes"), list):
        raise NotTaken("wrong_kind")
    if data["version"] is True or data["version"] != VERSION:
        raise NotTaken("unknown_version", value=shorten(str(data["version"]), 40), known=VERSION)
    nodes = [_Node(one, f"nodes[{number}]") for number, one in enumerate(data["nodes"])]
    if not nodes:
        raise NotTaken("empty")
    rows: list[list[Any]] = [[1, *(column.name for column in (*COLUMNS, *MONEY_BY_ROW))]]
    for cells in _rows(nodes):
        if len(rows) > MOST_ROWS:
            raise NotTaken("too_large", most=MOST_ROWS)
        rows.append([len(rows) + 1, *cells])
    return unpacked([{"name": "", "rows": rows}])[0]


def _parsed(content: bytes) -> Any:
    def refuse(_word: str) -> None:
        raise NotTaken("wrong_type", field=_word, wanted=TYPES["number"])

    try:
        text = content.removeprefix(_MARK).decode()
        return json.loads(text, parse_float=Decimal, parse_constant=refuse)
    except NotTaken:
        raise
    except RecursionError:
        raise NotTaken("too_deep") from None
    except (
        ValueError,
        ArithmeticError,
    ) as error:  # also of bytes that are no text, and of numbers with thousands of digits
        raise NotTaken("not_json", line=getattr(error, "lineno", 1)) from None


class _Node:
    """One node of the JSON, or one of its sums of money, whose fields are looked at before they are believed."""

    def __init__(self, data: Any, where: str) -> None:
        self.data, self.where = data, where
        if not isinstance(data, dict):
            raise NotTaken("wrong_type", field=where, wanted=TYPES["object"])

    def _get(self, name: str, is_right: Callable[[Any], bool], wanted: str) -> Any:
        if name not in self.data:
            raise NotTaken("missing", field=f"{self.where}.{name}")
        if not is_right(self.data[name]):
            raise NotTaken("wrong_type", field=f"{self.where}.{name}", wanted=TYPES[wanted])
        return self.data[name]

    def text(self, name: str) -> str:
        value: str = self._get(name, lambda one: isinstance(one, str), "text")
        return value

    def whole(self, name: str, least: int, most: int) -> int | None:
        """Return a whole number between two, or nothing."""
        value: int | None = self._get(name, lambda one: one is None or type(one) is int, "integer")
        if value is not None and not least <= value <= most:
            facts = {"value": shorten(str(value), 40), "least": least, "most": most}
            raise NotTaken("outside", field=f"{self.where}.{name}", **facts)
        return value

    def money(self, name: str) -> Decimal | None:
        """Return a sum, to the cent."""
        value = self._get(name, lambda one: one is None or type(one) in (int, Decimal), "number")
        if value is not None and not 0 <= value < _MOST_MONEY:
            raise NotTaken(
                "outside", field=f"{self.where}.{name}", value=shorten(str(value), 40), least=0, most=_MOST_MONEY
            )
        return Decimal(value).quantize(Decimal("0.01")) if value else None

    def texts(self, name: str) -> list[str]:
        def are_texts(value: Any) -> bool:
            return isinstance(value, list) and all(isinstance(one, str) for one in value)

        found: list[str] = self._get(name, are_texts, "list of texts")
        return found

    def many(self, name: str) -> "list[_Node]":
        found = self._get(name, lambda one: isinstance(one, list), "list of objects")
        return [_Node(one, f"{self.where}.{name}[{number}]") for number, one in enumerate(found)]

    def word(self, name: str, known: Mapping[str, str]) -> str:
        """Return what one of our own words is called in the table; nothing for none."""
        value = self._get(name, lambda one: one is None or isinstance(one, str), "text")
        if value is not None and value not in known:
            facts = {"value": shorten(value, 40), "known": ", ".join(known)}
            raise NotTaken("unknown_word", field=f"{self.where}.{name}", **facts)
        return known[value] if value is not None else ""

    def named(self, name: str, place: str) -> str:
        """Return what it points at, as the cell of a table holds it."""
        return joined(pointed(one.text(place), one.text("code") or one.text("title")) for one in self.many(name))

    def key(self, name: str) -> int | None:
        value: int | None = self._get(name, lambda one: one is None or type(one) is int, "integer")
        return value


def _rows(nodes: Sequence[_Node]) -> Iterator[list[Any]]:
    """Yield the cells of all nodes in reading order, whatever the order of the file is."""
    paths: dict[int | None, str] = {None: ""}
    depths: dict[int | None, int] = {None: 0}
    below: dict[int | None, list[tuple[int, _Node]]] = {}
    for node in nodes:
        key, over = node.key("id"), node.key("parent_id")
        if key is None:
            raise NotTaken("wrong_type", field=f"{node.where}.id", wanted=TYPES["integer"])
        if key in paths:
            raise NotTaken("id_twice", field=f"{node.where}.id", value=shorten(str(key), 40))
        if over not in paths:
            raise NotTaken("no_parent", field=f"{node.where}.parent_id", value=shorten(str(over), 40))
        depths[key] = depths[over] + 1
        if depths[key] > DEEPEST:
            raise NotTaken("too_deep")
        code = node.text("code")
        paths[key] = path_of(code or node.text("title"), paths[over], is_code=bool(code))
        below.setdefault(over, []).append((key, node))
    waiting: list[tuple[int | None, int, _Node]] = [(None, *pair) for pair in reversed(below.get(None, ()))]
    while waiting:
        over, key, node = waiting.pop()
        yield from _of_node(node, paths[over])
        waiting.extend((key, *pair) for pair in reversed(below.get(key, ())))


def _of_node(node: _Node, parent: str) -> Iterator[list[Any]]:
    """Yield the row of a node with its first sum of money, and a row for each further sum."""
    cells: dict[str, Any] = {name: node.text(name) for name in ("code", "level", "title", "description", "result", "organization", "partners_note")}  # fmt: skip
    cells |= {name: joined(node.texts(name)) for name in ("partners", "areas", "topics")}
    cells |= {"serves": node.named("serves", "plan"), "goals": node.named("goals", "list"), "parent": parent}
    for end in ("starts", "ends"):
        cells[end] = when(node.whole(f"{end}_year", FIRST_YEAR, LAST_YEAR), node.whole(f"{end}_quarter", 1, 4))
    cells |= {"state": node.word("state", STATES), "percent": node.whole("percent", 0, 100)}
    sums = [
        (one.word("source", SOURCES), one.text("fund"), one.whole("year", FIRST_YEAR, LAST_YEAR), one.money("planned"))
        for one in node.many("money")
    ]
    written = [[source, fund, str(year or WHOLE_TERM), str(planned)] for source, fund, year, planned in sums if planned]
    row = [cells[column.key] for column in COLUMNS]
    yield [*row, *(written[0] if written else [])]
    for one in written[1:]:
        yield [*([None] * len(COLUMNS)), *one]
