# SPDX-License-Identifier: EUPL-1.2
from django.db import models
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock


def stored_name(attachment: "Attachment", _name: str) -> str:
    """Return where an upload lies: by its sum, so that nothing of the sender's file name reaches the disk."""
    return f"attachments/{attachment.sha256[:2]}/{attachment.sha256}{attachment.extension}"


class Attachment(models.Model):
    """A file that has been looked at; its kind is what it is, not what it says it is."""

    class Kind(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"
        WEBP = "image/webp", "WebP"
        DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "DOCX"
        XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"
        PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PPTX"
        ODT = "application/vnd.oasis.opendocument.text", "ODT"
        ODS = "application/vnd.oasis.opendocument.spreadsheet", "ODS"
        ASICE = "application/vnd.etsi.asic-e+zip", "eDoc/ASiC-E"
        EML = "message/rfc822", "EML"
        TNEF = "application/ms-tnef", "TNEF"

    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(max_length=100, choices=Kind)
    extension = models.CharField(max_length=10)
    size = models.PositiveBigIntegerField(help_text="bytes, as stored")
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to=stored_name, max_length=200)
    uploaded_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(name="files_attachment_not_empty", condition=models.Q(size__gt=0)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Say whether this is a picture that a page may show."""
        return self.kind.startswith("image/")
