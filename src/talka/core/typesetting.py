# SPDX-License-Identifier: EUPL-1.2
"""Documents out, as PDF by Typst: tagged and accessible (PDF/UA-1), in the fonts that Typst brings with it.

A document is a template ``templates/<app>/<name>.typ`` that reads its facts with ``#import "/core/page.typ": facts``. Facts are
handed over as JSON and are never part of the template's code, so that nothing a person typed can run.
"""

import json
from datetime import UTC, datetime
from typing import Any

import typst
from django.conf import settings

TEMPLATES = settings.PACKAGE / "templates"


def pdf(template: str, facts: dict[str, Any], *, made_at: datetime) -> bytes:
    """Typeset ``<app>/<name>.typ`` with facts (texts, numbers, lists, dictionaries) and return the PDF.

    ``made_at`` is written into the document as its date. Raises ``typst.TypstError`` for a fault in the template.
    """
    written = typst.compile(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(made_at.astimezone(UTC).timestamp()),
    )
    return bytes(written)
