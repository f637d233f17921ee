# SPDX-License-Identifier: EUPL-1.2
"""Sums of money as people here write them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from talka.core.templatetags.talka_text import number
from talka.core.text import clean_line
from talka.imports.values import number_of

LIMIT = Decimal(10) ** 12


class MoneyField(forms.Field):
    """A sum in EUR, written as here: ``12 500,50``; gives a ``Decimal`` or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        """Read the sum; refuse what is none, less than nothing, finer than cents or beyond all budgets."""
        written = clean_line(str(value)) if value not in (None, "") else ""
        for sign in ("EUR", "eur", "€"):
            written = written.removesuffix(sign).removeprefix(sign).strip()
        if not written:
            return None
        if get_language() == "en" and re.fullmatch(r"\d{1,3}(,\d{3})+", written, re.ASCII):
            written = written.replace(",", "")
        elif re.fullmatch(r"[^.,]*[.,]\d{3}", written, re.ASCII):
            raise forms.ValidationError(_("Thousands or cents? Write thousands with a space, such as 12 500."))
        found = number_of(written)
        if found is None:
            raise forms.ValidationError(_("Write a sum in euro, such as 12 500,50."))
        if found < 0:
            raise forms.ValidationError(_("A sum cannot be less than nothing."))
        if found >= LIMIT:
            raise forms.ValidationError(_("This sum is too large."))
        if found != found.quantize(Decimal("0.01")):
            raise forms.ValidationError(_("Write a sum in euro and whole cents."))
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a stored sum as people write it."""
        return number(value) if isinstance(value, Decimal) else value
