# SPDX-License-Identifier: EUPL-1.2
"""Plans in words: terms, how something is going."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from talka.core.templatetags.talka_text import number
from talka.plans.models import NodeVersion

ROMAN = ("", "I", "II", "III", "IV")

STANDING_LABELS = {
    "done": pgettext_lazy("action", "done"),
    "under_way": pgettext_lazy("action", "on the way"),
    "late": pgettext_lazy("action", "late"),
    "not_started": pgettext_lazy("action", "not started"),
    "dropped": pgettext_lazy("action", "dropped"),
}
STANDING_COLORS = {
    "done": "success", "under_way": "info", "late": "danger", "not_started": "neutral", "dropped": "warning",
}  # fmt: skip
INDICATOR_LABELS = {
    "reached": pgettext_lazy("indicator", "reached"),
    "towards": pgettext_lazy("indicator", "nearing the target"),
    "unchanged": pgettext_lazy("indicator", "unchanged"),
    "away": pgettext_lazy("indicator", "moving away"),
    "short": pgettext_lazy("indicator", "not reached yet"),
    "unknown": pgettext_lazy("indicator", "no data yet"),
}
INDICATOR_COLORS = {
    "reached": "success", "towards": "info", "unchanged": "neutral", "away": "warning", "short": "neutral", "unknown": "neutral",
}  # fmt: skip
STALE = gettext_lazy("not heard of for long")


def quarter(year: int | None, number: int | None) -> str:
    """Write a year, or a quarter of it: “2025” or, in Latvian, “2025. gada II ceturksnis”."""
    if year is None:
        return ""
    if not number:
        return str(year)
    return _("quarter %(quarter)s of %(year)d") % {"quarter": ROMAN[number], "year": year}


def term(version: NodeVersion) -> str:
    """Write the term of a node; an empty text where none is known."""
    return term_between(version.starts_year, version.starts_quarter, version.ends_year, version.ends_quarter)


def term_between(
    starts_year: int | None, starts_quarter: int | None, ends_year: int | None, ends_quarter: int | None
) -> str:
    """Write a term; an empty text where none is known."""
    starts, ends = quarter(starts_year, starts_quarter), quarter(ends_year, ends_quarter)
    if starts == ends:
        return starts
    if ends and (not starts or (starts_year == ends_year and not starts_quarter)):
        return _bounded(ends_year, ends_quarter, _("until quarter %(quarter)s of %(year)d"), _("until %(year)d"))
    if starts and (not ends or (starts_year == ends_year and not ends_quarter)):
        return _bounded(starts_year, starts_quarter, _("from quarter %(quarter)s of %(year)d"), _("from %(year)d"))
    return f"{starts} – {ends}"


def _bounded(year: int | None, number: int | None, with_quarter: str, without: str) -> str:
    return (with_quarter if number else without) % {"quarter": ROMAN[number or 0], "year": year}


def euros(value: Decimal | None) -> str:
    """Write a sum of money: ``640 000 EUR``, cents only where there are some; a dash for nothing known."""
    if value is None:
        return "–"
    whole = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.quantize(Decimal("0.01"))
    return f"{number(whole)}\u00a0EUR"


def exactly(value: Decimal | None) -> str:
    """Write a number with all its decimals and no more; an empty text for none."""
    if value is None:
        return ""
    whole = value == value.to_integral_value()
    return number(value.quantize(Decimal(1)) if whole else value.normalize())
