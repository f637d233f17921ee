# SPDX-License-Identifier: EUPL-1.2
"""What was passed on to other organizations, and where it can be passed on to."""

from typing import Any

from django.db.models import Q

from talka.directory.models import Organization
from talka.processes.models import Process
from talka.proposals.models import Forwarding, Proposal


def registers_elsewhere(process: Process, user: Any) -> list[Process]:
    """Return the processes of other municipalities in this installation whose register takes what is forwarded."""
    return list(
        Process.objects.visible_to(user)
        .in_progress()
        .filter(register__isnull=False)
        .exclude(Q(owner=process.owner_id) | Q(pk=process.pk))
        .select_related("owner")
        .order_by("owner__name", "title")
    )


def organizations_elsewhere(process: Process) -> list[Organization]:
    """Return the institutions, companies and municipalities of today to which a proposal could be passed on."""
    kinds = Organization.Classification
    informal = (kinds.INFORMAL, kinds.DEPARTMENT)
    return list(Organization.objects.current().exclude(pk=process.owner_id).exclude(classification__in=informal))


def forwardings_of(proposal: Proposal) -> list[Forwarding]:
    """Return what was passed on, oldest first, with what became of it elsewhere."""
    return list(
        proposal.forwardings.select_related(
            "arrived_as__reply", "arrived_as__process", "organization", "forwarded_by"
        ).prefetch_related("files__attachment")
    )


def arrived_from(proposal: Proposal) -> Forwarding | None:
    """Return what was passed on where this proposal came from another register of the installation."""
    if proposal.channel != Proposal.Channel.FORWARDED:
        return None
    return Forwarding.objects.filter(arrived_as=proposal).select_related("proposal__process__owner").first()
