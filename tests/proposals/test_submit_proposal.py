# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.processes.operations import close_process
from talka.proposals.models import Proposal, Receipt, Tally
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import ProposalsClosed, publish_proposal, submit_proposal, withdraw_proposal
from tests.proposals.conftest import letters


def test_a_visitor_gets_the_next_number_of_the_process(make_proposal: Callable[..., Proposal]) -> None:
    assert [make_proposal().reference for _ in range(3)] == ["TP-1", "TP-2", "TP-3"]


def test_the_same_form_sent_twice_gives_the_same_proposal(process: Process, visitor: AnonymousUser) -> None:
    key = uuid.uuid4()
    sent: dict[str, Any] = {"content": Content(text="Soliņi"), "sender": Sender(), "key": key, "by": visitor}
    first, second = submit_proposal(process, **sent), submit_proposal(process, **sent)
    assert first.pk == second.pk
    assert Proposal.objects.count() == 1


def test_a_closed_process_says_so(process: Process, carol: User, visitor: AnonymousUser) -> None:
    close_process(process, by=carol)
    with pytest.raises(ProposalsClosed):
        submit_proposal(process, content=Content(text="Soliņi"), sender=Sender(), key=uuid.uuid4(), by=visitor)


def test_the_text_as_received_cannot_be_changed(make_proposal: Callable[..., Proposal]) -> None:
    receipt = make_proposal().receipt
    with pytest.raises(Exception, match="Cannot update"):
        Receipt.objects.filter(pk=receipt.pk).update(text="cits")


def test_the_tally_is_what_counting_would_find(
    make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User
) -> None:
    proposals = [make_proposal(f"Priekšlikums {number}") for number in range(6)]
    for proposal in proposals[:4]:
        publish_proposal(proposal, by=carol)
    assign_proposals(proposals[1:5], by=carol, group=group)
    prepare_reply(proposals[1], by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposals[1]], by=carol)
    withdraw_proposal(proposals[2], by=carol)
    counted: dict[tuple[Any, ...], int] = {}
    for proposal in Proposal.objects.all():
        key = (proposal.assigned_group_id, proposal.state, proposal.published_at is not None)
        counted[key] = counted.get(key, 0) + 1
    kept = {(t.group_id, t.state, t.is_public): t.number for t in Tally.objects.exclude(number=0)}
    assert kept == counted
    assert Proposal.objects.aggregate(n=Count("pk"))["n"] == sum(kept.values())


# --- The page -------------------------------------------------------------------------------------


def address(process: Process) -> str:
    return reverse("proposals:submit_proposal", args=[process.slug])


def test_a_text_alone_is_enough_and_leads_to_the_receipt(send: Callable[..., Any]) -> None:
    response = send()
    proposal = Proposal.objects.get()
    assert response.status_code == 302
    assert response["Location"] == reverse("proposals:show_receipt", args=[proposal.author.secret]) + "?sent=1"
    assert (proposal.reference, proposal.channel, proposal.published_at) == ("TP-1", "web", None)


def test_the_form_needs_no_cookie(process: Process, filled: Callable[..., Any]) -> None:
    client = Client(enforce_csrf_checks=True)
    page = client.get(address(process))
    assert not page.cookies
    assert client.post(address(process), filled()).status_code == 302


def test_a_lost_token_of_somebody_signed_in_loses_no_text(
    process: Process, filled: Callable[..., Any], alice: User
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post(address(process), filled(text="Soliņi pie ezera"))
    assert response.status_code == 403
    assert "Soliņi pie ezera" in response.content.decode()
    assert not Proposal.objects.exists()


def test_everything_that_was_said_is_kept_in_its_place(
    send: Callable[..., Any], process: Process, group: WorkingGroup
) -> None:
    send(
        title="Veloceliņš", topic=group.topic_id, place_text="Pie tilta", longitude="25.86", latitude="56.5",
        name="Anna", email="ANNA@Example.lv", phone="26 000 000", on_behalf="association",
        on_behalf_name="Biedrība „Ritenis”", name_public="on",
    )  # fmt: skip
    proposal = Proposal.objects.get()
    assert (proposal.title, proposal.topic, proposal.place_text) == ("Veloceliņš", group.topic, "Pie tilta")
    assert (proposal.longitude, proposal.latitude) == (25.86, 56.5)
    assert (proposal.author.email, proposal.author.public_name) == ("anna@example.lv", "Anna, Biedrība „Ritenis”")


def test_the_same_page_sent_twice_is_one_proposal_and_a_changed_text_is_another(send: Callable[..., Any]) -> None:
    key = str(uuid.uuid4())
    first, again = send(key=key), send(key=key)
    changed = send(key=key, text="Cits teksts.")
    assert first["Location"] == again["Location"] != changed["Location"]
    assert Proposal.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"text": ""}, "Rakstiet, ko jūs ierosināt"),
        ({"text": " \n\t "}, "Rakstiet, ko jūs ierosināt"),
        ({"text": "a" * 1_000_000}, "20000"),
        ({"email": "nav adrese"}, "nav adrese"),
        ({"title": "a" * 201}, "200"),
        ({"topic": "999999"}, "Lūdzu ierīkot"),
        ({"website": "http://robots.example"}, "Lūdzu ierīkot"),
        ({"shown": "viltots"}, "Lūdzu ierīkot"),
    ],
)
def test_wrong_input_is_said_next_to_what_was_typed(
    send: Callable[..., Any], group: WorkingGroup, fields: dict[str, str], kept: str
) -> None:
    response = send(**fields)
    assert response.status_code == 422
    assert kept in response.content.decode()
    assert not Proposal.objects.exists()


