# SPDX-License-Identifier: EUPL-1.2
"""Papers that say what has become of a plan: the monitoring report, one year, the difference between editions."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from talka.core.dates import short_date
from talka.plans.documents.composing import heading_row, indicators_within, paper, partners_of, source_label
from talka.plans.documents.facts import EditionFacts, IndicatorFacts, NodeFacts
from talka.plans.documents.paper import Block, Cell, Chart, Column, Heading, Paper, Part, Row, Table, Words, used
from talka.plans.queries.changes import Change
from talka.plans.queries.money import Amount, add_up
from talka.plans.queries.standing import STANDINGS
from talka.plans.wording import STANDING_LABELS, exactly

_KINDS_OF_CHANGE = ("added", "amended", "removed")


def monitoring_report(facts: EditionFacts) -> Paper:
    """Return how a plan is going: in all, then of each part its indicators, its works by status, money, what was said last."""
    parts = [Part(_overview(facts))]
    parts += [Part(_of_part(facts, root)) for root in facts.roots]
    return paper(facts, _("Monitoring report"), parts, depth=2)


def _labels() -> list[str]:
    return [capfirst(str(STANDING_LABELS[standing])) for standing in STANDINGS]


def _money_columns(width: float = 1.6) -> list[Column]:
    names = (_("Planned, EUR"), _("Committed, EUR"), _("Spent, EUR"))
    return [Column(name, width, "money") for name in names]


def _money_cells(amounts: Iterable[Amount]) -> list[Cell]:
    sums = add_up(amounts, lambda _one: None).get(None)
    return [sums.planned, sums.committed, sums.spent] if sums is not None else [Decimal()] * 3


def _counts(works: Sequence[NodeFacts]) -> list[Cell]:
    return [len(works), *(sum(node.standing == standing for node in works) for standing in STANDINGS)]


def _overview(facts: EditionFacts) -> list[Block]:
    works = [node for node in facts.nodes if node.is_work]
    done = sum(node.standing == "done" for node in works)
    said = ngettext(
        "The plan has %(number)d action or investment; done: %(done)d.",
        "The plan has %(number)d actions and investments; done: %(done)d.", len(works),
    ) % {"number": len(works), "done": done}  # fmt: skip
    columns = [
        Column(_("Part of the plan"), 4), Column(_("Actions and investments"), 1.3, "number"),
        *(Column(label, 1.1, "number") for label in _labels()),
    ]  # fmt: skip
    rows = [Row([root.name, *_counts(_works(facts, root))]) for root in facts.roots]
    rows.append(Row([_("Total"), *_counts(works)], total=True))
    by_part = [
        Row([root.name, *_money_cells(one for node in facts.within(root) for one in node.money)])
        for root in facts.roots
    ]
    by_part.append(Row([_("Total"), *_money_cells(one for node in facts.nodes for one in node.money)], total=True))
    how, money = _("How it is going, by part of the plan"), _("Money by part of the plan, EUR")
    return [
        Heading(1, _("The whole plan")), Words(said),
        Table(how, columns, rows), Table(money, [Column(_("Part of the plan"), 4), *_money_columns()], by_part),
        *_money_by(facts.nodes, by_source=True), *_money_by(facts.nodes, by_source=False),
    ]  # fmt: skip


def _works(facts: EditionFacts, root: NodeFacts) -> list[NodeFacts]:
    return [node for node in facts.within(root) if node.is_work]


def _money_by(nodes: Iterable[NodeFacts], *, by_source: bool) -> list[Block]:
    amounts = [one for node in nodes for one in node.money]
    if not amounts:
        return []
    sums = add_up(amounts, lambda one: source_label(one.source, "") if by_source else one.year or 0)
    first = Column(_("Source of money") if by_source else _("Year"), 3)
    rows = [
        Row([str(key or _("Whole term")), one.planned, one.committed, one.spent]) for key, one in sorted(sums.items())
    ]
    rows.append(Row([_("Total"), *_money_cells(amounts)], total=True))
    title = _("Money by source, EUR") if by_source else _("Money by year, EUR")
    return [Table(title, [first, *_money_columns()], rows)]


def _of_part(facts: EditionFacts, root: NodeFacts) -> list[Block]:
    blocks: list[Block] = [Heading(1, root.name)]
    indicators = indicators_within(facts, root)
    if indicators:
        blocks.append(Heading(2, _("Indicators")))
        for one in indicators:
            blocks += _indicator(one)
    works = _works(facts, root)
    blocks.append(Heading(2, _("Actions and investments")))
    if not works:
        return [*blocks, Words(_("There are no actions or investments in this part."))]
    counts = _counts(works)
    columns = [Column(_("Status"), 3), Column(_("Actions and investments"), 1.5, "number")]
    rows = [Row([label, count]) for label, count in zip(_labels(), counts[1:], strict=True)]
    name = _("Actions and investments by status")
    blocks.append(Table(name, columns, [*rows, Row([_("Total"), counts[0]], total=True)]))
    blocks += _money_by(works, by_source=False)
    return [*blocks, _news(facts, root)]


def _news(facts: EditionFacts, root: NodeFacts) -> Table:
    columns = [
        Column(_("Code"), 1.5), Column(_("Title"), 3.4), Column(_("Responsible institution"), 2), Column(_("Status"), 1.4),
        Column(_("Done, %"), 0.9, "number"), Column(_("Last news"), 4), Column(_("Said on"), 1.4),
    ]  # fmt: skip
    language = get_language() or "lv"
    rows: list[Row] = []
    inside = facts.within(root)
    wanted = {key for node in inside if node.is_work for key in node.above}
    for node in inside:
        if not node.is_work:
            if node is not root and node.key in wanted:
                rows.append(heading_row(node, contents=False))
            continue
        said_on = short_date(node.said_on, language) if node.said_on else ""
        status = capfirst(str(STANDING_LABELS[node.standing]))
        rows.append(Row([node.code, node.title, node.organization, status, node.percent, node.said, said_on]))
    columns, rows = used(columns, rows)
    return Table(_("What has been done"), columns, rows)


def _indicator(one: IndicatorFacts) -> list[Block]:
    years = sorted({*one.targets, *one.values, *([one.baseline_year] if one.baseline_year else [])})
    title = f"{one.code} {one.name}, {one.unit}" if one.code else f"{one.name}, {one.unit}"
    labels = (_("Baseline"), _("Target"), _("Actual value"))
    columns = [Column(_("Year"), 1), *(Column(label, 1.5, "number", one.decimals) for label in labels)]
    rows = [
        Row([
            str(year), one.baseline if year == one.baseline_year else None, one.targets.get(year), one.values.get(year)
        ])
        for year in years
    ]  # fmt: skip
    baseline = (one.baseline_year, one.baseline) if one.baseline is not None and one.baseline_year is not None else None
    found: list[Block] = [Heading(3, title)]
    if len({*one.values, *one.targets, *([baseline[0]] if baseline else [])}) > 1:
        found.append(Chart(title, in_a_sentence(one), baseline, one.targets, one.values, one.decimals, labels))
    if rows:
        found.append(Table(title, columns, rows))
    return found


def in_a_sentence(one: IndicatorFacts) -> str:
    """Say what a chart of an indicator shows, for those who do not see it."""
    parts = []
    if one.baseline is not None:
        parts.append(_("baseline %(value)s in %(year)s") % {"value": exactly(one.baseline), "year": one.baseline_year})
    if one.values:
        year = max(one.values)
        parts.append(_("last value %(value)s in %(year)s") % {"value": exactly(one.values[year]), "year": year})
    if one.targets:
        year = max(one.targets)
        parts.append(_("last target %(value)s in %(year)s") % {"value": exactly(one.targets[year]), "year": year})
    return _("Chart by years, %(name)s: %(parts)s.") % {"name": f"{one.name}, {one.unit}", "parts": ", ".join(parts)}


# --- One year -------------------------------------------------------------------------------------


def is_of_year(node: NodeFacts, year: int) -> bool:
    """Say whether something is to be done, or money is planned or reported, in a year.

    What has a beginning only goes on, what has an end only was going on; what has neither is of a year by its money.
    """
    if any(one.year == year for one in node.money):
        return True
    if node.starts_year is None and node.ends_year is None:
        return False
    return (node.starts_year or year) <= year <= (node.ends_year or year)


def yearly_plan(facts: EditionFacts, year: int) -> Paper:
    """Return what is to be done in a year by each institution, with the money of that year: the base of its work plan and budget."""
    by_institution = _by_institution(facts, year)
    table = _institutions(by_institution, year)
    blocks: list[Block] = [Heading(1, table.name), table]
    if any(one.year is None for works in by_institution.values() for node in works for one in node.money):
        blocks.append(
            Words(_("Money that is planned for the whole term without a year is not counted here."), quiet=True)
        )
    for name, works in by_institution.items():
        title = name or _("No institution is named")
        columns, rows = used(_columns_of_year(), [*_rows_of_year(works, year), _total_of_year(works, year)])
        blocks += [Heading(1, title), Table(title, columns, rows)]
    title = _("Yearly plan, %(year)d") % {"year": year}
    return paper(facts, title, [Part(blocks, landscape=True)])


def yearly_tables(facts: EditionFacts, year: int) -> list[Table]:
    """Return the same as two tables: sums by institution, and all works with their institution."""
    by_institution = _by_institution(facts, year)
    columns = [Column(_("Responsible institution"), 2.5), *_columns_of_year()]
    rows = [
        Row([name, *row.cells]) for name, works in by_institution.items() for row in _rows_of_year(works, year)
    ]  # fmt: skip
    everything = [node for works in by_institution.values() for node in works]
    total = Row([_("Total"), "", *_total_of_year(everything, year).cells[1:]], total=True)
    return [Table(_("Actions and investments"), columns, [*rows, total]), _institutions(by_institution, year)]


def _by_institution(facts: EditionFacts, year: int) -> dict[str, list[NodeFacts]]:
    found: dict[str, list[NodeFacts]] = {}
    for node in facts.nodes:
        if node.is_work and is_of_year(node, year):
            found.setdefault(node.organization, []).append(node)
    return dict(sorted(found.items(), key=lambda one: (not one[0], one[0].casefold())))


def _institutions(by_institution: dict[str, list[NodeFacts]], year: int) -> Table:
    columns = [Column(_("Responsible institution"), 4), Column(_("Actions and investments"), 1.5, "number")]
    rows = [
        Row([name or _("No institution is named"), len(works), *_money_cells(_of_year(works, year))])
        for name, works in by_institution.items()
    ]
    everything = [node for works in by_institution.values() for node in works]
    rows.append(Row([_("Total"), len(everything), *_money_cells(_of_year(everything, year))], total=True))
    return Table(_("Money of the year by institution, EUR"), [*columns, *_money_columns()], rows)


def _of_year(works: Iterable[NodeFacts], year: int) -> list[Amount]:
    return [one for node in works for one in node.money if one.year == year]


def _columns_of_year() -> list[Column]:
    return [
        Column(_("Code"), 1.4), Column(_("Title"), 4), Column(_("Expected result"), 2.6), Column(_("Partners"), 2),
        Column(_("Term"), 1.6), Column(_("Status"), 1.4), Column(_("Source of money"), 2.4), *_money_columns(1.5),
    ]  # fmt: skip


def _rows_of_year(works: Sequence[NodeFacts], year: int) -> list[Row]:
    return [
        Row([
            node.code, node.title, node.result, partners_of(node), node.term, capfirst(str(STANDING_LABELS[node.standing])),
            "; ".join(dict.fromkeys(source_label(one.source, one.fund) for one in _of_year([node], year))),
            *(cell or None for cell in _money_cells(_of_year([node], year))),
        ])
        for node in works
    ]  # fmt: skip


def _total_of_year(works: Sequence[NodeFacts], year: int) -> Row:
    return Row([_("Total"), *([""] * 6), *_money_cells(_of_year(works, year))], total=True)


# --- Between editions -----------------------------------------------------------------------------


def difference(facts: EditionFacts, since: str, changes: Sequence[Change]) -> Paper:
    """Return what an edition added, amended and removed since another one (its name), with reasons."""
    titles = {"added": _("Added"), "amended": _("Amended"), "removed": _("Removed")}
    summary = [Row([titles[kind], sum(one.kind == kind for one in changes)]) for kind in _KINDS_OF_CHANGE]
    blocks: list[Block] = [Table(_("Changes"), [Column(_("Change"), 3), Column(_("Number"), 1, "number")], summary)]
    if not changes:
        blocks = [Words(_("The two editions say the same."))]
    for kind in _KINDS_OF_CHANGE:
        own = [one for one in changes if one.kind == kind]
        if own:
            blocks += [Heading(1, titles[kind]), _changes(titles[kind], kind, own)]
    name = _("Changes of edition %(new)s since %(old)s") % {"new": facts.edition, "old": since}
    return paper(facts, name, [Part(blocks, landscape=True)])


def _changes(title: str, kind: str, changes: Sequence[Change]) -> Table:
    indicator = _("Indicator")
    above = [
        Column(_("Code"), 1.3), Column(_("Title"), 3.4), Column(_("Stands below"), 2.6), Column(_("What changed"), 1.8),
        Column(_("Was"), 3), Column(_("Now is"), 3), Column(_("Why"), 2.6),
    ]  # fmt: skip
    rows: list[Row] = []
    for one in changes:
        place = one.path or (indicator if one.what == "indicator" else "")
        fields = one.fields if kind == "amended" else []
        if not fields:
            rows.append(Row([one.code, one.title, place, "", "", "", one.reason]))
        for number, field in enumerate(fields):
            first = [one.code, one.title, place] if not number else [one.code, "", ""]
            rows.append(Row([*first, capfirst(field.label), field.before, field.after, "" if number else one.reason]))
    columns, rows = used(above, rows)
    return Table(title, columns, rows)
