# SPDX-License-Identifier: EUPL-1.2
"""What meetings do when something happens below them."""

from typing import Any

from django.dispatch import receiver

from talka.directory.models import Place
from talka.directory.signals import place_changed
from talka.meetings.operations.calling import follow_place
from talka.meetings.operations.forgetting import cover_author
from talka.proposals.models import Author, Proposal
from talka.proposals.signals import author_erased


@receiver(place_changed)
def tell_calendars(sender: object, *, place: Place, **_more: Any) -> None:
    """Let the meetings at a place count as changed with it."""
    follow_place(place)


@receiver(author_erased)
def cover(sender: object, *, proposal: Proposal, author: Author, **_more: Any) -> None:
    """Let decisions about a proposal no longer name its author."""
    cover_author(proposal, author)