def test_null_bytes_vanish_and_html_is_only_text(send: Callable[..., Any]) -> None:
    send(text="Soli\x00ņi <script>alert(1)</script>", title="<b>\x00Virsraksts</b>")
    proposal = Proposal.objects.get()
    assert proposal.text == "Soliņi <script>alert(1)</script>"
    page = Client().get(reverse("proposals:show_receipt", args=[proposal.author.secret])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_letters_in_a_wrong_encoding_are_not_registered_as_question_marks(
    process: Process, filled: Callable[..., Any]
) -> None:
    fields = filled()
    body = f"text=So%E2li%F2i&key={fields['key']}&shown={fields['shown']}&on_behalf=self"
    response = Client().post(address(process), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert "neatnāca" in response.content.decode()
    windows = Client().post(
        address(process), body, content_type="application/x-www-form-urlencoded; charset=windows-1257"
    )
    assert windows.status_code == 400
    assert not Proposal.objects.exists()


def test_a_place_that_is_none_is_left_out(send: Callable[..., Any]) -> None:
    send(longitude="nan", latitude="inf")
    assert Proposal.objects.get().longitude is None


def test_a_process_that_closed_a_second_ago_gives_the_text_back(
    send: Callable[..., Any], process: Process, carol: User
) -> None:
    close_process(process, by=carol)
    response = send(text="Mans garais teksts")
    assert response.status_code == 409
    assert response.content.decode().count("Mans garais teksts") == 2
    assert Client().get(address(process)).status_code == 200


def test_too_many_from_one_place_wait_and_keep_their_text(send: Callable[..., Any], settings: Any) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"submit_proposal": (1, 3600)}
    assert send().status_code == 302
    response = send(text="Otrais teksts")
    assert response.status_code == 429
    assert response["Retry-After"]
    assert "Otrais teksts" in response.content.decode()


def test_the_page_says_that_files_have_to_be_chosen_again(send: Callable[..., Any]) -> None:
    response = send(text="", files=SimpleUploadedFile("plans.pdf", b"%PDF-1.7 x"))
    assert "netika saglabātas" in response.content.decode()


def test_files_are_kept_apart_from_the_public(send: Callable[..., Any], carol: User) -> None:
    send(files=[SimpleUploadedFile("plāns.pdf", b"%PDF-1.7 x"), SimpleUploadedFile("otrs.pdf", b"%PDF-1.7 y")])
    proposal = Proposal.objects.get()
    assert [file.is_public for file in proposal.files.all()] == [False, False]
    publish_proposal(proposal, by=carol)
    page = Client().get(reverse("proposals:show_proposal", args=[proposal.process.slug, 1])).content.decode()
    assert "plāns.pdf" not in page


def test_a_file_of_a_kind_that_is_not_taken_is_refused(send: Callable[..., Any]) -> None:
    response = send(files=SimpleUploadedFile("virus.pdf", b"MZ\x90 program"))
    assert response.status_code == 422
    assert "virus.pdf" in response.content.decode()


def test_two_gigabytes_are_refused_before_they_are_read(process: Process) -> None:
    response = Client().post(
        address(process), b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH=str(2_000_000_000)
    )
    assert response.status_code == 413


def test_the_letter_holds_number_and_links_but_nothing_that_the_sender_wrote(send: Callable[..., Any]) -> None:
    send(email="anna@example.lv", name="Anna", text="Pērciet lēti!", title="Reklāma")
    (letter,) = letters("proposals/submit_proposal")
    secret = Proposal.objects.get().author.secret
    assert f"/lv/receipt/{secret}/confirm/" in letter.text
    assert "TP-1" in letter.subject
    assert "Reklāma" not in letter.text + letter.subject
    assert "Pērciet" not in letter.text


def test_nobody_sees_the_form_of_a_process_that_is_hidden(process: Process, carol: User) -> None:
    Process.objects.filter(pk=process.pk).update(access="staff")
    assert Client().get(address(process)).status_code == 404


def test_the_draft_in_the_browser_is_dropped_only_when_the_text_has_just_arrived(send: Callable[..., Any]) -> None:
    location = send()["Location"]
    assert "data-draft-clear" in Client().get(location).content.decode()
    assert "data-draft-clear" not in Client().get(location.removesuffix("?sent=1")).content.decode()


def test_the_map_opens_where_the_process_is(process: Process, make_proposal: Callable[..., Proposal]) -> None:
    assert "data-center" not in Client().get(address(process)).content.decode()
    make_proposal(public=True, longitude=25.0, latitude=57.0)
    make_proposal(public=True, longitude=26.0, latitude=56.0)
    assert 'data-center="25.5000,56.5000"' in Client().get(address(process)).content.decode()
