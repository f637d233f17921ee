# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Membership, Organization
from talka.groups.models import WorkingGroup
from talka.notifications.models import Subscription
from talka.processes.models import Process
from talka.processes.operations import change_process
from talka.proposals.models import Author, Proposal, Reply
from talka.proposals.operations.answering import create_reply_template, recommend_outcome
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import follow_proposal
from tests.proposals.conftest import letters, sign_in_again, text_of


def page(proposal: Proposal, name: str = "prepare_reply") -> str:
    return reverse(f"proposals:{name}", args=[proposal.process.slug, proposal.number])


def filled(**fields: Any) -> dict[str, Any]:
    return {
        "outcome": "accepted",
        "reason": "Būs celiņš.",
        "signer": "",
        "signed_name": "Karola",
        "version": "0",
    } | fields


@pytest.fixture
def proposal(make_proposal: Callable[..., Proposal]) -> Proposal:
    return make_proposal(public=True)


def test_the_form_begins_with_who_answers_and_the_title_of_the_office(
    proposal: Proposal, carol: User, town: Organization, sign_in: Callable[[User], Client]
) -> None:
    Membership.objects.create(person=carol.person, organization=town, title="Attīstības nodaļas vadītāja")
    client = sign_in(carol)
    assert "Karola, Attīstības nodaļas vadītāja" in text_of(client.get(page(proposal)))
    client.post(page(proposal), filled(signer=str(carol.person.pk), signed_name=""))
    reply = Reply.objects.get()
    assert (reply.person, reply.signed_name, reply.signed_title) == (
        carol.person,
        "Karola",
        "Attīstības nodaļas vadītāja",
    )
    assert client.get(page(proposal)).context["form"].initial["signer"] == str(carol.person.pk)


def test_the_form_begins_with_what_was_recommended_and_how_the_author_is_addressed(
    make_proposal: Callable[..., Proposal],
    group: WorkingGroup,
    carol: User,
    leo: User,
    sign_in: Callable[[User], Client],
) -> None:
    proposal = make_proposal(sender=Sender(name="Jānis Bērziņš", email="janis@example.lv"))
    assign_proposals([proposal], by=carol, group=group)
    recommend_outcome(proposal, by=leo, outcome="partly", reason="Pusi darīsim.")
    form = sign_in(carol).get(page(proposal)).context["form"]
    begun = {name: form[name].value() for name in ("outcome", "reason", "signer", "salutation")}
    assert begun == {
        "outcome": "partly",
        "reason": "Pusi darīsim.",
        "signer": str(leo.person.pk),
        "salutation": "Godātais Jāni Bērziņ!",
    }


def test_who_leads_the_group_recommends_but_does_not_decide(
    proposal: Proposal, group: WorkingGroup, carol: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    assign_proposals([proposal], by=carol, group=group)
    lead = sign_in(leo)
    assert lead.get(page(proposal)).status_code == 403
    assert lead.post(page(proposal), filled()).status_code == 403
    assert lead.post(page(proposal, "publish_reply"), {"version": 1}).status_code == 403
    assert not Reply.objects.exists()


def test_a_salutation_is_kept_only_where_it_differs_from_the_rule(
    make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client]
) -> None:
    proposal = make_proposal(sender=Sender(name="Anna Kalniņa", email="anna@example.lv"))
    client = sign_in(carol)
    client.post(page(proposal), filled(salutation="Godātā Anna Kalniņa!"))
    assert Author.objects.get(proposal=proposal).salutation == ""
    client.post(page(proposal), filled(salutation="Mīļā Anna!", version=1))
    assert Author.objects.get(proposal=proposal).greeting == "Mīļā Anna!"


