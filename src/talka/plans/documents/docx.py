# SPDX-License-Identifier: EUPL-1.2
"""Papers as DOCX that a council can edit: real styles, contents, annexes across, heading rows repeated on every page.

python-docx makes the file, its styles and sections; tables are written as XML at once, for it takes minutes to make thousands
of cells one by one.
"""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, nsmap, qn
from docx.shared import Mm, Pt, RGBColor

from talka.plans.documents.charts import pictures_of
from talka.plans.documents.figures import written
from talka.plans.documents.paper import Chart, Heading, Paper, Part, Row, Table, Words

LANGUAGES = {"lv": "lv-LV", "en": "en-GB"}
MARGIN = 20
_LARGE, _WIDE, _NARROW = 420, 297, 210
_TWIPS = 1440 / 25.4
_CELL, CELL_ID = "Plan table", "Plantable"
"""The style of cells, and its key within the file."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def docx_of(paper: Paper, *, made_at: datetime) -> bytes:
    """Write a paper as DOCX."""
    document = Document()
    _set_styles(document, LANGUAGES[paper.language])
    properties = document.core_properties
    properties.title, properties.author, properties.language = paper.title, paper.over, LANGUAGES[paper.language]
    properties.comments, properties.created, properties.modified = "", made_at, made_at
    _title_page(document, paper)
    pictures = iter(enumerate(pictures_of(paper.charts), start=1))
    marks = _Marks(paper.depth)
    for part in paper.parts:
        _turn(document, part)
        _write(document, part, pictures, marks)
    _number_pages(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


class _Marks:
    """Bookmarks of what stands in the table of contents, counted."""

    def __init__(self, depth: int) -> None:
        self.count, self.depth = 0, depth

    def around(self, level: int, text: str) -> str:
        """Return the run of a heading, between the ends of a bookmark if it stands in the table of contents."""
        if level > self.depth:
            return _run(text)
        self.count += 1
        name = f"_Toc{self.count:06d}"
        return f'<w:bookmarkStart w:id="{self.count}" w:name="{name}"/>{_run(text)}<w:bookmarkEnd w:id="{self.count}"/>'


# --- Styles and pages -----------------------------------------------------------------------------


def _set_styles(document: Any, language: str) -> None:
    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    fonts = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for lang in fonts.findall(qn("w:lang")):
        fonts.remove(lang)
    lang = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia"):
        lang.set(qn(name), language)
    fonts.append(lang)
    for level, size in ((1, 16), (2, 13), (3, 11.5), (4, 11), (5, 11)):
        style = styles[f"Heading {level}"]
        style.font.size, style.font.bold, style.font.italic = Pt(size), True, False
        style.font.color.rgb = RGBColor(0, 0, 0)
        _one_font(style)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(12 if level < 3 else 8), Pt(4)
    for name in ("Title", "Subtitle", "Caption"):
        styles[name].font.color.rgb = RGBColor(0, 0, 0)
        _one_font(styles[name])
    styles["Title"].font.size, styles["Subtitle"].font.size, styles["Caption"].font.size = Pt(28), Pt(14), Pt(10)
    cell = styles.add_style(_CELL, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style, cell.font.size = normal, Pt(8.5)
    cell.paragraph_format.space_after = Pt(0)
    for level in (1, 2, 3):
        toc = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        toc.base_style, toc.paragraph_format.space_after = normal, Pt(2)
        toc.paragraph_format.left_indent = Mm(6 * (level - 1))


def _one_font(style: Any) -> None:
    """Let a style write in the font of the text, not in that of a theme."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for name in ("w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(qn(name), "Calibri")


