# SPDX-License-Identifier: EUPL-1.2
import json
import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.operations.seating import end_mandate, seat_person
from talka.meetings.merging import disagreements, merged
from talka.meetings.models import AgendaItem, Attendance, Decision, GivenTask, Invitation, Meeting, Minutes
from talka.meetings.operations.agenda import add_item, remove_item
from talka.meetings.operations.calling import MinutesLocked
from talka.meetings.operations.writing import Written, begin_minutes, mark_others_present, write_minutes
from talka.meetings.operations.written import Change
from talka.meetings.queries.people import people_of
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from talka.proposals.models import Proposal, Recommendation
from talka.proposals.operations.examining import assign_proposals
from talka.tasks.sources import sources_of
from tests.meetings.factories import make_meeting

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def meeting(process: Process, group: WorkingGroup, carol: User, leo: User, bob: User) -> Meeting:
    meeting = make_meeting(process, carol, "2031-02-12 13:00", "2031-02-12 15:00", groups=[group])
    add_item(meeting, title="Ietves", by=carol)
    return meeting


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return meeting.items.get()


@pytest.fixture
def minutes(meeting: Meeting, leo: User) -> Minutes:
    return begin_minutes(meeting, by=leo)


@pytest.fixture
def page(process: Process, meeting: Meeting) -> str:
    return f"/lv/workspace/p/{process.slug}/meetings/{meeting.pk}/minutes/write/"


def write(meeting: Meeting, by: User, **changes: Any) -> Written:
    """Write fields whose names have a dot for each double underscore; a pair is the base and the value."""
    sent = {
        name.replace("__", "."): Change(value[1], value[0]) if isinstance(value, tuple) else Change(value)
        for name, value in changes.items()
    }
    return write_minutes(meeting, sent, by=by)


def row(meeting: Meeting, by: User, name: str, /, **parts: Any) -> dict[str, str]:
    """Send one row and return what was refused."""
    return write_minutes(meeting, {name: Change({part: str(value) for part, value in parts.items()})}, by=by).refused


def member(user: User) -> Person:
    return Person.objects.get(user=user)


def test_minutes_begin_with_chair_writer_and_the_members_as_they_answered(
    meeting: Meeting, group: WorkingGroup, carol: User, leo: User, bob: User
) -> None:
    linda = seat_person(group, person=NewPerson("Linda", "", False), by=carol, function="secretary").person
    now = clock.now()
    Invitation.objects.create(meeting=meeting, person=member(bob), answer="accepted", remote=True, answered_at=now)
    Invitation.objects.create(meeting=meeting, person=linda, answer="declined", answered_at=now, represented_by="Zane")
    minutes = begin_minutes(meeting, by=leo)
    assert (minutes.chair, minutes.secretary) == (member(leo), linda)
    assert minutes.began_at == meeting.starts_at
    modes = dict(Attendance.objects.values_list("name", "mode"))
    assert modes == {"Leo": "absent", "Bruno": "remote", "Linda": "represented"}
    assert begin_minutes(meeting, by=leo) == minutes
    assert Attendance.objects.count() == 3


def test_somebody_in_two_groups_is_entered_once(
    process: Process, meeting: Meeting, group: WorkingGroup, carol: User, bob: User
) -> None:
    from talka.groups.operations.forming import create_group

    other = create_group(process, name="Otra", by=carol)
    seat_person(other, person=member(bob), by=carol)
    meeting.groups.add(other)
    begin_minutes(meeting, by=carol)
    assert Attendance.objects.filter(person=member(bob)).count() == 1


def test_two_writers_do_not_overwrite_each_other(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, carol: User, leo: User
) -> None:
    name = f"notes__{item.pk}"
    write(meeting, leo, **{name: ("", "Ietve ir slikta.")})
    write(meeting, carol, **{name: ("Ietve ir slikta.", "Ietve pie skolas ir slikta.")})
    written = write(meeting, leo, **{name: ("Ietve ir slikta.", "Ietve ir slikta. Jālabo.")})
    assert written.fields == {f"notes.{item.pk}": "Ietve pie skolas ir slikta. Jālabo."}
    write(meeting, leo, **{name: ("Ietve ir slikta.", "Ietve ir slikta. Jālabo.")})
    item.refresh_from_db()
    assert item.notes == "Ietve pie skolas ir slikta. Jālabo."


