# SPDX-License-Identifier: EUPL-1.2
import io
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import docx
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.groups.operations.seating import seat_person
from talka.meetings.link_holder import AttendanceHolder
from talka.meetings.models import AgendaItem, Attendance, Correction, Decision, Minutes
from talka.meetings.operations.agenda import add_item
from talka.meetings.operations.approving import (
    CorrectionsOpen,
    NotApproved,
    NotReady,
    Settled,
    TermInPast,
    TermPassed,
    add_remark,
    approve_minutes,
    ask_correction,
    circulate_minutes,
    edit_public,
    publish_minutes,
    settle_correction,
    what_is_missing,
    withdraw_minutes,
)  # fmt: skip
from talka.meetings.operations.calling import MinutesLocked
from talka.meetings.operations.customs import change_custom
from talka.meetings.operations.decisions import change_decision, remove_decision
from talka.meetings.operations.forgetting import cover_author
from talka.meetings.operations.writing import begin_minutes, write_minutes
from talka.meetings.operations.written import Change
from talka.meetings.protocol.facts import gather
from talka.meetings.protocol.writing import docx_of, pdf_of
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from talka.proposals.models import Author, Proposal
from tests.meetings.factories import make_meeting, make_place

SignIn = Callable[[User], Client]


def held(
    process: Process, group: WorkingGroup, by: User, day: str = "2031-02-12", title: str = "Sēde par ietvēm"
) -> Minutes:
    """Hold a meeting: two people present, a decision with votes, a task, a closed item; return its minutes."""
    meeting = make_meeting(process, by, f"{day} 13:00", f"{day} 15:00", title=title, groups=[group], place=make_place())
    item = add_item(meeting, title="Ietves", by=by)
    add_item(meeting, title="Sarunas ar zemes īpašnieku", by=by, withheld=True)
    minutes = begin_minutes(meeting, by=by)
    secretary = meeting.attendances.get(name="Linda").person
    changes: dict[str, Any] = {
        "secretary": str(secretary.pk if secretary else ""), "ended": "14:30", f"notes.{item.pk}": "Linda, tālr. 29 123 456, rāda karti.",
    }  # fmt: skip
    changes |= {f"mode.{one.pk}": "on_site" for one in meeting.attendances.all()}
    written = write_minutes(meeting, {name: Change(value) for name, value in changes.items()}, by=by)
    owner = meeting.attendances.get(name="Bruno").person
    rows: dict[str, Any] = {
        f"decision.{item.pk}.{uuid.uuid4()}": {"text": "Atbalstīt ietvi.", "votes_for": "2", "votes_against": "1", "abstained": "0"},
        f"task.{item.pk}.{uuid.uuid4()}": {"title": "Tāme", "owner": str(owner.pk if owner else ""), "due": "2031-03-01"},
    }  # fmt: skip
    written = write_minutes(meeting, {name: Change(value) for name, value in rows.items()}, by=by)
    assert written.refused == {}
    minutes.refresh_from_db()
    return minutes


@pytest.fixture
def linda(group: WorkingGroup, carol: User) -> Person:
    return seat_person(
        group, person=NewPerson("Linda", "linda@test.example", False), by=carol, function="secretary", name_public=True
    ).person  # fmt: skip


@pytest.fixture
def minutes(process: Process, group: WorkingGroup, carol: User, leo: User, bob: User, linda: Person) -> Minutes:
    return held(process, group, carol)


def of(minutes: Minutes, name: str) -> Attendance:
    return Attendance.objects.get(meeting=minutes.meeting, name=name)


def text_of(content: bytes) -> str:
    """Return the words of a PDF."""
    document = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_bounded() for page in document).replace("\r", "")


