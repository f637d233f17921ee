# SPDX-License-Identifier: EUPL-1.2
"""What machines read: the real program once, and everything that can go wrong with it."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.scans import confined, reading, tasks
from talka.scans.models import Scan, ScanPage, Stack
from talka.scans.operations import bringing, entering
from tests.scans.paper import jpeg, upload
from tests.scans.test_add_scans import jobs

LATVIAN = "Lūdzu izbūvēt ietvi Kalna ielā no skolas līdz veikalam.\nBērni ziemā iet pa ceļu, un žogs pie upes šķībs."
RUSSIAN = "Просим поставить скамейки у остановки автобуса\nи починить освещение на улице Садовой."

installed = pytest.mark.skipif(
    reading.languages() != ("lav", "rus", "eng"), reason="ocrmypdf, or tesseract's Latvian or Russian, is not installed"
)


@pytest.fixture
def page(process: Process, clara: User, can_read: None) -> ScanPage:
    """A page that waits to be read."""
    uploads = [upload(jpeg(f"{LATVIAN}\n\n{RUSSIAN}", size=(1654, 2339)))]
    bringing.add_scans(process, uploads=uploads, splitting=Stack.Splitting.WHOLE, by=clara)
    return ScanPage.objects.get()


def attempt(page: ScanPage, number: int) -> None:
    """Let the job run for the so-manieth time, counted from 0."""
    job = SimpleNamespace(attempts=number)
    tasks.read_page.func(SimpleNamespace(job=job), page_id=page.pk)


@installed
def test_latvian_and_russian_are_read_word_for_word(page: ScanPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert reading.languages() == ("lav", "rus", "eng")
    attempt(page, 0)
    page.refresh_from_db()
    written = f"{LATVIAN} {RUSSIAN}".replace("\n", " ").split()
    found = [word for word in written if word in page.text.split()]
    assert len(found) >= 0.9 * len(written), page.text
    assert page.read_at is not None


@installed
def test_a_page_without_text_is_read_as_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reading.read(jpeg("", size=(400, 560))) == ""


def test_lines_become_paragraphs_and_a_list_stays_a_list() -> None:
    text = "Mēs, mājas iedzīvotāji, lūdzam salabot pagalmu:\n1. ietvi gar ēku;\n2. soliņus pie kāpņutelpas ieejas durvīm;\nAr cieņu\nIlze"
    assert reading.into_paragraphs(text) == text


@pytest.mark.parametrize("missing", ["ocrmypdf", "tesseract"])
def test_without_the_programs_pages_are_left_to_a_person_at_once(
    process: Process, clara: User, monkeypatch: pytest.MonkeyPatch, sign_in: Callable[[User], Client], missing: str
) -> None:
    which = shutil.which
    monkeypatch.setattr(shutil, "which", lambda name: None if name == missing else which(name))
    reading.languages.cache_clear()
    bringing.add_scans(process, uploads=[upload(jpeg())], splitting="whole", by=clara)
    assert ScanPage.objects.get().given_up_at is not None
    assert jobs("read_page") == []
    scan = Scan.objects.get()
    entering.take_scan(scan, by=clara)
    html = sign_in(clara).get(reverse("scans:register_scan", args=[process.slug, scan.pk])).content.decode()
    assert "Automātiskā nolasīšana šeit nav uzstādīta." in html
    response = sign_in(clara).post(reverse("scans:read_again", args=[process.slug, scan.pk]))
    assert response.status_code == 409


def test_without_latvian_nothing_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    program = tmp_path / "tesseract"
    program.write_text("#!/bin/sh\necho eng\necho osd\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda _name: str(program))
    reading.languages.cache_clear()
    assert not reading.can_read()
    program.write_text("#!/bin/sh\necho eng\necho lav\n")
    reading.languages.cache_clear()
    assert reading.languages() == ("lav", "eng")


def test_a_page_that_cannot_be_read_is_tried_again_and_then_left_to_a_person(
    page: ScanPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "run", lambda *_args, **_options: -9)
    for number in range(tasks.TRIES):
        with pytest.raises(reading.NotRead):
            attempt(page, number)
    attempt(page, tasks.TRIES)
    page.refresh_from_db()
    assert (page.read_at, page.text) == (None, "")
    assert page.given_up_at is not None


def test_a_program_that_hangs_is_ended(page: ScanPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS_A_PAGE", 0)
    with pytest.raises(reading.NotRead):
        attempt(page, 0)


def test_a_pdf_over_which_worker_after_worker_died_is_given_up(process: Process, clara: User) -> None:
    (stack,), _left_out = bringing.add_scans(
        process, uploads=[upload(b"%PDF-1.7\n")], splitting=Stack.Splitting.WHOLE, by=clara
    )
    job = SimpleNamespace(attempts=tasks.TRIES)
    tasks.take_apart_stack.func(SimpleNamespace(job=job), stack_id=stack.pk)
    stack.refresh_from_db()
    assert stack.trouble == "too_hard"


def test_what_the_program_writes_is_cleaned_and_bounded(page: ScanPage, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(_command: list[str], *, folder: Any, **_options: Any) -> int:
        (folder / "text.txt").write_bytes("Lūdzu\x00 so\u202eliņus.".encode() + b"\xff" + b"x" * 300_000)
        return 0

    monkeypatch.setattr(confined, "run", write)
    attempt(page, 0)
    page.refresh_from_db()
    assert page.text.startswith("Lūdzu soliņus.")
    assert len(page.text) == reading.MOST_TEXT


def test_a_page_is_read_once_and_not_after_its_letter_was_entered(
    page: ScanPage, clara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bringing.keep_text(page.pk, text="Pirmais.")
    bringing.keep_text(page.pk, text="Otrais.")
    monkeypatch.setattr(reading, "read", lambda _picture: pytest.fail("read again"))
    attempt(page, 0)
    page.refresh_from_db()
    assert page.text == "Pirmais."


def test_a_letter_is_read_again_when_asked(page: ScanPage, clara: User, sign_in: Callable[[User], Client]) -> None:
    bringing.give_page_up(page.pk)
    scan = page.scan
    sign_in(clara).post(reverse("scans:read_again", args=[scan.process.slug, scan.pk]))
    page.refresh_from_db()
    assert page.given_up_at is None
    assert len(jobs("read_page")) == 2


def test_what_no_job_has_done_for_hours_is_left_to_a_person(page: ScanPage, process: Process, clara: User) -> None:
    (stack,), _left_out = bringing.add_scans(
        process, uploads=[upload(b"%PDF-1.7\n")], splitting=Stack.Splitting.WHOLE, by=clara
    )
    bringing.leave_to_people()
    page.refresh_from_db()
    assert page.given_up_at is None
    with clock.at(clock.now() + timedelta(hours=7)):
        bringing.leave_to_people()
    page.refresh_from_db()
    stack.refresh_from_db()
    assert page.given_up_at is not None
    assert stack.trouble == "too_hard"