def test_where_two_writers_disagree_both_readings_stay(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, carol: User, leo: User
) -> None:
    name = f"notes__{item.pk}"
    write(meeting, leo, **{name: ("", "Tāme: 10")})
    write(meeting, carol, **{name: ("Tāme: 10", "Tāme: 12")})
    write(meeting, leo, **{name: ("Tāme: 10", "Tāme: 15")})
    item.refresh_from_db()
    assert item.notes == "Tāme: ⟦12 ∥ 15⟧"
    assert disagreements(item.notes) == 1


@given(st.text("ab \n", max_size=30), st.text("ab \n", max_size=30), st.text("ab \n", max_size=30))
def test_merging_is_lossless_where_one_side_is_silent_and_never_fails(base: str, first: str, later: str) -> None:
    assert merged(base, base, later) == later
    assert merged(base, first, base) == first
    assert merged(base, first, first) == first
    once = merged(base, first, later)
    assert merged(later, once, later) == once


@given(
    st.lists(st.sampled_from(["vienos.", "divos.", "trijos."]), max_size=4),
    st.text("xyz", min_size=1, max_size=5),
    st.text("uvw", min_size=1, max_size=5),
)
def test_what_two_people_add_at_the_same_place_stays(lines: list[str], first: str, later: str) -> None:
    base = "\n".join(lines)
    both = merged(base, f"{base}\n{first}", f"{base}\n{later}")
    assert first in both
    assert later in both


def test_chair_and_writer_are_two_people_of_the_process(
    meeting: Meeting, minutes: Minutes, leo: User, bob: User, eve: User
) -> None:
    assert minutes.chair == member(leo)
    said = write(meeting, leo, secretary=str(member(leo).pk)).refused
    assert said == {"secretary": "Viens cilvēks nevar gan vadīt sanāksmi, gan to protokolēt."}
    assert "secretary" in write(meeting, leo, secretary=str(member(eve).pk)).refused
    assert write(meeting, leo, secretary=str(member(bob).pk)).refused == {}
    assert "chair" in write(meeting, leo, chair=str(member(bob).pk)).refused
    minutes.refresh_from_db()
    assert (minutes.chair, minutes.secretary) == (member(leo), member(bob))


def test_hours_are_those_of_the_wall_and_in_order(meeting: Meeting, minutes: Minutes, leo: User) -> None:
    assert write(meeting, leo, began="13:10", ended="14:50").refused == {}
    minutes.refresh_from_db()
    assert minutes.ended_at is not None
    assert minutes.ended_at.isoformat() == "2031-02-12T12:50:00+00:00"
    assert "ended" in write(meeting, leo, ended="12:00").refused
    assert "began" in write(meeting, leo, began="pusviens").refused
    assert write(meeting, leo, ended="").refused == {}


def test_a_meeting_may_end_after_midnight(meeting: Meeting, minutes: Minutes, leo: User) -> None:
    assert write(meeting, leo, began="22:00", ended="00:30").refused == {}
    minutes.refresh_from_db()
    assert minutes.ended_at is not None
    assert minutes.ended_at.isoformat() == "2031-02-12T22:30:00+00:00"


def test_an_hour_that_does_not_exist_in_the_night_of_the_change_is_refused(process: Process, carol: User) -> None:
    night = make_meeting(process, carol, "2026-03-28 22:00", "2026-03-29 05:00")
    begin_minutes(night, by=carol)
    Meeting.objects.filter(pk=night.pk).update(starts_at=night.ends_at, ends_at=None)
    night.refresh_from_db()
    assert "pagriež" in write(night, carol, began="03:30").refused["began"]


def test_attendance_is_marked_and_a_substitute_named(meeting: Meeting, minutes: Minutes, leo: User, bob: User) -> None:
    bobs = Attendance.objects.get(person=member(bob))
    assert f"mode.{bobs.pk}" in write(meeting, leo, **{f"mode__{bobs.pk}": "represented"}).refused
    assert write(meeting, leo, **{f"instead__{bobs.pk}": "Zane Liepa"}).fields == {f"instead.{bobs.pk}": "Zane Liepa"}
    bobs.refresh_from_db()
    assert (bobs.mode, bobs.represented_by) == ("represented", "Zane Liepa")
    write(meeting, leo, **{f"mode__{bobs.pk}": "on_site"})
    bobs.refresh_from_db()
    assert (bobs.mode, bobs.represented_by) == ("on_site", "")
    key = uuid.uuid4()
    for name in ("Jānis", "Jānis Viesis"):
        assert row(meeting, leo, f"guest.{key}", name=name, represents="SIA „Ceļi”", mode="remote") == {}
    guest = Attendance.objects.get(member=False)
    assert (guest.name, guest.mode) == ("Jānis Viesis", "remote")


