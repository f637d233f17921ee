# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.core.editing import version_of
from talka.core.errors import Changed
from talka.processes.models import Phase, Process
from talka.processes.operations import ProcessClosed, close_process, move_part, save_phase

SignIn = Callable[[User], Client]


@pytest.fixture
def work(process: Process) -> str:
    """The address below which the process is changed."""
    return f"/lv/workspace/p/{process.slug}/process/"


def filled(**changed: Any) -> dict[str, Any]:
    """A form that is right."""
    return {
        "title": "Ideju vākšana",
        "starts_on": "2030-03-01",
        "ends_on": "2030-03-31",
        "allows": ["propose", "apply"],
        **changed,
    }


def test_a_new_phase_goes_to_the_end(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    response = sign_in(carol).post(f"{work}phases/new/", filled())
    assert response.headers["Location"] == f"{work}#phases"
    last = list(process.phases.all())[-1]
    assert (last.title, last.allows) == ("Ideju vākšana", ["propose", "apply"])
    assert Event.objects.filter(verb="processes.save_phase", object_label="Ideju vākšana").exists()


def test_what_a_phase_allows_holds_at_once_and_phases_may_overlap(process: Process, carol: User) -> None:
    today = clock.today()
    assert not process.allows("object")
    save_phase(process, by=carol, title="Apspriešana", starts_on=today, ends_on=today, allows=["object"])
    fresh = Process.objects.get(pk=process.pk)
    assert fresh.allows("object")
    assert fresh.allows("propose")
    assert len(fresh.open_phases()) == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("ends_on", "2030-02-28"),
        ("starts_on", "0001-01-01"),
        ("allows", ["fly"]),
        ("dates_note", "x" * 101),
    ],
)
def test_wrong_input_is_said_next_to_its_field(
    process: Process, carol: User, work: str, sign_in: SignIn, field: str, value: Any
) -> None:
    before = process.phases.count()
    response = sign_in(carol).post(f"{work}phases/new/", filled(description="Mans apraksts", **{field: value}))
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Mans apraksts" in response.content.decode()
    assert process.phases.count() == before


def test_whoever_saves_second_is_told_keeps_the_text_and_can_save_again(
    process: Process, carol: User, work: str, sign_in: SignIn
) -> None:
    phase = process.phases.all()[0]
    client, address = sign_in(carol), f"{work}phases/{process.phases.all()[0].pk}/"
    seen = client.get(address).context["form"].initial["seen"]
    save_phase(process, phase=phase, by=carol, title="Cita cilvēka nosaukums")
    mine = filled(title="Mans nosaukums", seen=seen)
    told = client.post(address, mine)
    page = told.content.decode()
    assert told.status_code == 409
    assert "Cita cilvēka nosaukums" in page
    assert 'value="Mans nosaukums"' in page
    assert Phase.objects.get(pk=phase.pk).title == "Cita cilvēka nosaukums"
    again = client.post(address, {**mine, "seen": told.context["form"].data["seen"]})
    assert again.status_code == 302
    assert Phase.objects.get(pk=phase.pk).title == "Mans nosaukums"


def test_an_older_text_does_not_overwrite_a_newer_one(process: Process, carol: User) -> None:
    phase = process.phases.all()[0]
    seen = version_of(phase, ["title"])
    save_phase(process, phase=phase, by=carol, title="Pirmais")
    with pytest.raises(Changed):
        save_phase(process, phase=phase, by=carol, seen=seen, title="Otrais")


def test_moving_changes_places_and_stops_at_the_ends(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    first, second, *_others = process.phases.all()
    client = sign_in(carol)
    client.post(f"{work}phases/{first.pk}/move/", {"direction": "down"})
    assert list(process.phases.all())[:2] == [second, first]
    client.post(f"{work}phases/{second.pk}/move/", {"direction": "up"})
    assert list(process.phases.all())[:2] == [second, first]
    assert client.post(f"{work}people/{first.pk}/move/", {"direction": "up"}).status_code == 404


def test_a_phase_of_another_process_is_not_there(
    process: Process, eve: User, carol: User, work: str, sign_in: SignIn
) -> None:
    theirs = Phase.objects.filter(process__slug="kaimini")[0]
    client = sign_in(carol)
    for address, send in (
        (f"phases/{theirs.pk}/", client.get),
        (f"phases/{theirs.pk}/delete/", client.post),
        (f"phases/{theirs.pk}/move/", client.post),
    ):
        assert send(f"{work}{address}").status_code == 404
    assert Phase.objects.filter(pk=theirs.pk).exists()


def test_a_coordinator_of_another_municipality_may_not(process: Process, eve: User, carol: User) -> None:
    phase = process.phases.all()[0]
    with pytest.raises(PermissionDenied):
        save_phase(process, phase=phase, by=eve, title="Svešs")
    with pytest.raises(PermissionDenied):
        move_part(phase, by=eve, up=False)


def test_a_closed_process_is_left_as_it_is(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    close_process(process, by=carol, reason="Pabeigts.")
    with pytest.raises(ProcessClosed):
        save_phase(process, by=carol, title="Par vēlu")
    response = sign_in(carol).post(f"{work}phases/new/", filled(title="Par vēlu"))
    assert response.status_code == 409
    assert 'value="Par vēlu"' in response.content.decode()


def test_removing_a_phase_is_written_down(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    phase = process.phases.all()[0]
    sign_in(carol).post(f"{work}phases/{phase.pk}/delete/")
    assert not Phase.objects.filter(pk=phase.pk).exists()
    assert Event.objects.filter(verb="processes.delete_phase").exists()


def test_the_page_shows_which_phases_are_open_now(process: Process, carol: User, work: str, sign_in: SignIn) -> None:
    today = clock.today()
    save_phase(process, by=carol, title="Šodien vaļā", starts_on=today - timedelta(days=1), ends_on=today)
    save_phase(
        process,
        by=carol,
        title="Vakar beidzies",
        starts_on=today - timedelta(days=5),
        ends_on=today - timedelta(days=1),
    )
    shown = sign_in(carol).get(work).context["open_now"]
    assert "Šodien vaļā" in [phase.title for phase in shown]
    assert "Vakar beidzies" not in [phase.title for phase in shown]
