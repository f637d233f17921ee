# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.directory.models import Organization
from talka.files.inspection import Inspected
from talka.files.operations import store_attachment
from talka.processes.models import Process
from talka.proposals.models import Author, Forwarding, Proposal, ProposalFile, Register, Reply
from talka.proposals.operations import examining
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.forwarding import (
    Addressee,
    NoRegisterThere,
    Passed,
    ReplyKnown,
    enter_forwarding_reply,
    forward_proposal,
)
from talka.proposals.operations.receiving import ProposalWithdrawn, withdraw_proposal
from talka.proposals.queries import thread
from tests.proposals.conftest import letters, text_of

SENDER = Sender(name="Ilga Ozola", email="ilga@example.lv", phone="20000001")


def confirm(proposal: Proposal) -> None:
    """Let the author's address be confirmed."""
    Author.objects.filter(proposal=proposal).update(confirmed_at=proposal.received_at)


@pytest.fixture
def there(eve: User) -> Process:
    """The process of the other municipality, with its register."""
    return Process.objects.get(slug="kaimini")


@pytest.fixture
def forward(carol: User) -> Callable[..., Forwarding]:
    """Return a function that passes a proposal on as carol does."""

    def act(
        proposal: Proposal, *, to: Addressee, with_author: bool = True, is_theirs: bool = True, **passed: Any
    ) -> Forwarding:
        return forward_proposal(
            proposal, to=to, passed=Passed("Ceļš pieder kaimiņiem.", with_author, **passed), is_theirs=is_theirs,
            signed_name="Karola", signed_title="", by=carol,
        )  # fmt: skip

    return act


def test_it_arrives_in_the_register_of_another_municipality(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process
) -> None:
    proposal = make_proposal(sender=SENDER)
    forwarding = forward(proposal, to=Addressee("Kaimiņu novads", there.owner, there))
    arrived = forwarding.arrived_as
    assert arrived is not None
    assert (arrived.process, arrived.reference, arrived.channel) == (there, "KN-1", Proposal.Channel.FORWARDED)
    assert (arrived.receipt.text, arrived.author.name, arrived.author.email) == (
        proposal.receipt.text, "Ilga Ozola", "ilga@example.lv",
    )  # fmt: skip
    assert arrived.author.confirmed_at is None


def test_files_go_along_when_they_are_chosen(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process, carol: User
) -> None:
    proposal = make_proposal()
    kept = store_attachment(Inspected("application/pdf", ".pdf", b"%PDF-1.7 karte"), name="karte.pdf", by=carol)
    file = ProposalFile.objects.create(proposal=proposal, attachment=kept)
    forwarding = forward(proposal, to=Addressee("Kaimiņu novads", there.owner, there), files=[file])
    assert forwarding.arrived_as is not None
    (arrived,) = forwarding.arrived_as.files.all()
    assert (arrived.attachment.sha256, arrived.is_public) == (kept.sha256, False)


def test_without_the_author_nothing_personal_goes(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process
) -> None:
    proposal = make_proposal("Zvaniet Ilgai 20000001.", sender=SENDER)
    Proposal.objects.filter(pk=proposal.pk).update(title="Zvans", text="Zvaniet […].")
    proposal.refresh_from_db()
    forwarding = forward(
        proposal, to=Addressee("Kaimiņu novads", there.owner, there), with_author=False, is_theirs=False
    )
    arrived = forwarding.arrived_as
    assert arrived is not None
    assert (arrived.receipt.text, arrived.author.name, arrived.author.email, arrived.author.phone) == (
        "Zvaniet […].",
        "",
        "",
        "",
    )


def test_what_is_theirs_is_answered_here_as_not_ours_and_the_author_is_told(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process
) -> None:
    proposal = make_proposal(sender=SENDER)
    confirm(proposal)
    forward(proposal, to=Addressee("Kaimiņu novads", there.owner, there))
    proposal.refresh_from_db()
    assert proposal.answered_at is not None
    assert (proposal.reply.outcome, proposal.reply.forwarded_to) == (Reply.Outcome.NOT_OURS, "Kaimiņu novads")
    assert [letter.email for letter in letters("proposals/publish_reply")] == ["ilga@example.lv"]


def test_asking_for_their_part_leaves_the_answer_to_us(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process
) -> None:
    proposal = make_proposal(sender=SENDER)
    confirm(proposal)
    forward(proposal, to=Addressee("Kaimiņu novads", there.owner, there), is_theirs=False)
    proposal.refresh_from_db()
    assert proposal.answered_at is None
    assert "Kaimiņu novads" in letters("proposals/tell_forwarded")[0].text


def test_the_sender_sees_the_outcome_there(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process, eve: User,
    carol: User, sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    proposal = make_proposal(public=True)
    forwarding = forward(proposal, to=Addressee("Kaimiņu novads", there.owner, there), is_theirs=False)
    arrived = forwarding.arrived_as
    assert arrived is not None
    assert forwarding.outcome == ""
    examining.prepare_reply(arrived, by=eve, outcome="accepted", reason="Ceļu labosim maijā.", signed_name="Ieva")
    examining.publish_replies([arrived], by=eve)
    assert any("pieņemts" in step.title for step in thread(proposal))
    page = text_of(
        sign_in(carol).get(reverse("proposals:manage_proposal", args=[proposal.process.slug, proposal.number]))
    )
    assert "Ceļu labosim maijā." in page


def test_the_author_who_was_not_passed_on_is_told_the_outcome(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process, eve: User
) -> None:
    proposal = make_proposal(sender=SENDER)
    confirm(proposal)
    forwarding = forward(
        proposal, to=Addressee("Kaimiņu novads", there.owner, there), with_author=False, is_theirs=False
    )
    assert forwarding.arrived_as is not None
    examining.prepare_reply(
        forwarding.arrived_as, by=eve, outcome="accepted", reason="Ceļu labosim maijā.", signed_name="Ieva"
    )
    examining.publish_replies([forwarding.arrived_as], by=eve)
    (told,) = letters("proposals/tell_answered_there")
    assert told.email == "ilga@example.lv"
    assert "Ceļu labosim maijā." in told.text


def test_by_mail_goes_a_link_and_no_personal_data(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding]
) -> None:
    forwarding = forward(make_proposal(sender=SENDER), to=Addressee("Valsts ceļi", email="celi@example.lv"))
    (letter,) = letters("proposals/forward_proposal")
    assert letter.email == "celi@example.lv"
    assert forwarding.secret in letter.text
    assert "Ilga" not in letter.text


