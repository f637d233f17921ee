# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a file or a line, as a code that is kept and a sentence in the reader's language."""

import dataclasses
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise | str] = {
    # A file
    "empty": _("The file is empty."),
    "not_a_table": _("This is not a table. Send an XLSX, XLS, ODS, CSV or DOCX file."),
    "old_word": _("This is a document of an old Word. Open it, save it as DOCX and send that."),
    "web_page": _("This is a web page with the name of a table. Open it in a spreadsheet and save it as XLSX."),
    "broken": _(
        "The file cannot be read; it seems to be damaged. Open it in its program and save it as XLSX or DOCX once more."
    ),
    "password": _("The file is protected with a password. Save it without one."),
    "macros": _("The file holds macros. Save it as XLSX or DOCX without macros."),
    "too_large": _("The table is too large: more than 100,000 rows, 200 columns or 60 million characters."),
    # A line
    "required": _("is empty, but is needed"),
    "not_a_moment": _("“%(value)s” is not a date; write it as 24.11.2026 or 24.11.2026 14:05"),
    "year": _("“%(value)s” lies too far from today; check the year"),
    "future": _("“%(value)s” has not come yet"),
    "not_a_number": _("“%(value)s” is not a number"),
    "not_yes_or_no": _("“%(value)s” is neither yes nor no"),
    "not_an_email": _("“%(value)s” is not an e-mail address"),
    "too_long": _("is too long: %(length)s characters, at most %(most)s are taken"),
    "damaged": _("has letters that did not arrive whole"),
    "unknown_word": _("“%(value)s” is not known here"),
    "unknown_word_like": _("“%(value)s” is not known here; perhaps “%(like)s” is meant"),
    "half_a_point": _("is empty, though the other number of the point is given"),
    "no_place": _("“%(value)s” is no point: give degrees, or metres of LKS-92"),
    "not_a_year": _("“%(value)s” is not a year"),
    "year_outside": _("“%(value)s” has not come yet, or lies too far back"),
    "year_twice": _("says %(value)s twice in one line"),
    "other_value": _("differs from an earlier line of the file (%(value)s)"),
    "value_not_a_number": _("“%(value)s” is not a number"),
    "value_other_unit": _("“%(value)s” has something behind the number; the unit is “%(unit)s”"),
    "value_two_ways": _(
        "“%(value)s” can be read in two ways; write thousands without a mark (1234), or one more decimal place (1,2340)"
    ),
    "value_too_large": _("“%(value)s” is too large"),
    "value_too_fine": _("“%(value)s” has more than four decimal places"),
    "code_twice": _("“%(value)s” is the code of another indicator"),
    "forgotten": _("was wrong; what exactly is no longer kept"),
    "not_taken": _("could not be taken; tell those who look after the installation"),
}
"""Sentences about a line go on from the name of the column: “E-mail” …"""


class Wrong(ValueError):
    """A cell is not what its field takes: the code of a sentence, and what fills it in."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass(frozen=True)
class Problem:
    """What is wrong with one line: in which field and column (``None``: of the line as a whole)."""

    field: str
    column: int | None
    code: str
    facts: dict[str, Any] = dataclasses.field(default_factory=dict)

    def kept(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {"field": self.field, "column": self.column, "code": self.code, "facts": self.facts}


def sentence(code: str, facts: dict[str, Any] | None = None) -> str:
    """Return the sentence of a code, filled in; a code of an older version stands for itself."""
    message = str(SENTENCES.get(code, code))
    return message % facts if facts and "%(" in message else message
