# SPDX-License-Identifier: EUPL-1.2
"""Entries received on a day of one's choice."""

import uuid
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.receiving import register_proposal


def at_noon(day: date) -> datetime:
    """Return noon of a day, local time."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def enter(
    process: Process,
    by: User,
    received_on: date,
    *,
    channel: str = "email",
    sender: Sender | None = None,
    **content: Any,
) -> Proposal:
    """Enter something that came on a day, at noon or, if that is still ahead, now."""
    fields = {"text": f"Saņemts {received_on}."} | content
    proposal = register_proposal(
        process, content=Content(**fields), sender=sender or Sender(), key=uuid.uuid4(), channel=channel,
        received_at=min(at_noon(received_on), clock.now()), by=by,
    )  # fmt: skip
    return Proposal.objects.select_related("process", "term").get(pk=proposal.pk)
