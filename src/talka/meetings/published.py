# SPDX-License-Identifier: EUPL-1.2
"""Texts of minutes as everybody may read them. Plain values in and out."""


def as_published(text: str, public: str | None) -> str:
    """Return the text edited for publication where there is one; it may have been emptied on purpose.

    >>> as_published("Atbalstīt Ilzes lūgumu.", None), as_published("Atbalstīt Ilzes lūgumu.", "")
    ('Atbalstīt Ilzes lūgumu.', '')
    """
    return text if public is None else public
