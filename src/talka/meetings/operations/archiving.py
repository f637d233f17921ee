# SPDX-License-Identifier: EUPL-1.2
"""The archive of the minutes of a process: asked for, made in the queue, kept for some days."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize, is_allowed
from talka.core.text import slug
from talka.files.inspection import Inspected
from talka.files.operations import delete_attachment, store_attachment
from talka.meetings.models import Archive, Minutes
from talka.meetings.protocol.archive import archive_of
from talka.notifications.operations import send_letter
from talka.processes.models import Process

KEEP = timedelta(days=2)
"""How long a finished archive is kept, and an unfinished one waited for."""


class NothingToArchive(Refused):
    message = _("No minutes of this process are approved yet.")


@transaction.atomic
def ask_archive(process: Process, *, by: User, language: str) -> Archive:
    """Put the making of the archive into the queue and return it; one that is being made for the same person is not begun twice."""
    authorize(by, "meetings.ask_archive", process)
    if not Minutes.objects.filter(meeting__process=process, approved_at__isnull=False).exists():
        raise NothingToArchive
    archive, is_new = Archive.objects.get_or_create(
        process=process, asked_by=by, finished_at=None, failed_at=None,
        defaults={"language": language, "asked_at": clock.now()},
    )  # fmt: skip
    if is_new:
        put_off("talka.meetings.tasks.make_archive", lock="minutes_archives", archive_id=archive.pk)
        record("meetings.ask_archive", process, by=by, scope=process)
    return archive


def make_archive(archive_id: int) -> None:
    """Make an archive that was asked for, keep it and tell who asked; does nothing a second time.

    Who has lost the right to it meanwhile gets none.
    """
    rows = Archive.objects.select_related("process__owner", "asked_by")
    archive = rows.filter(pk=archive_id, finished_at__isnull=True, failed_at__isnull=True).first()
    if archive is None:
        return
    if not is_allowed(archive.asked_by, "meetings.ask_archive", archive.process):
        give_archive_up(archive_id)
        return
    content = archive_of(archive.process, made_at=clock.now(), told=lambda percent: _advance(archive_id, percent))
    _advance(archive_id, 95)
    _finish(archive, content)


def _advance(archive_id: int, percent: int) -> None:
    Archive.objects.filter(pk=archive_id, progress__lt=percent).update(progress=percent)


@transaction.atomic
def _finish(archive: Archive, content: bytes) -> None:
    rows = Archive.objects.select_for_update(of=("self",))
    stored = rows.filter(pk=archive.pk, finished_at__isnull=True, failed_at__isnull=True).first()
    if stored is None:
        return
    name = f"protokoli-{slug(archive.process.title) or archive.process.slug}.pdf"
    stored.file = store_attachment(Inspected("application/pdf", ".pdf", content), name=name, by=None)
    stored.finished_at, stored.progress = clock.now(), 100
    stored.save(update_fields=["file", "finished_at", "progress"])
    with translation.override(archive.language):
        path = reverse("meetings:show_archive", args=[archive.process.slug, archive.pk])
    send_letter(
        "meetings/finish_archive", email=archive.asked_by.email, language=archive.language, user=archive.asked_by,
        process=archive.process, path=path, days=KEEP.days,
    )  # fmt: skip


@transaction.atomic
def give_archive_up(archive_id: int) -> None:
    """Mark an archive that could not be made, time after time."""
    Archive.objects.filter(pk=archive_id, finished_at__isnull=True).update(failed_at=clock.now())


@transaction.atomic
def remove_old_archives() -> int:
    """Delete archives that were made some days ago, and what never came to be; return how many there were."""
    before = clock.now() - KEEP
    old = Archive.objects.select_related("file").select_for_update(of=("self",))
    archives = list(old.filter(Q(finished_at__lt=before) | Q(finished_at__isnull=True, asked_at__lt=before)))
    for archive in archives:
        file = archive.file
        archive.delete()
        if file is not None:
            delete_attachment(file)
    return len(archives)
