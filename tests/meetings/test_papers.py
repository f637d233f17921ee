# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.files.inspection import inspect
from talka.meetings.models import Meeting, Paper
from talka.meetings.operations.agenda import ClosedPapers, add_item, publish_agenda, remove_item
from talka.meetings.operations.papers import add_papers, give_paper_to, move_paper, remove_paper, replace_paper
from talka.processes.models import Process
from tests.meetings.factories import make_meeting

SignIn = Callable[[User], Client]
PDF = b"%PDF-1.7\nsaturs"


def address(name: str, process: Process, *parts: int) -> str:
    with translation.override("lv"):
        return reverse(f"meetings:{name}", args=[process.slug, *parts])


@pytest.fixture
def meeting(process: Process, carol: User) -> Meeting:
    return make_meeting(process, carol, "2030-02-12 13:00")


@pytest.fixture
def papers(meeting: Meeting, carol: User) -> list[Paper]:
    return add_papers(meeting, files=[(f"{name}.pdf", inspect(PDF + name.encode())) for name in "ABC"], by=carol)


def pdf(name: str = "Darba kārtība.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def test_papers_are_uploaded_and_everybody_downloads_them(
    process: Process, meeting: Meeting, carol: User, sign_in: SignIn
) -> None:
    sign_in(carol).post(address("add_paper", process, meeting.pk), {"papers": [pdf()], "title": "Kārtība"})
    paper = meeting.papers.get()
    visitor = Client()
    assert "Kārtība" in visitor.get(address("show_meeting", process, meeting.pk)).content.decode()
    response: Any = visitor.get(address("download_paper", process, meeting.pk, paper.pk))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]


def test_several_papers_keep_their_order(process: Process, meeting: Meeting, carol: User, sign_in: SignIn) -> None:
    sign_in(carol).post(address("add_paper", process, meeting.pk), {"papers": [pdf("B.pdf"), pdf("A.pdf", PDF + b"2")]})
    assert [paper.title for paper in meeting.papers.all()] == ["B.pdf", "A.pdf"]


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"papers": []}, "id_papers_error"),
        ({"papers": [b"<html><script>alert(1)</script></html>"]}, "id_papers_error"),
        ({"papers": [b""]}, "id_papers_error"),
        ({"papers": [PDF, PDF], "title": "Viens nosaukums"}, "pa vienai"),
    ],
)
def test_what_cannot_be_taken_is_explained(
    process: Process, meeting: Meeting, carol: User, sign_in: SignIn, sent: dict[str, Any], sentence: str
) -> None:
    files = [pdf(f"{number}.pdf", content) for number, content in enumerate(sent["papers"])]
    response = sign_in(carol).post(address("add_paper", process, meeting.pk), {**sent, "papers": files})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Paper.objects.exists()


@pytest.mark.parametrize(
    ("which", "to", "order"), [(0, "down", "BAC"), (2, "up", "ACB"), (0, "up", "ABC"), (2, "down", "ABC")]
)
def test_papers_are_put_in_order(
    process: Process, papers: list[Paper], carol: User, sign_in: SignIn, which: int, to: str, order: str
) -> None:
    sign_in(carol).post(address("move_paper", process, papers[which].pk), {"to": to})
    assert "".join(paper.title[0] for paper in Paper.objects.all()) == order


def test_a_paper_is_removed(process: Process, papers: list[Paper], carol: User, sign_in: SignIn) -> None:
    response = sign_in(carol).post(address("remove_paper", process, papers[1].pk), follow=True)
    assert "Dokuments „B.pdf” ir noņemts." in response.content.decode()
    assert [paper.title for paper in Paper.objects.all()] == ["A.pdf", "C.pdf"]


def test_papers_of_a_meeting_for_members_are_for_members(
    process: Process, carol: User, bob: User, eve: User, sign_in: SignIn
) -> None:
    meeting = make_meeting(process, carol, "2030-02-12 13:00", access="members")
    [paper] = add_papers(meeting, files=[("A.pdf", inspect(PDF))], by=carol)
    download = address("download_paper", process, meeting.pk, paper.pk)
    assert Client().get(download).status_code == 404
    assert sign_in(eve).get(download).status_code == 404
    response: Any = sign_in(bob).get(download)
    assert b"".join(response.streaming_content) == PDF


