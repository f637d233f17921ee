# SPDX-License-Identifier: EUPL-1.2
"""Letters from templates: one text template a letter, its first line the subject; the HTML is made from the text."""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context
from django.template.loader import get_template, render_to_string
from django.utils import translation
from django.utils.html import escape, urlize
from django.utils.safestring import mark_safe

from talka.core.text import clean_line


@dataclass(frozen=True)
class Letter:
    """A letter ready to be sent."""

    subject: str
    text: str
    html: str


def _written(template: str, context: dict[str, Any]) -> str:
    """Fill in a template of plain text, in which an apostrophe stays an apostrophe."""
    return str(get_template(template).template.render(Context(context, autoescape=False)))  # type: ignore[attr-defined]


def write_letter(template: str, *, language: str, **context: Any) -> Letter:
    """Write the letter ``<app>/<verb>`` (from ``templates/<app>/emails/<verb>.txt``) in a person's language.

    Templates are text: values are not escaped there, and every line is escaped when the HTML is made.
    """
    app, verb = template.split("/")
    with translation.override(language):
        site = {"site_url": settings.TALKA_URL, "site_name": settings.TALKA_NAME}
        written = _written(f"{app}/emails/{verb}.txt", {**site, **context, "language": language})
        subject, _, body = written.strip().partition("\n")
        text = re.sub(r"\n{3,}", "\n\n", body.strip())
        paragraphs = [mark_safe(urlize(escape(part)).replace("\n", "<br>")) for part in text.split("\n\n")]  # noqa: S308
        html = render_to_string(
            "notifications/letter.html", {**site, "subject": clean_line(subject), "paragraphs": paragraphs, "language": language,
                                          "unsubscribe_url": context.get("unsubscribe_url", "")},
        )  # fmt: skip
        if context.get("unsubscribe_url"):
            footer = _written("notifications/unsubscribe_footer.txt", context)
            text = f"{text}\n\n-- \n{footer.strip()}"
    return Letter(clean_line(subject)[:300], text, html)