def test_a_member_removed_during_the_meeting_stays_on_the_list(
    meeting: Meeting, minutes: Minutes, group: WorkingGroup, carol: User, bob: User
) -> None:
    end_mandate(Mandate.objects.get(group=group, person=member(bob)), by=carol)
    bobs = Attendance.objects.get(person=member(bob))
    assert write(meeting, carol, **{f"mode__{bobs.pk}": "on_site"}).refused == {}
    begin_minutes(meeting, by=carol)
    assert Attendance.objects.filter(name="Bruno", member=True, mode="on_site").count() == 1


def test_a_chair_who_leaves_the_group_stays_chair_on_the_page(
    meeting: Meeting, minutes: Minutes, group: WorkingGroup, carol: User, leo: User, sign_in: SignIn, page: str
) -> None:
    end_mandate(Mandate.objects.get(group=group, person=member(leo)), by=carol)
    assert member(leo) not in people_of(meeting)
    assert f'<option value="{member(leo).pk}" selected>Leo' in sign_in(carol).get(page).content.decode()


def test_a_decision_is_written_once_however_often_it_is_sent(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User, bob: User
) -> None:
    for one in Attendance.objects.all():
        write(meeting, leo, **{f"mode__{one.pk}": "on_site"})
    name = f"decision.{item.pk}.{uuid.uuid4()}"
    assert row(meeting, leo, name, text="", votes_for="") == {}
    assert Decision.objects.count() == 0
    for _time in range(2):
        assert row(meeting, leo, name, text="Atbalstīt ietvi.", votes_for=2, votes_against="", abstained=0) == {}
    decision = Decision.objects.get()
    assert (decision.text, decision.votes_for, decision.votes_against) == ("Atbalstīt ietvi.", 2, None)
    item.refresh_from_db()
    assert item.outcome == "decision"
    assert "tikai 2" in row(meeting, leo, name, text="Atbalstīt ietvi.", votes_for=3)[name]
    assert name in row(meeting, leo, name, text="Atbalstīt ietvi.", votes_for="divi")
    assert name in row(meeting, leo, name, text="")
    assert row(meeting, leo, name, text="Atbalstīt ietvi drīz.", base="Atbalstīt ietvi.") == {}
    decision.refresh_from_db()
    assert decision.text == "Atbalstīt ietvi drīz."
    assert decision.votes_for is None


def test_a_task_needs_one_owner_and_a_day(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User, bob: User, eve: User
) -> None:
    name = f"task.{item.pk}.{uuid.uuid4()}"
    assert name in row(meeting, leo, name, title="Tāme", owner="", due="2031-03-01")
    assert name in row(meeting, leo, name, title="Tāme", owner=member(bob).pk, due="")
    assert name in row(meeting, leo, name, title="Tāme", owner=member(eve).pk, due="2031-03-01")
    for _time in range(2):
        assert row(meeting, leo, name, title="Tāme", owner=member(bob).pk, due="2031-03-01") == {}
    given_task = GivenTask.objects.get()
    assert (given_task.task.owner, given_task.task.group) == (member(bob), meeting.groups.get())
    item.refresh_from_db()
    assert item.outcome == "task"


def test_a_recommendation_goes_to_the_proposal(
    meeting: Meeting,
    minutes: Minutes,
    group: WorkingGroup,
    carol: User,
    leo: User,
    make_proposal: Callable[..., Proposal],
) -> None:
    proposal = make_proposal(title="Ietve")
    assign_proposals([proposal], by=carol, group=group)
    item = add_item(meeting, title="Priekšlikums", by=leo, proposals=[proposal])
    name = f"recommend.{item.pk}.{proposal.pk}"
    assert row(meeting, leo, name, outcome="", reason="") == {}
    assert "pamatojums" in row(meeting, leo, name, outcome="accepted", reason="")[name]
    assert name in row(meeting, leo, name, outcome="", reason="Vajadzīga.")
    for _time in range(2):
        assert row(meeting, leo, name, outcome="accepted", reason="Vajadzīga.") == {}
    assert Recommendation.objects.get().group == group
    linda = seat_person(group, person=NewPerson("Linda", "", False), by=carol, function="secretary").person
    linda.user = User.objects.create_user("linda@test.example", "parole", name="Linda")
    linda.save()
    assert name in row(meeting, linda.user, name, outcome="rejected", reason="Nē.")
    missing = f"recommend.{item.pk}.999999"
    assert missing in row(meeting, leo, missing, outcome="accepted", reason="Jā.")
    assert Recommendation.objects.count() == 1


