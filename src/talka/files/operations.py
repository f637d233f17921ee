# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterable
from functools import partial
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from talka.core.text import clean_line
from talka.files.inspection import Inspected
from talka.files.models import Attachment, stored_name


def store_attachment(inspected: Inspected, *, name: str, by: Any) -> Attachment:
    """Keep a file that ``AttachmentsField`` has looked at; the caller's operation says who may and writes the log.

    ``by`` may be a visitor without an account. The same bytes lie on disk once.
    """
    stem = clean_line(name).replace("/", "-").replace("\\", "-").rsplit(".", 1)[0][:150].strip(" .") or "file"
    attachment = Attachment(
        name=f"{stem}{inspected.extension}",
        kind=inspected.kind,
        extension=inspected.extension,
        size=len(inspected.content),
        sha256=sha256(inspected.content).hexdigest(),
        uploaded_by=by if getattr(by, "is_authenticated", False) else None,
    )
    path = stored_name(attachment, "")
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(inspected.content))
    attachment.content.name = path
    attachment.save()
    return attachment


def forget_attachments(keys: Iterable[int]) -> None:
    """Delete attachments that nothing points at any more; their bytes too, once no other attachment has the same."""
    gone = list(Attachment.objects.filter(pk__in=list(keys)))
    Attachment.objects.filter(pk__in=[attachment.pk for attachment in gone]).delete()
    for attachment in gone:
        if not Attachment.objects.filter(sha256=attachment.sha256, extension=attachment.extension).exists():
            name = str(attachment.content.name)
            transaction.on_commit(partial(default_storage.delete, name))
