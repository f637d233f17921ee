# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from talka.accounts.models import User
from talka.plans.models import NodeDocument
from talka.plans.operations.documents import add_document, remove_document
from talka.plans.operations.plans import unpublish_plan
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]


def handed_out(client: Client, address: str) -> list[bytes]:
    """Return what is handed out at an address; the file is closed at its end."""
    response: Any = client.get(address)
    assert response.status_code == 200
    return list(response)


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def plan(process: Process, small: SmallPlan) -> str:
    """The address of the plan in the workspace."""
    return f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/"


def test_a_file_and_an_address_are_laid_by_an_action_of_an_approved_edition(
    small: SmallPlan, plan: str, process: Process, carol: User, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"{plan}nodes/{small.action.node_id}/documents/"
    client.post(address, {"upload": SimpleUploadedFile("tāme.pdf", PDF), "title": "Tāme"})
    client.post(address, {"url": "https://example.lv/projekts"})
    file, link = small.action.node.documents.all()
    assert (file.title, link.title, link.url) == ("Tāme", "https://example.lv/projekts", "https://example.lv/projekts")
    public = f"/lv/p/{process.slug}/plans/{small.plan.slug}/documents/{file.pk}/"
    assert b"".join(handed_out(Client(), public)).startswith(b"%PDF")
    assert Client().get(public.replace(f"/{file.pk}/", f"/{link.pk}/")).status_code == 404
    client.post(f"{plan}documents/{link.pk}/remove/")
    assert list(small.action.node.documents.all()) == [file]


def test_a_document_of_a_hidden_plan_is_not_there(
    small: SmallPlan, process: Process, carol: User, eve: User, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    plan = f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/"
    client.post(f"{plan}nodes/{small.action.node_id}/documents/", {"upload": SimpleUploadedFile("a.pdf", PDF)})
    document = NodeDocument.objects.get()
    unpublish_plan(small.plan, by=carol, reason="Pārbaudām")
    public = f"/lv/p/{process.slug}/plans/{small.plan.slug}/documents/{document.pk}/"
    assert Client().get(public).status_code == 404
    assert sign_in(eve).get(public).status_code == 404
    assert handed_out(client, public)


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("upload", {}),
        ("url", {"url": "javascript:alert(1)"}),
        ("upload", {"upload": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}),
        ("url", {"upload": SimpleUploadedFile("a.pdf", PDF), "url": "https://example.lv/"}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    small: SmallPlan, plan: str, carol: User, sign_in: SignIn, field: str, data: dict[str, object]
) -> None:
    response = sign_in(carol).post(f"{plan}nodes/{small.action.node_id}/documents/", {"title": "Paliek", **data})
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Paliek" in response.content.decode()
    assert not NodeDocument.objects.exists()


def test_eve_and_a_clerk_may_not(small: SmallPlan, carol: User, clara: User, eve: User) -> None:
    document = add_document(small.action.node, title="Tāme", url="https://example.lv/", by=carol)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            add_document(small.action.node, title="Sveša", url="https://example.lv/", by=other)
        with pytest.raises(PermissionDenied):
            remove_document(document, by=other)