def test_of_two_recommendations_written_at_once_the_later_one_is_asked_to_read_the_first(
    meeting: Meeting,
    minutes: Minutes,
    group: WorkingGroup,
    carol: User,
    leo: User,
    make_proposal: Callable[..., Proposal],
) -> None:
    proposal = make_proposal(title="Ietve")
    assign_proposals([proposal], by=carol, group=group)
    item = add_item(meeting, title="Priekšlikums", by=leo, proposals=[proposal])
    name = f"recommend.{item.pk}.{proposal.pk}"
    assert row(meeting, carol, name, outcome="accepted", reason="Vajadzīga.", version=0) == {}
    said = row(meeting, leo, name, outcome="rejected", reason="Dārga.", version=0)
    assert "Vajadzīga." in said[name]
    assert row(meeting, leo, name, outcome="", reason="", version=0) == {}
    assert row(meeting, leo, name, outcome="rejected", reason="Dārga.", version=1) == {}
    assert list(Recommendation.objects.values_list("outcome", flat=True).order_by("version")) == [
        "accepted",
        "rejected",
    ]


def test_an_old_page_takes_back_neither_votes_nor_the_removal_of_a_decision(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User, carol: User
) -> None:
    mark_others_present(meeting, by=leo)
    name = f"decision.{item.pk}.{uuid.uuid4()}"
    row(meeting, leo, name, text="Atbalstīt.", base="", seen="")
    row(meeting, carol, name, text="Atbalstīt.", base="Atbalstīt.", votes_for=1, votes_against=1, seen="//")
    row(meeting, leo, name, text="Atbalstīt ietvi.", base="Atbalstīt.", votes_for="", seen="//")
    decision = Decision.objects.get()
    assert (decision.text, decision.votes_for, decision.votes_against) == ("Atbalstīt ietvi.", 1, 1)
    decision.delete()
    assert row(meeting, leo, name, text="Atbalstīt ietvi.", base="Atbalstīt ietvi.", seen="1/1/") == {}
    assert not Decision.objects.exists()
    assert "teksts" in row(meeting, leo, name, text="", base="", votes_for=1, seen="")[name]


def test_a_sending_that_came_through_unanswered_writes_nothing_twice(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User
) -> None:
    name = f"notes__{item.pk}"
    for text in ("Runāja", "Runāja", "Runāja ilgi.", "Runāja ilgi. Nobalsoja."):
        write(meeting, leo, **{name: ("", text)})
    item.refresh_from_db()
    assert item.notes == "Runāja ilgi. Nobalsoja."


def test_all_of_whom_nothing_is_known_are_marked_as_present_at_once(
    meeting: Meeting, minutes: Minutes, leo: User, bob: User, eve: User
) -> None:
    bobs = Attendance.objects.get(person=member(bob))
    write(meeting, leo, **{f"mode__{bobs.pk}": "apologised"})
    assert mark_others_present(meeting, by=leo) == 1
    assert dict(Attendance.objects.values_list("name", "mode")) == {"Leo": "on_site", "Bruno": "apologised"}
    with pytest.raises(PermissionDenied):
        mark_others_present(meeting, by=eve)


def test_an_item_comes_up_at_the_meeting(meeting: Meeting, minutes: Minutes, leo: User) -> None:
    name = f"new-item.{uuid.uuid4()}"
    for _time in range(2):
        assert row(meeting, leo, name, title="Citi jautājumi") == {}
    assert list(meeting.items.values_list("title", flat=True)) == ["Ietves", "Citi jautājumi"]


def test_what_a_page_cannot_have_sent_is_refused_by_itself(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User
) -> None:
    changes = {
        "x": Change("1"), "notes.x": Change("1"), f"outcome.{item.pk}": Change("maybe"), "decision.1": Change({"text": "a"}),
        f"decision.{item.pk}.not-a-key": Change({"text": "a"}), "mode.99": Change("remote"), "opening": Change("Atklāj."),
    }  # fmt: skip
    written = write_minutes(meeting, changes, by=leo)
    assert set(written.refused) == set(changes) - {"opening"}
    minutes.refresh_from_db()
    assert minutes.opening == "Atklāj."


def test_notes_of_an_item_that_somebody_removed_are_refused_with_a_sentence(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User
) -> None:
    remove_item(item, by=leo)
    said = write(meeting, leo, **{f"notes__{item.pk}": ("", "Ilgi runāja")}).refused
    assert "izņēmis" in said[f"notes.{item.pk}"]


