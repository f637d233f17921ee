# SPDX-License-Identifier: EUPL-1.2
"""From a file to pages that somebody can enter: taken apart, read by machine, forgotten in the end."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from PIL import Image

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.jobs import put_off
from talka.core.permissions import authorize
from talka.files.forms import Upload
from talka.files.inspection import TooManyPixels, UnknownKind, inspect
from talka.files.models import Attachment
from talka.files.operations import delete_attachment, store_attachment
from talka.processes.models import Process
from talka.scans import reading, rendering
from talka.scans.models import Scan, ScanPage, Stack
from talka.scans.queries import pages_of_letter

GIVEN_UP_AFTER = timedelta(hours=6)


class NotReadable(Refused):
    message = _("Reading by machine is not installed here. Type the text beside the picture.")


@transaction.atomic
def add_scans(
    process: Process, *, uploads: Sequence[Upload], splitting: str, every: int = 1, by: User
) -> tuple[list[Stack], int]:
    """Take files of paper; return what came of them, and how many were left out because they are here already.

    Pictures wait to be entered at once; a PDF is taken apart by a job.
    """
    authorize(by, "scans.add_scans", process)
    Process.objects.select_for_update().get(pk=process.pk)  # the same form sent twice waits here, and is known then
    stacks: list[Stack] = []
    for upload in uploads:
        file = store_attachment(upload.inspected, name=upload.name, by=by)
        if _is_here(process, file):
            delete_attachment(file)
            continue
        stack = Stack.objects.create(process=process, file=file, splitting=splitting, every=every, added_by=by)
        stacks.append(stack)
        if file.is_image:
            _lay_out(stack, [[file]])
        else:
            put_off("talka.scans.tasks.take_apart_stack", priority=-5, stack_id=stack.pk)
    if stacks:
        record("scans.add_scans", process, by=by, scope=process, number=len(stacks))
    return stacks, len(uploads) - len(stacks)


def _is_here(process: Process, file: Attachment) -> bool:
    """Say whether the same bytes wait or were entered already; what was discarded may come again."""
    scans = Scan.objects.filter(stack=OuterRef("pk"), discarded_because="")
    same = Stack.objects.filter(process=process, file__sha256=file.sha256, trouble="")
    return same.filter(Q(taken_apart_at__isnull=True) | Exists(scans)).exists()


def _lay_out(stack: Stack, letters: Sequence[Sequence[Attachment]], *, left_out: int = 0) -> None:
    """Make a letter of each list of pictures, in their order, and have them read."""
    given_up_at = None if reading.can_read() else clock.now()
    for pictures in letters:
        scan = Scan.objects.create(process=stack.process, stack=stack)
        for number, picture in enumerate(pictures, start=1):
            page = ScanPage.objects.create(scan=scan, number=number, picture=picture, given_up_at=given_up_at)
            if given_up_at is None:
                _have_read(page)
    stack.taken_apart_at, stack.left_out = clock.now(), left_out
    stack.save(update_fields=["taken_apart_at", "left_out"])


def _have_read(page: ScanPage) -> None:
    """Put a page into the queue, after all mail; one page is read at a time, so that it leaves room for other jobs."""
    put_off("talka.scans.tasks.read_page", priority=-10, lock="scans.read_page", page_id=page.pk)


def take_apart_stack(stack_id: int) -> None:
    """Make letters of a PDF, as it was asked to be split; done twice it changes nothing."""
    stack = Stack.objects.select_related("file").filter(pk=stack_id, taken_apart_at__isnull=True).first()
    if stack is None:
        return
    with stack.file.content.open("rb") as opened:
        pdf = opened.read()
    try:
        pictures = [inspect(page) for page in reading.pages_of(pdf, most=settings.MAX_SCAN_PAGES)]
    except reading.NotTakenApart as reason:
        end_stack(stack_id, trouble=str(reason))
        return
    except (UnknownKind, TooManyPixels):
        end_stack(stack_id, trouble=Stack.Trouble.UNREADABLE)
        return
    empty = [_is_empty(picture.content) for picture in pictures]
    letters = rendering.into_letters(empty, splitting=stack.splitting, every=stack.every)
    if not letters:
        end_stack(stack_id, trouble=Stack.Trouble.EMPTY)
        return
    with transaction.atomic():
        stack = Stack.objects.select_for_update(of=("self",)).select_related("process", "added_by").get(pk=stack_id)
        if stack.taken_apart_at is not None:
            return
        kept = {
            number: store_attachment(pictures[number], name=f"{number + 1:03}.jpg", by=stack.added_by)
            for letter in letters
            for number in letter
        }
        _lay_out(stack, [[kept[number] for number in letter] for letter in letters], left_out=sum(empty))


def _is_empty(picture: bytes) -> bool:
    with Image.open(io.BytesIO(picture)) as opened:
        return rendering.is_empty(opened)


@transaction.atomic
def end_stack(stack_id: int, *, trouble: str) -> None:
    """Write down why nothing could be made of a file."""
    stack = Stack.objects.select_for_update().get(pk=stack_id)
    if stack.taken_apart_at is None:
        stack.taken_apart_at, stack.trouble = clock.now(), trouble
        stack.save(update_fields=["taken_apart_at", "trouble"])


def read_page(page_id: int) -> None:
    """Read a page by machine and keep the text; nothing of a letter that has been entered meanwhile."""
    page = ScanPage.objects.select_related("picture").filter(pk=page_id, read_at__isnull=True, given_up_at__isnull=True)
    waiting = page.exclude(scan__proposal__isnull=False).exclude(scan__joined_to__proposal__isnull=False).first()
    if waiting is None:
        return
    with waiting.picture.content.open("rb") as opened:
        picture = opened.read()
    keep_text(page_id, text=reading.read(picture))


@transaction.atomic
def keep_text(page_id: int, *, text: str) -> None:
    """Keep what was read on a page, once."""
    page = ScanPage.objects.select_for_update().filter(pk=page_id, read_at__isnull=True).first()
    if page is not None:
        page.text, page.read_at, page.given_up_at = text, clock.now(), None
        page.save(update_fields=["text", "read_at", "given_up_at"])


@transaction.atomic
def give_page_up(page_id: int) -> None:
    """Leave a page that cannot be read by machine to a person."""
    ScanPage.objects.filter(pk=page_id, read_at__isnull=True, given_up_at__isnull=True).update(given_up_at=clock.now())


@transaction.atomic
def leave_to_people() -> None:
    """Give up what machines should have done long ago, such as after jobs were lost, so that nobody waits for it."""
    before = clock.now() - GIVEN_UP_AFTER
    unread = ScanPage.objects.filter(read_at__isnull=True, given_up_at__isnull=True)
    unread.filter(scan__stack__taken_apart_at__lt=before).update(given_up_at=clock.now())
    whole = Stack.objects.filter(taken_apart_at__isnull=True, added_at__lt=before)
    whole.update(taken_apart_at=clock.now(), trouble=Stack.Trouble.TOO_HARD)


@transaction.atomic
def read_again(scan: Scan, *, by: User) -> None:
    """Have the pages of a letter read once more, such as after the machine was mended."""
    authorize(by, "scans.read_again", scan)
    if not reading.can_read():
        raise NotReadable
    for page in pages_of_letter(scan):
        page.read_at = page.given_up_at = None
        page.save(update_fields=["read_at", "given_up_at"])
        _have_read(page)
    record("scans.read_again", scan, by=by, scope=scan.process)


@transaction.atomic
def forget_old_scans() -> int:
    """Delete scans that were entered or discarded more than ``KEEP_SCANS_DAYS`` ago, and files of which nothing came.

    What belongs to an entry stays with the entry. Returns how many letters were forgotten.
    """
    before = clock.now() - timedelta(days=settings.KEEP_SCANS_DAYS)
    recent = Scan.objects.filter(stack=OuterRef("pk")).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=before))
    stacks = list(Stack.objects.filter(~Exists(recent), taken_apart_at__lt=before).values_list("pk", flat=True))
    pages = ScanPage.objects.filter(scan__stack__in=stacks)
    files = {
        *pages.values_list("picture", flat=True),
        *Stack.objects.filter(pk__in=stacks).values_list("file", flat=True),
    }
    number = Scan.objects.filter(stack__in=stacks).count()
    Scan.objects.filter(stack__in=stacks, joined_to__isnull=False).delete()
    Stack.objects.filter(pk__in=stacks).delete()
    for attachment in Attachment.objects.filter(pk__in=files):
        delete_attachment(attachment)
    return number
