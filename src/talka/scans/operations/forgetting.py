# SPDX-License-Identifier: EUPL-1.2
"""Paper that must be forgotten before its time, because the author of its entry is erased."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from talka.files.models import Attachment
from talka.files.operations import delete_attachment
from talka.proposals.models import Proposal
from talka.scans.models import Scan, ScanPage, Stack


@transaction.atomic
def forget_scans_of(proposal: Proposal) -> int:
    """Delete the letter that an entry was typed from: its pages, what was read on them, and pictures; return of how many sheets.

    The file it was brought in goes once nothing is left of it. The caller's operation says who may and writes the log.
    """
    letters = Scan.objects.filter(Q(proposal=proposal) | Q(joined_to__proposal=proposal))
    scans = dict(letters.select_for_update(of=("self",)).order_by("pk").values_list("pk", "stack_id"))
    if not scans:
        return 0
    files = set(ScanPage.objects.filter(scan__in=scans).values_list("picture", flat=True))
    Scan.objects.filter(pk__in=scans, joined_to__isnull=False).delete()
    Scan.objects.filter(pk__in=scans).delete()
    left = Scan.objects.filter(stack=OuterRef("pk"))
    stacks = Stack.objects.filter(~Exists(left), pk__in=set(scans.values()))
    files |= set(stacks.values_list("file", flat=True))
    stacks.delete()
    for attachment in Attachment.objects.filter(pk__in=files):
        delete_attachment(attachment)
    return len(scans)
