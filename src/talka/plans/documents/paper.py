# SPDX-License-Identifier: EUPL-1.2
"""What a paper is made of, whatever file it becomes: parts on pages upright or across, with headings, text, tables, charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

Cell = str | int | Decimal | None


@dataclass(frozen=True)
class Heading:
    """A heading; ``level`` counts from 1. It stands in the table of contents."""

    level: int
    text: str


@dataclass(frozen=True)
class Words:
    """Text of people, with its paragraphs and line breaks; ``quiet`` is set smaller."""

    text: str
    quiet: bool = False


@dataclass(frozen=True)
class Column:
    """A column: its name, how wide it is beside the others, and what it holds: ``text``, ``money`` (EUR) or ``number``.

    ``decimals``: how many are shown; of money, cents only where there are some. ``nowrap``: narrow and never broken, as codes are.
    """

    name: str
    width: float = 2
    kind: str = "text"
    decimals: int | None = None

    @property
    def is_number(self) -> bool:
        """Say whether it holds numbers, which stand at the end of their cells."""
        return self.kind != "text"


@dataclass(frozen=True)
class Row:
    """A row of a table. One with a ``heading`` (its level) has one cell across all columns; ``total`` is one that adds up."""

    cells: Sequence[Cell]
    heading: int | None = None
    total: bool = False
    contents: bool = False
    """Whether the heading stands in the table of contents."""


@dataclass(frozen=True)
class Table:
    """A table with repeated headings; ``name`` says what it holds, to those who do not see it too."""

    name: str
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Chart:
    """An indicator by years: where it started, what is wanted, what has been; ``words`` says in a sentence what is to be seen."""

    title: str
    words: str
    baseline: tuple[int, Decimal] | None
    targets: Mapping[int, Decimal]
    values: Mapping[int, Decimal]
    decimals: int
    labels: tuple[str, str, str]
    """How baseline, targets and values are called."""


Block = Heading | Words | Table | Chart


@dataclass(frozen=True)
class Part:
    """Blocks on pages of one kind: upright, or across (``landscape``) as annexes are; ``large`` ones are across on A3, in DOCX."""

    blocks: Sequence[Block]
    landscape: bool = False
    large: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole document. ``lines`` stand on its first page below the title; ``draft`` marks what nobody has approved."""

    title: str
    over: str
    under: str
    lines: Sequence[str]
    language: str
    parts: Sequence[Part]
    draft: str = ""
    contents_title: str = ""
    depth: int = 3
    """Headings down to this level stand in the table of contents."""

    @property
    def tables(self) -> list[Table]:
        """Return all its tables in order."""
        return [block for part in self.parts for block in part.blocks if isinstance(block, Table)]

    @property
    def charts(self) -> list[Chart]:
        """Return all its charts in order."""
        return [block for part in self.parts for block in part.blocks if isinstance(block, Chart)]

    @property
    def contents(self) -> list[Heading]:
        """Return what stands in its table of contents, in order."""
        found: list[Heading] = []
        for part in self.parts:
            for block in part.blocks:
                if isinstance(block, Heading):
                    found.append(block)
                elif isinstance(block, Table):
                    found += [
                        Heading(row.heading, str(row.cells[0])) for row in block.rows if row.heading and row.contents
                    ]
        return [heading for heading in found if heading.level <= self.depth]


def used(columns: Sequence[Column], rows: Sequence[Row], keep: int = 2) -> tuple[list[Column], list[Row]]:
    """Leave out columns in which nothing stands, but for the first ones.

    >>> columns, rows = used([Column("A"), Column("B"), Column("C")], [Row(["x", "", None]), Row(["head"], heading=2)], keep=1)
    >>> [column.name for column in columns], [list(row.cells) for row in rows]
    (['A'], [['x'], ['head']])
    """
    plain = [row for row in rows if row.heading is None]
    filled = [
        place for place in range(len(columns)) if place < keep or any(row.cells[place] not in ("", None) for row in plain)
    ]  # fmt: skip
    kept = [
        row if row.heading is not None else Row([row.cells[place] for place in filled], total=row.total) for row in rows
    ]
    return [columns[place] for place in filled], kept
