# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.core.errors import Changed
from talka.files.inspection import Inspected
from talka.files.operations import store_attachment
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal, ProposalFile, Redaction, Unredacted
from talka.proposals.operations.correspondence import receive_addition
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals
from talka.proposals.operations.forwarding import Addressee, Passed, forward_proposal
from talka.proposals.operations.receiving import correct_proposal, publish_proposals
from talka.proposals.operations.redacting import PublicAlready, RedactionSettled, redact_proposal, undo_redaction
from talka.proposals.personal_data import Passage
from talka.proposals.queries.similar import similar_to
from talka.proposals.queries.suspicion import Cover
from tests.proposals.conftest import letters, text_of

TEXT = "Pie Annas Bērziņas mājas vajag soliņu. Zvaniet 26 123 456!"
PHONE = (TEXT.index("26 "), TEXT.index("!"))
COVERED = "Pie [personas vārds] mājas vajag soliņu. Zvaniet [tālruņa numurs]!"


def page(proposal: Proposal, name: str, *parts: int) -> str:
    return reverse(f"proposals:{name}", args=[proposal.process.slug, proposal.number, *parts])


@pytest.fixture
def proposal(make_proposal: Callable[..., Proposal]) -> Proposal:
    return make_proposal(TEXT, title="Soliņš", sender=Sender(name="Anna Bērziņa", email="anna@example.lv"))


def fields(client: Client, proposal: Proposal, **more: Any) -> dict[str, Any]:
    form = client.get(page(proposal, "redact_proposal")).context["form"]
    return (
        {name: form[name].value() for name in ("title", "text", "kind", "seen")}
        | {"found": form["found"].value()}
        | more
    )


def test_what_the_rules_found_is_covered_and_the_text_as_received_stays(
    proposal: Proposal, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    assert client.post(page(proposal, "redact_proposal"), fields(client, proposal)).status_code == 302
    proposal.refresh_from_db()
    assert (proposal.text, proposal.receipt.text) == (COVERED, TEXT)
    client.post(page(proposal, "publish_proposal"))
    public = text_of(Client().get(page(proposal, "show_proposal")))
    assert "[tālruņa numurs]" in public
    assert "Personas dati ir aizsegti." in public
    assert not any(secret in public for secret in ("26 123 456", "Bērziņas"))
    assert all("26 123 456" not in one.text for one in letters("proposals/publish_proposal"))


def test_a_person_decides_what_is_covered(proposal: Proposal, clara: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(clara)
    sent = fields(
        client, proposal, found=[], text=TEXT.replace("soliņu", "[[soliņu]]").replace("26 123 456", "[[26 123 456]]")
    )
    client.post(page(proposal, "redact_proposal"), sent)
    proposal.refresh_from_db()
    assert proposal.text == "Pie Annas Bērziņas mājas vajag [personas dati]. Zvaniet [tālruņa numurs]!"
    again = fields(client, proposal, found=[], kind="name")
    again["text"] = again["text"].replace("Annas", "[[Annas")
    again["text"] = again["text"].replace("[personas dati]", "[personas dati]]]")
    client.post(page(proposal, "redact_proposal"), again)
    proposal.refresh_from_db()
    assert proposal.text == "Pie [personas vārds]. Zvaniet [tālruņa numurs]!"
    assert [TEXT[one.start : one.end] for one in proposal.redactions.all()] == [
        "Annas Bērziņas mājas vajag soliņu",
        "26 123 456",
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"found": [], "text": TEXT}, "Atzīmējiet"), ({"text": TEXT + " x"}, "[["), ({"text": "[[" + TEXT}, "[["),
        ({"title": "Cits"}, "[["), ({"found": ["text:0:5:name"]}, "nav"), ({"kind": "viss"}, "nav"), ({"text": ""}, "[["),
    ],
)  # fmt: skip
def test_wrong_input_changes_nothing_and_loses_nothing(
    proposal: Proposal, clara: User, sign_in: Callable[[User], Client], change: dict[str, Any], said: str
) -> None:
    client = sign_in(clara)
    response = client.post(page(proposal, "redact_proposal"), fields(client, proposal, **change))
    assert response.status_code == 422
    assert said in text_of(response)
    assert change.get("text", "") in response.context["form"]["text"].value()
    proposal.refresh_from_db()
    assert proposal.text == TEXT
    assert not Unredacted.objects.exists()


