# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a table of a plan, as a code with what fills it in, and a sentence in the reader's language."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from talka.imports import problems

SENTENCES: dict[str, Promise] = {
    # A cell
    "formula_failed": _("the formula failed: %(value)s. Mend it in the table"),
    "code_is_day": _("the spreadsheet has made a day of the code: %(value)s. Format the column as text and write the code anew"),
    "no_money": _("“%(value)s” is not a sum of money; write it as 640 000,00"),
    "unclear_money": _("“%(value)s” is not clear enough; write the whole sum, such as 1 200 000,00"),
    "negative_money": _("“%(value)s” is less than nothing"),
    "too_much_money": _("“%(value)s” is too much: a sum is below 1 000 000 000 000 EUR"),
    "no_share": _("“%(value)s” is not a share between 0 and 100 %%"),
    "unclear_term": _("“%(value)s” is not clear; write it as 2025, 2024–2026, or “2025. gada II ceturksnis”"),
    "term_backwards": _("“%(value)s” ends before it begins"),
    "unknown_state": _("“%(value)s” says none of: not started, on the way, done, dropped"),
    "unknown_source": _("“%(value)s” is no source of money that is known; write municipal or state budget, EU fund, private money, loan or other source in Latvian"),
    "no_year": _("“%(value)s” is not a year"),
    "unknown_level": _("“%(value)s” is no level of this plan"),
    # A line
    "no_title": _("has no title"),
    "no_level": _("its level cannot be told; choose with the columns what the lines are"),
    "code_twice": _("the code %(code)s stands in row %(row)s already"),
    "same_twice": _("“%(title)s” without a code stands below the same node in row %(row)s already"),
    "no_parent": _("what it stands below is neither in the file nor in the draft: %(value)s"),
    "wrong_parent": _("it cannot stand below %(value)s, which is not on a level further up"),
    "other_kind": _("%(code)s is another kind of node in the draft; an action cannot become an investment or a part of the tree"),
    "group_has_money": _("a part of the tree has no money of its own"),
    "share_without_sum": _("a share is given, but no sum of which it is a share"),
    "unknown_organization": _("“%(value)s” is not in the directory; choose below what is meant"),
    # To be looked at
    "sum_differs": _("the total is %(said)s, but the sums beside it add up to %(found)s"),
    "total_differs": _("the total is %(said)s, but the lines above add up to %(found)s"),
    "shares_differ": _("the shares add up to %(said)s %%; %(rest)s of the sum has no source"),
    "not_known": _("“%(value)s” is not known here, and is left out"),
    "many_known": _("several things are called “%(value)s”; it is left out"),
}  # fmt: skip
"""Sentences about a line go on from the name of the column: “Sum” …"""


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a cell or a line; ``heavy`` ones must be mended, others may be taken as they are."""

    row: int
    column: int | None
    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    heavy: bool = True

    @property
    def says(self) -> str:
        """Return the sentence."""
        if self.code not in SENTENCES:
            return problems.sentence(self.code, self.facts)
        message = str(SENTENCES[self.code])
        return message % self.facts if "%" in message else message