def test_an_answer_begins_with_a_template_whose_fields_are_filled_in(
    proposal: Proposal, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    template = create_reply_template(
        proposal.process,
        by=carol,
        name="Jā",
        outcome="accepted",
        text="{uzruna}\n{numurs}: {grupa} piekrīt. {paraksts}",
    )
    client = sign_in(carol)
    begun = client.get(f"{page(proposal)}?template={template.pk}").context["form"]
    assert (begun["outcome"].value(), begun["reason"].value()) == ("accepted", "TP-1: {grupa} piekrīt. {paraksts}")
    refused = client.post(page(proposal), filled(reason=begun["reason"].value()))
    assert refused.status_code == 422
    assert "TP-1 nav ko ierakstīt laukā {grupa}" in text_of(refused)
    assign_proposals([proposal], by=carol, group=group)
    client.post(page(proposal), filled(reason=begun["reason"].value(), signed_title="vadītāja"))
    assert Reply.objects.get().reason == "TP-1: Mobilitāte piekrīt. Karola, vadītāja"


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30, "²"])
def test_a_template_that_is_not_there_is_none(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client], key: str
) -> None:
    assert sign_in(carol).get(page(proposal), {"template": key}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "\x00 \n"},
        {"outcome": "maybe"},
        {"outcome": ""},
        {"signed_name": ""},
        {"reason": "ā" * 20_001},
    ],
)
def test_wrong_input_is_said_and_nothing_typed_is_lost(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client], wrong: dict[str, str]
) -> None:
    response = sign_in(carol).post(page(proposal), filled(signed_title="vadītāja") | wrong)
    assert response.status_code == 422
    assert "vadītāja" in response.content.decode()
    assert not Reply.objects.exists()


def test_only_what_is_not_ours_is_forwarded(proposal: Proposal, carol: User, sign_in: Callable[[User], Client]) -> None:
    sign_in(carol).post(page(proposal), filled(forwarded_to="Valsts ceļi"))
    assert Reply.objects.get().forwarded_to == ""


def test_the_second_of_two_coordinators_sees_the_others_text_and_keeps_their_own(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(page(proposal), filled(reason="Pirmā atbilde."))
    response = client.post(page(proposal), filled(reason="Otrā atbilde."))
    said = response.content.decode()
    assert response.status_code == 409
    assert "Pirmā atbilde." in said
    assert "Otrā atbilde." in said
    assert Reply.objects.get().reason == "Pirmā atbilde."
    client.post(page(proposal), filled(reason="Otrā atbilde.", version=response.context["form"]["version"].value()))
    assert Reply.objects.get().reason == "Otrā atbilde."


def test_an_answer_changed_after_it_was_read_does_not_go_out_unread(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Pirmā.", signed_name="Karola")
    prepare_reply(proposal, by=carol, outcome="rejected", reason="Otrā.", signed_name="Karola", version=1)
    client = sign_in(carol)
    assert "mainījis" in text_of(client.post(page(proposal, "publish_reply"), {"version": "1"}, follow=True))
    assert "mainījis" in text_of(client.post(page(proposal, "publish_reply"), {"version": "x"}, follow=True))
    proposal.refresh_from_db()
    assert proposal.answered_at is None


def test_what_was_answered_meanwhile_keeps_the_text_that_comes_late(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Pirmā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    response = sign_in(carol).post(page(proposal), filled(reason="Vēlā atbilde.", version=1))
    assert response.status_code == 409
    assert "Vēlā atbilde." in response.content.decode()


def test_an_answer_is_taken_back_with_a_reason_changed_and_published_again(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(page(proposal), filled())
    client.post(page(proposal, "publish_reply"), {"version": 1})
    assert client.post(page(proposal, "reopen_proposal"), {"reason": " "}).status_code == 422
    client.post(page(proposal, "reopen_proposal"), {"reason": "Kļūda summā."})
    client.post(page(proposal), filled(reason="Labota atbilde.", version=1))
    client.post(page(proposal, "publish_reply"), {"version": 2})
    public = Client().get(reverse("proposals:show_proposal", args=[proposal.process.slug, proposal.number]))
    assert "Labota atbilde." in text_of(public)


def test_an_answer_written_when_the_session_ended_comes_back(proposal: Proposal, carol: User) -> None:
    client = Client()
    client.post(page(proposal), filled(reason="Gara un pamatota atbilde."))
    sign_in_again(client, carol)
    assert "Gara un pamatota atbilde." in client.get(page(proposal)).content.decode()


def test_followers_who_may_no_longer_see_the_process_get_no_letter(
    make_proposal: Callable[..., Proposal],
    process: Process,
    carol: User,
    dora: User,
    alice: User,
    visitor: AnonymousUser,
) -> None:
    proposal = make_proposal(public=True)
    for follower in (dora, alice):
        follow_proposal(proposal, email=follower.email, language="lv", by=follower)
    follow_proposal(proposal, email="cits@example.lv", language="lv", by=visitor)
    Subscription.objects.update(confirmed_at=clock.now())
    change_process(process, by=carol, access="staff")
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    assert [letter.email for letter in letters("proposals/publish_reply")] == [dora.email]