def _turn(document: Any, part: Part) -> None:
    """Begin a part on a new page, upright or across."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE if part.landscape or part.large else WD_ORIENT.PORTRAIT
    _set_page(section, *_size(part))


def _size(part: Part) -> tuple[int, int]:
    """Return how wide and how high the pages of a part are."""
    return (_LARGE, _WIDE) if part.large else (_WIDE, _NARROW) if part.landscape else (_NARROW, _WIDE)


def _set_page(section: Any, width: int, height: int) -> None:
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)


def _number_pages(document: Any) -> None:
    document.sections[0].different_first_page_header_footer = True
    for section in document.sections[1:]:
        section.different_first_page_header_footer = False
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE">{_run("1")}</w:fldSimple>'))


def _title_page(document: Any, paper: Paper) -> None:
    _set_page(document.sections[0], _NARROW, _WIDE)
    over = document.add_paragraph(_clean(paper.over), "Subtitle")
    over.paragraph_format.space_before = Mm(50)
    document.add_paragraph(_clean(paper.title), "Title")
    if paper.under:
        document.add_paragraph(_clean(paper.under), "Subtitle")
    for line in filter(None, paper.lines):
        document.add_paragraph(_clean(line))
    contents = paper.contents
    if len(contents) < 2:
        return
    heading = document.add_paragraph(_clean(paper.contents_title))
    heading.paragraph_format.page_break_before = True
    heading.runs[0].bold, heading.runs[0].font.size = True, Pt(16)
    for element in _contents(contents, paper.depth):
        document.element.body.insert(len(document.element.body) - 1, element)


def _contents(headings: list[Heading], depth: int) -> Iterator[Any]:
    """Write the table of contents: a field that the word processor fills with pages, and the headings until it does."""
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for number, heading in enumerate(headings, start=1):
        link = f'<w:hyperlink w:anchor="_Toc{number:06d}" w:history="1">{_run(heading.text)}</w:hyperlink>'
        yield parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{_style_id("toc", heading.level)}"/></w:pPr>'
            f"{begin if number == 1 else ''}{link}{end if number == len(headings) else ''}</w:p>"
        )


def _style_id(kind: str, level: int) -> str:
    return f"{kind}{level}" if kind == "Heading" else f"{kind.upper()}{level}"


# --- Blocks ---------------------------------------------------------------------------------------


def _write(document: Any, part: Part, pictures: Iterator[tuple[int, bytes]], marks: _Marks) -> None:
    body = document.element.body
    end = body.index(body.sectPr)
    elements: list[Any] = []
    width = _size(part)[0] - 2 * MARGIN
    named: str | None = None
    for block in part.blocks:
        if isinstance(block, Heading):
            elements.append(_paragraph(f"Heading{block.level}", marks.around(block.level, block.text)))
            named = block.text
        elif isinstance(block, Words):
            style = "Caption" if block.quiet else "Normal"
            elements += [_paragraph(style, _run(one)) for one in re.split(r"\r?\n[ \t]*\r?\n", block.text)]
        elif isinstance(block, Chart):
            number, picture = next(pictures)
            elements.append(_picture(document, block, picture, width, number))
        else:
            if block.name != named:
                elements.append(_paragraph("Caption", _run(block.name), "<w:keepNext/>"))
            elements += [parse_xml(_table(block, width, marks)), _paragraph(CELL_ID, "")]
    for number, element in enumerate(elements):
        body.insert(end + number, element)


def _paragraph(style: str, inside: str, properties: str = "") -> Any:
    return parse_xml(
        f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{inside}</w:p>'
    )  # fmt: skip


def _picture(document: Any, chart: Chart, picture: bytes, width: int, number: int) -> Any:
    """Return the paragraph of a picture; its key is counted here, for python-docx would look through the whole text for one."""
    relation, image = document.part.get_or_add_image(io.BytesIO(picture))
    across = int(Mm(min(width, 150)))
    size = f'cx="{across}" cy="{across * image.px_height // image.px_width}"'
    words = escape(_clean(chart.words))
    return parse_xml(
        f"<w:p {nsdecls('w', 'wp', 'a', 'pic', 'r')}><w:pPr><w:keepNext/></w:pPr><w:r><w:drawing><wp:inline><wp:extent {size}/>"
        f'<wp:docPr id="{number}" name="{number}" descr="{words}"/><a:graphic><a:graphicData uri="{nsmap["pic"]}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="{number}.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


def _run(text: str, properties: str = "") -> str:
    parts = _clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part, quote=False)}</w:t>' for part in parts)
    return f"<w:r>{properties}{lines}</w:r>"


_BOLD = "<w:rPr><w:b/></w:rPr>"


def _table(table: Table, width: int, marks: _Marks) -> str:
    """Return the XML of a table as wide as the page."""
    shares = [column.width for column in table.columns]
    twips = [round(share / sum(shares) * width * _TWIPS) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in twips)
    name = escape(_clean(table.name))
    head = "".join(
        _cell(column.name, one, _BOLD, end=column.is_number)
        for column, one in zip(table.columns, twips, strict=True)
    )  # fmt: skip
    rows = "".join(_row(row, table, twips, marks) for row in table.rows)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{name}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{rows}</w:tbl>"
    )


def _row(row: Row, table: Table, twips: list[int], marks: _Marks) -> str:
    if row.heading is not None:
        text = str(row.cells[0])
        style = f"Heading{row.heading}" if row.contents else None
        inside = marks.around(row.heading, text) if row.contents else _run(text, _BOLD)
        paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style or CELL_ID}"/><w:keepNext/><w:spacing w:before="40" w:after="40"/></w:pPr>{inside}</w:p>'
        return (
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{sum(twips)}" w:type="dxa"/>'
            f'<w:gridSpan w:val="{len(twips)}"/><w:shd w:val="clear" w:color="auto" w:fill="EDEDED"/></w:tcPr>{paragraph}</w:tc></w:tr>'
        )
    properties = _BOLD if row.total else ""
    cells = "".join(
        _cell(written(cell, column), one, properties, end=column.is_number)
        for cell, column, one in zip(row.cells, table.columns, twips, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell(text: str, width: int, properties: str, *, end: bool) -> str:
    align = '<w:jc w:val="right"/>' if end else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="{CELL_ID}"/>{align}</w:pPr>'
        f"{_run(text, properties) if text else ''}</w:p></w:tc>"
    )
