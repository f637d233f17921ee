# SPDX-License-Identifier: EUPL-1.2
import io
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pypdfium2
import pytest
from bench.minutes import hold
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.meetings.models import Archive, Meeting
from talka.meetings.operations.archiving import (
    NothingToArchive,
    ask_archive,
    give_archive_up,
    make_archive,
    remove_old_archives,
)
from talka.notifications.models import Notification
from talka.processes.models import Process, Role
from tests.meetings.factories import make_meeting

SignIn = Callable[[User], Client]


@pytest.fixture
def held(process: Process, carol: User) -> list[Meeting]:
    """Three meetings with approved minutes of three items each, and one that has none."""
    meetings = hold(process, meetings=3, items=3)
    make_meeting(process, carol, "2020-02-12 13:00", title="Sēde bez protokola")
    return meetings


def ready(process: Process, by: User) -> Archive:
    """Return an archive that was asked for and made."""
    archive = ask_archive(process, by=by, language="lv")
    make_archive(archive.pk)
    archive.refresh_from_db()
    return archive


def words(content: bytes) -> str:
    """Return the text of a PDF on one line."""
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def address(process: Process, name: str, *parts: Any) -> str:
    return reverse(f"meetings:{name}", args=[process.slug, *parts])


def test_the_archive_holds_all_minutes_contents_and_what_has_none(
    process: Process, held: list[Meeting], carol: User
) -> None:
    archive = ready(process, carol)
    assert archive.file is not None
    with archive.file.content.open() as file:
        content = file.read()
    text = words(content)
    for number in (1, 2, 3):
        assert text.count(f"PROTOKOLS {number}/") == 2, "once in the contents, once above the minutes"
    assert text.index("Saturs") < text.index("Darba kārtība")
    assert text.index("Sanāksmes bez apstiprināta protokola") < text.rindex("Sēde bez protokola")
    assert b"/Lang" in content
    assert b"pdfuaid" in content


def test_who_asked_gets_a_letter_and_takes_the_file(
    process: Process, held: list[Meeting], carol: User, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    page = client.get(address(process, "manage_archive")).content.decode()
    assert "Sēde bez protokola" in page
    answer = client.post(address(process, "ask_archive"))
    archive = Archive.objects.get()
    assert answer["Location"] == address(process, "show_archive", archive.pk)
    assert "Dokuments top: 0 %" in client.get(answer["Location"]).content.decode()
    assert client.get(address(process, "take_archive", archive.pk)).status_code == 404
    make_archive(archive.pk)
    make_archive(archive.pk)  # a job that comes twice does nothing the second time
    letter = Notification.objects.get(email=carol.email)
    assert address(process, "show_archive", archive.pk) in letter.text
    assert "Dokuments ir gatavs" in client.get(answer["Location"]).content.decode()
    file = client.get(address(process, "take_archive", archive.pk))
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_it_is_not_begun_twice_for_the_same_person(process: Process, held: list[Meeting], carol: User) -> None:
    first = ask_archive(process, by=carol, language="lv")
    assert ask_archive(process, by=carol, language="lv") == first
    give_archive_up(first.pk)
    assert ask_archive(process, by=carol, language="lv") != first


def test_without_approved_minutes_there_is_nothing_to_archive(process: Process, carol: User) -> None:
    with pytest.raises(NothingToArchive):
        ask_archive(process, by=carol, language="lv")


def test_only_who_runs_the_process_may_ask_and_nobody_takes_the_archive_of_another(
    process: Process, held: list[Meeting], carol: User, eve: User, leo: User, root: User, sign_in: SignIn
) -> None:
    archive = ready(process, carol)
    for one in (eve, leo):
        with pytest.raises(PermissionDenied):
            ask_archive(process, by=one, language="lv")
        assert sign_in(one).get(address(process, "take_archive", archive.pk)).status_code == 403
    assert Client().get(address(process, "take_archive", archive.pk)).status_code == 302
    Archive.objects.update(asked_by=root)
    assert sign_in(carol).get(address(process, "take_archive", archive.pk)).status_code == 404


def test_who_lost_the_right_meanwhile_gets_none(process: Process, held: list[Meeting], carol: User) -> None:
    archive = ask_archive(process, by=carol, language="lv")
    Role.objects.filter(process=process, person__user=carol).delete()
    make_archive(archive.pk)
    archive.refresh_from_db()
    assert archive.file is None
    assert archive.failed_at is not None
    assert not Notification.objects.filter(email=carol.email).exists()


def test_old_archives_go_with_their_files(
    process: Process, held: list[Meeting], carol: User, django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    archive = ready(process, carol)
    assert archive.file is not None
    name = archive.file.content.name
    assert remove_old_archives() == 0
    Archive.objects.update(finished_at=clock.now() - timedelta(days=3))
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_old_archives() == 1
    assert not Archive.objects.exists()
    assert not default_storage.exists(name)


def test_forty_items_are_typeset_in_a_few_seconds(process: Process) -> None:
    from talka.meetings.protocol.archive import archive_of

    hold(process, meetings=1, items=40)
    begun = time.perf_counter()
    assert "40. " in words(archive_of(process, made_at=clock.now()))
    assert time.perf_counter() - begun < 5
