# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from typing import Any

import pytest
import time_machine

from talka.accounts.models import User
from talka.core import clock
from talka.notifications.models import Notification
from talka.notifications.operations import confirm_following, follow
from talka.plans.models import ProgressUpdate
from talka.plans.operations.editions import start_edition
from talka.plans.operations.nodes import create_node
from talka.plans.operations.plans import publish_plan, unpublish_plan
from talka.plans.operations.progress import renew_latest, update_progress
from talka.processes.models import Process
from talka.proposals.models import Author, Proposal
from talka.proposals.operations.becoming import link_nodes
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.operations.receiving import follow_proposal
from tests.plans.factories import SmallPlan, make_plan
from tests.proposals.conftest import letters

TEMPLATE = "proposals/tell_progress"
ANNA = Sender(name="Anna Kalniņa", email="anna@example.lv")


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    """A published plan of the process with an edition in force."""
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def linked(small: SmallPlan, make_proposal: Any, carol: User) -> Proposal:
    """Anna's answered, public proposal, which became the action."""
    return became(make_proposal(public=True, sender=ANNA), small, carol)


def became(proposal: Proposal, small: SmallPlan, carol: User, **author: Any) -> Proposal:
    """Confirm the author's address, link the proposal to the action and answer it."""
    fields = {"confirmed_at": clock.now(), **author}
    Author.objects.filter(proposal=proposal).update(**fields)
    link_nodes([proposal], [small.action.node], by=carol)
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Iekļausim.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    Notification.objects.all().delete()
    return Proposal.objects.select_related("process", "audience", "author").get(pk=proposal.pk)


def addresses() -> list[str]:
    """Return to whom letters about progress were written, in order."""
    return [letter.email for letter in letters(TEMPLATE)]


def test_the_author_hears_when_it_begins_and_when_it_is_done(small: SmallPlan, linked: Proposal, carol: User) -> None:
    update_progress(small.action.node, state="under_way", text="Sākām ar Grīzupes ielu.", by=carol)
    [letter] = letters(TEMPLATE)
    assert (letter.email, letter.subject) == ("anna@example.lv", f"Darbs sākts: {small.action.code} Apsekot ielas")
    assert "Godātā Anna Kalniņa!" in letter.text
    assert f"{linked.reference} “" in letter.text or f"{linked.reference} „" in letter.text
    assert "Sākām ar Grīzupes ielu." in letter.text
    assert linked.author.secret in letter.text
    assert f"/lv/p/{small.plan.process.slug}/plans/{small.plan.slug}/{small.action.node_id}/" in letter.text
    update_progress(small.action.node, state="under_way", percent=50, by=carol)
    assert len(addresses()) == 1
    update_progress(small.action.node, state="done", by=carol)
    assert letters(TEMPLATE)[1].subject == f"Izpildīts: {small.action.code} Apsekot ielas"


def test_it_is_said_when_it_is_dropped_and_when_work_goes_on_after_all(
    small: SmallPlan, linked: Proposal, carol: User
) -> None:
    for state in ("dropped", "under_way"):
        update_progress(small.action.node, state=state, by=carol)
    assert [letter.subject.split(":")[0] for letter in letters(TEMPLATE)] == ["Netiks īstenots", "Darbs turpinās"]


def test_a_person_gets_one_letter_however_often_they_are_concerned(
    small: SmallPlan, linked: Proposal, make_proposal: Any, carol: User, alice: User
) -> None:
    second = became(make_proposal(public=True, sender=Sender(email="Anna@example.lv")), small, carol)
    for proposal in (linked, second):
        confirm_following(follow(proposal.audience, email="anna@example.lv", language="lv", by=carol, title="x"))
        follow_proposal(proposal, email=alice.email, language="lv", by=alice)
    follow(small.action.node.audience, email=alice.email, language="lv", by=alice, title="x")
    Notification.objects.all().delete()
    update_progress(small.action.node, state="under_way", by=carol)
    assert addresses() == ["anna@example.lv", alice.email]
    to_anna, to_alice = letters(TEMPLATE)
    assert all(proposal.reference in to_anna.text for proposal in (linked, second))
    assert linked.reference in to_alice.text
    assert "/unfollow/" in to_alice.text or to_alice.subscription is not None
    assert linked.author.secret not in to_alice.text


def test_who_follows_the_action_itself_hears_of_it(small: SmallPlan, carol: User, eve: User) -> None:
    follow(small.action.node.audience, email=eve.email, language="en", by=eve, title="x")
    update_progress(small.action.node, state="under_way", by=carol)
    [letter] = letters(TEMPLATE)
    assert (letter.email, letter.subject) == (eve.email, f"Work has begun: {small.action.code} Apsekot ielas")


@pytest.mark.parametrize(
    "author", [{"confirmed_at": None}, {"answer_by": "post"}, {"answer_by": "phone"}, {"answer_by": "none"}]
)
def test_an_author_who_may_not_be_written_to_or_asked_for_another_way_gets_no_mail(
    small: SmallPlan, make_proposal: Any, carol: User, author: dict[str, Any]
) -> None:
    became(make_proposal(public=True, sender=ANNA), small, carol, **author)
    update_progress(small.action.node, state="under_way", by=carol)
    assert addresses() == []


def test_nobody_hears_before_the_answer(small: SmallPlan, make_proposal: Any, carol: User, alice: User) -> None:
    proposal = make_proposal(public=True, sender=ANNA)
    Author.objects.filter(proposal=proposal).update(confirmed_at=clock.now())
    follow_proposal(proposal, email=alice.email, language="lv", by=alice)
    link_nodes([proposal], [small.action.node], by=carol)
    update_progress(small.action.node, state="under_way", by=carol)
    assert addresses() == []


def test_nothing_is_told_of_what_the_public_does_not_read(small: SmallPlan, linked: Proposal, carol: User) -> None:
    unpublish_plan(small.plan, by=carol)
    update_progress(small.action.node, state="under_way", by=carol)
    publish_plan(small.plan, by=carol)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    version = create_node(draft, level=small.levels["r"], parent=small.task.node, title="Tikai melnrakstā", by=carol)
    link_nodes([linked], [version.node], by=carol)
    update_progress(version.node, state="under_way", by=carol)
    assert addresses() == []


def test_a_slip_corrected_the_same_day_writes_nobody_twice(small: SmallPlan, linked: Proposal, carol: User) -> None:
    node = small.action.node
    first = update_progress(node, state="under_way", by=carol)
    ProgressUpdate.objects.filter(pk=first.pk).update(retracted_at=clock.now(), retracted_because="Cita darbība")
    node.refresh_from_db()
    renew_latest(node)
    update_progress(node, state="under_way", by=carol)
    assert len(addresses()) == 1
    with time_machine.travel(date(2031, 5, 5)):
        update_progress(node, state="done", by=carol)
        update_progress(node, state="under_way", by=carol)
    assert len(addresses()) == 3


def test_all_of_it_is_written_in_one_transaction_with_few_queries(
    small: SmallPlan, make_proposal: Any, carol: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(6):
        became(make_proposal(public=True, sender=Sender(email=f"a{number}@example.lv")), small, carol)
    with django_assert_max_num_queries(70):
        update_progress(small.action.node, state="under_way", by=carol)
    assert len(addresses()) == 6
