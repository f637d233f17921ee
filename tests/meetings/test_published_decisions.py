# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from talka.accounts.models import User
from talka.directory.models import Person
from talka.files.models import Attachment
from talka.groups.models import WorkingGroup
from talka.groups.operations.seating import seat_person
from talka.meetings.models import Decision, Minutes
from talka.meetings.operations.approving import approve_minutes, edit_public, publish_minutes, withdraw_minutes
from talka.meetings.operations.forgetting import cover_author
from talka.meetings.queries.decisions import decided_about
from talka.plans.origins import origins_of
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from talka.proposals.models import Author, Proposal
from tests.meetings.test_approve_minutes import held, text_of
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]


@pytest.fixture
def linda(group: WorkingGroup, carol: User) -> Person:
    return seat_person(group, person=NewPerson("Linda", "linda@test.example", False), by=carol, name_public=True).person


@pytest.fixture
def minutes(process: Process, group: WorkingGroup, carol: User, leo: User, bob: User, linda: Person) -> Minutes:
    return held(process, group, carol)


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def decision(minutes: Minutes, small: SmallPlan, make_proposal: Any) -> Decision:
    decision: Decision = minutes.meeting.decisions.get()
    decision.proposals.add(make_proposal(public=True))
    decision.nodes.add(small.action.node)
    return decision


def told(decision: Decision, user: Any, client: Client) -> list[str]:
    """Return what everything that tells of a decision says of it to somebody: page, API, proposal, plan."""
    meeting = decision.meeting
    page = client.get(f"/lv/p/{meeting.process.slug}/meetings/{meeting.pk}/").content.decode()
    answer = Client().get(f"/api/processes/{meeting.process.slug}/meetings/{meeting.pk}").json()
    proposal = decision.proposals.get()
    node = decision.nodes.get().pk
    return [
        page[page.find('id="decisions"') :] if 'id="decisions"' in page else "",
        " ".join(one["text"] for one in answer["decisions"]),
        " ".join(one.text for one in decided_about(proposal, user)),
        " ".join(one.title for one in origins_of([node], user).get(node, [])),
    ]


def test_what_is_being_written_is_not_told_outside(
    decision: Decision, minutes: Minutes, carol: User, eve: User, bob: User, sign_in: SignIn
) -> None:
    outside = [(AnonymousUser(), Client()), (eve, sign_in(eve)), (bob, sign_in(bob))]
    for user, client in outside:
        assert not any(told(decision, user, client))
    page, _api, heard, origin = told(decision, carol, sign_in(carol))
    assert all("Atbalstīt ietvi." in one for one in (page, heard, origin))
    approve_minutes(minutes, by=carol)
    for user, client in outside:
        assert not any(told(decision, user, client))
    publish_minutes(minutes, by=carol)
    for user, client in outside:
        assert all("Atbalstīt ietvi." in one for one in told(decision, user, client))
    withdraw_minutes(minutes, reason="Jāprecizē.", by=carol)
    for user, client in outside:
        assert not any(told(decision, user, client))


def test_everybody_reads_the_words_that_were_published(decision: Decision, minutes: Minutes, carol: User) -> None:
    approve_minutes(minutes, by=carol)
    edit_public(minutes, texts={f"decision.{decision.pk}": "Atbalstīt."}, by=carol)
    publish_minutes(minutes, by=carol)
    for one in told(decision, AnonymousUser(), Client()):
        assert "Atbalstīt." in one
        assert "ietvi" not in one


def test_a_decision_of_a_closed_item_stays_inside(
    decision: Decision, minutes: Minutes, carol: User, sign_in: SignIn
) -> None:
    closed = minutes.meeting.items.get(withheld=True)
    Decision.objects.filter(pk=decision.pk).update(item=closed)
    approve_minutes(minutes, by=carol)
    publish_minutes(minutes, by=carol)
    assert not any(told(decision, AnonymousUser(), Client()))
    assert "Atbalstīt ietvi." in told(decision, carol, sign_in(carol))[0]


def test_a_text_taken_out_whole_stays_out(
    decision: Decision, minutes: Minutes, carol: User, sign_in: SignIn
) -> None:  # fmt: skip
    approve_minutes(minutes, by=carol)
    item = decision.item
    assert item is not None
    work = f"/lv/workspace/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/minutes/publish/"
    client = sign_in(carol)
    client.post(work, {f"notes.{item.pk}": "", f"decision.{decision.pk}": "Atbalstīt."})
    page = client.get(work)
    assert "29 123 456" not in page.content.decode()
    assert page.context["suspected"] == set()
    client.post(work, {f"notes.{item.pk}": "", f"decision.{decision.pk}": "Atbalstīt.", "publish": "1"})
    assert (
        "29 123 456"
        not in Client().get(f"/lv/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/").content.decode()
    )


def test_an_erased_author_is_covered_in_what_was_published(
    decision: Decision, minutes: Minutes, carol: User, proposal_named: Proposal
) -> None:
    approve_minutes(minutes, by=carol)
    edit_public(minutes, texts={f"decision.{decision.pk}": "Atbalstīt Annas Liepas lūgumu."}, by=carol)
    cover_author(proposal_named, Author(name="Anna Liepa", proposal=proposal_named))
    decision.refresh_from_db()
    assert decision.text == "Atbalstīt ietvi."
    assert "Liepas" not in (decision.text_public or "Liepas")


def test_the_published_file_forgets_an_erased_author_too(
    decision: Decision, minutes: Minutes, carol: User, proposal_named: Proposal
) -> None:
    approve_minutes(minutes, by=carol)
    edit_public(minutes, texts={f"decision.{decision.pk}": "Atbalstīt Annas Liepas lūgumu."}, by=carol)
    publish_minutes(minutes, by=carol)
    published = Minutes.objects.get(pk=minutes.pk)
    assert published.public_pdf is not None
    assert "Annas Liepas" in words_of(published.public_pdf)
    cover_author(proposal_named, Author(name="Anna Liepa", proposal=proposal_named))
    assert not Attachment.objects.filter(pk=published.public_pdf.pk).exists()
    renewed = Minutes.objects.get(pk=minutes.pk)
    assert renewed.public_pdf is not None
    assert "Liepas" not in words_of(renewed.public_pdf)
    assert renewed.published_at == published.published_at


def words_of(file: Attachment) -> str:
    with file.content.open() as content:
        return text_of(content.read())


@pytest.fixture
def proposal_named(decision: Decision) -> Proposal:
    return decision.proposals.get()
