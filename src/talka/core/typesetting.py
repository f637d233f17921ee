# SPDX-License-Identifier: EUPL-1.2
"""Documents out, as PDF by Typst: tagged and accessible (PDF/UA-1), in the fonts that Typst brings with it.

A document is a template ``templates/<app>/<name>.typ`` that reads its facts with ``#import "/core/page.typ": facts``. Facts are
handed over as JSON and are never part of the template's code, so that nothing a person typed can run.
"""

import json
import re
from datetime import UTC, datetime
from typing import Any

import typst
from django.conf import settings

TEMPLATES = settings.PACKAGE / "templates"


NO_GLYPH = "□"
_NOT_DRAWN = re.compile(
    "[^\\x00-\\u04ff\\u1e00-\\u2040\\u20a0-\\u20c0\\u2116\\u2122\\u2190-\\u23ff\\u25a0-\\u25ff\\ufffd]"
)
"""What the fonts may not draw; all within Latin, Greek and Cyrillic was tried and is drawn."""


def drawn(text: str) -> str:
    """Put a box in place of each character that the fonts may not draw, such as an emoji.

    >>> drawn("Labi 😀, Āžu iela № 3 — 5 €, Здравствуйте, 汉")
    'Labi □, Āžu iela № 3 — 5 €, Здравствуйте, □'
    """
    return _NOT_DRAWN.sub(NO_GLYPH, text)


def pdf(template: str, facts: dict[str, Any], *, made_at: datetime) -> bytes:
    """Typeset ``<app>/<name>.typ`` with facts (texts, numbers, lists, dictionaries) and return the PDF.

    ``made_at`` is written into the document as its date. PDF/UA asks that every character be drawn, so those that the fonts
    do not have are shown as boxes. Raises ``typst.TypstError`` for a fault in the template.
    """
    written = json.dumps(facts, ensure_ascii=False)
    try:
        return _compile(template, written, made_at)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _compile(template, drawn(written), made_at)


def _compile(template: str, facts: str, made_at: datetime) -> bytes:
    written = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"facts": facts},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.astimezone(UTC).timestamp()),
    )
    return bytes(written)


def pictures(template: str, facts: dict[str, Any], *, ppi: int) -> list[bytes]:
    """Typeset a template like ``pdf``, and return its pages as PNG pictures, so many dots an inch."""
    pages = typst.compile(
        str(TEMPLATES / template), root=str(TEMPLATES), format="png", ppi=ppi, ignore_system_fonts=True,
        sys_inputs={"facts": drawn(json.dumps(facts, ensure_ascii=False))},
    )  # fmt: skip
    return [bytes(page) for page in (pages if isinstance(pages, list) else [pages])]
