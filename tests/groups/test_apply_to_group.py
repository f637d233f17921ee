# SPDX-License-Identifier: EUPL-1.2
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.core.http import form_signer
from talka.directory.models import Person
from talka.groups.applicants import Applicant
from talka.groups.link_holder import ApplicationHolder
from talka.groups.models import Application, Mandate, WorkingGroup
from talka.groups.operations.applications import (
    AlreadyDecided,
    AlreadyWaiting,
    NotTaken,
    accept_application,
    accept_applications,
    apply_to_group,
    confirm_application,
    decline_application,
    enter_application,
    forget_applications,
    withdraw_application,
)  # fmt: skip
from talka.groups.operations.forming import change_group
from talka.groups.operations.seating import leave_group
from talka.groups.signals import seated, unseated
from talka.notifications.models import Notification
from talka.processes.models import Phase, Process

SignIn = Callable[[User], Client]
WRITTEN = {
    "name": "Anna Liepa", "email": "anna@test.example", "phone": "", "represents": "association", "organization_name": "Biedrība „Saule”",
    "title": "valdes locekle", "area": "", "reason": "Gribu palīdzēt.", "name_public": "", "website": "",
}  # fmt: skip


@pytest.fixture
def open_group(process: Process, group: WorkingGroup, carol: User) -> WorkingGroup:
    """A group of a process in whose phase people may apply."""
    today = clock.today()
    Phase.objects.create(
        process=process, title="Grupas", starts_on=today, ends_on=today + timedelta(days=9), allows=["apply"]
    )
    change_group(group, by=carol, joining="open")
    return WorkingGroup.objects.get(pk=group.pk)


@pytest.fixture
def page(process: Process, open_group: WorkingGroup) -> str:
    return f"/lv/p/{process.slug}/groups/{open_group.slug}/apply/"


def shown() -> str:
    """Return the sign that the form was shown a while ago."""
    from django.core.signing import TimestampSigner

    signer: Any = form_signer
    assert isinstance(signer, TimestampSigner)
    import time_machine

    with time_machine.travel(clock.now() - timedelta(seconds=30), tick=False):
        return signer.sign("shown")


def send(page: str, **changed: str) -> Any:
    return Client().post(page, {**WRITTEN, "shown": shown(), "key": str(uuid.uuid4()), **changed})


def apply(
    group: WorkingGroup, name: str = "Anna Liepa", email: str = "anna@test.example", **fields: Any
) -> Application:
    """Apply and confirm."""
    applicant = Applicant(name=name, email=email, **{"reason": "Gribu.", **fields})
    application = apply_to_group(group, applicant=applicant, key=uuid.uuid4(), by=None)
    assert application is not None
    confirm_application(application, by=ApplicationHolder(application.pk))
    return application


def letter(to: str) -> Notification:
    return Notification.objects.filter(email=to).latest("pk")


def test_anybody_applies_confirms_by_the_letter_and_sits_in_the_group(
    page: str, open_group: WorkingGroup, leo: User, sign_in: SignIn
) -> None:
    assert "Pieteikties" in Client().get(page.replace("apply/", "")).content.decode()
    answer = send(page)
    assert answer.status_code == 200
    assert "anna@test.example" in answer.content.decode()
    application = Application.objects.get()
    assert application.state == Application.State.UNCONFIRMED
    link = re.search(r"https?://[^/\s]+(/lv/applications/\S+)", letter("anna@test.example").text)
    assert link
    Client().get(link[1])
    assert not Application.objects.waiting().exists()
    Client().post(link[1], {"confirm": "1"})
    assert Application.objects.waiting().get() == application
    work = f"/lv/workspace/p/{open_group.process.slug}/groups/{open_group.slug}/applications/"
    client = sign_in(leo)
    assert "Gribu palīdzēt." in client.get(work).content.decode()
    client.post(work, {"verb": "accept", "application": [application.pk]})
    mandate = Mandate.objects.get(person__name="Anna Liepa")
    assert (mandate.represents, str(mandate.organization), mandate.title, mandate.name_public) == (
        "association",
        "Biedrība „Saule”",
        "valdes locekle",
        False,
    )
    assert "Jūs esat grupas" in letter("anna@test.example").subject
    shown_group = Client().get(page.replace("apply/", "")).content.decode()
    assert "Anna Liepa" not in shown_group
    assert "Biedrība „Saule”" in shown_group


