# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from talka.core.forms import LineField
from talka.files.forms import AttachmentsField, SeveralFilesInput, Upload
from talka.files.models import Attachment
from talka.proposals.forms.workspace import RegisterForm
from talka.scans.models import Stack

PAPER = (Attachment.Kind.PDF, Attachment.Kind.JPEG, Attachment.Kind.PNG, Attachment.Kind.WEBP)


class ScansField(AttachmentsField):
    """Several scans or photos of paper: PDF and pictures only."""

    default_error_messages = {
        "unknown_kind": _("%(name)s cannot be taken. Bring scans as PDF, or pictures (JPEG, PNG, WebP)."),
        "required": _("Choose at least one file."),
    }

    def __init__(self, **options: Any) -> None:
        attrs = {
            "accept": ".pdf,.jpg,.jpeg,.png,.webp",
            "data-max-bytes": settings.MAX_FILE_BYTES,
            "data-max-files": settings.MAX_SCAN_FILES,
        }
        super().__init__(max_files=settings.MAX_SCAN_FILES, widget=SeveralFilesInput(attrs=attrs), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Return what was sent, looked at; refuse a file that is no paper, such as a table."""
        uploads = super().clean(data, initial)
        for upload in uploads:
            if upload.inspected.kind not in PAPER:
                raise forms.ValidationError(
                    self.error_messages["unknown_kind"], code="unknown_kind", params={"name": upload.name}
                )
        return uploads


class AddScansForm(forms.Form):
    """Files of paper, and where one letter ends in them."""

    files = ScansField(  # type: ignore[assignment]
        label=_("Scans or photos"),
        help_text=_("PDF, JPEG, PNG or WebP. Several at once, each up to 20 MB; choose them or drop them here."),
    )
    splitting = forms.ChoiceField(
        label=_("Where one letter ends"),
        choices=Stack.Splitting,
        initial=Stack.Splitting.WHOLE,
        widget=forms.RadioSelect,
        help_text=_("Letters that were split wrongly are joined while entering. Empty pages are left out."),
    )
    every = forms.IntegerField(
        label=_("Pages in a letter"),
        min_value=1,
        max_value=50,
        initial=1,
        required=False,
        help_text=_("Used when a letter begins after every so many pages."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the number of pages where letters are counted by it."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("splitting") == Stack.Splitting.EVERY and not data.get("every") and "every" not in self.errors:
            self.add_error("every", _("Enter how many pages each letter has."))
        data["every"] = data.get("every") or 1
        return data


class ScanForm(RegisterForm):
    """A letter on paper as it is entered beside its picture: what ``RegisterForm`` asks, without what the paper itself says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("channel", "at_meeting", "files", "longitude", "latitude"):
            del self.fields[name]
        self.fields["received_on"].label = _("Date on the paper")
        self.fields["text"].widget.attrs |= {"rows": 14, "autofocus": True}
        self.fields["email"].help_text = ""
        self.fields["postal_address"].help_text = ""


class DiscardForm(forms.Form):
    """Why a sheet is laid aside."""

    reason = LineField(
        label=_("Why it is not entered"),
        max_length=300,
        help_text=_("Such as: an advertisement, the same letter twice, a test page. No personal data, please."),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
