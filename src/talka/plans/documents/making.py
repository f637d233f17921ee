# SPDX-License-Identifier: EUPL-1.2
"""Which documents there are, in which formats, and how each is made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from talka.core import clock
from talka.core.text import slug
from talka.plans.documents import composing, reporting, tables
from talka.plans.documents.docx import docx_of
from talka.plans.documents.facts import EditionFacts, gather
from talka.plans.documents.opendata import json_of
from talka.plans.documents.paper import Paper
from talka.plans.documents.pdf import pdf_of
from talka.plans.documents.workbook import sheets_of, workbook_of
from talka.plans.models import Edition, Level, PlanDocument
from talka.plans.queries.changes import changes_between

Kind, Format = PlanDocument.Kind, PlanDocument.Format

FORMATS: dict[str, tuple[str, ...]] = {
    Kind.WHOLE: (Format.DOCX, Format.PDF, Format.XLSX, Format.CSV, Format.JSON),
    Kind.ACTIONS: (Format.DOCX, Format.PDF, Format.XLSX),
    Kind.INVESTMENTS: (Format.DOCX, Format.PDF, Format.XLSX),
    Kind.YEAR: (Format.DOCX, Format.PDF, Format.XLSX),
    Kind.MONITORING: (Format.DOCX, Format.PDF),
    Kind.DIFFERENCE: (Format.DOCX, Format.PDF, Format.XLSX),
    Kind.TABLE: (Format.DOCX,),
    Kind.WORKING: (Format.XLSX,),
}
"""In which formats each document is to be had."""

MEDIA = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
}

_AT_ONCE = {Format.PDF: 500, Format.DOCX: 2_500, Format.XLSX: 4_000}
"""Plans up to this weight are written while one waits: in less than a second on a small server."""

_KINDS_OF_NODES = {Kind.ACTIONS: Level.Kind.ACTION, Kind.INVESTMENTS: Level.Kind.INVESTMENT}


@dataclass(frozen=True)
class Wish:
    """What somebody wants to have: which document, in which format and language, of which year or since which edition."""

    kind: str
    format: str
    language: str
    year: int | None = None
    since: Edition | None = None

    @property
    def media(self) -> str:
        """Return the media type of the file."""
        return MEDIA[Format(self.format)]

    def name(self, edition: Edition) -> str:
        """Return the name of the file without its extension."""
        parts = [edition.plan.slug, slug(edition.name) or str(edition.number), self.kind]
        if self.kind == Kind.YEAR:
            parts.append(str(self.year))
        if self.since is not None:
            parts.append(slug(self.since.name) or str(self.since.number))
        return "-".join(parts)


def is_quick(edition: Edition, wish: Wish) -> bool:
    """Say whether the document is made in less than a second or so, as it is for most plans."""
    if wish.format not in _AT_ONCE:
        return True
    weight = edition.versions.count() + edition.versions.filter(funding__isnull=False).count() // 2
    if wish.kind == Kind.MONITORING:
        weight += 10 * edition.indicator_versions.count()
    return weight <= _AT_ONCE[Format(wish.format)]


def make(edition: Edition, wish: Wish, viewer: Any, told: Callable[[int], None] = lambda _percent: None) -> bytes:
    """Make a document as ``viewer`` may see it; ``told`` hears how many per cent are done."""
    with translation.override(wish.language):
        facts = gather(edition, viewer)
        told(25)
        if wish.format == Format.CSV:
            return tables.csv_of(facts)
        if wish.format == Format.JSON:
            return json_of(facts, made_at=clock.now())
        if wish.format == Format.XLSX:
            return _workbook(edition, facts, wish)
        paper = _paper(edition, facts, wish)
        told(40)
        write = docx_of if wish.format == Format.DOCX else pdf_of
        return write(paper, made_at=clock.now())


def _workbook(edition: Edition, facts: EditionFacts, wish: Wish) -> bytes:
    if wish.kind in {Kind.YEAR, Kind.DIFFERENCE}:
        paper = _paper(edition, facts, wish)
        found = reporting.yearly_tables(facts, wish.year or 0) if wish.kind == Kind.YEAR else paper.tables
        return sheets_of(paper.title, paper.over, found)
    of = _KINDS_OF_NODES.get(Kind(wish.kind))
    wanted = {node.key for node in facts.nodes if node.kind == of}
    wanted |= {key for node in facts.nodes if node.key in wanted for key in node.above}
    nodes = facts.nodes if of is None else [node for node in facts.nodes if node.key in wanted]
    return workbook_of(facts, nodes, owners=wish.kind == Kind.WORKING)


def _paper(edition: Edition, facts: EditionFacts, wish: Wish) -> Paper:
    if wish.kind == Kind.ACTIONS:
        return composing.action_plan(facts)
    if wish.kind == Kind.INVESTMENTS:
        return composing.investment_plan(facts)
    if wish.kind == Kind.MONITORING:
        return reporting.monitoring_report(facts)
    if wish.kind == Kind.YEAR:
        return reporting.yearly_plan(facts, wish.year or facts.starts_year)
    if wish.kind == Kind.DIFFERENCE and wish.since is not None:
        return reporting.difference(facts, wish.since.name, changes_between(wish.since, edition))
    if wish.kind == Kind.TABLE:
        return composing.table_for_import(facts)
    return composing.whole_plan(facts)
