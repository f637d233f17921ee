# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import LineField
from talka.files.forms import AttachmentsField


class DocumentForm(forms.Form):
    """A file or an address for a node of a plan."""

    title = LineField(label=_("Title"), required=False, help_text=_("Empty: the name of the file or the address."))
    upload = AttachmentsField(
        label=_("File"), required=False, max_files=1, help_text=_("PDF, picture or office document.")
    )
    url = forms.URLField(label=_("Or an address"), required=False, max_length=200, assume_scheme="https")

    def clean_upload(self) -> Any:
        """Return the one file that was sent, or nothing."""
        return next(iter(self.cleaned_data["upload"]), None)

    def clean(self) -> dict[str, Any]:
        """Ask for one of both."""
        data = super().clean() or {}
        if not self.errors and not data.get("upload") and not data.get("url"):
            self.add_error("upload", _("Choose a file, or write an address below."))
        elif data.get("upload") and data.get("url"):
            self.add_error("url", _("Send either a file or an address."))
        return data
