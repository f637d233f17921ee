# SPDX-License-Identifier: EUPL-1.2
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from docx import Document

from talka.accounts.models import User
from talka.core import clock
from talka.notifications.models import Notification
from talka.plans.documents import making
from talka.plans.documents.making import Kind, Wish
from talka.plans.models import PlanDocument
from talka.plans.operations.documents_out import (
    NoSuchDocument,
    ask_document,
    give_document_up,
    kept_document,
    make_document,
    remove_old_documents,
)
from talka.plans.operations.editions import start_edition
from talka.plans.operations.progress import update_progress
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan
from tests.plans.full import edition_of, make_full_plan

ACTIONS = Wish(Kind.ACTIONS, "docx", "lv")
WORKING = Wish(Kind.WORKING, "xlsx", "lv")


@pytest.fixture
def small(process: Process, carol: User, monkeypatch: pytest.MonkeyPatch) -> SmallPlan:
    """A published plan that is too large to be written while one waits."""
    monkeypatch.setattr(making, "_AT_ONCE", dict.fromkeys(making._AT_ONCE, 0))
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def address(process: Process, small: SmallPlan) -> Callable[..., str]:
    """Return a function that gives addresses of the plan."""

    def act(name: str, *parts: Any) -> str:
        return reverse(f"plans:{name}", args=[process.slug, small.plan.slug, *parts])

    return act


def test_a_visitor_asks_waits_and_takes_it(small: SmallPlan, address: Callable[..., str], client: Client) -> None:
    page = client.get(address("download_plan", "actions", "docx"))
    assert "Šis plāns ir liels" in page.content.decode()
    assert not PlanDocument.objects.exists()
    answer = client.post(address("ask_document", "actions", "docx"))
    document = PlanDocument.objects.get()
    assert answer["Location"] == address("show_document", document.pk)
    assert "Dokuments top: 0 %" in client.get(answer["Location"]).content.decode()
    assert client.get(address("download_plan", "actions", "docx"))["Location"] == answer["Location"]
    make_document(document.pk)
    assert "Dokuments ir gatavs" in client.get(answer["Location"]).content.decode()
    for way in (address("take_document", document.pk), address("download_plan", "actions", "docx")):
        file = client.get(way)
        assert file["Content-Disposition"] == 'attachment; filename="ricibas-plans-rp-2024-1-actions.docx"'
        assert len(Document(io.BytesIO(b"".join(file.streaming_content))).tables) == 1
    assert not Notification.objects.exists()


def test_it_is_made_once_for_all_until_something_is_said(small: SmallPlan, carol: User) -> None:
    edition = edition_of(small)
    first = ask_document(edition, ACTIONS, by=AnonymousUser())
    assert ask_document(edition, ACTIONS, by=carol) == first
    make_document(first.pk)
    make_document(first.pk)  # a job that comes twice does nothing the second time
    assert kept_document(edition, ACTIONS) == first
    update_progress(small.action.node, state="done", by=carol)
    assert kept_document(edition, ACTIONS) is None
    assert ask_document(edition, ACTIONS, by=carol) != first


def test_who_is_signed_in_gets_a_letter(small: SmallPlan, carol: User) -> None:
    document = ask_document(edition_of(small), ACTIONS, by=carol)
    make_document(document.pk)
    letter = Notification.objects.get()
    assert (letter.email, letter.subject) == (carol.email, "„Rīcības plāns” ir gatavs (DOCX)")
    assert f"/downloads/{document.pk}/" in letter.text


def test_progress_is_seen_while_it_is_made(small: SmallPlan, monkeypatch: pytest.MonkeyPatch) -> None:
    document = ask_document(edition_of(small), ACTIONS, by=AnonymousUser())
    seen: list[int] = []
    write = making.docx_of

    def watch(*args: Any, **options: Any) -> bytes:
        seen.append(PlanDocument.objects.get().progress)
        return write(*args, **options)

    monkeypatch.setattr(making, "docx_of", watch)
    make_document(document.pk)
    assert seen == [40]
    document.refresh_from_db()
    assert document.progress == 100