def test_the_draft_goes_to_those_who_were_there(minutes: Minutes, leo: User, bob: User) -> None:
    write_minutes(minutes.meeting, {f"mode.{of(minutes, 'Bruno').pk}": Change("apologised")}, by=leo)
    assert circulate_minutes(minutes, by=leo) == 2
    letters = Notification.objects.filter(template="meetings/circulate_minutes")
    assert {letter.email for letter in letters} == {"linda@test.example", leo.email}
    links = {re.search(r"/minutes/draft/(\S+?)/", letter.text)[1] for letter in letters}  # type: ignore[index]
    assert len(links) == 2
    assert not Attendance.objects.get(name="Bruno").secret
    page = Client().get(f"/lv/minutes/draft/{links.pop()}/").content.decode()
    assert "Atbalstīt ietvi." in page
    assert "zemes īpašnieku" in page


def test_what_is_missing_is_said_and_holds_the_draft_back(
    process: Process, group: WorkingGroup, carol: User, bob: User
) -> None:
    meeting = make_meeting(process, carol, "2031-02-12 13:00", groups=[group])
    minutes = begin_minutes(meeting, by=carol)
    must, should = what_is_missing(minutes)
    assert "Nav neviena punkta." in must
    assert "Nav norādīts sanāksmes sākums vai beigas." in should
    with pytest.raises(NotReady):
        circulate_minutes(minutes, by=carol)
    item = add_item(meeting, title="Ietves", by=carol)
    AgendaItem.objects.filter(pk=item.pk).update(notes="⟦a ∥ b⟧")
    assert any("nesakrīt" in one for one in what_is_missing(minutes)[0])
    with pytest.raises(NotReady):
        approve_minutes(minutes, by=carol)


def test_corrections_come_until_the_day_and_each_is_answered(minutes: Minutes, leo: User, carol: User) -> None:
    circulate_minutes(minutes, by=leo)
    lindas = of(minutes, "Linda")
    address = f"/lv/minutes/draft/{lindas.secret}/"
    item = minutes.meeting.items.first()
    assert item is not None
    assert Client().post(address, {"text": "", "item": item.pk}).status_code == 422
    assert Client().post(address, {"text": "Ietve pie skolas.", "item": item.pk}).status_code == 302
    with pytest.raises(CorrectionsOpen):
        approve_minutes(minutes, by=leo)
    correction = Correction.objects.get()
    settle_correction(correction, taken=False, reply="Tā neteica.", by=leo)
    assert "Tā neteica." in Notification.objects.filter(email="linda@test.example").latest("pk").text
    with pytest.raises(Settled):
        settle_correction(correction, taken=True, by=leo)
    minutes.refresh_from_db()
    assert minutes.corrections_until is not None
    with clock.at(clock.now() + timedelta(days=30)):
        with pytest.raises(TermPassed):
            ask_correction(lindas, text="Vēl", by=AttendanceHolder(lindas.pk))
        late = Client().post(address, {"text": "Par vēlu, bet uzrakstīts."})
        assert late.status_code == 409
        assert "Labojumus pieņēma līdz" in late.content.decode()
        with pytest.raises(TermInPast):
            circulate_minutes(minutes, by=leo, until=clock.today() - timedelta(days=1))


def test_the_link_of_one_is_not_for_another(minutes: Minutes, leo: User) -> None:
    circulate_minutes(minutes, by=leo)
    with pytest.raises(PermissionDenied):
        ask_correction(of(minutes, "Bruno"), text="Nē", by=AttendanceHolder(of(minutes, "Linda").pk))
    assert Client().get("/lv/minutes/draft/nav/").status_code == 404


def test_approved_minutes_have_the_next_number_of_their_year(
    process: Process, group: WorkingGroup, minutes: Minutes, carol: User
) -> None:
    change_custom(process, by=carol, number_pattern="DG-{number}/{year}", agenda_days=3, correction_days=5)
    first = approve_minutes(minutes, by=carol)
    second = approve_minutes(held(process, group, carol, "2031-03-12"), by=carol)
    other_year = approve_minutes(held(process, group, carol, "2032-03-12"), by=carol)
    assert [one.number for one in (first, second, other_year)] == ["DG-1/2031", "DG-2/2031", "DG-1/2032"]
    assert Decision.objects.get(meeting=first.meeting).number == "DG-1/2031, 1.1."


