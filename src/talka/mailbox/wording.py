# SPDX-License-Identifier: EUPL-1.2
"""HTML of mail to readable text: paragraphs, lists, where links lead. Plain values in and out; never raises."""

import re
from html import unescape
from html.parser import HTMLParser

import nh3

HISTORY = "\ue000"
"""Stands alone on a line where a mail program marked that the quoted history begins."""

_LONGEST = 500_000
_MOST_TAGS = 20_000
_TAGS = {
    "p", "div", "br", "ul", "ol", "li", "a", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "td", "th", "pre", "hr",
}  # fmt: skip
_BLOCKS = {"p", "div", "ul", "ol", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr", "pre", "hr"}
_SPACED = {"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table", "pre", "blockquote"}
_QUOTED = re.compile(
    r"\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|protonmail_quote)\b"
)
_TAG = re.compile(r"<[^<>]*>")


class _Writer(HTMLParser):
    """Writes the text of clean HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._links: list[tuple[str, int]] = []
        self._quotes = 0
        self._pre = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if _QUOTED.search(f"{values.get('class') or ''} {values.get('id') or ''}"):
            self.parts.append(f"\n{HISTORY}\n")
        if tag == "blockquote":
            self._quotes += 1
        self._pre += tag == "pre"
        if tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n– ")
        elif tag in {"td", "th"}:
            self.parts.append(" ")
        elif tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _SPACED else "\n")
        if tag == "a":
            self._links.append((values.get("href") or "", len(self.parts)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            address, since = self._links.pop()
            shown = "".join(self.parts[since:]).strip()
            bare = address.removeprefix("mailto:").removeprefix("tel:")
            if address and bare not in shown and shown not in address:
                self.parts.append(f" <{address[:500]}>")
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
            self.parts.append("\n")
        self._pre -= tag == "pre"
        if tag in _BLOCKS:
            self.parts.append("\n\n" if tag in _SPACED else "\n")

    def handle_data(self, data: str) -> None:
        text = data if self._pre > 0 else re.sub(r"\s+", " ", data)
        self.parts.append(text.replace(HISTORY, ""))

    def written(self) -> str:
        """Return the text, with at most one empty line between paragraphs."""
        lines = [line.strip() for line in "".join(self.parts).replace("\xa0", " ").split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def text_of_html(html: str) -> str:
    """Return the text of an HTML mail; a mark ``HISTORY`` stands where quoted history begins.

    >>> text_of_html("<p>Labdien!</p><ul><li>soliņi<li>urnas</ul><script>x()</script>")
    'Labdien!\\n\\n– soliņi\\n– urnas'
    >>> text_of_html('Skat. <a href="https://talka.example/a">karti</a>')
    'Skat. karti <https://talka.example/a>'
    """
    html = html[:_LONGEST]
    if html.count("<") > _MOST_TAGS:  # cleaning costs the square of the depth
        return re.sub(r"\n{3,}", "\n\n", unescape(_TAG.sub("\n", html))).strip()
    clean = nh3.clean(
        html, tags=_TAGS, clean_content_tags={"script", "style", "head", "title"}, link_rel=None,
        attributes={"a": {"href"}, "div": {"class", "id"}, "blockquote": {"class", "id"}},
        url_schemes={"http", "https", "mailto", "tel"},
    )  # fmt: skip
    writer = _Writer()
    writer.feed(clean)
    writer.close()
    return writer.written()
