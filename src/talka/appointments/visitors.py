# SPDX-License-Identifier: EUPL-1.2
"""Who comes, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Visitor:
    """Who comes, as far as they say. An address or a number is needed to reach them where they book ahead."""

    name: str = ""
    email: str = ""
    phone: str = ""
    about: str = ""
    help_needed: str = ""
    spoken: str = "lv"
    language: str = "lv"


def digits(phone: str) -> str:
    """Keep the figures of a telephone number, without the country's code.

    >>> digits("+371 20 000 111"), digits("20000111")
    ('20000111', '20000111')
    """
    kept = "".join(character for character in phone if character.isascii() and character.isdigit())
    return kept[-8:]
