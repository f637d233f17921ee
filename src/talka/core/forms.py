# SPDX-License-Identifier: EUPL-1.2
"""Fields and forms that treat what comes from outside as hostile: cleaned text, a silent trap for robots."""

import uuid
from datetime import date
from typing import Any, cast

from django import forms
from django.core.signing import BadSignature, SignatureExpired
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from talka.core.http import form_signer
from talka.core.text import clean_line, clean_text


class LineField(forms.CharField):
    """One line of text: control characters dropped, white space evened."""

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        """Return the cleaned line; an empty text where nothing came."""
        return clean_line(str(value)) if value else ""


class TextField(forms.CharField):
    """Text of several lines: control characters dropped, line ends evened."""

    def __init__(self, *, max_length: int = 20_000, rows: int = 6, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        """Return the cleaned text; an empty one where nothing came."""
        return clean_text(str(value)) if value else ""


class DayField(forms.DateField):
    """A day within the lives of people and plans, so that reckoning with it cannot leave the calendar."""

    first, last = date(1900, 1, 1), date(2200, 12, 31)

    def validate(self, value: Any) -> None:
        """Refuse a year that can only be a slip of the finger."""
        super().validate(value)
        if value is not None and not self.first <= value <= self.last:
            raise forms.ValidationError(_("Check the year."), code="year")


class KeyField(forms.Field):
    """The hidden key that tells a form sent twice from two forms; a lost or broken one is replaced by a new one."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> uuid.UUID:
        """Return the key that came, or a new one."""
        try:
            return uuid.UUID(str(value))
        except ValueError:
            return uuid.uuid4()


class VisitorForm(forms.Form):
    """A form that anybody may send: with a hidden field that only robots fill and the signed time it was shown.

    The time tells a person from a program that answers at once; it asks for nothing to be solved
    and tells no third party (setting ``MIN_FORM_SECONDS`` of the form class).
    """

    min_seconds = 2
    max_seconds = 7 * 24 * 3600

    website = forms.CharField(
        required=False,
        label=_("Leave this empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("shown", form_signer.sign("shown"))

    def clean(self) -> dict[str, Any]:
        """Refuse what a robot sent, with a sentence for the person who was taken for one."""
        data = super().clean() or {}
        if data.get("website"):
            raise forms.ValidationError(
                _("This looks like an automatic message. Please empty the field “Leave this empty”.")
            )
        try:
            form_signer.unsign(data.get("shown") or "", max_age=self.max_seconds)
        except SignatureExpired:
            self._show_anew()
            raise forms.ValidationError(
                _("This page was open for a very long time. Please send it once more.")
            ) from None
        except BadSignature:
            self._show_anew()
            raise forms.ValidationError(
                _("Something of the form got lost on the way. Please send it once more.")
            ) from None
        if self._too_quick(data["shown"]):
            raise forms.ValidationError(_("That was very quick. Please wait a moment and send it once more."))
        return data

    def _too_quick(self, shown: str) -> bool:
        try:
            form_signer.unsign(shown, max_age=self.min_seconds)
        except SignatureExpired:
            return False
        return True

    def _show_anew(self) -> None:
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("shown")] = form_signer.sign("shown")
        self.data = data
