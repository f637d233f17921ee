# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.directory.models import Organization
from talka.processes.models import Process, Role
from talka.processes.operations import add_participant, create_process, give_role, save_channel, save_phase
from talka.processes.queries import organizations_to_lead

SignIn = Callable[[User], Client]
ADDRESS = "/lv/workspace/new-process/programme/"


def filled(town: Organization, **changed: Any) -> dict[str, Any]:
    """A form that is right."""
    return {
        "title": "Talkas novada attīstības programma 2028–2034", "summary": "", "owner": town.pk, "starts_on": "2027-01-04",
        "language": "lv", "access": "public", **changed,
    }  # fmt: skip


def test_a_coordinator_makes_a_draft_from_the_template(
    process: Process, carol: User, town: Organization, sign_in: SignIn
) -> None:
    response = sign_in(carol).post(ADDRESS, filled(town))
    made = Process.objects.get(title__contains="2028")
    assert response.headers["Location"] == f"/lv/workspace/p/{made.slug}/process/"
    assert made.is_draft
    assert [phase.title for phase in made.phases.all()][:2] == ["Uzsākšana", "Darba grupas"]
    assert made.phases.all()[0].starts_on == date(2027, 1, 4)
    assert made.legal_steps.count() == 8
    assert Role.objects.filter(process=made, person=carol.person, kind=Role.Kind.COORDINATOR).exists()


def test_the_page_shows_what_the_template_will_lay_before_anything_is_made(
    process: Process, carol: User, town: Organization, sign_in: SignIn
) -> None:
    client, before = sign_in(carol), Process.objects.count()
    assert "04.01.2027." in client.get(ADDRESS, {"starts_on": "2027-01-04"}).content.decode()
    shown = client.post(ADDRESS, filled(town, starts_on="2027-02-01", preview="1"))
    assert shown.status_code == 200
    assert "01.02.2027." in shown.content.decode()
    assert Process.objects.count() == before


def test_a_copy_moves_the_dates_and_takes_along_who_takes_part(
    process: Process, carol: User, town: Organization, other_town: Organization, sign_in: SignIn
) -> None:
    add_participant(process, organization=other_town, by=carol)
    save_channel(process, by=carol, kind="email", value="plans@example.lv")
    sign_in(carol).post(f"{ADDRESS}?copy={process.slug}", filled(town))
    made = Process.objects.get(copied_from=process)
    first, old = made.phases.all()[0], process.phases.all()[0]
    assert first.starts_on == date(2027, 1, 4)
    assert old.starts_on is not None
    assert old.ends_on is not None
    assert first.ends_on is not None
    assert first.ends_on - date(2027, 1, 4) == old.ends_on - old.starts_on
    assert {one.organization for one in made.participants.all()} == {town, other_town}
    assert [channel.value for channel in made.channels.all()] == ["plans@example.lv"]


def test_a_copy_of_another_municipality_brings_neither_its_partners_nor_its_contacts(
    process: Process, carol: User, eve: User, other_town: Organization, sign_in: SignIn
) -> None:
    save_channel(process, by=carol, kind="email", value="plans@example.lv")
    sign_in(eve).post(f"{ADDRESS}?copy={process.slug}", filled(other_town))
    made = Process.objects.get(copied_from=process)
    assert [one.organization for one in made.participants.all()] == [other_town]
    assert made.channels.count() == 0
    assert made.phases.count() == process.phases.count()


def test_nobody_makes_a_process_for_a_municipality_that_is_not_theirs(
    process: Process, eve: User, town: Organization, sign_in: SignIn
) -> None:
    response = sign_in(eve).post(ADDRESS, filled(town))
    assert response.status_code == 422
    with pytest.raises(PermissionDenied):
        create_process(kind="other", title="Svešs", owner=town, by=eve)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("starts_on", "9999-12-31"),
        ("starts_on", "rīt"),
        ("access", "nobody"),
        ("owner", "0"),
    ],
)
def test_wrong_input_is_said_next_to_its_field_and_nothing_is_lost(
    process: Process, carol: User, town: Organization, sign_in: SignIn, field: str, value: str
) -> None:
    response = sign_in(carol).post(ADDRESS, filled(town, summary="Mans garais teikums.", **{field: value}))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Mans garais teikums." in response.content.decode()


def test_control_characters_and_html_are_text(
    process: Process, carol: User, town: Organization, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    response = client.post(ADDRESS, filled(town, title="Plāns\x00 <script>alert(1)</script>"))
    made = Process.objects.get(copied_from=None, title__startswith="Plāns")
    assert made.title == "Plāns <script>alert(1)</script>"
    assert "<script>alert" not in client.get(response.headers["Location"]).content.decode()


def test_an_unknown_kind_and_a_hidden_source_are_not_there(
    process: Process, carol: User, eve: User, sign_in: SignIn
) -> None:
    assert sign_in(carol).get("/lv/workspace/new-process/picnic/").status_code == 404
    process.published_at = None
    process.save()
    assert sign_in(eve).get(f"{ADDRESS}?copy={process.slug}").status_code == 404


def test_what_was_typed_when_the_session_ended_comes_back_once(
    process: Process, carol: User, town: Organization, client: Client, sign_in: SignIn
) -> None:
    sign_in(carol)
    client.post(ADDRESS, filled(town, title="Pazaudētais nosaukums"))
    client.force_login(carol, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "Pazaudētais nosaukums" in client.get(ADDRESS).content.decode()
    assert "Pazaudētais nosaukums" not in client.get(ADDRESS).content.decode()


def test_a_copy_of_phases_without_dates_stays_without(process: Process, carol: User, town: Organization) -> None:
    bare = create_process(kind="other", title="Bez datumiem", owner=town, by=carol, from_template=False)
    save_phase(bare, by=carol, title="Kādreiz", dates_note="pavasarī")
    copied = create_process(
        kind="other", title="Kopija", owner=town, by=carol, copy_of=bare, starts_on=date(2027, 1, 1) + timedelta(days=1)
    )
    assert [phase.starts_on for phase in copied.phases.all()] == [None]


def test_an_address_to_copy_from_that_is_none_is_not_there(process: Process, carol: User, sign_in: SignIn) -> None:
    assert sign_in(carol).get(ADDRESS, {"copy": "prog\x00ramma2"}).status_code == 404
    assert sign_in(carol).get(ADDRESS, {"copy": "\x00"}).status_code == 200


def test_the_coordinator_of_a_partner_makes_nothing_in_the_name_of_the_owner(
    process: Process, carol: User, alice: User, town: Organization, other_town: Organization
) -> None:
    add_participant(process, organization=other_town, by=carol)
    give_role(process, person=alice.person, kind=Role.Kind.COORDINATOR, organization=other_town, by=carol)
    with pytest.raises(PermissionDenied):
        create_process(kind="other", title="Viņu vārdā", owner=town, by=alice)
    assert list(organizations_to_lead(alice)) == []
    assert list(organizations_to_lead(carol)) == [town]
