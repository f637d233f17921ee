# SPDX-License-Identifier: EUPL-1.2
"""Fields in texts of answers: ``{numurs}`` becomes the number of each proposal. Plain values in, text out."""

import re
from collections.abc import Mapping

SALUTATION = "uzruna"
FIELDS = (SALUTATION, "numurs", "virsraksts", "datums", "grupa", "paraksts")
"""What can stand in braces: how the author is addressed, number, title, day of receipt, group, who answers."""

_FIELD = re.compile(r"\{\s*([^{}\n]{0,60}?)\s*\}")
_FIRST_LINE = re.compile(rf"\A\s*\{{\s*{SALUTATION}\s*\}}[ \t]*[!,]?[ \t]*(?:\n\s*|\Z)")


def fields_in(text: str) -> list[str]:
    """Return the names in braces, each once, in their order.

    >>> fields_in("{uzruna}\\nJūsu {numurs} un { numurs } un {tālrunis} un {}")
    ['uzruna', 'numurs', 'tālrunis', '']
    """
    return list(dict.fromkeys(match[1] for match in _FIELD.finditer(text)))


def unknown_fields(text: str) -> list[str]:
    """Return the names in braces that mean nothing.

    >>> unknown_fields("{numurs} {Numurs} {x}")
    ['Numurs', 'x']
    """
    return [name for name in fields_in(text) if name not in FIELDS]


def without_salutation(text: str) -> str:
    """Take ``{uzruna}`` from the first line: letters begin with it anyway, and the public page names nobody.

    >>> without_salutation("{uzruna}\\n\\nPaldies!"), without_salutation("Paldies!")
    ('Paldies!', 'Paldies!')
    """
    return _FIRST_LINE.sub("", text, count=1)


def misplaced_salutation(text: str) -> bool:
    """Say whether ``{uzruna}`` stands elsewhere than on a first line of its own.

    >>> misplaced_salutation("{uzruna}\\nPaldies!"), misplaced_salutation("Paldies, {uzruna}")
    (False, True)
    """
    return SALUTATION in fields_in(without_salutation(text))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the values into their places; names without a value stay as they are.

    >>> fill("{uzruna}\\n\\nPriekšlikums {numurs}, {x}.", {"numurs": "LP-31"})
    'Priekšlikums LP-31, {x}.'
    """
    return _FIELD.sub(lambda match: values.get(match[1], match[0]), without_salutation(text))


def missing_values(text: str, values: Mapping[str, str]) -> list[str]:
    """Return the fields of a text for which the values hold nothing.

    >>> missing_values("{numurs} {grupa}", {"numurs": "LP-31", "grupa": ""})
    ['grupa']
    """
    return [name for name in fields_in(without_salutation(text)) if name in FIELDS and not values.get(name)]
