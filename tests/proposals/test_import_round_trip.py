# SPDX-License-Identifier: EUPL-1.2
"""What the register exports, a register takes in again as it was; and the same register takes nothing twice."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from talka.accounts.models import User
from talka.core.text import clean_line, clean_text
from talka.directory.models import Topic
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.importing import Entry, register_proposals
from tests.proposals.importing import confirmed

written = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=80)
texts = st.one_of(
    written,
    st.sampled_from(
        ["=1+1", "'=1", "''x", "-5 grādi", "@te", "_x0041_ un _x000D_", "a;b\tc|d,e", 'sauc par "soli"', "1\n\n2"]
    ),
)
texts = texts.map(clean_text).filter(lambda text: bool(text) and "\ufffd" not in text and clean_line(text) != "")
lines = st.one_of(st.just(""), texts.map(clean_line).map(lambda line: line[:40].strip()))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    placed = draw(st.booleans())
    sender = Sender(
        name=draw(lines), email=draw(st.sampled_from(["", "anna@example.lv"])), phone=draw(lines), postal_address=draw(lines),
        on_behalf=draw(st.sampled_from(Author.OnBehalf.values)), on_behalf_name=draw(lines), name_public=draw(st.booleans()),
    )  # fmt: skip
    content = Content(
        text=draw(texts), title=draw(texts.map(clean_line)), place_text=draw(lines),
        regime=draw(st.sampled_from(["submission", "information"])), signed=draw(st.booleans()), longitude=round(draw(st.floats(21, 28)), 6) if placed else None, latitude=round(draw(st.floats(55, 58)), 6) if placed else None,
    )  # fmt: skip
    minute = draw(st.datetimes(datetime(2020, 1, 1), datetime(2025, 12, 31))).replace(
        second=0, microsecond=0, tzinfo=UTC
    )
    return Entry(content, sender, channel=draw(st.sampled_from(Proposal.Channel.values)), received_at=minute)


def told(process: Process) -> list[tuple[Any, ...]]:
    """Return what the entries of a register say, in their order."""
    fields = (
        "title", "text", "channel", "received_at", "place_text", "longitude", "latitude", "topic__name", "author__name", "author__email",
        "author__phone", "author__postal_address", "author__on_behalf", "author__on_behalf_name", "author__name_public", "regime", "signed", "due_on",
    )  # fmt: skip
    return list(Proposal.objects.filter(process=process).order_by("number").values_list(*fields))


def exported(client: Client, process: Process, kind: str, language: str) -> bytes:
    with translation.override(language):
        return client.get(reverse("proposals:export_register", args=[process.slug, kind]) + "?sort=number").content


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(sent=st.lists(entries(), min_size=1, max_size=4))
def test_an_export_comes_back_as_it_was(
    process: Process, group: WorkingGroup, topic: Topic, clara: User, eve: User, sign_in: Callable[[User], Client],
    kind: str, language: str, sent: list[Entry],
) -> None:  # fmt: skip
    theirs = Process.objects.get(slug="kaimini")
    before, before_there = len(told(process)), len(told(theirs))
    keyed = [Entry(one.content, one.sender, one.channel, one.received_at, uuid.uuid4()) for one in sent]
    register_proposals(process, keyed, by=clara)
    content = exported(sign_in(clara), process, kind, language)
    assert confirmed(process, content, by=clara).taken == 0
    run = confirmed(theirs, content, by=eve, repeats=True)
    assert (run.preset, run.wrong) == ("talka", 0)
    assert told(theirs)[before_there:] == told(process)[before:]


def test_what_happened_to_an_entry_is_not_imported(
    process: Process, make_proposal: Callable[..., Proposal], clara: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    make_proposal("Soliņi pie ezera.", public=True)
    theirs = Process.objects.get(slug="kaimini")
    confirmed(theirs, exported(sign_in(clara), process, "xlsx", "lv"), by=eve)
    proposal = Proposal.objects.get(process=theirs)
    assert (proposal.reference, proposal.source_reference, proposal.published_at) == ("KN-1", "TP-1", None)
