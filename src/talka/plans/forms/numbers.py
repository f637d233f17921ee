# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.reading import language
from talka.core.text import clean_line
from talka.plans.measured import NoValue, read_value, write_value
from talka.plans.models import FIRST_YEAR, LAST_YEAR

SENTENCES = {
    "not_a_number": _("“%(value)s” is not a number. Write it with figures, such as 1234,5."),
    "other_unit": _("“%(value)s” has something behind the number. Write the number alone; its unit is “%(unit)s”."),
    "two_ways": _(
        "“%(value)s” can be read in two ways. Write thousands without a mark (1234), or one more decimal place (1,2340)."
    ),
    "too_large": _("“%(value)s” is too large. Use a larger unit, such as thousands."),
    "too_fine": _("“%(value)s” has more than four decimal places."),
}


class ValueField(forms.CharField):
    """A value of an indicator, as people here write numbers; ``unit`` may stand behind it."""

    def __init__(self, *, unit: str = "", **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(max_length=60, **options)
        self.unit = unit

    def prepare_value(self, value: Any) -> Any:
        """Write a stored value as it is typed; what was typed stays as it is."""
        return write_value(value, language()) if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """Return the number, nothing for an empty field; say what is wrong with anything else."""
        written = clean_line(str(value)) if value not in (None, "") else ""
        if not written:
            return None
        try:
            return read_value(written[:60], self.unit)
        except NoValue as error:
            facts = {"value": written[:60], "unit": self.unit or "–"}
            raise forms.ValidationError(SENTENCES[error.code], code=error.code, params=facts) from None

    def validate(self, value: Any) -> None:
        """Ask for a value where one is needed."""
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """Check nothing further: the length is that of what was typed."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers, not how they are written."""
        try:
            return bool(self.to_python(data) != initial)
        except forms.ValidationError:
            return True


class YearField(forms.IntegerField):
    """A calendar year."""

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"})
        )
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, **options)