def test_approved_minutes_are_not_written_any_more(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User, sign_in: SignIn, page: str
) -> None:
    Minutes.objects.update(number="1", approved_at=clock.now())
    with pytest.raises(MinutesLocked):
        write(meeting, leo, **{f"notes__{item.pk}": ("", "Vēl")})
    answer = sign_in(leo).post(
        page.replace("write/", "write.json"), json.dumps({"changes": {}}), content_type="application/json"
    )
    assert answer.status_code == 409
    assert "apstiprināts" in answer.json()["sentence"]


def test_who_writes_may_and_others_may_not(
    meeting: Meeting, group: WorkingGroup, carol: User, bob: User, eve: User, dora: User
) -> None:
    for user in (bob, eve, dora):
        with pytest.raises(PermissionDenied):
            begin_minutes(meeting, by=user)
    minutes = begin_minutes(meeting, by=carol)
    minutes.secretary = member(bob)
    minutes.save()
    assert write(meeting, bob, opening=("", "Sveic.")).refused == {}


def test_the_log_says_once_that_somebody_writes(meeting: Meeting, minutes: Minutes, leo: User) -> None:
    for n in range(3):
        write(meeting, leo, opening=("", f"{n}"))
    assert Event.objects.filter(verb="meetings.write_minutes").count() == 1


def test_a_page_without_a_script_saves_all_at_once(
    meeting: Meeting, item: AgendaItem, carol: User, leo: User, sign_in: SignIn, page: str
) -> None:
    client = sign_in(leo)
    assert "Sākt protokolu" in client.get(page).content.decode()
    client.post(page, {"begin": "1"})
    write(meeting, carol, **{f"notes__{item.pk}": ("", "Karolas teikums.")})
    key = uuid.uuid4()
    sent = {
        "base.opening": "", "opening": "Atklāj plkst. 13.", f"base.notes.{item.pk}": "", f"notes.{item.pk}": "Leona teikums.",
        f"decision.{item.pk}.{key}.text": "Atbalstīt.", f"decision.{item.pk}.{key}.votes_for": "", "base.ended": "", "ended": "12:00",
        f"task.{item.pk}.{key}.title": "", f"task.{item.pk}.{key}.owner": "", f"task.{item.pk}.{key}.due": "",
    }  # fmt: skip
    answer = client.post(page, sent)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "Sanāksme beidzas pēc tam, kad ir sākusies." in shown
    assert 'value="12:00"' in shown
    item.refresh_from_db()
    assert item.notes == "Karolas teikums. Leona teikums."
    assert Decision.objects.get().text == "Atbalstīt."
    assert client.post(page, {"base.ended": "", "ended": "14:00"}).status_code == 302
    assert client.post(page, {"base.opening": "", "present": "1"}).status_code == 302
    assert not Attendance.objects.filter(mode="absent").exists()


def test_a_row_that_was_refused_comes_back_with_what_was_typed(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User, bob: User, sign_in: SignIn, page: str
) -> None:
    client = sign_in(leo)
    keys = {name: f"{name}.{uuid.uuid4()}" for name in ("guest", f"task.{item.pk}", f"decision.{item.pk}", "new-item")}
    task, decision = keys[f"task.{item.pk}"], keys[f"decision.{item.pk}"]
    sent = {
        f"{keys['guest']}.name": "", f"{keys['guest']}.represents": "SIA „Ceļi”", f"{keys['guest']}.mode": "remote",
        f"{task}.title": "Saskaitīt lampas", f"{task}.owner": str(member(bob).pk), f"{task}.due": "",
        f"{decision}.text": "Atbalstīt lampas.", f"{decision}.base": "", f"{decision}.seen": "", f"{decision}.votes_for": "900",
        f"{keys['new-item']}.title": "",
    }  # fmt: skip
    answer = client.post(page, sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Ierakstiet vārdu un uzvārdu.",
        "Uzdevumam vajadzīgs termiņš",
        "skaits ir 900",
    ):
        assert words in shown
    for name, value in sent.items():
        if value and not name.endswith((".mode", ".owner", ".text")):
            assert f'name="{name}"' in shown
            assert f'value="{value}"' in shown
    assert f'<option value="{member(bob).pk}" selected>' in shown
    assert ">Atbalstīt lampas.</textarea>" in shown
    assert (
        client.post(
            page, sent | {f"{keys['guest']}.name": "Jānis", f"{task}.due": "2031-03-01", f"{decision}.votes_for": ""}
        ).status_code
        == 302
    )
    assert (GivenTask.objects.count(), Decision.objects.count(), Attendance.objects.filter(member=False).count()) == (
        1,
        1,
        1,
    )


