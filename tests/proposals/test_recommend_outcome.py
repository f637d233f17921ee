# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core.errors import Changed
from talka.groups.models import WorkingGroup
from talka.proposals.models import Proposal, Recommendation, Reply
from talka.proposals.operations.answering import NothingRecommended, follow_recommendation, recommend_outcome
from talka.proposals.operations.examining import AnswerPublished, assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import ProposalWithdrawn, withdraw_proposal
from tests.proposals.conftest import sign_in_again, text_of


def page(proposal: Proposal, name: str = "recommend_outcome") -> str:
    return reverse(f"proposals:{name}", args=[proposal.process.slug, proposal.number])


def public(proposal: Proposal) -> str:
    return text_of(Client().get(reverse("proposals:show_proposal", args=[proposal.process.slug, proposal.number])))


@pytest.fixture
def proposal(make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User) -> Proposal:
    proposal = make_proposal(public=True)
    assign_proposals([proposal], by=carol, group=group)
    return proposal


def test_the_lead_recommends_the_coordinator_decides_as_recommended_and_publishes(
    proposal: Proposal, carol: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    lead, coordinator = sign_in(leo), sign_in(carol)
    lead.post(page(proposal), {"outcome": "accepted", "reason": "Grupa piekrīt.", "version": "0"})
    assert "Ieteikts: pieņemts" in text_of(coordinator.get(page(proposal, "manage_proposal")))
    coordinator.post(page(proposal, "follow_recommendation"), {"version": "1"})
    reply = Reply.objects.get()
    assert (reply.outcome, reply.reason, reply.decided_by) == ("accepted", "Grupa piekrīt.", carol)
    assert (reply.person, reply.signed_title) == (leo.person, "nodaļas vadītājs")
    coordinator.post(page(proposal, "publish_reply"), {"version": reply.version})
    proposal.refresh_from_db()
    said = text_of(lead.get(page(proposal, "manage_proposal")))
    assert proposal.state == "answered"
    assert all(step in said for step in ("Ieteikts: pieņemts", "Izlemts: pieņemts", "kā ieteikts", "Atbilde publicēta"))


def test_the_public_hears_of_the_recommendation_only_with_the_answer(
    proposal: Proposal, carol: User, leo: User
) -> None:
    recommend_outcome(proposal, by=leo, outcome="accepted", reason="Grupa grib celiņu.")
    prepare_reply(proposal, by=carol, outcome="rejected", reason="Naudas nav.", signed_name="Karola")
    assert "ieteica" not in public(proposal)
    publish_replies([proposal], by=carol)
    said = public(proposal)
    assert "Darba grupa „Mobilitāte” ieteica: pieņemts" in said
    assert "Grupa grib celiņu." in said
    assert "Leo" not in said


def test_reasons_that_the_decision_follows_are_told_once(proposal: Proposal, carol: User, leo: User) -> None:
    recommend_outcome(proposal, by=leo, outcome="accepted", reason="Grupa piekrīt.")
    follow_recommendation(proposal, by=carol, version=1, signed_name="Karola")
    publish_replies([proposal], by=carol)
    assert public(proposal).count("Grupa piekrīt.") == 1


def test_every_version_of_a_recommendation_stays_and_the_last_one_counts(
    proposal: Proposal, carol: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    lead = sign_in(leo)
    lead.post(page(proposal), {"outcome": "rejected", "reason": "Nē.", "version": "0"})
    lead.post(page(proposal), {"outcome": "accepted", "reason": "Tomēr jā.", "version": "1"})
    assert list(Recommendation.objects.values_list("version", "reason")) == [(2, "Tomēr jā."), (1, "Nē.")]
    said = text_of(sign_in(carol).get(page(proposal, "manage_proposal")))
    assert said.index("Tomēr jā.") < said.index("Nē.")
    with pytest.raises(Changed):
        follow_recommendation(proposal, by=carol, version=1, signed_name="Karola")


def test_of_two_leads_the_second_sees_the_firsts_text_and_keeps_their_own(
    proposal: Proposal, leo: User, sign_in: Callable[[User], Client]
) -> None:
    recommend_outcome(proposal, by=leo, outcome="accepted", reason="Pirmais.")
    lead = sign_in(leo)
    response = lead.post(page(proposal), {"outcome": "rejected", "reason": "Otrais.", "version": "0"})
    assert response.status_code == 409
    assert all(text in response.content.decode() for text in ("Pirmais.", "Otrais."))
    version = response.context["form"]["version"].value()
    lead.post(page(proposal), {"outcome": "rejected", "reason": "Otrais.", "version": version})
    assert Recommendation.objects.first().reason == "Otrais."  # type: ignore[union-attr]


@pytest.mark.parametrize("wrong", [{"reason": " "}, {"outcome": ""}, {"outcome": "maybe"}, {"reason": "ā" * 20_001}])
def test_wrong_input_is_said_and_nothing_typed_is_lost(
    proposal: Proposal, leo: User, sign_in: Callable[[User], Client], wrong: dict[str, Any]
) -> None:
    fields = {"outcome": "not_ours", "reason": "Nav mūsu.", "forwarded_to": "Valsts ceļi", "version": "x"} | wrong
    response = sign_in(leo).post(page(proposal), fields)
    assert response.status_code == 422
    assert "Valsts ceļi" in response.content.decode()
    assert not Recommendation.objects.exists()


def test_what_was_typed_when_the_session_ended_comes_back(proposal: Proposal, leo: User) -> None:
    client = Client()
    client.post(page(proposal), {"outcome": "accepted", "reason": "Garš ieteikums.", "version": "0"})
    sign_in_again(client, leo)
    assert "Garš ieteikums." in client.get(page(proposal)).content.decode()


def test_nothing_is_recommended_for_what_is_answered_or_withdrawn(
    proposal: Proposal, make_proposal: Callable[..., Proposal], carol: User, leo: User
) -> None:
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    with pytest.raises(AnswerPublished):
        recommend_outcome(proposal, by=leo, outcome="accepted", reason="Jā.")
    withdrawn = make_proposal()
    withdraw_proposal(withdrawn, by=carol)
    with pytest.raises(ProposalWithdrawn):
        recommend_outcome(withdrawn, by=carol, outcome="accepted", reason="Jā.")


def test_only_whoever_examines_and_the_coordinator_recommend(
    proposal: Proposal, clara: User, bob: User, eve: User
) -> None:
    for user in (clara, bob, eve):
        with pytest.raises(PermissionDenied):
            recommend_outcome(proposal, by=user, outcome="accepted", reason="Jā.")


def test_a_decision_cannot_follow_what_nobody_recommended(
    proposal: Proposal, carol: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    with pytest.raises(NothingRecommended):
        follow_recommendation(proposal, by=carol, version=0, signed_name="Karola")
    recommend_outcome(proposal, by=leo, outcome="accepted", reason="Jā.")
    assert sign_in(leo).post(page(proposal, "follow_recommendation"), {"version": "1"}).status_code == 403
    changed = sign_in(carol).post(page(proposal, "follow_recommendation"), {"version": "7"}, follow=True)
    assert "mainījis ieteikumu" in text_of(changed)
    assert not Reply.objects.exists()


def test_the_register_finds_what_waits_for_a_decision(
    proposal: Proposal,
    make_proposal: Callable[..., Proposal],
    carol: User,
    leo: User,
    sign_in: Callable[[User], Client],
) -> None:
    make_proposal("Soliņi.")
    recommend_outcome(proposal, by=leo, outcome="accepted", reason="Jā.")
    register = reverse("proposals:show_register", args=[proposal.process.slug])
    found = sign_in(carol).get(register, {"state": "recommended"})
    assert [row.pk for row in found.context["page"]] == [proposal.pk]
    assert "gaida lēmumu" in text_of(found)
