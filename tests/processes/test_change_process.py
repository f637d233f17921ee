# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.directory.models import Organization
from talka.processes.models import Process
from talka.processes.operations import (
    NotReadyToPublish,
    change_process,
    create_process,
    give_role,
    publish_process,
    save_channel,
    save_legal_step,
    save_passage,
    save_phase,
)

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def work(process: Process) -> str:
    """The address below which the process is changed."""
    return f"/lv/workspace/p/{process.slug}/process/"


@pytest.fixture
def draft(process: Process, carol: User, town: Organization) -> Process:
    """A draft that carol coordinates, without a summary."""
    return create_process(kind="other", title="Jauns darbs", owner=town, by=carol)


def texts(**changed: Any) -> dict[str, Any]:
    """A form of texts that is right."""
    return {
        "title": "Talkas programma",
        "summary": "Plānojam.",
        "description": "**Svarīgi**",
        "easy_language": "",
        **changed,
    }


def test_a_coordinator_changes_the_texts(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    response = sign_in(carol).post(f"{work}texts/", texts())
    assert response.headers["Location"] == work
    process.refresh_from_db()
    assert (process.title, process.description) == ("Talkas programma", "**Svarīgi**")
    assert Event.objects.filter(verb="processes.change_process").get().details["fields"] == [
        "description",
        "summary",
        "title",
    ]


def test_a_preview_shows_the_text_and_saves_nothing(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    page = sign_in(carol).post(f"{work}texts/", texts(preview="1")).content.decode()
    assert "<strong>Svarīgi</strong>" in page
    process.refresh_from_db()
    assert process.description == ""


def test_two_people_at_one_text_lose_nothing(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    client = sign_in(carol)
    seen = client.get(f"{work}texts/").context["form"].initial["seen"]
    change_process(process, by=carol, description="Otra rindkopa")
    response = client.post(f"{work}texts/", texts(seen=seen))
    page = response.content.decode()
    assert response.status_code == 409
    assert "Otra rindkopa" in page
    assert "**Svarīgi**" in page
    process.refresh_from_db()
    assert process.description == "Otra rindkopa"


def test_a_change_elsewhere_does_not_disturb_who_writes_the_texts(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    seen = client.get(f"{work}texts/").context["form"].initial["seen"]
    change_process(process, by=carol, covers_from=2027)
    assert client.post(f"{work}texts/", texts(seen=seen)).status_code == 302


def test_the_frame_is_changed_with_what_it_is_related_to(
    process: Process, draft: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    data = {
        "kind": "network",
        "language": "en",
        "area": "",
        "covers_from": "2028",
        "covers_to": "2034",
        "access": "members",
        "related": [draft.pk],
    }
    assert sign_in(carol).post(f"{work}frame/", data).status_code == 302
    process.refresh_from_db()
    assert (process.kind, process.language, process.covers_to, process.access) == ("network", "en", 2034, "members")
    assert list(process.related.all()) == [draft]


def test_two_people_at_the_related_processes_are_told(
    process: Process, draft: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    seen = client.get(f"{work}frame/").context["form"].initial["seen"]
    change_process(process, by=carol, related=[draft])
    data = {"kind": "programme", "language": "lv", "access": "public", "seen": seen}
    told = client.post(f"{work}frame/", data)
    assert told.status_code == 409
    assert ("Jauns darbs" in text for _label, text in told.context["form"].theirs)
    assert list(process.related.all()) == [draft]


@pytest.mark.parametrize(
    ("page", "field", "data"),
    [
        ("texts/", "title", texts(title="")),
        ("texts/", "summary", texts(summary="x" * 601)),
        (
            "frame/",
            "covers_to",
            {"kind": "other", "language": "lv", "access": "public", "covers_from": "2030", "covers_to": "2027"},
        ),
        ("frame/", "covers_from", {"kind": "other", "language": "lv", "access": "public", "covers_from": "divi"}),
        ("frame/", "related", {"kind": "other", "language": "lv", "access": "public", "related": ["0"]}),
        ("close/", "reason", {"reason": ""}),
        ("unpublish/", "reason", {"reason": "x" * 501}),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    process: Process,
    draft: Process,
    carol: User,
    work: str,
    sign_in: SignIn,
    page: str,
    field: str,
    data: dict[str, Any],
) -> None:
    response = sign_in(carol).post(f"{work}{page}", data)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()


def test_publishing_needs_a_summary_and_a_phase_and_the_list_says_so(
    draft: Process, carol: User, sign_in: SignIn
) -> None:
    client, address = sign_in(carol), f"/lv/workspace/p/{draft.slug}/process/"
    shown = client.get(address)
    assert not shown.context["ready"]
    assert client.post(f"{address}publish/").status_code == 409
    with pytest.raises(NotReadyToPublish):
        publish_process(draft, by=carol)
    change_process(draft, by=carol, summary="Par ko tas ir.")
    assert client.get(address).context["ready"]
    assert client.post(f"{address}publish/").status_code == 302
    assert not Process.objects.get(pk=draft.pk).is_draft


def test_a_draft_is_seen_by_those_who_work_on_it_only(draft: Process, dora: User, eve: User, carol: User) -> None:
    seen_by = {
        user.name for user in (dora, eve, carol) if Process.objects.visible_to(user).filter(pk=draft.pk).exists()
    }
    assert seen_by == {"Dora", "Karola"}


def test_closing_reopening_and_taking_back_keep_the_reason(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    for page, reason in (
        ("close/", "Programma apstiprināta."),
        ("reopen/", "Atklājās kļūda."),
        ("unpublish/", "Labojam."),
    ):
        assert client.post(f"{work}{page}", {"reason": reason}).status_code == 302
    process.refresh_from_db()
    assert process.closed_at is None
    assert process.is_draft
    assert list(Event.objects.exclude(reason="").order_by("pk").values_list("reason", flat=True)) == [
        "Programma apstiprināta.",
        "Atklājās kļūda.",
        "Labojam.",
    ]


def test_an_editor_changes_texts_but_neither_publishes_nor_gives_roles(
    process: Process, alice: User, carol: User, town: Organization, work: str, sign_in: SignIn
) -> None:
    give_role(process, person=alice.person, kind="editor", by=carol, organization=town)
    client = sign_in(alice)
    assert client.post(f"{work}texts/", texts()).status_code == 302
    assert client.post(f"{work}close/", {"reason": "Nē."}).status_code == 403
    with pytest.raises(PermissionDenied):
        give_role(process, person=alice.person, kind="coordinator", by=alice, organization=town)


def test_the_overview_asks_the_same_few_questions_however_long_it_is(
    process: Process, carol: User, work: str, sign_in: SignIn, django_assert_max_num_queries: Queries
) -> None:
    for number in range(15):
        save_phase(process, by=carol, title=f"Posms {number}", starts_on=clock.today() - timedelta(days=number))
        save_legal_step(process, by=carol, title=f"Solis {number}", due_on=clock.today() - timedelta(days=1))
        save_channel(process, by=carol, kind="contact", person=carol.person, note="Zvanīt no rīta")
        save_passage(process, by=carol, title=f"Daļa {number}", body="Teksts")
    client = sign_in(carol)
    client.get(work)
    with django_assert_max_num_queries(30):
        assert client.get(work).status_code == 200


def test_what_an_editor_does_not_see_stays_related(
    process: Process, carol: User, eve: User, other_town: Organization, root: User
) -> None:
    hidden = create_process(kind="other", title="Slēpts", owner=other_town, by=root, address_part="slepts")
    shown = Process.objects.get(slug="kaimini")
    process.related.set([hidden, shown])
    change_process(process, by=carol, related=[])
    assert list(process.related.all()) == [hidden]