def test_the_other_organization_reads_and_replies_behind_its_link(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding]
) -> None:
    forwarding = forward(make_proposal(sender=SENDER), to=Addressee("Valsts ceļi", email="celi@example.lv"))
    address = reverse("proposals:show_forwarded", args=[forwarding.secret])
    page = Client().get(address)
    assert "Ilga Ozola" in text_of(page)
    assert page["Cache-Control"] == "no-store"
    assert Client().post(address, {"text": ""}).status_code == 422
    assert Client().post(address, {"text": "Iekļausim 2027. gada plānā."}).status_code == 302
    forwarding.refresh_from_db()
    assert forwarding.reply == "Iekļausim 2027. gada plānā."
    assert Client().post(address, {"text": "Vēlreiz."}).status_code == 409


def test_the_link_of_a_letter_on_paper_opens_nothing(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding]
) -> None:
    forwarding = forward(make_proposal(), to=Addressee("Valsts ceļi"))
    assert Client().get(reverse("proposals:show_forwarded", args=[forwarding.secret])).status_code == 404


def test_the_staff_enter_a_reply_once(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], clara: User
) -> None:
    forwarding = forward(make_proposal(), to=Addressee("Valsts ceļi"), is_theirs=False)
    enter_forwarding_reply(forwarding, text="Atbildēja pa tālruni: jā.", by=clara)
    with pytest.raises(ReplyKnown):
        enter_forwarding_reply(forwarding, text="Otrreiz.", by=clara)


def test_a_withdrawn_one_and_a_register_that_has_closed_are_refused(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], there: Process, carol: User
) -> None:
    proposal = make_proposal()
    Process.objects.filter(pk=there.pk).update(closed_at=proposal.received_at)
    with pytest.raises(NoRegisterThere):
        forward(proposal, to=Addressee("Kaimiņu novads", there.owner, there))
    assert Register.objects.get(process=there).last_number == 0
    withdraw_proposal(proposal, by=carol)
    with pytest.raises(ProposalWithdrawn):
        forward(proposal, to=Addressee("Valsts ceļi"))


def test_a_clerk_and_somebody_from_elsewhere_may_not(
    make_proposal: Callable[..., Proposal], clara: User, eve: User
) -> None:
    proposal = make_proposal()
    for person in (clara, eve):
        with pytest.raises(PermissionDenied):
            forward_proposal(
                proposal, to=Addressee("Valsts ceļi"), passed=Passed("Jo tā.", True), is_theirs=True, signed_name="X",
                signed_title="", by=person,
            )  # fmt: skip


def test_the_form_asks_for_the_addressee_that_was_chosen(
    make_proposal: Callable[..., Proposal], carol: User, there: Process, sign_in: Callable[[User], Client]
) -> None:
    proposal = make_proposal(sender=SENDER)
    address = reverse("proposals:forward_proposal", args=[proposal.process.slug, proposal.number])
    client = sign_in(carol)
    assert "Kaimiņu darbs" in text_of(client.get(address))
    answer = client.post(address, {"to": "other", "is_theirs": "yes", "explanation": "Ceļš nav mūsu."})
    assert answer.status_code == 422
    assert "Ierakstiet organizācijas nosaukumu." in text_of(answer)
    assert "Ceļš nav mūsu." in answer.content.decode()
    sent = {
        "to": "register",
        "register": there.pk,
        "is_theirs": "yes",
        "explanation": "Ceļš nav mūsu.",
        "with_author": "on",
    }
    answer = client.post(address, sent, follow=True)
    assert "KN-1" in text_of(answer)
    assert Forwarding.objects.get().explanation == "Ceļš nav mūsu."


def test_an_organization_of_the_list_gets_it_at_its_address(
    make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client]
) -> None:
    agency = Organization.objects.create(
        name="Ceļu aģentūra", slug="celi", classification="institution", email="celi@example.lv"
    )
    proposal = make_proposal()
    address = reverse("proposals:forward_proposal", args=[proposal.process.slug, proposal.number])
    sent = {"to": "organization", "organization": agency.pk, "is_theirs": "no", "explanation": "Lūdzam jūsu daļu."}
    sign_in(carol).post(address, sent)
    forwarding = Forwarding.objects.get()
    assert (forwarding.way, forwarding.email, forwarding.with_author) == ("email", "celi@example.lv", False)


def test_the_letter_to_print_is_tagged_and_says_it_all(
    make_proposal: Callable[..., Proposal], forward: Callable[..., Forwarding], carol: User, leo: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    proposal = make_proposal(sender=SENDER)
    forwarding = forward(proposal, to=Addressee("Valsts ceļi"), is_theirs=False)
    address = reverse("proposals:print_forwarding", args=[proposal.process.slug, proposal.number, forwarding.pk])
    answer = sign_in(carol).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in answer.content
    assert sign_in(leo).get(address).status_code == 404