def test_approved_minutes_are_locked_whoever_asks(minutes: Minutes, carol: User, leo: User) -> None:
    approve_minutes(minutes, by=leo)
    meeting = minutes.meeting
    decision = meeting.decisions.get()
    for change in (
        lambda: approve_minutes(minutes, by=leo), lambda: circulate_minutes(minutes, by=leo),
        lambda: change_decision(decision, by=carol, text="Cits"), lambda: remove_decision(decision, by=carol),
        lambda: write_minutes(meeting, {"opening": Change("Vēl")}, by=leo),
    ):  # fmt: skip
        with pytest.raises(MinutesLocked):
            change()
    for rows, values in (
        (meeting.items.all(), {"notes": "Cits"}), (meeting.decisions.all(), {"text": "Cits"}), (meeting.attendances.all(), {"mode": "absent"}),
        (Minutes.objects.filter(pk=minutes.pk), {"number": "9"}), (Minutes.objects.filter(pk=minutes.pk), {"approved_at": None, "number": ""}),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**values)  # type: ignore[attr-defined]
    for rows in (
        meeting.items.all(),
        meeting.decisions.all(),
        meeting.attendances.all(),
        Minutes.objects.filter(pk=minutes.pk),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    for added in (
        AgendaItem(meeting=meeting, title="Cits"), Attendance(meeting=meeting, name="Cits", mode="remote"),
        Decision(meeting=meeting, item=decision.item, text="Cits", decided_on=clock.today()),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            added.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        meeting.decisions.update(item=None, text="Cits")
    Decision.objects.create(meeting=meeting, text="Kas lemts citur", decided_on=clock.today()).delete()


def test_who_may_approve(minutes: Minutes, bob: User, eve: User, dora: User) -> None:
    for user in (bob, eve, dora):
        with pytest.raises(PermissionDenied):
            approve_minutes(minutes, by=user)
    Minutes.objects.filter(pk=minutes.pk).update(chair=Person.objects.get(user=bob))
    minutes.refresh_from_db()
    assert approve_minutes(minutes, by=bob).approved_by == bob


def test_the_files_have_the_form_of_a_protocol(minutes: Minutes, leo: User) -> None:
    approved = approve_minutes(minutes, by=leo)
    assert approved.pdf is not None
    assert approved.docx is not None
    with approved.pdf.content.open() as file:
        words = text_of(file.read())
    with approved.docx.content.open() as file:
        written = docx.Document(io.BytesIO(file.read()))
    paragraphs = [one.text for one in written.paragraphs]
    for expected in (
        "PROTOKOLS", "1/2031", "Piedalās:", "Darba kārtība:", "NOLEMJ:", "1.1. Atbalstīt ietvi. (par – 2, pret – 1, atturas – 0)",
        "Tāme – Bruno, līdz 01.03.2031.", "Sanāksmes vadītājs", "Protokolē",
    ):  # fmt: skip
        assert expected in words, expected
        assert any(expected in one for one in paragraphs), expected


def test_what_is_published_leaves_personal_data_out(minutes: Minutes, carol: User, sign_in: SignIn) -> None:
    with pytest.raises(NotApproved):
        publish_minutes(minutes, by=carol)
    approve_minutes(minutes, by=carol)
    item = minutes.meeting.items.first()
    assert item is not None
    work = f"/lv/workspace/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/minutes/publish/"
    shown = sign_in(carol).get(work)
    assert shown.context["suspected"] == {f"notes.{item.pk}"}
    edit_public(minutes, texts={f"notes.{item.pk}": "Linda rāda karti."}, by=carol)
    publish_minutes(minutes, by=carol)
    url = f"/lv/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/"
    page = Client().get(url).content.decode()
    file = b"".join(Client().get(f"{url}minutes.pdf"))  # type: ignore[call-overload]
    for words in (page, text_of(file)):
        assert "Atbalstīt ietvi." in words
        assert "Linda rāda karti." in words
        for hidden in ("29 123 456", "Bruno", "zemes īpašnieku"):
            assert hidden not in words, hidden
    item.refresh_from_db()
    assert "29 123 456" in item.notes
    withdraw_minutes(minutes, reason="Jāprecizē.", by=carol)
    assert "Atbalstīt ietvi." not in Client().get(url).content.decode()
    assert Client().get(f"{url}minutes.pdf").status_code == 404


def test_the_whole_minutes_are_for_those_who_take_part(
    minutes: Minutes, bob: User, eve: User, carol: User, sign_in: SignIn
) -> None:
    url = f"/lv/workspace/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/minutes/files/pdf/"
    assert sign_in(bob).get(url).status_code == 404
    approve_minutes(minutes, by=carol)
    response = sign_in(bob).get(url)
    assert response.status_code == 200
    b"".join(response)  # type: ignore[call-overload]
    assert sign_in(eve).get(url).status_code == 403
    assert Client().get(url).status_code == 302


def test_a_later_mistake_is_added_and_both_are_read(minutes: Minutes, carol: User) -> None:
    with pytest.raises(NotApproved):
        add_remark(minutes, text="x", by=carol)
    approve_minutes(minutes, by=carol)
    publish_minutes(minutes, by=carol)
    add_remark(minutes, text="Sanāksme beidzās plkst. 15.", by=carol)
    page = Client().get(f"/lv/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/").content.decode()
    assert "Sanāksme beidzās plkst. 15." in page
    assert "Atbalstīt ietvi." in page


def test_an_erased_author_is_covered_in_approved_decisions_too(
    minutes: Minutes, carol: User, make_proposal: Callable[..., Proposal]
) -> None:
    proposal = make_proposal(title="Ietve")
    decision = minutes.meeting.decisions.get()
    decision.text = "Atbalstīt Annas Liepas lūgumu."
    decision.save()
    decision.proposals.add(proposal)
    approve_minutes(minutes, by=carol)
    cover_author(proposal, Author(name="Anna Liepa", proposal=proposal))
    decision.refresh_from_db()
    assert "Liepas" not in decision.text


def test_the_sheet_lists_who_is_expected(minutes: Minutes, carol: User, sign_in: SignIn) -> None:
    url = f"/lv/workspace/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/minutes/files/sheet/"
    words = text_of(sign_in(carol).get(url).content)
    assert "Dalībnieku saraksts" in words
    assert "Bruno" in words


def test_the_whole_way_on_the_pages(minutes: Minutes, leo: User, sign_in: SignIn) -> None:
    page = f"/lv/workspace/p/{minutes.meeting.process.slug}/meetings/{minutes.meeting.pk}/minutes/"
    client = sign_in(leo)
    assert "Nosūtīt projektu" in client.get(page).content.decode()
    assert client.post(f"{page}circulate/", {"until": "2001-01-01"}).status_code == 422
    until = (clock.today() + timedelta(days=5)).isoformat()
    client.post(f"{page}circulate/", {"until": until})
    ask_correction(of(minutes, "Linda"), text="Ietve.", by=AttendanceHolder(of(minutes, "Linda").pk))
    correction = Correction.objects.get()
    refused = client.post(f"{page}corrections/{correction.pk}/", {"taken": "no", "reply": ""})
    assert refused.status_code == 422
    assert "Pasakiet, kāpēc" in refused.content.decode()
    client.post(f"{page}corrections/{correction.pk}/", {"taken": "yes", "reply": ""})
    client.post(f"{page}approve/")
    assert client.get(page.replace("minutes/", "minutes/write/")).status_code == 302
    assert "1/2031" in client.get(page).content.decode()
    client.post(f"{page}publish/", {"publish": "1"})
    minutes.refresh_from_db()
    assert minutes.published_at is not None
    assert client.post(f"{page}withdraw/", {"reason": ""}).status_code == 422
    assert client.post(f"{page}remark/", {"text": "Labots."}).status_code == 302


def test_many_protocols_are_one_file(minutes: Minutes) -> None:
    facts = gather(minutes, public=False)
    content = pdf_of([facts, facts], title="Arhīvs", contents="Saturs", made_at=clock.now())
    assert text_of(content).count("NOLEMJ:") == 2
    assert docx_of(facts, made_at=clock.now())