def test_taking_something_off_saves_what_else_was_typed(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User, sign_in: SignIn, page: str
) -> None:
    row(meeting, leo, f"guest.{uuid.uuid4()}", name="Jānis", mode="remote")
    row(meeting, leo, f"decision.{item.pk}.{uuid.uuid4()}", text="Atbalstīt.")
    guest, decision = Attendance.objects.get(member=False), Decision.objects.get()
    client, name = sign_in(leo), f"notes.{item.pk}"
    answer = client.post(page.replace("write/", f"people/{guest.pk}/remove/"), {f"base.{name}": "", name: "Runāja."})
    assert answer.status_code == 302
    sent = {f"base.{name}": "Runāja.", name: "Runāja ilgi.", "base.ended": "", "ended": "12:00"}
    answer = client.post(page.replace("write/", f"decisions/{decision.pk}/remove/"), sent)
    assert answer.status_code == 422
    assert 'value="12:00"' in answer.content.decode()
    item.refresh_from_db()
    assert (item.notes, Decision.objects.count(), Attendance.objects.filter(member=False).count()) == (
        "Runāja ilgi.",
        0,
        0,
    )


def test_what_somebody_else_kept_on_a_shared_device_is_not_written_in_my_name(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, carol: User, leo: User, sign_in: SignIn, page: str
) -> None:
    sent = {"who": str(leo.pk), "changes": {f"notes.{item.pk}": {"value": "Leona vārdi.", "base": ""}}}
    address = page.replace("write/", "write.json")
    answer = sign_in(carol).post(address, json.dumps(sent), content_type="application/json")
    assert answer.status_code == 401
    assert sign_in(leo).post(address, json.dumps(sent), content_type="application/json").status_code == 200


def test_a_page_with_a_script_is_answered_in_json(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, carol: User, leo: User, sign_in: SignIn, page: str
) -> None:
    address = page.replace("write/", "write.json")
    assert Client().post(address, "{}", content_type="application/json").status_code == 401
    client = sign_in(leo)
    for wrong in ("", "[]", '{"changes": 1}', '{"changes": {"a": 1}}', "\x00"):
        assert client.post(address, wrong, content_type="application/json").status_code == 400
    name = f"notes.{item.pk}"
    sent = {"changes": {name: {"value": "Runāja.", "base": ""}}}
    answer = client.post(address, json.dumps(sent), content_type="application/json")
    assert answer.json()["fields"][name] == "Runāja."
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    other = sign_in(carol)
    assert other.get(address).json()["others"] == [str(leo)]
    assert client.get(address, headers={"If-None-Match": answer.headers["ETag"]}).json()["others"] == [str(carol)]


def test_a_long_meeting_asks_few_questions(
    meeting: Meeting,
    minutes: Minutes,
    carol: User,
    leo: User,
    sign_in: SignIn,
    page: str,
    django_assert_max_num_queries: Queries,
) -> None:
    for n in range(40):
        item = add_item(meeting, title=f"Punkts {n}", by=leo)
        Decision.objects.create(meeting=meeting, item=item, text="Lēmums", decided_on=clock.today())
    for user, most in ((carol, 11), (leo, 14)):
        client = sign_in(user)
        client.get(page)
        with django_assert_max_num_queries(most):
            assert client.get(page).content.count(b"data-live-section") == 41
    address = page.replace("write/", "write.json")
    answer = client.get(address)
    with django_assert_max_num_queries(10):
        client.get(address, headers={"If-None-Match": answer.headers["ETag"]})


def test_a_task_tells_at_which_meeting_it_was_given(
    meeting: Meeting, item: AgendaItem, minutes: Minutes, leo: User, bob: User, eve: User
) -> None:
    row(meeting, leo, f"task.{item.pk}.{uuid.uuid4()}", title="Tāme", owner=member(bob).pk, due="2031-03-01")
    task = GivenTask.objects.get().task_id
    (source,) = sources_of([task], bob)[task]
    assert (source.title, f"/meetings/{meeting.pk}/" in source.url) == ("Ietves", True)
    AgendaItem.objects.update(withheld=True)
    assert sources_of([task], eve) == {}
    assert sources_of([task], bob) != {}
