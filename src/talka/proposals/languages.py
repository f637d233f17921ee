# SPDX-License-Identifier: EUPL-1.2
"""In which language a text is written, by its letters alone: a guess that a person can change."""

import re

_LATIN_OF_LATVIAN = re.compile(r"[āčēģīķļņšūž]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
_UKRAINIAN = re.compile(r"[іїєґ]", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


def language_of(text: str, *, otherwise: str) -> str:
    """Return the code of the language that most letters of a text speak for, else ``otherwise``.

    >>> language_of("Просим поставить скамейки на улице Skolas.", otherwise="lv")
    'ru'
    >>> language_of("Просимо поставити лавки біля зупинки.", otherwise="lv")
    'uk'
    >>> language_of("Lūdzu ierīkot soliņu!", otherwise="en"), language_of("A bench, please.", otherwise="en")
    ('lv', 'en')
    """
    letters = len(_LETTERS.findall(text))
    if len(_CYRILLIC.findall(text)) * 2 > letters:
        return "uk" if _UKRAINIAN.search(text) else "ru"
    return "lv" if len(_LATIN_OF_LATVIAN.findall(text)) * 50 > letters else otherwise
