# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core import clock
from talka.core.forms import DayField


class SpanForm(forms.Form):
    """From which day to which; empty: the year so far."""

    since = DayField(label=_("Received from"), required=False)
    until = DayField(label=_("Received until"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        data = super().clean() or {}
        first, last = data.get("since"), data.get("until")
        if first and last and last < first:
            self.add_error("until", _("The last day lies before the first one."))
        return data

    def span(self) -> tuple[date, date]:
        """Return the days that are asked for, or the year so far."""
        today = clock.today()
        if not self.is_valid():
            return date(today.year, 1, 1), today
        last = self.cleaned_data["until"] or today
        return self.cleaned_data["since"] or date(last.year, 1, 1), last
