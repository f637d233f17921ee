# SPDX-License-Identifier: EUPL-1.2
"""The order of the Latvian alphabet, the same on every database server, whatever its collations.

Long vowels sort with the short ones, letters with a cedilla or a caron after those without: a ā b c č … g ģ h i ī y j k ķ …
"""

from typing import Any

from django.db import models

LETTERS = "aābcčdeēfgģhiīyjkķlļmnņoōpqrŗsštuūvwxzž"
_SAME_PLACE = {"ā": "a", "ē": "e", "ī": "i", "ō": "o", "ū": "u"}
_distinct = [letter for letter in LETTERS if letter not in _SAME_PLACE]
# Places in the private use area, so that letters sort among themselves and after figures and signs.
_PLACES = {letter: chr(0xE000 + _distinct.index(_SAME_PLACE.get(letter, letter))) for letter in LETTERS}


def alphabetical_key(text: str) -> str:
    """Return the key by which Python sorts a text as Latvians do.

    >>> sorted(["Žagata", "Āboliņš", "Abols", "Čiekurs", "Cēsis", "Ķekava", "Kuldīga", "10. iela"], key=alphabetical_key)
    ['10. iela', 'Āboliņš', 'Abols', 'Cēsis', 'Čiekurs', 'Kuldīga', 'Ķekava', 'Žagata']
    """
    return "".join(_PLACES.get(letter, letter) for letter in text.lower())


class Alphabetical(models.Func):
    """The same key in the database: ``order_by(Alphabetical("name"))``."""

    output_field = models.TextField()

    def __init__(self, expression: Any) -> None:
        super().__init__(expression)

    def as_sql(self, compiler: Any, connection: Any, **context: Any) -> Any:  # type: ignore[override]
        """Write the key as ``translate(lower(…)) COLLATE "C"``."""
        places = "".join(_PLACES[letter] for letter in LETTERS)
        template = f"translate(lower(%(expressions)s), '{LETTERS}', '{places}') COLLATE \"C\""
        return super().as_sql(compiler, connection, template=template, **context)
