# SPDX-License-Identifier: EUPL-1.2
"""Text from outside made safe and even: characters, spaces, short forms, addresses, Markdown."""

import re
import unicodedata
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]")
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table")
_TAGS = {
    "p", "br", "strong", "em", "ul", "ol", "li", "a", "h3", "h4", "blockquote", "code",
    "table", "thead", "tbody", "tr", "th", "td", "hr",
}  # fmt: skip


def clean_text(text: str, *, strip: bool = True) -> str:
    r"""Drop control and direction characters, make line ends and composed letters even, trim unless somebody is still typing.

    >>> clean_text("  Ko\u0304ki\x00\r\nun soli\u200b  ")
    'Kōki\nun soli'
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _CONTROL.sub("", text)
    return text.strip() if strip else text


def clean_line(text: str) -> str:
    r"""Make one line of a text: cleaned, with every run of white space as one space.

    >>> clean_line("Jauna \n iela  39i ")
    'Jauna iela 39i'
    """
    return " ".join(clean_text(text).split())


def shorten(text: str, limit: int) -> str:
    """Cut a text at a word's end to at most ``limit`` characters, with an ellipsis where something was cut.

    >>> shorten("Lūdzu ierīkot veloceliņu", 15), shorten("Soliņi", 15)
    ('Lūdzu ierīkot…', 'Soliņi')
    """
    text = clean_line(text)
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    return f"{(cut.rsplit(' ', 1)[0] if ' ' in cut else cut).rstrip(' ,.;:–-')}…"


def fold(text: str) -> str:
    """Lower a text and take off its diacritics, for comparing and for addresses.

    >>> fold("Kūku ŠĶŪNIS")
    'kuku skunis'
    """
    return "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))


def whole_number(text: str) -> int | None:
    """Read a whole number that a key of a row can be, or nothing.

    >>> whole_number("31"), whole_number("²"), whole_number("-1"), whole_number("9" * 19)
    (31, None, None, None)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def slug(text: str, *, limit: int = 60) -> str:
    """Make the part of an address from a title.

    >>> slug("Liepājas attīstības programma 2021.–2027. gadam")
    'liepajas-attistibas-programma-2021-2027-gadam'
    >>> slug("¡!")
    ''
    """
    words = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return words if len(words) <= limit else words[: limit + 1].rsplit("-", 1)[0][:limit]


@lru_cache(maxsize=512)
def render_markdown(text: str) -> SafeString:
    """Turn a coordinator's Markdown into HTML that holds nothing but plain structure and links.

    >>> render_markdown("**Svarīgi** <script>x</script>")
    '<p><strong>Svarīgi</strong> &lt;script&gt;x&lt;/script&gt;</p>'
    """
    html = re.sub(r"<(/?)h[12]>", r"<\1h3>", _markdown.render(text))
    clean = nh3.clean(html, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"})
    return mark_safe(clean.strip())  # noqa: S308 - cleaned by nh3 just above
