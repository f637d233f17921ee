# SPDX-License-Identifier: EUPL-1.2
"""Papers as PDF/UA-1, by Typst."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from talka.core import typesetting
from talka.plans.documents.charts import drawing
from talka.plans.documents.figures import written
from talka.plans.documents.paper import Block, Chart, Heading, Paper, Part, Table, Words


def pdf_of(paper: Paper, *, made_at: datetime) -> bytes:
    """Write a paper as PDF/UA-1."""
    facts = {
        "language": paper.language, "title": paper.title, "over": paper.over, "under": paper.under,
        "lines": [line for line in paper.lines if line], "depth": paper.depth,
        "contents": paper.contents_title if len(paper.contents) > 1 else "",
        "parts": [{"landscape": part.landscape, "blocks": list(_blocks(part))} for part in paper.parts],
    }  # fmt: skip
    return typesetting.pdf("plans/document.typ", facts, made_at=made_at)


def _blocks(part: Part) -> Iterator[dict[str, Any]]:
    """Yield blocks; a table below a heading that says the same has no name of its own to be seen."""
    named = ""
    for block in part.blocks:
        made = _block(block)
        if isinstance(block, Table) and block.name == named:
            made["name"] = ""
        named = block.text if isinstance(block, Heading) else named
        yield made


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Words):
        return {"kind": "words", "text": block.text, "quiet": block.quiet}
    if isinstance(block, Chart):
        return {"kind": "chart", **drawing(block)}
    return _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table", "name": table.name,
        "columns": [[column.name, column.width, column.is_number] for column in table.columns],
        "rows": [
            {"heading": row.heading, "contents": row.contents, "text": str(row.cells[0])} if row.heading is not None
            else {
                "total": row.total,
                "cells": [written(cell, column) for cell, column in zip(row.cells, table.columns, strict=True)],
            }
            for row in table.rows
        ],
    }  # fmt: skip
