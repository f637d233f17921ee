# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event, key_of
from talka.processes.models import Process
from talka.proposals.models import Bundle, NotSimilar, Proposal
from talka.proposals.operations.bundling import (
    BundleOfAnotherProcess,
    InAnotherBundle,
    NothingToUndo,
    TooFewToBundle,
    bundle_proposals,
    dissolve_bundle,
    reject_similar,
    take_out_of_bundle,
    undo_bundle_step,
)
from talka.proposals.operations.examining import AnswerPublished, prepare_reply, publish_replies
from talka.proposals.operations.receiving import ProposalWithdrawn, withdraw_proposal

Make = Callable[..., Proposal]


@pytest.fixture
def three(make_proposal: Make) -> list[Proposal]:
    return [make_proposal(f"Soliņš parkā pie upes {polite}") for polite in ("", "lūdzu", "vajag")]


def inside(bundle: Bundle) -> list[int]:
    """Return the numbers of what is answered together."""
    return sorted(bundle.proposals.values_list("number", flat=True))


def test_proposals_put_together_keep_their_numbers_and_the_log_says_who_did_it(
    three: list[Proposal], carol: User
) -> None:
    bundle = bundle_proposals(three[:2], by=carol)
    assert inside(bundle) == [1, 2]
    assert {one.reference for one in bundle.proposals.all()} == {"TP-1", "TP-2"}
    event = Event.objects.filter(verb="proposals.bundle_proposals", object_key=key_of(three[0])).get()
    assert event.actor_id == carol.pk


def test_one_that_stands_alone_joins_the_bundle_of_the_other(three: list[Proposal], carol: User) -> None:
    bundle = bundle_proposals(three[:2], by=carol)
    three[0].refresh_from_db()
    assert bundle_proposals([three[0], three[2]], by=carol) == bundle
    assert inside(bundle) == [1, 2, 3]


def test_two_bundles_do_not_flow_together_by_themselves(
    make_proposal: Make, three: list[Proposal], carol: User
) -> None:
    bundle_proposals(three[:2], by=carol)
    bundle_proposals([three[2], make_proposal("Cits")], by=carol)
    with pytest.raises(InAnotherBundle, match="TP-1"):
        bundle_proposals([three[0], three[2]], by=carol)


def test_one_alone_or_the_same_again_is_no_bundle(three: list[Proposal], carol: User) -> None:
    for picked in ([], three[:1]):
        with pytest.raises(TooFewToBundle):
            bundle_proposals(picked, by=carol)
    bundle_proposals(three, by=carol)
    with pytest.raises(TooFewToBundle):
        bundle_proposals(three, by=carol)
    assert Bundle.objects.count() == 1


def test_what_is_withdrawn_or_answered_is_not_put_in(three: list[Proposal], carol: User) -> None:
    withdraw_proposal(three[0], by=carol)
    with pytest.raises(ProposalWithdrawn):
        bundle_proposals(three[:2], by=carol)
    prepare_reply(three[1], by=carol, outcome="accepted", reason="Būs.", signed_name="K")
    publish_replies([three[1]], by=carol)
    with pytest.raises(AnswerPublished):
        bundle_proposals(three[1:], by=carol)


def test_only_those_who_keep_the_register_put_together(
    three: list[Proposal], carol: User, clara: User, dora: User, leo: User, eve: User, alice: User
) -> None:
    for user in (dora, leo, eve, alice):
        with pytest.raises(PermissionDenied):
            bundle_proposals(three, by=user)
        with pytest.raises(PermissionDenied):
            reject_similar(three, by=user)
    bundle = bundle_proposals(three, by=clara)
    for user in (dora, leo, eve, alice):
        for act in (dissolve_bundle, undo_bundle_step):
            with pytest.raises(PermissionDenied):
                act(bundle, by=user)
        with pytest.raises(PermissionDenied):
            take_out_of_bundle(bundle, three[:1], by=user)
    assert inside(bundle) == [1, 2, 3]


def test_processes_are_not_mixed(three: list[Proposal], make_proposal: Make, eve: User, carol: User) -> None:
    theirs = Process.objects.get(slug="kaimini")
    Proposal.objects.filter(pk=three[2].pk).update(process=theirs)
    with pytest.raises(BundleOfAnotherProcess):
        bundle_proposals([three[0], Proposal.objects.get(pk=three[2].pk)], by=carol)


def test_one_is_taken_out_and_a_bundle_of_one_is_dissolved(three: list[Proposal], carol: User) -> None:
    bundle = bundle_proposals(three, by=carol)
    take_out_of_bundle(bundle, three[:1], by=carol)
    assert inside(bundle) == [2, 3]
    take_out_of_bundle(bundle, three[:1], by=carol)
    assert inside(bundle) == [2, 3]
    take_out_of_bundle(bundle, three[1:2], by=carol)
    bundle.refresh_from_db()
    assert inside(bundle) == []
    assert bundle.dissolved_at is not None