def test_the_same_form_sent_twice_is_one_application(page: str) -> None:
    key = str(uuid.uuid4())
    send(page, key=key)
    send(page, key=key)
    assert Application.objects.count() == 1


def test_a_second_application_is_told_to_its_owner_only(page: str) -> None:
    first, second = send(page), send(page, email="ANNA@test.example")
    assert Application.objects.count() == 1
    assert re.sub(r"(?i)anna@", "", second.content.decode()) == re.sub(r"(?i)anna@", "", first.content.decode())
    assert "jau ir" in letter("anna@test.example").subject


def test_wrong_input_is_said_and_nothing_typed_is_lost(page: str) -> None:
    answer = send(page, name="", email="anna@", organization_name="", phone="12")
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"name", "email", "organization_name", "phone"}
    assert "Gribu palīdzēt." in answer.content.decode()
    assert send(page, website="x").status_code == 422
    assert send(page, represents="resident").status_code == 200
    assert Application.objects.get().organization_name == ""


def test_a_group_by_invitation_or_outside_the_phase_takes_none(
    page: str, process: Process, open_group: WorkingGroup, carol: User
) -> None:
    Phase.objects.filter(process=process).update(ends_on=clock.today() - timedelta(days=1), starts_on=None)
    assert send(page).status_code == 409
    assert "Pašlaik pieteikumus" in Client().get(page).content.decode()
    change_group(open_group, by=carol, joining="invitation")
    with pytest.raises(NotTaken):
        apply(WorkingGroup.objects.get(pk=open_group.pk))


def test_many_are_accepted_and_those_who_sit_already_are_named(open_group: WorkingGroup, bob: User, leo: User) -> None:
    rows = [apply(open_group, f"Cilvēks {n}", f"c{n}@test.example") for n in range(3)]
    again = apply(open_group, "Bruno", bob.email)
    found = accept_applications([*rows, again], by=leo)
    assert found.number == 3
    assert [name for name, _why in found.refused] == ["Bruno"]
    assert again in Application.objects.waiting()


def test_the_same_confirmed_address_is_the_same_person_and_a_name_alone_is_not(
    open_group: WorkingGroup, alice: User, leo: User
) -> None:
    known = Person.objects.create(name="Anna Liepa", email="cita@test.example")
    mine = Person.objects.get(user=alice)
    assert accept_application(apply(open_group), by=leo).person != known
    assert accept_application(apply(open_group, "Alise B.", alice.email), by=leo).person == mine
    typed = enter_application(open_group, applicant=Applicant(name="Alise", email=alice.email), by=leo)
    assert accept_application(typed, by=leo).person != mine


def test_declined_with_a_reason(open_group: WorkingGroup, leo: User, sign_in: SignIn) -> None:
    application = apply(open_group)
    work = f"/lv/workspace/p/{open_group.process.slug}/groups/{open_group.slug}/applications/"
    client = sign_in(leo)
    answer = client.post(work, {"verb": "decline", "application": [application.pk], "reason": ""})
    assert answer.status_code == 422
    assert "checked" in answer.content.decode()
    assert client.post(work, {"verb": "accept"}).status_code == 422
    client.post(work, {"verb": "decline", "application": [application.pk], "reason": "Grupa ir pilna."})
    application.refresh_from_db()
    assert application.state == Application.State.DECLINED
    assert "Grupa ir pilna." in letter("anna@test.example").text
    with pytest.raises(AlreadyDecided):
        accept_application(application, by=leo)


def test_an_application_is_withdrawn_by_its_link_until_it_is_decided(open_group: WorkingGroup, leo: User) -> None:
    application = apply(open_group)
    with pytest.raises(PermissionDenied):
        withdraw_application(application, by=ApplicationHolder(application.pk + 1))
    Client().post(f"/lv/applications/{application.secret}/", {"withdraw": "1"})
    application.refresh_from_db()
    assert application.state == Application.State.WITHDRAWN
    other = apply(open_group)
    decline_application(other, reason="Nē.", by=leo)
    assert Client().post(f"/lv/applications/{other.secret}/", {"withdraw": "1"}).status_code == 409


