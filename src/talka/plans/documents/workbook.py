# SPDX-License-Identifier: EUPL-1.2
"""Plans as XLSX: the one table with filters and totals that are formulas, money row by row, indicators, what each field means.

Every formula is written with its value, so that readers that do not reckon show it too.
"""

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from talka.plans.documents import tables
from talka.plans.documents.composing import planned_of, source_label
from talka.plans.documents.facts import EditionFacts, NodeFacts
from talka.plans.documents.opendata import TYPES, dictionary
from talka.plans.documents.paper import Cell, Table
from talka.plans.models import IndicatorVersion, Source
from talka.plans.table_columns import COLUMNS

MOST_SIGNS = 32_767
_WIDTHS = {"code": 11, "level": 16, "parent": 12, "title": 50, "description": 40, "result": 30, "organization": 26}
_MONEY = "#,##0.00"


class _Book:
    """A workbook being written, with its formats."""

    def __init__(self) -> None:
        self.buffer = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self.book = xlsxwriter.Workbook(self.buffer, options)
        add = self.book.add_format
        self.head = add({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#EDEDED"})
        self.text = add({"text_wrap": True, "valign": "top"})
        self.money = add({"num_format": _MONEY, "valign": "top"})
        self.number = add({"num_format": "#,##0.####", "valign": "top"})
        self.year = add({"num_format": "0", "valign": "top"})
        self.bold = add({"bold": True, "top": 1})
        self.total = add({"bold": True, "top": 1, "num_format": _MONEY})
        self.counted = add({"bold": True, "top": 1, "num_format": "#,##0"})

    def sheet(self, name: str) -> Any:
        """Begin a sheet; names are cut to what spreadsheets take, and told apart."""
        plain = re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip("' ") or "1"
        taken = {one.get_name().casefold() for one in self.book.worksheets()}
        number = 2
        while plain.casefold() in taken:
            plain = f"{plain[:27].rstrip()} {number}"
            number += 1
        return self.book.add_worksheet(plain)

    def start(self, page: Any, header: Sequence[str]) -> None:
        """Write the head of a table and keep it in sight."""
        for column, name in enumerate(header):
            page.write_string(0, column, name, self.head)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)

    def bytes(self) -> bytes:
        """Close the workbook and return it."""
        self.book.close()
        return self.buffer.getvalue()


def workbook_of(facts: EditionFacts, nodes: Sequence[NodeFacts], *, owners: bool = False) -> bytes:
    """Write nodes of an edition as a workbook; ``owners`` adds who answers, for those alone who work on the plan."""
    made = _Book()
    made.book.set_properties({"title": facts.plan, "author": facts.owner, "subject": facts.edition})
    _plan_sheet(made, facts, nodes, owners=owners)
    lines = _money_sheet(made, nodes)
    if lines:
        _sums_sheet(made, nodes, lines)
    if facts.indicators:
        _indicator_sheet(made, facts)
    _dictionary_sheet(made)
    return made.bytes()


def _plan_sheet(made: _Book, facts: EditionFacts, nodes: Sequence[NodeFacts], *, owners: bool) -> None:
    page = made.sheet("Plāns")
    money = tables.money_columns(nodes)
    names = tables.header(money)
    total, plain = len(names), len(COLUMNS)
    made.start(page, [*names, *([_("Total, EUR")] if money else []), *([tables.OWNER] if owners else [])])
    last = 0
    for last, (node, row) in enumerate(zip(nodes, tables.rows(facts, nodes, money), strict=True), start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                if cell:
                    page.write_string(last, column, cell[:MOST_SIGNS], made.text)
            elif cell is not None:
                page.write_number(last, column, cell, made.money if column >= plain else made.year)
        if money and node.is_work:
            span = f"{xl_rowcol_to_cell(last, plain)}:{xl_rowcol_to_cell(last, total - 1)}"
            page.write_formula(last, total, f"=SUM({span})", made.money, float(planned_of(node)))
        if owners and node.owner:
            page.write_string(last, total + bool(money), node.owner, made.text)
    _plan_totals(made, page, nodes, last)
    for column, one in enumerate(COLUMNS):
        page.set_column(column, column, _WIDTHS.get(one.key, 18))
    if money:
        page.set_column(plain, total, 16)
    page.autofilter(0, 0, last, total - (not money) + owners)


def _plan_totals(made: _Book, page: Any, nodes: Sequence[NodeFacts], last: int) -> None:
    money = tables.money_columns(nodes)
    if not money:
        return
    plain = len(COLUMNS)
    sums: dict[tuple[str, str, int | None], Decimal] = {}
    for node in nodes:
        for one in node.money:
            key = (one.source, one.fund, one.year)
            sums[key] = sums.get(key, Decimal()) + one.planned
    page.write_string(last + 1, 0, "Kopā", made.bold)
    for column in range(1, plain):
        page.write_blank(last + 1, column, None, made.bold)
    values = [sums[one.source, one.fund, one.year] for one in money]
    for column, value in enumerate([*values, sum(sums.values(), Decimal())], start=plain):
        name = xl_col_to_name(column)
        page.write_formula(last + 1, column, f"=SUBTOTAL(109,{name}2:{name}{last + 1})", made.total, float(value))


def _money_sheet(made: _Book, nodes: Sequence[NodeFacts]) -> int:
    """Write a row for each node, source, fund and year, and return how many there are."""
    page = made.sheet(pgettext("sheet", "Money"))
    made.start(page, [
        _("Code"), _("Title"), _("Responsible institution"), _("Source of money"), _("Name of the fund"), _("Year"),
        _("Planned, EUR"), _("Committed, EUR"), _("Spent, EUR"),
    ])  # fmt: skip
    last = 0
    sums = [Decimal()] * 3
    for node in nodes:
        for one in node.money:
            last += 1
            texts = (node.code, node.title, node.organization, source_label(one.source, ""), one.fund)
            for column, text in enumerate(texts):
                if text:
                    page.write_string(last, column, text)
            if one.year is None:
                page.write_string(last, 5, _("Whole term"))
            else:
                page.write_number(last, 5, one.year, made.year)
            for column, value in enumerate((one.planned, one.committed, one.spent)):
                page.write_number(last, 6 + column, value, made.money)
                sums[column] += value
    if last:
        _sum_row(made, page, last, 6, [float(one) for one in sums])
    for column, width in enumerate((11, 50, 26, 22, 18, 12, 16, 16, 16)):
        page.set_column(column, column, width)
    page.autofilter(0, 0, last, 8)
    return last


def _sum_row(made: _Book, page: Any, last: int, first: int, values: Sequence[float]) -> None:
    page.write_string(last + 1, 0, _("Total"), made.bold)
    for column, value in enumerate(values, start=first):
        name = xl_col_to_name(column)
        page.write_formula(last + 1, column, f"=SUBTOTAL(109,{name}2:{name}{last + 1})", made.total, value)


def _sums_sheet(made: _Book, nodes: Sequence[NodeFacts], lines: int) -> None:
    """Write what is planned by source and year, as formulas over the sheet of money."""
    name = made.book.worksheets()[1].get_name()
    amounts = [one for node in nodes for one in node.money]
    sources = [source for source in Source.values if any(one.source == source for one in amounts)]
    years: list[int | None] = [*sorted({one.year for one in amounts if one.year is not None})]
    if any(one.year is None for one in amounts):
        years.append(None)
    page = made.sheet(_("Planned by source and year"))
    heads = [str(year) if year is not None else _("Whole term") for year in years]
    made.start(page, [_("Source of money"), *heads, _("Total, EUR")])

    def column_of(letter: str) -> str:
        return f"'{name}'!${letter}$2:${letter}${lines + 1}"

    for line, source in enumerate(sources, start=1):
        page.write_string(line, 0, source_label(source, ""))
        for column, (year, head) in enumerate(zip(years, heads, strict=True), start=1):
            wanted = str(year) if year is not None else f'"{head}"'
            formula = f"=SUMIFS({column_of('G')},{column_of('D')},$A{line + 1},{column_of('F')},{wanted})"
            value = sum((one.planned for one in amounts if (one.source, one.year) == (source, year)), Decimal())
            page.write_formula(line, column, formula, made.money, float(value))
        end = xl_col_to_name(len(years))
        whole = sum((one.planned for one in amounts if one.source == source), Decimal())
        page.write_formula(line, len(years) + 1, f"=SUM(B{line + 1}:{end}{line + 1})", made.total, float(whole))
    by_year = [sum((one.planned for one in amounts if one.year == year), Decimal()) for year in years]
    values = [float(one) for one in [*by_year, sum(by_year, Decimal())]]
    _sum_row(made, page, len(sources), 1, values)
    page.set_column(0, 0, 26)
    page.set_column(1, len(years) + 1, 16)


def _indicator_sheet(made: _Book, facts: EditionFacts) -> None:
    page = made.sheet(_("Indicators"))
    years = sorted({year for one in facts.indicators for year in (*one.targets, *one.values)})
    made.start(page, [
        _("Code"), _("Indicator"), _("Unit"), _("Direction wanted"), _("Baseline"), _("Year of baseline"),
        _("Source of the data"), _("Responsible institution"), _("Tells about"),
        *(_("Target %(year)d") % {"year": year} for year in years),
        *(_("Actual value %(year)d") % {"year": year} for year in years),
    ])  # fmt: skip
    codes = {node.key: node.code or node.title for node in facts.nodes}
    last = 0
    for last, one in enumerate(facts.indicators, start=1):
        about = "; ".join(codes[key] for key in one.nodes if key in codes)
        direction = str(IndicatorVersion.Direction(one.direction).label)
        cells: list[Cell] = [
            one.code, one.name, one.unit, direction, one.baseline, one.baseline_year, one.source, one.organization, about,
            *(one.targets.get(year) for year in years), *(one.values.get(year) for year in years),
        ]  # fmt: skip
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                page.write_string(last, column, cell, made.text)
            elif cell is not None:
                page.write_number(last, column, cell, made.year if column == 5 else made.number)
    for column, width in enumerate((11, 50, 14, 16, 12, 12, 26, 26, 18)):
        page.set_column(column, column, width)
    page.autofilter(0, 0, last, 8 + 2 * len(years))


def _dictionary_sheet(made: _Book) -> None:
    page = made.sheet(_("Data dictionary"))
    made.start(page, [_("Column"), _("Field in JSON"), _("Meaning"), _("Type"), _("Unit")])
    for line, one in enumerate(dictionary(), start=1):
        for column, text in enumerate(
            (one["column"], one["field"], one["meaning"], str(TYPES[one["type"]]), one["unit"])
        ):
            page.write_string(line, column, text, made.text)
    for column, width in enumerate((26, 34, 70, 22, 18)):
        page.set_column(column, column, width)


# --- Papers ---------------------------------------------------------------------------------------


def sheets_of(title: str, author: str, tables_of_paper: Sequence[Table]) -> bytes:
    """Write tables as a workbook, a sheet each."""
    made = _Book()
    made.book.set_properties({"title": title, "author": author})
    for table in tables_of_paper:
        _paper_sheet(made, table)
    if not tables_of_paper:
        made.sheet(title)
    return made.bytes()


def _paper_sheet(made: _Book, table: Table) -> None:
    page = made.sheet(table.name)
    made.start(page, [column.name for column in table.columns])
    line = 0
    for row in table.rows:
        line += 1
        if row.heading is not None:
            page.write_string(line, 0, str(row.cells[0])[:MOST_SIGNS], made.bold)
            continue
        for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
            is_money = column.kind == "money"
            if isinstance(cell, str):
                if cell:
                    page.write_string(line, place, cell[:MOST_SIGNS], made.bold if row.total else made.text)
            elif cell is not None and row.total and line > 1:
                name = xl_col_to_name(place)
                page.write_formula(
                    line,
                    place,
                    f"=SUBTOTAL(109,{name}2:{name}{line})",
                    made.total if is_money else made.counted,
                    float(cell),
                )
            elif cell is not None:
                page.write_number(line, place, cell, made.money if is_money else made.number)
    for place, column in enumerate(table.columns):
        page.set_column(place, place, 9 + column.width * 9)
    page.autofilter(0, 0, line - bool(table.rows and table.rows[-1].total), len(table.columns) - 1)