def test_what_is_covered_is_shown_again_until_it_is_public(proposal: Proposal, carol: User, clara: User) -> None:
    redact_proposal(proposal, by=clara, covers=[Cover("text", Passage(*PHONE, "phone"))])
    (redaction,) = Redaction.objects.all()
    undo_redaction(redaction, by=carol)
    proposal.refresh_from_db()
    assert (proposal.text, proposal.corrected_at, proposal.is_redacted) == (TEXT, None, False)
    redact_proposal(proposal, by=clara, covers=[Cover("text", Passage(*PHONE, "phone"))])
    publish_proposals([proposal], by=carol)
    Proposal.objects.filter(pk=proposal.pk).update(published_at=proposal.received_at)
    with pytest.raises(PublicAlready):
        undo_redaction(Redaction.objects.get(), by=carol)


def test_what_overlaps_becomes_one_passage(proposal: Proposal, clara: User) -> None:
    covers = [
        Cover("text", Passage(4, 9, "name")),
        Cover("text", Passage(7, 18, "name")),
        Cover("title", Passage(0, 6, "other")),
    ]
    assert redact_proposal(proposal, by=clara, covers=covers) == 2
    proposal.refresh_from_db()
    assert (proposal.title, proposal.text) == (
        "[personas dati]",
        "Pie [personas vārds] mājas vajag soliņu. Zvaniet 26 123 456!",
    )
    assert {event.object_label for event in Event.objects.filter(object_key=f"proposals.proposal:{proposal.pk}")} <= {
        proposal.reference, f"{proposal.reference} [personas dati]",
    }  # fmt: skip


def test_of_two_who_cover_at_once_the_second_reads_again(proposal: Proposal, clara: User) -> None:
    with pytest.raises(Changed):
        redact_proposal(proposal, by=clara, covers=[Cover("text", Passage(0, 3, "other"))], seen="cita versija")


def test_a_correction_by_hand_settles_what_is_covered(proposal: Proposal, clara: User) -> None:
    redact_proposal(proposal, by=clara, covers=[Cover("text", Passage(*PHONE, "phone"))])
    proposal.refresh_from_db()
    correct_proposal(
        proposal, by=clara, title="Soliņš", text=proposal.text.replace("Zvaniet", "Zvanīt"), topic=None, area=None, place_text="",
        reason="stils",
    )  # fmt: skip
    with pytest.raises(RedactionSettled):
        undo_redaction(Redaction.objects.get(), by=clara)
    proposal.refresh_from_db()
    place = proposal.text.index("Annas")
    redact_proposal(proposal, by=clara, covers=[Cover("text", Passage(place, place + 5, "name"))])
    proposal.refresh_from_db()
    assert proposal.text == "Pie [personas vārds] Bērziņas mājas vajag soliņu. Zvanīt [tālruņa numurs]!"
    assert proposal.corrected_because == "stils Personas dati ir aizsegti."
    assert proposal.receipt.text == TEXT


def test_who_opens_the_original_is_written_down_and_shown_in_the_history(
    proposal: Proposal, clara: User, carol: User, sign_in: Callable[[User], Client]
) -> None:
    redact_proposal(proposal, by=clara, covers=[Cover("text", Passage(*PHONE, "phone"))])
    client = sign_in(carol)
    for name in ("manage_proposal", "redact_proposal", "correct_proposal", "prepare_reply", "view_original"):
        assert "26 123 456" not in client.get(page(proposal, name)).content.decode(), name
    table = client.get(reverse("proposals:export_register", args=[proposal.process.slug, "csv"]))
    assert "26 123 456" not in b"".join(table).decode()
    assert not Event.objects.filter(verb="proposals.view_original").exists()
    response = client.post(page(proposal, "view_original"))
    assert "26 123 456" in response.content.decode()
    assert Event.objects.get(verb="proposals.view_original").actor_label == "Karola"
    history = text_of(client.get(page(proposal, "manage_proposal")))
    assert "atvēra tekstu, kurā aizsegti personas dati · Karola" in history


