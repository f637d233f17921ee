# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.files.inspection import Inspected
from talka.files.operations import store_attachment
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal, ProposalFile
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from tests.proposals.conftest import sign_in_again, text_of


def page(proposal: Proposal, name: str = "manage_proposal", *parts: int) -> str:
    return reverse(f"proposals:{name}", args=[proposal.process.slug, proposal.number, *parts])


@pytest.fixture
def proposal(make_proposal: Callable[..., Proposal]) -> Proposal:
    return make_proposal("Soliņi.", sender=Sender(name="Anna Bērziņa", email="anna@example.lv", phone="26000000"))


def test_those_who_keep_the_register_see_the_author_and_those_who_examine_do_not(
    proposal: Proposal, group: WorkingGroup, carol: User, clara: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    assign_proposals([proposal], by=carol, group=group)
    for user in (carol, clara):
        assert "anna@example.lv" in sign_in(user).get(page(proposal)).content.decode()
    said = sign_in(leo).get(page(proposal)).content.decode()
    assert "Soliņi." in said
    assert not any(secret in said for secret in ("Anna", "anna@", "26000000"))


def test_a_number_of_another_process_is_not_found(
    proposal: Proposal, eve: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(eve)
    for name in ("manage_proposal", "add_note", "prepare_reply", "correct_proposal", "withdraw_proposal"):
        assert client.get(reverse(f"proposals:{name}", args=["kaimini", proposal.number])).status_code == 404
    assert client.post(reverse("proposals:publish_proposal", args=["kaimini", proposal.number])).status_code == 404


def test_it_is_assigned_taken_back_and_the_log_tells(
    proposal: Proposal, group: WorkingGroup, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(page(proposal, "assign_proposal"), {"to": f"group-{group.pk}"})
    proposal.refresh_from_db()
    assert proposal.assigned_group == group
    client.post(page(proposal, "assign_proposal"), {"do": "unassign"})
    proposal.refresh_from_db()
    assert proposal.state == "received"
    assert "nodeva priekšlikumu" in text_of(client.get(page(proposal))).lower()


@pytest.mark.parametrize("to", ["", "group-999999", "person-1x"])
def test_a_wrong_assignee_is_said(proposal: Proposal, carol: User, sign_in: Callable[[User], Client], to: str) -> None:
    assert sign_in(carol).post(page(proposal, "assign_proposal"), {"to": to}).status_code == 422


def test_notes_are_internal(proposal: Proposal, carol: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(carol)
    client.post(page(proposal, "add_note"), {"text": "Jāprasa Ceļu daļai.\x00"})
    client.post(page(proposal, "publish_proposal"))
    assert "Jāprasa Ceļu daļai." in text_of(client.get(page(proposal)))
    public = reverse("proposals:show_proposal", args=[proposal.process.slug, proposal.number])
    assert "Ceļu daļai" not in text_of(client.get(public))
    assert client.post(page(proposal, "add_note"), {"text": "  "}).status_code == 422


def test_a_note_written_when_the_session_ended_is_still_there_after_signing_in(proposal: Proposal, carol: User) -> None:
    client = Client()
    response = client.post(page(proposal, "add_note"), {"text": "Gara piezīme."})
    assert response.status_code == 302
    assert "login" in response["Location"]
    sign_in_again(client, carol)
    assert "Gara piezīme." in client.get(page(proposal, "add_note")).content.decode()


def test_publishing_and_taking_off_again_with_a_reason(
    proposal: Proposal, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    client.post(page(proposal, "publish_proposal"))
    proposal.refresh_from_db()
    assert proposal.published_at is not None
    assert client.post(page(proposal, "unpublish_proposal"), {"reason": ""}).status_code == 422
    client.post(page(proposal, "unpublish_proposal"), {"reason": "Svešu personu dati."})
    proposal.refresh_from_db()
    assert proposal.published_at is None
    assert Event.objects.get(verb="proposals.unpublish_proposal").reason == "Svešu personu dati."


def test_what_its_author_keeps_private_cannot_be_published(
    make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client]
) -> None:
    private = make_proposal(keep_private=True)
    response = sign_in(carol).post(page(private, "publish_proposal"))
    assert response.status_code == 409
    assert "tikai pašvaldība" in text_of(response)


def test_a_correction_needs_a_reason_and_leaves_what_was_received(
    proposal: Proposal, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    fields = {"title": "Soliņi parkā", "text": "Soliņi parkā.", "place_text": ""}
    assert client.post(page(proposal, "correct_proposal"), fields).status_code == 422
    client.post(page(proposal, "correct_proposal"), fields | {"reason": "precizēta vieta"})
    proposal.refresh_from_db()
    assert (proposal.text, proposal.receipt.text) == ("Soliņi parkā.", "Soliņi.")
    said = text_of(client.get(page(proposal)))
    assert "precizēta vieta" in said
    assert "Soliņi." in said


def test_a_file_becomes_public_when_somebody_has_looked_at_it(
    proposal: Proposal, clara: User, sign_in: Callable[[User], Client]
) -> None:
    attachment = store_attachment(
        Inspected("application/pdf", ".pdf", b"%PDF-1.7 z"), name="plāns.pdf", by=AnonymousUser()
    )
    file = ProposalFile.objects.create(proposal=proposal, attachment=attachment)
    client = sign_in(clara)
    client.post(page(proposal, "publish_proposal"))
    download = reverse("proposals:download_file", args=[proposal.process.slug, proposal.number, file.pk])
    assert Client().get(download).status_code == 404
    client.post(page(proposal, "show_file", file.pk), {"is_public": "yes"})
    response = Client().get(download)
    assert b"".join(response) == b"%PDF-1.7 z"
    assert response["Content-Disposition"].startswith("attachment")
    client.post(page(proposal, "show_file", file.pk), {"is_public": "no"})
    assert Client().get(download).status_code == 404


def test_the_coordinator_withdraws_for_an_author_who_called(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(page(proposal, "withdraw_proposal"), {"reason": "Autore lūdza pa tālruni."})
    proposal.refresh_from_db()
    assert proposal.withdrawn_because == "Autore lūdza pa tālruni."
    assert client.post(page(proposal, "assign_proposal"), {"to": f"person-{carol.person.pk}"}).status_code == 409


def test_a_deed_opened_as_a_link_does_nothing(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    for name in ("publish_proposal", "publish_reply"):
        assert client.get(page(proposal, name)).status_code == 302
    proposal.refresh_from_db()
    assert proposal.published_at is None


def test_an_observer_reads_and_changes_nothing(
    proposal: Proposal, process: Process, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    process.roles.create(person=dora.person, kind="observer")
    client = sign_in(dora)
    assert "anna@example.lv" not in client.get(page(proposal)).content.decode()
    for name in (
        "publish_proposal",
        "add_note",
        "assign_proposal",
        "correct_proposal",
        "prepare_reply",
        "withdraw_proposal",
    ):
        assert client.post(page(proposal, name), {"text": "x"}).status_code == 403


def test_a_refusal_keeps_the_reason_that_was_typed(
    proposal: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    refused = sign_in(carol).post(page(proposal, "withdraw_proposal"), {"reason": "Autors zvanīja un lūdza."})
    assert refused.status_code == 409
    assert "Autors zvanīja un lūdza." in refused.content.decode()
    assert "vairs nevar atsaukt" in refused.content.decode()
