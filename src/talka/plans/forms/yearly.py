# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.editing import offer
from talka.core.text import whole_number
from talka.directory.models import Organization
from talka.plans.models import Source


class YearFilter(forms.Form):
    """Of which institution, from which source; nonsense in the address asks for all."""

    organization = forms.ChoiceField(label=_("Responsible institution"), required=False)
    source = forms.ChoiceField(label=_("Source of money"), required=False)

    def __init__(self, *args: Any, institutions: Iterable[Organization], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(
            self,
            organization=[
                ("", pgettext_lazy("institutions", "all")),
                *((str(one.pk), str(one)) for one in institutions),
            ],
            source=[("", pgettext_lazy("sources", "all")), *Source.choices],
        )

    def choice(self) -> tuple[int | None, str]:
        """Return the key of the institution, or nothing for all, and the source, or an empty text."""
        self.is_valid()
        data = self.cleaned_data
        return whole_number(data.get("organization") or ""), data.get("source") or ""
