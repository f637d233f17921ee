# SPDX-License-Identifier: EUPL-1.2
"""One person's data, when they ask: found, given out, erased."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.directory.models import Person
from talka.files.inspection import Inspected
from talka.files.operations import store_attachment
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.operations.seating import seat_person
from talka.notifications.models import Notification, Subscription
from talka.notifications.operations import send_letter
from talka.proposals.models import Author, Proposal, ProposalFile
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import add_note, assign_proposals
from talka.proposals.operations.receiving import follow_proposal
from tests.proposals.test_erase_author import places_of

REASON = "Iesniegums Nr. 5-2/77, uzrādīta pase"


def search(client: Client, **wanted: str) -> Any:
    return client.post(reverse("privacy:find_person"), {"name": "", "email": "", "phone": ""} | wanted)


def picks(response: Any) -> list[str]:
    return re.findall(r'name="pick" value="([^"]+)"', response.content.decode())


def ask(client: Client, verb: str, keys: list[str], **more: Any) -> Any:
    fields = {"name": "Zigfrīda Purmale", "email": "", "phone": "", "pick": keys, "reason": REASON} | more
    return client.post(reverse(f"privacy:{verb}"), fields)


def unpacked(response: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response)))


@pytest.mark.parametrize(
    "wanted",
    [
        {"email": "ZIGFRIDA@example.lv"}, {"phone": "+371 26123456"}, {"name": "Zigfrīda Purmale"}, {"name": "purmale zigfrida"},
        {"name": "Zigfrida Purmalle"}, {"name": "Kāds Cits", "email": "zigfrida@example.lv"},
    ],
)  # fmt: skip
def test_it_is_found_by_any_of_three_and_alike_names_are_shown(
    answered: Proposal, next_door: Proposal, carol: User, sign_in: Callable[[User], Client], wanted: dict[str, str]
) -> None:
    response = search(sign_in(carol), **wanted)
    assert f"proposals/author:{answered.author.pk}" in picks(response)
    assert f"proposals/author:{next_door.author.pk}" not in picks(response)
    assert "Kaimiņos" not in response.content.decode()


@pytest.mark.parametrize("wanted", [{"name": "Zita"}, {"phone": "26"}, {"email": "cita@example.lv"}, {"name": "%"}])
def test_what_does_not_fit_is_not_found(
    answered: Proposal, carol: User, sign_in: Callable[[User], Client], wanted: dict[str, str]
) -> None:
    response = search(sign_in(carol), **wanted)
    assert picks(response) == []
    assert "Nekas atbilstošs netiek glabāts" in response.content.decode()


@pytest.mark.parametrize("wanted", [{}, {"email": "nav adrese"}, {"name": "x" * 300}])
def test_wrong_input_is_said_and_kept(
    carol: User, process: Any, sign_in: Callable[[User], Client], wanted: dict[str, str]
) -> None:
    response = search(sign_in(carol), **wanted)
    assert response.status_code == 422
    assert all(value in response.content.decode() for value in wanted.values())


def test_everybody_finds_what_they_answer_for_and_the_search_is_in_the_log(
    answered: Proposal, next_door: Proposal, carol: User, adam: User, eve: User, root: User, clara: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    here, there = f"proposals/author:{answered.author.pk}", f"proposals/author:{next_door.author.pk}"
    for user, mine in ((carol, [here]), (adam, [here]), (eve, [there])):
        found = picks(search(sign_in(user), email="zigfrida@example.lv"))
        assert [one for one in found if one.startswith("proposals/")] == mine, user.name
    root.person.roles.all().delete()
    found = picks(search(sign_in(root), email="zigfrida@example.lv", name="Zigfrīda Purmale"))
    assert not [one for one in found if one.startswith("proposals/")]
    assert [one for one in found if one.startswith("letters/")]
    assert search(sign_in(clara), email="zigfrida@example.lv").status_code == 403
    events = Event.objects.filter(verb="privacy.find_person")
    assert events.count() == 4
    assert events.filter(scope=f"processes.process:{answered.process_id}").count() == 2
    assert not [event for event in events if "zigfrida" in f"{event.object_label}{event.details}{event.reason}".lower()]


def test_what_somebody_must_not_see_is_neither_given_out_nor_erased_by_its_key(
    answered: Proposal, next_door: Proposal, eve: User, carol: User, sign_in: Callable[[User], Client]
) -> None:
    theirs = [
        f"proposals/author:{answered.author.pk}",
        "people/person:1",
        "letters/letter:1",
        "account/account:1",
        "x",
        "proposals/author:²",
    ]
    for verb in ("export_person", "erase_person"):
        assert ask(sign_in(eve), verb, theirs, sure="yes", leave_public="no").status_code == 422
    assert Author.objects.get(pk=answered.author.pk).name == "Zigfrīda Purmale"


def test_it_is_given_out_as_json_with_its_files(
    answered: Proposal, carol: User, visitor: AnonymousUser, sign_in: Callable[[User], Client]
) -> None:
    attachment = store_attachment(
        Inspected("application/pdf", ".pdf", b"%PDF-1.7 skice"), name="../skice.pdf", by=visitor
    )
    ProposalFile.objects.create(proposal=answered, attachment=attachment)
    add_note(answered, text="Zvanīju Zigfrīdai Purmalei.", by=carol)
    add_note(answered, text="Jāprasa Ceļu daļai.", by=carol)
    follow_proposal(answered, email="zigfrida@example.lv", language="lv", by=visitor)
    client = sign_in(carol)
    response = ask(client, "export_person", picks(search(client, email="zigfrida@example.lv")))
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert "no-store" in response["Cache-Control"]
    archive = unpacked(response)
    assert set(archive.namelist()) == {"LASI-MANI.txt", "following.json", "proposals.json", "proposals/1/-skice.pdf"}
    assert all(".." not in name and not name.startswith("/") for name in archive.namelist())
    held = json.loads(archive.read("proposals.json").decode())
    (item,) = held["items"]
    assert set(item) <= set(held["keys"])
    assert (item["name"], item["phone"], item["text_received"]) == ("Zigfrīda Purmale", "26 123 456", "Vajag soliņu.")
    assert item["answer"]["reason"] == "Būs."
    assert [note["text"] for note in item["notes"]] == ["Zvanīju Zigfrīdai Purmalei."]
    assert len(item["letters"]) >= 2
    assert archive.read(item["files"][0]) == b"%PDF-1.7 skice"
    assert json.loads(archive.read("following.json"))["items"][0]["email"] == "zigfrida@example.lv"
    event = Event.objects.filter(verb="privacy.export_person").first()
    assert event is not None
    assert (event.reason, event.actor_label) == (REASON, "Karola")


def test_without_a_tick_or_a_reason_nothing_happens_and_nothing_is_lost(
    answered: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client, key = sign_in(carol), f"proposals/author:{answered.author.pk}"
    for verb in ("export_person", "erase_person"):
        response = ask(client, verb, [key], reason="")
        assert response.status_code == 422
        assert "Norādiet, pēc kāda lūguma to dara." in response.content.decode()
        assert re.search(rf'value="{key}"[^>]*checked', response.content.decode())
        response = ask(client, verb, [])
        assert "Atzīmējiet to, kas pieder cilvēkam." in response.content.decode()
        assert REASON in response.content.decode()


def test_it_is_erased_after_saying_what_happens_and_a_consent(
    answered: Proposal, carol: User, visitor: AnonymousUser, sign_in: Callable[[User], Client]
) -> None:
    follow_proposal(answered, email="zigfrida@example.lv", language="lv", by=visitor)
    client = sign_in(carol)
    keys = picks(search(client, email="zigfrida@example.lv"))
    page = ask(client, "erase_person", keys).content.decode()
    assert "Dzēš vārdu, kontaktus, saņemto tekstu" in page
    assert Author.objects.get(proposal=answered).name
    unsure = ask(client, "erase_person", keys, sure="yes")
    assert unsure.status_code == 422
    assert "Pajautājiet cilvēkam un izvēlieties." in unsure.content.decode()
    assert ask(client, "erase_person", keys, sure="yes", leave_public="yes").status_code == 302
    assert places_of("Zigfrīda", "zigfrida@", "26 123 456", "Ābeļu iela") == []
    answered.refresh_from_db()
    assert (answered.text, answered.published_at is None) == ("Vajag soliņu.", False)


def test_without_consent_the_text_goes_too(answered: Proposal, carol: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(carol)
    ask(client, "erase_person", [f"proposals/author:{answered.author.pk}"], sure="yes", leave_public="no")
    assert places_of("Zigfrīda", "Vajag soliņu") == []


def test_what_waits_for_an_answer_stays_and_the_page_says_why(
    answered: Proposal, make_proposal: Callable[..., Proposal], carol: User, sign_in: Callable[[User], Client]
) -> None:
    waits = make_proposal("Vajag tiltu.", sender=Sender(name="Zigfrīda Purmale"))
    client = sign_in(carol)
    keys = picks(search(client, name="Zigfrīda Purmale"))
    assert "Tas vēl nav atbildēts, tāpēc dati ir vajadzīgi." in ask(client, "erase_person", keys).content.decode()
    ask(client, "erase_person", keys, sure="yes", leave_public="yes")
    assert Author.objects.get(proposal=waits).name == "Zigfrīda Purmale"
    assert Author.objects.get(proposal=answered).name == ""


@pytest.fixture
def member(group: WorkingGroup, carol: User) -> Mandate:
    """Zigfrīda, who sat in the group, to whom a proposal was once given."""
    person = Person.objects.create(name="Zigfrīda Purmale", email="zigfrida@example.lv", phone="26 123 456")
    return seat_person(group, person=person, by=carol, represents="resident")


def test_a_member_of_a_group_is_erased_once_the_seat_has_ended(
    member: Mandate, answered: Proposal, make_proposal: Callable[..., Proposal], carol: User, root: User,
    sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    assign_proposals([make_proposal("Tilts.")], by=carol, person=member.person)
    key = f"people/person:{member.person_id}"
    assert key in picks(search(sign_in(carol), name="Zigfrīda Purmale"))
    ask(sign_in(root), "erase_person", [key], sure="yes", leave_public="yes")
    assert Person.objects.get(pk=member.person_id).name == "Zigfrīda Purmale"
    Mandate.objects.update(starts_on="2026-01-01", ends_on="2026-01-02")
    member.person.roles.update(starts_on="2026-01-01", ends_on="2026-01-02")
    ask(sign_in(carol), "erase_person", [f"proposals/author:{answered.author.pk}"], sure="yes", leave_public="yes")
    ask(sign_in(root), "erase_person", [key], sure="yes", leave_public="yes")
    assert places_of("Zigfrīda", "zigfrida@", "26 123 456") == []
    assert Person.objects.get(pk=member.person_id).name == "[dzēsts]"


def test_letters_and_accounts_are_the_installations_to_erase(
    alice: User, root: User, sign_in: Callable[[User], Client]
) -> None:
    send_letter("accounts/unknown_address", email="zigfrida@example.lv", language="lv")
    client = sign_in(root)
    ask(client, "erase_person", picks(search(client, email="zigfrida@example.lv")), sure="yes", leave_public="yes")
    ask(client, "erase_person", picks(search(client, email=alice.email)), sure="yes", leave_public="yes")
    assert not Notification.objects.exists()
    assert not Subscription.objects.exists()
    assert places_of("zigfrida@", "alise@", "Alise") == []