def test_a_member_leaves_by_the_link_or_signed_in(
    open_group: WorkingGroup, bob: User, leo: User, sign_in: SignIn
) -> None:
    told: list[str] = []
    unseated.connect(lambda sender, person, **_more: told.append(person.name), weak=False, dispatch_uid="test")
    seated.connect(
        lambda sender, mandate, **_more: told.append(f"+{mandate.person.name}"), weak=False, dispatch_uid="test"
    )
    application = apply(open_group)
    accept_application(application, by=leo)
    Client().post(f"/lv/applications/{application.secret}/", {"leave": "1"})
    assert not Mandate.objects.active().filter(person__name="Anna Liepa").exists()
    address = f"/lv/p/{open_group.process.slug}/groups/{open_group.slug}/leave/"
    assert sign_in(bob).get(address).status_code == 200
    assert sign_in(bob).post(address).status_code == 302
    assert not Mandate.objects.active().filter(person__user=bob).exists()
    assert told == ["+Anna Liepa", "Anna Liepa", "Bruno"]
    unseated.disconnect(dispatch_uid="test")
    seated.disconnect(dispatch_uid="test")
    assert sign_in(leo).get(f"/lv/p/{open_group.process.slug}/groups/nav/leave/").status_code == 404


def test_nobody_leaves_for_somebody_else(open_group: WorkingGroup, bob: User, eve: User) -> None:
    mandate = Mandate.objects.get(group=open_group, person__user=bob)
    for user in (eve, ApplicationHolder(1)):
        with pytest.raises(PermissionDenied):
            leave_group(mandate, by=user)


def test_the_clerk_enters_what_comes_on_paper_and_does_not_decide(
    open_group: WorkingGroup, clara: User, bob: User, eve: User, sign_in: SignIn
) -> None:
    work = f"/lv/workspace/p/{open_group.process.slug}/groups/{open_group.slug}/applications/"
    client = sign_in(clara)
    answer = client.post(f"{work}new/", {**WRITTEN, "email": "", "phone": "", "reason": ""})
    assert answer.status_code == 422
    assert client.post(f"{work}new/", {**WRITTEN, "email": "", "phone": "67000000", "reason": ""}).status_code == 302
    application = Application.objects.waiting().get()
    assert application.entered_by == clara
    with pytest.raises(PermissionDenied):
        accept_application(application, by=clara)
    for stranger in (bob, eve):
        with pytest.raises(PermissionDenied):
            enter_application(open_group, applicant=Applicant(name="X"), by=stranger)
        assert not Application.objects.visible_to(stranger).exists()
    enter_application(open_group, applicant=Applicant(name="Y", email="y@test.example"), by=clara)
    with pytest.raises(AlreadyWaiting):
        enter_application(open_group, applicant=Applicant(name="Y", email="Y@test.example"), by=clara)


def test_what_waits_is_told_to_who_decides(
    open_group: WorkingGroup, leo: User, carol: User, bob: User, sign_in: SignIn
) -> None:
    apply(open_group)
    for user in (leo, carol):
        assert "1 cilvēks vēlas pievienoties" in " ".join(sign_in(user).get("/lv/workspace/").content.decode().split())
    assert "vēlas pievienoties" not in sign_in(bob).get("/lv/workspace/").content.decode()
    listed = sign_in(carol).get(f"/lv/workspace/p/{open_group.process.slug}/applications/").content.decode()
    assert "Anna Liepa" in listed


def test_applications_are_forgotten(open_group: WorkingGroup, leo: User) -> None:
    applicant = Applicant(name="A", email="a@test.example")
    unconfirmed = apply_to_group(open_group, applicant=applicant, key=uuid.uuid4(), by=None)
    declined = apply(open_group, "B", "b@test.example")
    decline_application(declined, reason="Nē.", by=leo)
    accepted = apply(open_group, "C", "c@test.example")
    accept_application(accepted, by=leo)
    fresh = apply(open_group, "D", "d@test.example")
    with clock.at(clock.now() + timedelta(days=15)):
        assert forget_applications() == 1
    with clock.at(clock.now() + timedelta(days=100)):
        assert forget_applications() == 1
    assert set(Application.objects.all()) == {accepted, fresh}
    assert unconfirmed is not None
    assert not Notification.objects.filter(email__in=["a@test.example", "b@test.example"]).exists()
