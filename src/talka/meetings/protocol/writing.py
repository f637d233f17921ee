# SPDX-License-Identifier: EUPL-1.2
"""Protocols as files: PDF/UA by Typst, DOCX with real headings and numbers of pages."""

import io
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from talka.core.typesetting import pdf
from talka.meetings.protocol.facts import ItemFacts, ProtocolFacts

LANGUAGES = {"lv": "lv-LV", "en": "en-GB"}


def pdf_of(protocols: Sequence[ProtocolFacts], *, title: str, contents: str = "", made_at: datetime) -> bytes:
    """Typeset one protocol, or many in one file with ``contents`` as the title of their list."""
    facts = {
        "title": title, "contents": contents, "language": protocols[0].language if protocols else "lv",
        "protocols": [asdict(one) for one in protocols],
    }  # fmt: skip
    return pdf("meetings/protocol.typ", facts, made_at=made_at)


def docx_of(protocol: ProtocolFacts, *, made_at: datetime) -> bytes:
    """Write one protocol as DOCX."""
    document = Document()
    _set_styles(document, LANGUAGES[protocol.language])
    properties = document.core_properties
    properties.title, properties.author = f"{protocol.kind} {protocol.number}".strip(), protocol.institution
    properties.language, properties.comments = LANGUAGES[protocol.language], ""
    properties.created = properties.modified = made_at
    _head(document, protocol)
    _people(document, protocol)
    _agenda(document, protocol)
    for item in protocol.items:
        _item(document, protocol, item)
    if protocol.remarks:
        document.add_heading(protocol.labels["remarks"], 2)
        for remark in protocol.remarks:
            _prose(document, remark)
    document.add_paragraph()
    for office, name in protocol.signatures:
        document.add_paragraph(f"{office}:\t____________________\t{name}")
    _number_pages(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_styles(document: Any, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = (
        Mm(30),
        Mm(20),
        Mm(20),
        Mm(20),
    )
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(12)
    normal.paragraph_format.space_after = Pt(4)
    mark = normal.element.get_or_add_rPr().makeelement(qn("w:lang"), {qn("w:val"): language})
    normal.element.get_or_add_rPr().append(mark)
    for level, size in ((1, 14), (2, 12)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = "Times New Roman", Pt(size), True
        style.font.color.rgb = None
        for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{name}"), None)


def _head(document: Any, protocol: ProtocolFacts) -> None:
    _centred(document, protocol.institution)
    heading = document.add_heading(protocol.kind, 1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if protocol.draft:
        _centred(document, protocol.draft)
    _centred(document, protocol.place)
    number = f"{protocol.labels['number']} {protocol.number}" if protocol.number else ""
    document.add_paragraph("\t".join(part for part in (protocol.date, number) if part))
    for label, value in protocol.facts:
        line = document.add_paragraph()
        line.add_run(f"{label}: ").bold = True
        line.add_run(value)


def _centred(document: Any, text: str) -> None:
    if text:
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER


def _people(document: Any, protocol: ProtocolFacts) -> None:
    for label, people in (("present", protocol.present), ("absent", protocol.absent)):
        if people:
            document.add_heading(protocol.labels[label], 2)
            for one in people:
                document.add_paragraph(one, style="List Bullet")


def _agenda(document: Any, protocol: ProtocolFacts) -> None:
    if protocol.items:
        document.add_heading(protocol.labels["agenda"], 2)
        for item in protocol.items:
            document.add_paragraph(f"{item.number}. {item.title}")
    if protocol.opening:
        _prose(document, protocol.opening)


def _item(document: Any, protocol: ProtocolFacts, item: ItemFacts) -> None:
    document.add_heading(f"{item.number}. {item.title}", 2)
    if item.presenter:
        document.add_paragraph(f"{protocol.labels['reports']} {item.presenter}")
    _prose(document, item.notes)
    for label, rows in (("recommends", item.recommendations), ("decides", item.decisions), ("tasks", item.tasks)):
        if rows:
            document.add_paragraph().add_run(protocol.labels[label]).bold = True
            for row in rows:
                document.add_paragraph(row)
    if item.outcome:
        document.add_paragraph(item.outcome)


def _prose(document: Any, text: str) -> None:
    for part in text.split("\n"):
        if part.strip():
            document.add_paragraph(part.strip())


def _number_pages(document: Any) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = text
        run._r.append(mark)