def test_editors_and_observers_read_the_covered_text_and_whoever_examines_may_open_the_original(
    proposal: Proposal, process: Process, group: WorkingGroup, carol: User, dora: User, bob: User, leo: User, eve: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    redact_proposal(proposal, by=carol, covers=[Cover("text", Passage(*PHONE, "phone"))])
    assign_proposals([proposal], by=carol, group=group)
    process.roles.create(person=dora.person, kind="observer")
    process.roles.create(person=bob.person, kind="editor")
    for user in (dora, bob):
        client = sign_in(user)
        assert client.post(page(proposal, "view_original")).status_code == 403
        assert client.post(page(proposal, "redact_proposal")).status_code == 403
        seen = client.get(page(proposal, "manage_proposal")).content.decode()
        assert "[tālruņa numurs]" in seen
        assert "26 123 456" not in seen
    assert "26 123 456" in sign_in(leo).post(page(proposal, "view_original")).content.decode()
    assert sign_in(leo).post(page(proposal, "redact_proposal")).status_code == 403
    for name in ("view_original", "redact_proposal"):
        assert sign_in(eve).post(page(proposal, name)).status_code == 403
        kaimini = reverse(f"proposals:{name}", args=["kaimini", proposal.number])
        assert sign_in(eve).post(kaimini).status_code == 404


def test_publishing_a_text_that_seems_to_hold_personal_data_asks_once(
    proposal: Proposal, clara: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(clara)
    response = client.post(page(proposal, "publish_proposal"))
    assert response.status_code == 409
    said = text_of(response)
    assert "personas vārds, tālruņa numurs" in said
    assert "26 123 456" in said
    client.post(page(proposal, "publish_proposal"), {"anyway": "yes"})
    proposal.refresh_from_db()
    assert proposal.published_at is not None
    assert proposal.text == TEXT


def test_of_many_published_together_those_with_personal_data_are_left_out_and_named(
    proposal: Proposal, make_proposal: Callable[..., Proposal], clara: User, sign_in: Callable[[User], Client]
) -> None:
    plain = make_proposal("Vajag laternas.")
    client = sign_in(clara)
    address = reverse("proposals:publish_proposals", args=[proposal.process.slug])
    response = client.post(address, {"pick": [proposal.number, plain.number]}, follow=True)
    said = text_of(response)
    assert f"šķiet, ir personas dati: {proposal.reference}." in said
    assert "1 priekšlikums" in said
    proposal.refresh_from_db()
    plain.refresh_from_db()
    assert (proposal.published_at, plain.published_at is None) == (None, False)


def test_where_proposals_appear_at_once_one_with_personal_data_waits_and_its_author_is_told(
    process: Process, make_proposal: Callable[..., Proposal]
) -> None:
    process.register.publishing = "at_once"
    process.register.save()
    waits = make_proposal("Zvaniet man 26123456.")
    named = make_proposal("Prasiet Annai Bērziņai.", sender=Sender(name="Anna Bērziņa"))
    released = make_proposal("Prasiet Annai Bērziņai.", sender=Sender(name="Anna Bērziņa", name_public=True))
    shown = make_proposal("Vajag laternas 2021-2027.")
    assert [one.published_at is None for one in (waits, named, released, shown)] == [True, True, False, False]
    receipt = text_of(Client().get(reverse("proposals:show_receipt", args=[waits.author.secret])))
    assert "šķiet, ir personas dati" in receipt
    assert "šķiet, ir personas dati" not in text_of(
        Client().get(reverse("proposals:show_receipt", args=[shown.author.secret]))
    )


def test_a_file_that_is_not_public_is_opened_as_the_original_is(
    proposal: Proposal, process: Process, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    attachment = store_attachment(Inspected("application/pdf", ".pdf", b"%PDF-1.7 x"), name="lapa.pdf", by=carol)
    file = ProposalFile.objects.create(proposal=proposal, attachment=attachment)
    process.roles.create(person=dora.person, kind="observer")
    download = page(proposal, "download_file", file.pk)
    assert b"".join(sign_in(dora).get(download)) == b"%PDF-1.7 x"
    redact_proposal(proposal, by=carol, covers=[Cover("text", Passage(*PHONE, "phone"))])
    assert sign_in(dora).get(download).status_code == 403
    assert download not in sign_in(dora).get(page(proposal, "manage_proposal")).content.decode()
    assert b"".join(sign_in(carol).get(download)) == b"%PDF-1.7 x"
    assert Event.objects.get(verb="proposals.view_original").actor_label == "Karola"


def test_what_was_written_later_and_what_was_passed_on_are_covered_with_the_text(
    proposal: Proposal, process: Process, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    receive_addition(
        proposal, text="Vēl: 26 123 456.", key=uuid.uuid4(), channel="email", received_at=clock.now(), from_author=True
    )  # fmt: skip
    forward_proposal(
        proposal, to=Addressee("Ceļu pārvalde", email="celi@example.lv"), passed=Passed("Lūdzam atbildēt.", False),
        is_theirs=False, signed_name="Karola", signed_title="", by=carol,
    )  # fmt: skip
    process.roles.create(person=dora.person, kind="observer")
    letter = page(proposal, "print_forwarding", proposal.forwardings.get().pk)
    before = sign_in(dora).get(page(proposal, "manage_proposal")).content.decode()
    assert before.count("26 123 456") >= 3
    assert sign_in(dora).get(letter).status_code == 200
    redact_proposal(proposal, by=carol, covers=[Cover("text", Passage(*PHONE, "phone"))])
    seen = sign_in(dora).get(page(proposal, "manage_proposal")).content.decode()
    assert "26 123 456" not in seen
    assert letter not in seen
    assert sign_in(dora).get(letter).status_code == 404
    assert "Vēl: 26 123 456." in sign_in(carol).get(page(proposal, "manage_proposal")).content.decode()
    assert sign_in(carol).get(letter).status_code == 200


def test_pages_of_answers_and_what_is_alike_show_the_covered_text(
    proposal: Proposal, make_proposal: Callable[..., Proposal], group: WorkingGroup, carol: User, leo: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    other = make_proposal(TEXT, title="Soliņš")
    redact_proposal(proposal, by=carol, covers=[Cover("text", Passage(*PHONE, "phone"))])
    assign_proposals([proposal, other], by=carol, group=group)
    client = sign_in(carol)
    for name in ("prepare_reply", "forward_proposal", "show_similar"):
        assert "26 123 456" not in client.get(page(proposal, name)).content.decode(), name
    assert "26 123 456" not in sign_in(leo).get(page(proposal, "recommend_outcome")).content.decode()
    redact_proposal(other, by=carol, covers=[Cover("text", Passage(*PHONE, "phone"))])
    for name in ("prepare_replies", "list_similar", "show_register"):
        address = reverse(f"proposals:{name}", args=[proposal.process.slug])
        assert "26 123 456" not in client.get(f"{address}?pick=1&pick=2&q=soliņu").content.decode(), name
    proposal.refresh_from_db()
    found = similar_to(Proposal.objects.all(), "Soliņš", TEXT)
    assert len(found) == 2
    assert not any("26 123 456" in one.proposal.text for one in found)


def test_the_place_in_words_is_looked_at_and_covered_too(
    make_proposal: Callable[..., Proposal], clara: User, sign_in: Callable[[User], Client]
) -> None:
    proposal = make_proposal("Vajag soliņu.", place_text="pie Annas Bērziņas", sender=Sender(name="Anna Bērziņa"))
    client = sign_in(clara)
    assert "vieta vārdos" in text_of(client.post(page(proposal, "publish_proposal")))
    client.post(page(proposal, "redact_proposal"), fields(client, proposal, place_text="pie Annas Bērziņas"))
    proposal.refresh_from_db()
    assert (proposal.place_text, proposal.text) == ("pie [personas vārds]", "Vajag soliņu.")
    undo_redaction(Redaction.objects.get(), by=clara)
    proposal.refresh_from_db()
    assert (proposal.place_text, proposal.is_redacted) == ("pie Annas Bērziņas", False)
