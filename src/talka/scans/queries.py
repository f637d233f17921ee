# SPDX-License-Identifier: EUPL-1.2
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from talka.core import clock
from talka.files.models import Attachment
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.scans.models import Scan, ScanPage, ScanQuerySet, Stack


@dataclass(frozen=True)
class Pile:
    """How much paper a process has: letters that wait, pages that a machine still reads, files still to be taken apart."""

    waiting: int
    unread: int
    whole: int

    @property
    def is_at_work(self) -> bool:
        """Say whether machines are at work, so that the page is worth looking at again."""
        return bool(self.unread or self.whole)


def pile_of(process: Process) -> Pile:
    """Count the paper of a process that waits."""
    pages = ScanPage.objects.filter(scan__process=process, read_at__isnull=True, given_up_at__isnull=True)
    return Pile(
        waiting=count_waiting(process),
        unread=pages.filter(Q(scan__closed_at__isnull=True) | Q(scan__joined_to__closed_at__isnull=True)).count(),
        whole=Stack.objects.filter(process=process, taken_apart_at__isnull=True).count(),
    )


def count_waiting(process: Process) -> int:
    """Return how many letters on paper wait to be entered."""
    return Scan.objects.filter(process=process).waiting().count()


def rows_of(scans: ScanQuerySet) -> ScanQuerySet:
    """Load what a row of the list of scans shows."""
    pages = Prefetch("pages", ScanPage.objects.only("pk", "scan_id", "number", "read_at", "given_up_at"))
    joined = Prefetch("joined", Scan.objects.order_by("pk").prefetch_related(pages))
    related = ("stack__file", "stack__added_by", "held_by", "proposal", "closed_by")
    return scans.select_related(*related).prefetch_related(pages, joined)


def pages_of_letter(scan: Scan) -> list[ScanPage]:
    """Return the pages of a letter, those of the sheets that were joined to it after its own."""
    pages = ScanPage.objects.filter(Q(scan=scan) | Q(scan__joined_to=scan))
    return list(pages.select_related("picture").order_by("scan", "number"))


def text_of_letter(pages: list[ScanPage]) -> str:
    """Return what was read on the pages, one after another."""
    return "\n\n".join(page.text for page in pages if page.text)


def originals_of(scan: Scan) -> list[Attachment]:
    """Return the files that keep a letter as it came: the file itself where it is this letter and no other, else its pages."""
    stack = Stack.objects.select_related("file").get(pk=scan.stack_id)
    alone = not scan.joined.exists() and stack.scans.count() == 1 and not stack.left_out
    return [stack.file] if alone else [page.picture for page in pages_of_letter(scan)]


def _neighbors(scan: Scan) -> ScanQuerySet:
    return Scan.objects.filter(process=scan.process_id, joined_to__isnull=True, discarded_because="")


def previous_of(scan: Scan) -> Scan | None:
    """Return the letter before this one in the pile, entered or not."""
    return _neighbors(scan).filter(pk__lt=scan.pk).select_related("proposal").order_by("-pk").first()


def next_of(scan: Scan) -> Scan | None:
    """Return the sheet after this letter that still waits."""
    return _neighbors(scan).filter(pk__gt=scan.pk, closed_at__isnull=True).order_by("pk").first()


def last_entry(process: Process, user: Any) -> Proposal | None:
    """Return what this person entered from paper within the last hour, if anything: its day fits the next sheet too."""
    recent = Scan.objects.filter(process=process, closed_by=user, closed_at__gte=clock.now() - timedelta(hours=1))
    scan = recent.filter(proposal__isnull=False).select_related("proposal").order_by("-closed_at").first()
    return scan.proposal if scan is not None else None


def day_of(proposal: Proposal) -> str:
    """Return the day on which an entry was received, as a field takes it."""
    return timezone.localdate(proposal.received_at).isoformat()
