# SPDX-License-Identifier: EUPL-1.2
"""Attachments out: never as a page, whatever they hold."""

from django.http import FileResponse
from django.utils.http import content_disposition_header

from talka.files.inspection import SEALED
from talka.files.models import Attachment


def attachment_response(attachment: Attachment) -> FileResponse:
    """Answer with a file, after the caller's app has asked whether this person may see it.

    Pictures may be shown in a page; everything else is offered for saving. Nothing may run.
    """
    kind = "application/octet-stream" if attachment.kind in SEALED else attachment.kind
    response = FileResponse(attachment.content.open("rb"), content_type=kind)
    response["Content-Disposition"] = (
        content_disposition_header(not attachment.is_image, attachment.name) or "attachment"
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
