# SPDX-License-Identifier: EUPL-1.2
"""Legal steps, ways to take part and parts of the page, with their documents."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Channel, LegalStep, Passage, Process
from talka.processes.operations import save_legal_step, save_passage

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def work(process: Process) -> str:
    """The address below which the process is changed."""
    return f"/lv/workspace/p/{process.slug}/process/"


def picture(name: str = "lēmums.png") -> SimpleUploadedFile:
    """A small picture as a file to send."""
    content = BytesIO()
    Image.new("RGB", (4, 4), "green").save(content, "PNG")
    return SimpleUploadedFile(name, content.getvalue(), "image/png")


def test_a_legal_step_is_recorded_as_done_with_its_document(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    step = process.legal_steps.all()[0]
    response = sign_in(carol).post(
        f"{work}steps/{step.pk}/done/",
        {"done_on": clock.today().isoformat(), "upload": picture(), "note": "Lēmums Nr. 12"},
    )
    assert response.headers["Location"] == f"{work}#steps"
    step.refresh_from_db()
    assert (step.done_on, step.note) == (clock.today(), "Lēmums Nr. 12")
    assert step.document is not None
    assert step.document.name == "lēmums.png"


def test_a_document_is_handed_out_to_whoever_sees_the_process(
    process: Process, carol: User, alice: User, client: Client, sign_in: SignIn, work: str
) -> None:
    sign_in(carol).post(f"{work}passages/new/", {"title": "Karte", "upload": picture("karte.png")})
    document = Passage.objects.get(title="Karte").document
    assert document is not None
    address = f"/lv/p/{process.slug}/documents/{document.pk}/"
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/png"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.getvalue().startswith(b"\x89PNG")
    process.access = Process.Access.STAFF
    process.save()
    assert client.get(address).status_code == 404
    assert sign_in(alice).get(address).status_code == 404
    assert sign_in(carol).get(address).getvalue()


def test_a_document_of_another_process_is_not_there(
    process: Process, eve: User, client: Client, sign_in: SignIn
) -> None:
    sign_in(eve).post("/lv/workspace/p/kaimini/process/passages/new/", {"title": "Karte", "upload": picture()})
    document = Passage.objects.get(title="Karte").document
    assert document is not None
    assert client.get(f"/lv/p/{process.slug}/documents/{document.pk}/").status_code == 404


def test_a_document_is_replaced_and_taken_away(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    client = sign_in(carol)
    client.post(f"{work}passages/new/", {"title": "Karte", "body": "Teksts", "upload": picture("vecā.png")})
    passage = Passage.objects.get(title="Karte")
    address = f"{work}passages/{passage.pk}/"
    assert "vecā.png" in client.get(address).content.decode()
    client.post(address, {"title": "Karte", "body": "Teksts", "without_document": "on"})
    passage.refresh_from_db()
    assert passage.document is None


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("vīruss.exe", b"MZ\x90\x00"),
        ("lapa.html", b"<html><script>x</script></html>"),
        ("nekas.pdf", b""),
        ("rēķins.pdf", b"not a pdf"),
    ],
)
def test_a_file_that_is_not_what_we_take_is_refused_in_words(
    process: Process, carol: User, work: str, sign_in: SignIn, name: str, content: bytes
) -> None:
    response = sign_in(carol).post(
        f"{work}passages/new/", {"title": "Daļa", "body": "Mans teksts", "upload": SimpleUploadedFile(name, content)}
    )
    assert response.status_code == 422
    assert 'id="id_upload_error"' in response.content.decode()
    assert "Mans teksts" in response.content.decode()
    assert not Passage.objects.exists()


def test_a_late_step_is_marked(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    save_legal_step(process, by=carol, title="Nokavēts solis", due_on=clock.today() - timedelta(days=3))
    done = save_legal_step(
        process, by=carol, title="Paveikts solis", due_on=clock.today() - timedelta(days=3), done_on=clock.today()
    )
    assert not done.is_late
    page = sign_in(carol).get(work).content.decode()
    assert page.count('class="num late"') == LegalStep.objects.filter(due_on__lt=clock.today(), done_on=None).count()


@pytest.mark.parametrize(
    ("page", "field", "data"),
    [
        ("steps/new/", "title", {"title": ""}),
        ("steps/new/", "done_on", {"title": "Solis", "done_on": "2199-01-01"}),
        ("steps/new/", "document_url", {"title": "Solis", "document_url": "javascript:alert(1)"}),
        ("channels/new/", "value", {"kind": "email", "value": ""}),
        ("channels/new/", "value", {"kind": "email", "value": "ne adrese"}),
        ("channels/new/", "value", {"kind": "web", "value": "javascript:alert(1)"}),
        ("channels/new/", "kind", {"kind": "pigeon", "value": "x"}),
        ("passages/new/", "body", {"title": "Tukša"}),
        ("passages/new/", "url", {"title": "Saite", "url": "nekas"}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    process: Process, carol: User, work: str, sign_in: SignIn, page: str, field: str, data: dict[str, Any]
) -> None:
    response = sign_in(carol).post(f"{work}{page}", data)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()


def test_a_way_to_take_part_is_added_changed_and_removed(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    client.post(
        f"{work}channels/new/",
        {"kind": "contact", "person": carol.person.pk, "person_title": "koordinatore", "note": ""},
    )
    channel = Channel.objects.get()
    assert (channel.person, channel.person_title) == (carol.person, "koordinatore")
    client.post(f"{work}channels/{channel.pk}/", {"kind": "phone", "value": "63400000"})
    channel.refresh_from_db()
    assert (channel.kind, channel.value, channel.person) == ("phone", "63400000", None)
    client.post(f"{work}channels/{channel.pk}/delete/")
    assert not Channel.objects.exists()


def test_only_people_near_the_process_can_be_named_as_a_contact(
    process: Process, carol: User, eve: User, work: str, sign_in: SignIn
) -> None:
    response = sign_in(carol).post(f"{work}channels/new/", {"kind": "contact", "person": eve.person.pk})
    assert response.status_code == 422


def test_two_people_at_one_part_lose_nothing(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    passage = save_passage(process, by=carol, title="Karte", body="Sākums")
    client, address = sign_in(carol), f"{work}passages/{passage.pk}/"
    seen = client.get(address).context["form"].initial["seen"]
    save_passage(process, passage=passage, by=carol, body="Otra teksts")
    response = client.post(address, {"title": "Karte", "body": "Mans teksts", "seen": seen})
    assert response.status_code == 409
    assert "Otra teksts" in response.content.decode()
    assert "Mans teksts" in response.content.decode()