def test_a_draft_is_made_for_who_asked_alone(
    small: SmallPlan,
    address: Callable[..., str],
    carol: User,
    clara: User,
    eve: User,
    sign_in: Callable[[User], Client],
) -> None:
    start_edition(small.plan, name="RP 2025.1", by=carol)
    asked = f"{address('ask_document', 'actions', 'docx')}?edition=2"
    assert sign_in(eve).post(asked).status_code == 404
    assert Client().post(asked).status_code == 404
    coordinator = sign_in(carol)
    first, second = (coordinator.post(asked)["Location"] for _time in range(2))
    assert first != second  # a draft changes from one minute to the next
    make_document(PlanDocument.objects.get(pk=int(first.rstrip("/").split("/")[-1])).pk)
    assert b"".join(coordinator.get(f"{first}file/").streaming_content).startswith(b"PK")
    for other in (sign_in(eve), sign_in(clara), Client()):
        assert other.get(first).status_code == 404
        assert other.get(f"{first}file/").status_code == 404


def test_names_of_persons_are_never_made_for_all(
    process: Process, small: SmallPlan, carol: User, dora: User, eve: User
) -> None:
    full = make_full_plan(process, by=carol, owner=dora, title="Ar vārdiem")
    edition = edition_of(full)
    for other in (eve, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            ask_document(edition, WORKING, by=other)
    document = ask_document(edition, WORKING, by=carol)
    assert not document.is_shared
    assert not PlanDocument.objects.visible_to(eve).exists()
    assert list(PlanDocument.objects.visible_to(carol)) == [document]


def test_what_does_not_exist_cannot_be_asked_for(small: SmallPlan, carol: User) -> None:
    edition = edition_of(small)
    for wish in (
        Wish("whole", "exe", "lv"),
        Wish("year", "pdf", "lv"),
        Wish("changes", "pdf", "lv"),
        Wish("no", "pdf", "lv"),
    ):
        with pytest.raises(NoSuchDocument):
            ask_document(edition, wish, by=carol)


def test_one_that_fails_says_so_and_can_be_asked_for_again(
    small: SmallPlan, address: Callable[..., str], client: Client
) -> None:
    edition = edition_of(small)
    document = ask_document(edition, ACTIONS, by=AnonymousUser())
    give_document_up(document.pk)
    assert "neizdevās sagatavot" in client.get(address("show_document", document.pk)).content.decode()
    assert client.get(address("take_document", document.pk)).status_code == 404
    again = ask_document(edition, ACTIONS, by=AnonymousUser())
    assert again.pk != document.pk
    assert again.is_being_made


def test_old_files_are_deleted(small: SmallPlan, django_capture_on_commit_callbacks: Callable[..., Any]) -> None:
    document = ask_document(edition_of(small), ACTIONS, by=AnonymousUser())
    make_document(document.pk)
    document.refresh_from_db()
    assert document.file is not None
    path = str(document.file.content.name)
    assert remove_old_documents() == 0
    with clock.at(clock.now() + timedelta(days=3)), django_capture_on_commit_callbacks(execute=True):
        assert remove_old_documents() == 1
    assert not default_storage.exists(path)


def test_asking_too_often_and_forged_forms_are_refused(
    small: SmallPlan, address: Callable[..., str], carol: User, settings: Any
) -> None:
    asked = address("ask_document", "actions", "docx")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(carol, backend="allauth.account.auth_backends.AuthenticationBackend")
    strict.post(asked)
    assert not PlanDocument.objects.exists()
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "ask_document": (1, 3600)}
    visitor = Client(REMOTE_ADDR="192.0.2.7")
    assert visitor.post(asked).status_code == 302
    assert visitor.post(asked).status_code == 429
