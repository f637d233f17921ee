# SPDX-License-Identifier: EUPL-1.2
"""Papers that a council approves, of facts: the action plan, the investment plan, both with indicators. In the language of now."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from talka.core import clock
from talka.core.dates import long_date
from talka.plans.documents.facts import EditionFacts, IndicatorFacts, NodeFacts, years_of
from talka.plans.documents.paper import Block, Cell, Column, Heading, Paper, Part, Row, Table, Words, used
from talka.plans.documents.tables import rows_by_row
from talka.plans.importing import money as figures
from talka.plans.models import Level, Source
from talka.plans.queries.money import Amount
from talka.plans.table_columns import COLUMNS, MONEY_BY_ROW
from talka.plans.wording import quarter

DEPTH_OF_CONTENTS = 2
"""Headings of the first levels of the tree stand in the table of contents."""


def action_plan(facts: EditionFacts) -> Paper:
    """Return the action plan: what is to be done, by whom, until when, with which money."""
    parts = [Part(_strategic(facts)), Part(_annex(facts, Level.Kind.ACTION), landscape=True)]
    return paper(facts, _("Action plan"), [part for part in parts if part.blocks])


def investment_plan(facts: EditionFacts) -> Paper:
    """Return the investment plan: investments with their money by source, then by source and year."""
    blocks = [*_annex(facts, Level.Kind.INVESTMENT), *_money_by_year(facts, Level.Kind.INVESTMENT)]
    return paper(facts, _("Investment plan"), [Part(blocks, landscape=True)])


def whole_plan(facts: EditionFacts) -> Paper:
    """Return all of it: parts of the tree with their texts, actions, investments, indicators."""
    annexes = [
        *_annex(facts, Level.Kind.ACTION), *_annex(facts, Level.Kind.INVESTMENT),
        *_money_by_year(facts, Level.Kind.INVESTMENT), *_indicators(facts),
    ]  # fmt: skip
    parts = [Part(_strategic(facts)), Part(annexes, landscape=True)]
    return paper(facts, facts.plan, [part for part in parts if part.blocks])


_WIDTHS = {
    "code": 1, "level": 1.3, "parent": 1.2, "title": 2.4, "description": 2.4, "result": 1.9, "organization": 1.5, "partners": 1.5,
    "serves": 1.6, "goals": 0.9, "percent": 1.1, "source": 1.4, "fund": 0.9, "year": 0.9, "money": 1.8, "starts": 1.3, "ends": 1.3,
}  # fmt: skip
"""How wide columns of the table for import are; others are 1.1."""


def table_for_import(facts: EditionFacts) -> Paper:
    """Return the one table that an import takes without loss; columns and sums are called and written in Latvian in every language."""
    columns = [Column(one.name, _WIDTHS.get(one.key, 1.1)) for one in (*COLUMNS, *MONEY_BY_ROW)]
    rows = [
        Row(
            [
                figures.written(cell) if isinstance(cell, Decimal) else "" if cell is None else str(cell)
                for cell in cells
            ]
        )
        for cells in rows_by_row(facts)
    ]
    title = _("Table for import")
    about = _(
        "Rows may be changed and added; the names of the columns and what stands in “Līmenis” have to stay. "
        "Further sums of money stand in the rows below the one to which they belong."
    )
    return paper(facts, title, [Part([Heading(1, title), Words(about), Table(title, columns, rows)], large=True)])


def paper(facts: EditionFacts, title: str, parts: Sequence[Part], depth: int = 3) -> Paper:
    """Return a paper with what the first page of all of them says."""
    period = f"{facts.starts_year}–{facts.ends_year}"
    draft = _("Draft, not approved") if facts.is_draft else ""
    approved = ""
    if facts.approved_on is not None:
        day = long_date(facts.approved_on, get_language() or "lv", case="locative")
        approved = _("Approved on %(day)s: %(decision)s") % {"day": day, "decision": facts.decision}
    made_on = _("Made on %(day)s") % {"day": long_date(clock.today(), get_language() or "lv", case="locative")}
    return Paper(
        title=title, over=facts.owner, language=get_language() or "lv", parts=parts, draft=draft,
        under="" if title == facts.plan else facts.plan,
        lines=[
            _("Period: %(period)s") % {"period": period},
            _("Edition: %(name)s") % {"name": facts.edition}, approved or draft, facts.decision_url, facts.note, made_on,
        ],
        contents_title=_("Contents"), depth=depth,
    )  # fmt: skip


# --- What actions and investments say -------------------------------------------------------------

_KINDS: dict[str, Callable[[], str]] = {
    Level.Kind.ACTION: lambda: _("Action plan"),
    Level.Kind.INVESTMENT: lambda: _("Investment plan"),
}


def _strategic(facts: EditionFacts) -> list[Block]:
    """Return the parts of the tree that say more than their title."""
    blocks: list[Block] = []
    if facts.summary:
        blocks += [Heading(1, _("About this plan")), Words(facts.summary)]
    saying = [node for node in facts.nodes if not node.is_work and (node.description or node.result)]
    wanted = {node.key for node in saying} | {key for node in saying for key in node.above}
    if saying:
        blocks.append(Heading(1, _("What the plan wants")))
        for node in [node for node in facts.nodes if node.key in wanted]:
            blocks.append(Heading(min(node.depth + 2, 5), node.name))
            if node.description:
                blocks.append(Words(node.description))
            if node.result:
                blocks.append(Words(_("Expected result: %(result)s") % {"result": node.result}))
    return blocks


def _annex(facts: EditionFacts, kind: str) -> list[Block]:
    works = [node for node in facts.nodes if node.kind == kind]
    title = _KINDS[kind]()
    if not works:
        return []
    named = next((name for name, _plural, of in facts.levels if of == kind), title)
    sources = _sources(works) if kind == Level.Kind.INVESTMENT else []
    columns = [
        Column(_("Code"), 1.3), Column(capfirst(named), 3.6), Column(_("Description"), 3.2), Column(_("Expected result"), 2.8),
        Column(_("Responsible institution"), 2.2), Column(_("Partners"), 2), Column(_("Starts"), 1.2),
        Column(_("Ends"), 1.2), Column(_("Territories"), 1.6), Column(_("Serves"), 1.4),
        Column(_("Planned in all, EUR"), 1.7, "money"),
        *(Column(_("%(source)s, EUR") % {"source": source_label(source, "")}, 1.9, "money") for source in sources),
    ]  # fmt: skip
    rows: list[Row] = []
    for node in _with_headings(facts.nodes, works):
        if not node.is_work:
            rows.append(heading_row(node))
            continue
        by_source = planned_by(node, lambda one: one.source)
        rows.append(Row([
            node.code, node.title, node.description, node.result, node.organization, partners_of(node),
            quarter(node.starts_year, node.starts_quarter), quarter(node.ends_year, node.ends_quarter),
            ", ".join(node.areas), ", ".join(one.code or one.title for one in node.serves), planned_of(node) or None,
            *(by_source.get(source) for source in sources),
        ]))  # fmt: skip
    sums: list[Cell] = [sum((planned_by(node, lambda one: one.source).get(source, Decimal()) for node in works), Decimal()) for source in sources]  # fmt: skip
    total = sum((planned_of(node) for node in works), Decimal())
    if total:
        rows.append(Row([_("Total"), *([""] * 9), total, *sums], total=True))
    columns, rows = used(columns, rows)
    return [Heading(1, title), Table(title, columns, rows)]


def heading_row(node: NodeFacts, *, contents: bool = True) -> Row:
    """Return the row across a table that names a part of the tree."""
    return Row([node.name], heading=min(node.depth + 2, 5), contents=contents and node.depth < DEPTH_OF_CONTENTS)


def _with_headings(nodes: Sequence[NodeFacts], works: Sequence[NodeFacts]) -> list[NodeFacts]:
    """Return works with the parts of the tree that stand above any of them, in reading order."""
    wanted = {node.key for node in works} | {key for node in works for key in node.above}
    return [node for node in nodes if node.key in wanted and (not node.is_work or node.kind == works[0].kind)]


def partners_of(node: NodeFacts) -> str:
    """Write with whom it is done."""
    return "; ".join(filter(None, [*node.partners, node.partners_note]))


def planned_of(node: NodeFacts) -> Decimal:
    """Return what is planned for it in all, in EUR."""
    return sum((one.planned for one in node.money), Decimal())


def planned_by(node: NodeFacts, by: Callable[[Amount], Any]) -> dict[Any, Decimal]:
    """Return what is planned for it, grouped by what ``by`` says of each amount."""
    found: dict[Any, Decimal] = {}
    for one in node.money:
        if one.planned:
            found[by(one)] = found.get(by(one), Decimal()) + one.planned
    return found


def _sources(works: Iterable[NodeFacts]) -> list[str]:
    there = {one.source for node in works for one in node.money if one.planned}
    return [source for source in Source.values if source in there]


def source_label(source: str, fund: str) -> str:
    """Write where money comes from."""
    label = capfirst(str(Source(source).label))
    return f"{label}: {fund}" if fund else label


def _money_by_year(facts: EditionFacts, kind: str) -> list[Block]:
    works = [node for node in facts.nodes if node.kind == kind and any(one.planned for one in node.money)]
    years = [year for year in years_of(works) if any(one.year == year and one.planned for node in works for one in node.money)]  # fmt: skip
    if not works:
        return []
    whole = any(one.year is None and one.planned for node in works for one in node.money)
    spans: list[int | None] = [*years, *([None] if whole else [])]
    columns = [
        Column(_("Code"), 1.3), Column(_("Title"), 3.6), Column(_("Source of money"), 2.6),
        *(Column(str(year) if year else _("Whole term"), 1.5, "money") for year in spans),
        Column(_("Total, EUR"), 1.7, "money"),
    ]  # fmt: skip
    rows: list[Row] = []
    sums: dict[int | None, Decimal] = {}
    for node in works:
        lines = planned_by(node, lambda one: (one.source, one.fund))
        cells = planned_by(node, lambda one: (one.source, one.fund, one.year))
        for number, ((source, fund), total) in enumerate(lines.items()):
            by_year = [cells.get((source, fund, year)) for year in spans]
            title = "" if number else node.title
            rows.append(Row([node.code or node.title, title, source_label(source, fund), *by_year, total]))
            for year, value in zip(spans, by_year, strict=True):
                sums[year] = sums.get(year, Decimal()) + (value or 0)
    rows.append(Row([_("Total"), "", "", *(sums[year] for year in spans), sum(sums.values(), Decimal())], total=True))
    title = _("Money of investments by source and year, EUR")
    return [Heading(1, title), Table(title, columns, rows)]


# --- Indicators -----------------------------------------------------------------------------------


def _indicators(facts: EditionFacts) -> list[Block]:
    if not facts.indicators:
        return []
    years = sorted({year for one in facts.indicators for year in one.targets})
    columns = [
        Column(_("Code"), 1.2), Column(_("Indicator"), 4), Column(_("Unit"), 1.4), Column(_("Baseline"), 1.3, "number", 4),
        Column(_("Year of baseline"), 1), *(Column(_("Target %(year)d") % {"year": year}, 1.2, "number", 4) for year in years),
        Column(_("Tells about"), 1.8), Column(_("Source of the data"), 2), Column(_("Responsible institution"), 2),
    ]  # fmt: skip
    codes = {node.key: node.code or node.title for node in facts.nodes}
    rows = [
        Row([
            one.code, one.name, one.unit, one.baseline, str(one.baseline_year or ""),
            *(one.targets.get(year) for year in years), ", ".join(codes[key] for key in one.nodes if key in codes),
            one.source, one.organization,
        ])
        for one in facts.indicators
    ]  # fmt: skip
    title = _("Indicators")
    columns, rows = used(columns, rows, keep=3)
    return [Heading(1, title), Table(title, columns, rows)]


def indicators_within(facts: EditionFacts, root: NodeFacts) -> list[IndicatorFacts]:
    """Return the indicators that tell about a part of the tree or what stands below it."""
    keys = {node.key for node in facts.within(root)}
    return [one for one in facts.indicators if keys.intersection(one.nodes)]