def test_a_paper_is_not_found_below_another_meeting(process: Process, papers: list[Paper], carol: User) -> None:
    other = make_meeting(process, carol, "2030-02-13 13:00")
    assert Client().get(address("download_paper", process, other.pk, papers[0].pk)).status_code == 404


def test_staff_of_another_municipality_changes_no_papers(meeting: Meeting, papers: list[Paper], eve: User) -> None:
    with pytest.raises(PermissionDenied):
        add_papers(meeting, files=[("X.pdf", inspect(PDF))], by=eve)
    with pytest.raises(PermissionDenied):
        move_paper(papers[0], by=eve, up=False)
    with pytest.raises(PermissionDenied):
        replace_paper(papers[0], name="X.pdf", inspected=inspect(PDF), by=eve)
    with pytest.raises(PermissionDenied):
        give_paper_to(papers[0], item=None, by=eve)
    with pytest.raises(PermissionDenied):
        remove_paper(papers[0], by=eve)


def test_a_later_file_takes_the_place_of_the_one_before_which_only_those_who_run_the_meeting_read(
    process: Process, meeting: Meeting, carol: User, bob: User, eve: User, sign_in: SignIn
) -> None:
    item = add_item(meeting, title="Ietves", by=carol)
    publish_agenda(meeting, by=carol)
    (paper,) = add_papers(meeting, files=[("Tāme.pdf", inspect(PDF))], by=carol)
    change = address("change_paper", process, paper.pk)
    client = sign_in(carol)
    assert client.post(change, {"file": [pdf("Tāme 2.pdf", PDF + b"2")], "item": item.pk}).status_code == 302
    paper.refresh_from_db()
    assert (paper.item, paper.attachment.name, paper.title) == (item, "Tāme 2.pdf", "Tāme.pdf")
    public = Client().get(address("show_meeting", process, meeting.pk)).content.decode()
    assert "mainīts" in public
    latest: Any = Client().get(address("download_paper", process, meeting.pk, paper.pk))
    assert b"".join(latest.streaming_content) == PDF + b"2"
    earlier = address("download_earlier_paper", process, paper.pk, 1)
    before: Any = client.get(earlier)
    assert b"".join(before.streaming_content) == PDF
    assert "Tāme.pdf" in client.get(change).content.decode()
    for other in (bob, eve):
        assert sign_in(other).get(earlier).status_code == 403
    again = client.post(change, {"file": [pdf("Tāme 3.pdf", PDF + b"2")], "item": ""})
    assert again.status_code == 409
    assert "jau ir" in again.content.decode()
    paper.refresh_from_db()
    assert (paper.item, paper.versions.count()) == (item, 1)


def test_a_paper_is_given_only_to_an_item_of_its_own_meeting(
    process: Process, meeting: Meeting, carol: User, sign_in: SignIn
) -> None:
    elsewhere = add_item(make_meeting(process, carol, "2030-03-12 13:00"), title="Citur", by=carol)
    add_item(meeting, title="Ietves", by=carol)
    client = sign_in(carol)
    sent = {"papers": [pdf()], "item": elsewhere.pk}
    assert client.post(address("add_paper", process, meeting.pk), sent).status_code == 422
    (paper,) = add_papers(meeting, files=[("A.pdf", inspect(PDF))], by=carol)
    assert client.post(address("change_paper", process, paper.pk), {"item": elsewhere.pk}).status_code == 422
    paper.refresh_from_db()
    assert paper.item is None


def test_papers_of_a_closed_item_do_not_become_public_when_it_goes(meeting: Meeting, carol: User) -> None:
    closed = add_item(meeting, title="Zemes pirkums", by=carol, withheld=True)
    add_papers(meeting, files=[("A.pdf", inspect(PDF))], by=carol, item=closed)
    with pytest.raises(ClosedPapers):
        remove_item(closed, by=carol)
    assert Paper.objects.get().item == closed
