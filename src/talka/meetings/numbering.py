# SPDX-License-Identifier: EUPL-1.2
"""Numbers of minutes by a pattern, such as ``{number}/{year}``."""

import re

from django.utils.translation import gettext as _

_PART = re.compile(r"\{([^{}]*)\}")
_KNOWN = ("number", "year", "group")


class PatternMistake(ValueError):
    """A pattern that cannot be used; holds a sentence for the person who wrote it."""


def number_of(pattern: str, *, number: int, year: int, group: str = "") -> str:
    """Write the number of minutes by a pattern.

    >>> number_of("{number}/{year}", number=7, year=2026)
    '7/2026'
    """
    parts = _PART.findall(pattern)
    unknown = [part for part in parts if part not in _KNOWN]
    if unknown or "{" in _PART.sub("", pattern) or "}" in _PART.sub("", pattern):
        raise PatternMistake(_("In braces there may be {number}, {year} or {group} only."))
    if "number" not in parts:
        raise PatternMistake(_("The pattern needs {number}, else all minutes would have the same."))
    values = {"number": str(number), "year": str(year), "group": group}
    return _PART.sub(lambda part: values[part[1]], pattern).strip(" -/")