def test_every_step_is_undone_in_turn_the_last_one_first(three: list[Proposal], carol: User) -> None:
    bundle = bundle_proposals(three[:2], by=carol)
    three[0].refresh_from_db()
    bundle_proposals([three[0], three[2]], by=carol)
    take_out_of_bundle(bundle, three[:1], by=carol)
    dissolve_bundle(bundle, by=carol)
    undo_bundle_step(bundle, by=carol)
    bundle.refresh_from_db()
    assert (inside(bundle), bundle.dissolved_at) == ([2, 3], None)
    undo_bundle_step(bundle, by=carol)
    assert inside(bundle) == [1, 2, 3]
    undo_bundle_step(bundle, by=carol)
    assert inside(bundle) == [1, 2]
    undo_bundle_step(bundle, by=carol)
    bundle.refresh_from_db()
    assert inside(bundle) == []
    assert bundle.dissolved_at is not None
    with pytest.raises(NothingToUndo):
        undo_bundle_step(bundle, by=carol)
    assert Event.objects.filter(verb="proposals.undo_bundle_step").count() == 2 + 1 + 1 + 2


def test_a_step_back_does_not_tear_one_out_of_another_bundle(
    three: list[Proposal], make_proposal: Make, carol: User
) -> None:
    bundle = bundle_proposals(three, by=carol)
    take_out_of_bundle(bundle, three[:1], by=carol)
    three[0].refresh_from_db()
    bundle_proposals([three[0], make_proposal("Cits")], by=carol)
    with pytest.raises(InAnotherBundle, match="TP-1"):
        undo_bundle_step(bundle, by=carol)


def test_a_rejected_suggestion_is_remembered_once(three: list[Proposal], carol: User) -> None:
    reject_similar(three, by=carol)
    reject_similar(three[:2], by=carol)
    assert NotSimilar.objects.count() == 3
    with pytest.raises(TooFewToBundle):
        reject_similar(three[:1], by=carol)


# --- Pages ----------------------------------------------------------------------------------------


@pytest.fixture
def here(process: Process) -> str:
    return f"/lv/workspace/p/{process.slug}/register/"


def test_the_page_of_similar_ones_suggests_and_the_coordinator_decides(
    three: list[Proposal], carol: User, sign_in: Callable[[User], Client], here: str
) -> None:
    client = sign_in(carol)
    page = client.get(f"{here}similar/").content.decode()
    assert all(one.reference in page for one in three)
    done = client.post(f"{here}similar/bundle/", {"pick": ["1", "2"]}, follow=True)
    page = done.content.decode()
    assert "TP-1" in page
    assert "TP-2" in page
    bundle = Bundle.objects.get()
    entry = client.get(f"{here}1/").content.decode()
    assert f"{here}together/{bundle.pk}/" in entry
    assert "TP-2" in entry
    listed = client.get(f"{here}similar/").content.decode()
    assert "TP-1, TP-2" in listed
    assert f"{here}together/{bundle.pk}/" in listed
    client.post(f"{here}together/{bundle.pk}/take-out/", {"pick": ["1"]})
    assert inside(bundle) == []
    client.post(f"{here}together/{bundle.pk}/undo/")
    assert inside(bundle) == [1, 2]
    client.post(f"{here}together/{bundle.pk}/dissolve/")
    assert inside(bundle) == []
    client.post(f"{here}similar/reject/", {"pick": ["1", "2", "3"]})
    assert "TP-1" not in client.get(f"{here}similar/").context["groups"].__str__()


@pytest.mark.parametrize("picked", [[], ["1"], ["x", "-1", "99999999999999999999"], ["777"]])
def test_nonsense_ticked_is_answered_with_a_sentence(
    three: list[Proposal], carol: User, sign_in: Callable[[User], Client], here: str, picked: list[str]
) -> None:
    client = sign_in(carol)
    for address in ("similar/bundle/", "similar/reject/"):
        page = client.post(here + address, {"pick": picked}, follow=True)
        assert page.status_code == 200
        assert "vismaz divus" in page.content.decode()
    assert not Bundle.objects.exists()


def test_nothing_ticked_to_take_out_is_said(
    three: list[Proposal], carol: User, sign_in: Callable[[User], Client], here: str
) -> None:
    bundle = bundle_proposals(three, by=carol)
    page = sign_in(carol).post(f"{here}together/{bundle.pk}/take-out/", {}, follow=True)
    assert "Vispirms atzīmējiet" in page.content.decode()
    assert inside(bundle) == [1, 2, 3]


def test_the_entries_of_others_cannot_be_slipped_in(
    three: list[Proposal], eve: User, sign_in: Callable[[User], Client], process: Process, here: str
) -> None:
    client = sign_in(eve)
    answers: list[Any] = [
        client.post("/lv/workspace/p/kaimini/register/similar/bundle/", {"pick": ["1", "2"]}),
        client.post(f"{here}similar/bundle/", {"pick": ["1", "2"]}),
    ]
    assert [answer.status_code for answer in answers] == [302, 403]
    assert not Bundle.objects.exists()
