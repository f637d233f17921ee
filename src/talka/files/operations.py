# SPDX-License-Identifier: EUPL-1.2
from functools import partial
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

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
    _lock_bytes(attachment.sha256)
    if not default_storage.exists(path):
        path = default_storage.save(path, ContentFile(inspected.content))
    attachment.content.name = path
    attachment.save()
    return attachment


def _lock_bytes(sha256_sum: str) -> None:
    """Let nobody store or delete these bytes until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256_sum[:15], 16)])


def delete_attachment(attachment: Attachment) -> None:
    """Delete a file that nothing points at any more; its bytes go from the disk once this is committed, if no other has them."""
    sha256_sum, path = attachment.sha256, str(attachment.content.name)
    attachment.delete()
    transaction.on_commit(partial(_delete_bytes, sha256_sum, path))


@transaction.atomic
def _delete_bytes(sha256_sum: str, path: str) -> None:
    _lock_bytes(sha256_sum)
    if not Attachment.objects.filter(content=path).exists():
        default_storage.delete(path)
