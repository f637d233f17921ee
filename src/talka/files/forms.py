# SPDX-License-Identifier: EUPL-1.2
"""A form field that takes files and looks at each of them before anything is kept."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from talka.files.inspection import Inspected, TooManyPixels, UnknownKind, inspect

ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.pptx,.odt,.ods,.asice,.edoc"


@dataclass(frozen=True)
class Upload:
    """A file as it came, looked at but not kept yet."""

    name: str
    inspected: Inspected


class SeveralFilesInput(forms.FileInput):
    """A file input that takes several files at once."""

    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files, each within the limits of the installation (settings ``MAX_FILE_BYTES``, ``MAX_FILES``)."""

    default_error_messages = {
        "too_large": _("%(name)s is larger than %(limit)s MB. Please send a smaller file."),
        "unknown_kind": _(
            "%(name)s cannot be taken. Send a PDF, a picture (JPEG, PNG, WebP) or an office file (DOCX, XLSX, PPTX, ODT, ODS) without macros."
        ),
        "too_many_pixels": _("The picture %(name)s has too many pixels. Please send a smaller one."),
        "empty_file": _("%(name)s is empty."),
        "too_many": ngettext_lazy(
            "At most %(limit)d file can be sent at once.", "At most %(limit)d files can be sent at once.", "limit"
        ),
    }

    def __init__(self, *, max_files: int | None = None, **options: Any) -> None:
        self.max_files = max_files or settings.MAX_FILES
        options.setdefault(
            "widget",
            SeveralFilesInput(
                attrs={"accept": ACCEPT, "data-max-bytes": settings.MAX_FILE_BYTES, "data-max-files": self.max_files}
            )
            if self.max_files > 1
            else forms.FileInput(attrs={"accept": ACCEPT, "data-max-bytes": settings.MAX_FILE_BYTES}),
        )
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        """Return what was sent, looked at; an empty list where nothing came."""
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if not files:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return []
        if len(files) > self.max_files:
            raise forms.ValidationError(
                self.error_messages["too_many"], code="too_many", params={"limit": self.max_files}
            )
        return [self._look_at(file) for file in files]

    def _look_at(self, file: UploadedFile) -> Upload:
        name = str(file.name)[:200]
        if not file.size:
            raise forms.ValidationError(self.error_messages["empty_file"], code="empty_file", params={"name": name})
        if file.size > settings.MAX_FILE_BYTES:
            limit = settings.MAX_FILE_BYTES // 1_000_000
            raise forms.ValidationError(
                self.error_messages["too_large"], code="too_large", params={"name": name, "limit": limit}
            )
        try:
            return Upload(name, inspect(file.read()))
        except UnknownKind:
            raise forms.ValidationError(
                self.error_messages["unknown_kind"], code="unknown_kind", params={"name": name}
            ) from None
        except TooManyPixels:
            raise forms.ValidationError(
                self.error_messages["too_many_pixels"], code="too_many_pixels", params={"name": name}
            ) from None
