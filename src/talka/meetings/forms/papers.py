# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from talka.core.forms import LineField
from talka.files.forms import AttachmentsField


class PapersForm(forms.Form):
    """Files for a meeting."""

    papers = AttachmentsField(label=_("Files"), help_text=_("PDF, pictures or office documents."))
    title = LineField(
        label=_("Title"),
        required=False,
        help_text=_("What stands in the list instead of the file name; only for a single file."),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse one title for several files."""
        data = super().clean() or {}
        if data.get("title") and len(data.get("papers") or ()) > 1:
            self.add_error("title", _("Send the files one by one to give each its title."))
        return data
