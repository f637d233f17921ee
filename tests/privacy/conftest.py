# SPDX-License-Identifier: EUPL-1.2
"""What tests of privacy share: somebody of whom much is held, in two municipalities."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import confirm_address, publish_proposal, register_proposal

ZIGFRIDA = Sender(
    name="Zigfrīda Purmale", email="zigfrida@example.lv", phone="26 123 456", postal_address="Ābeļu iela 5"
)


@pytest.fixture(autouse=True)
def in_latvian(db: None, settings: Any, tmp_path: Path) -> Iterator[None]:
    """Let each test speak Latvian and keep its files apart."""
    settings.MEDIA_ROOT = tmp_path
    with translation.override("lv"):
        yield


@pytest.fixture
def answered(make_proposal: Callable[..., Proposal], carol: User) -> Proposal:
    """A public, answered proposal of Zigfrīda in the town."""
    proposal = make_proposal("Vajag soliņu.", title="Soliņš", sender=ZIGFRIDA)
    confirm_address(proposal, by=LinkHolder(proposal.pk, reads_mail=True))
    publish_proposal(proposal, by=carol)
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Būs.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    proposal.refresh_from_db()
    return proposal


@pytest.fixture
def next_door(eve: User) -> Proposal:
    """A proposal of the same Zigfrīda in the neighbour's process."""
    process = Process.objects.get(slug="kaimini")
    return register_proposal(
        process, content=Content(text="Kaimiņos vajag tiltu."), sender=ZIGFRIDA, key=uuid.uuid4(), channel="paper",
        received_at=clock.now(), by=eve,
    )  # fmt: skip
