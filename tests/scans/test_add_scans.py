# SPDX-License-Identifier: EUPL-1.2
import io
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from talka.accounts.models import User
from talka.audit.models import Event
from talka.files.models import Attachment
from talka.processes.models import Process
from talka.scans import confined, reading, rendering
from talka.scans.models import Scan, ScanPage, Stack
from talka.scans.operations import bringing
from tests.files.samples import HTML, PDF, picture
from tests.scans.paper import jpeg, pdf, upload


def address(process: Process, name: str = "add_scans") -> str:
    return reverse(f"scans:{name}", args=[process.slug])


def sent(*contents: bytes, **fields: str) -> dict[str, Any]:
    files = [SimpleUploadedFile(f"{number}.jpg", content) for number, content in enumerate(contents)]
    return {"files": files, "splitting": "whole", "every": ""} | fields


def jobs(task: str) -> list[dict[str, Any]]:
    """Return the arguments of the jobs of a task that wait."""
    found = ProcrastinateJob.objects.filter(task_name=f"talka.scans.tasks.{task}").order_by("id")
    return [job.args for job in found]


def apart(stack: Stack) -> list[int]:
    """Take a PDF apart as the job does, and return how many pages each letter has."""
    bringing.take_apart_stack(stack.pk)
    stack.refresh_from_db()
    return [scan.pages.count() for scan in stack.scans.order_by("pk")]


@pytest.fixture
def bring(process: Process, clara: User) -> Callable[..., Stack]:
    """Return a function that brings one PDF."""

    def add(content: bytes, **options: Any) -> Stack:
        options.setdefault("splitting", Stack.Splitting.WHOLE)
        (stack,), _left_out = bringing.add_scans(process, uploads=[upload(content)], by=clara, **options)
        return stack

    return add


def test_photos_are_sheets_at_once_and_are_put_into_the_queue_to_be_read(
    process: Process, clara: User, sign_in: Callable[[User], Client], can_read: None
) -> None:
    response = sign_in(clara).post(address(process), sent(jpeg("Pirmā"), jpeg("Otrā")), follow=True)
    assert [scan.pages.count() for scan in Scan.objects.all()] == [1, 1]
    assert [job["page_id"] for job in jobs("read_page")] == list(ScanPage.objects.values_list("pk", flat=True))
    assert "Pievienotas 2 datnes." in response.content.decode()
    assert Event.objects.filter(verb="scans.add_scans").count() == 1


def test_the_same_file_brought_twice_is_one(
    process: Process, clara: User, sign_in: Callable[[User], Client], can_read: None
) -> None:
    client = sign_in(clara)
    client.post(address(process), sent(jpeg("Pirmā")))
    response = client.post(address(process), sent(jpeg("Pirmā"), jpeg("Otrā")), follow=True)
    assert Scan.objects.count() == 2
    assert "1 datne šeit jau bija" in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"files": []}, "Izvēlieties vismaz vienu datni."),
        ({"files": [SimpleUploadedFile("x.pdf", HTML)]}, "nevar pieņemt"),
        ({"files": [SimpleUploadedFile("x.jpg", b"")]}, "x.jpg"),
        ({"splitting": "every", "every": ""}, "cik lappušu"),
        ({"splitting": "every", "every": "0"}, "every"),
        ({"splitting": "nekā"}, "splitting"),
    ],
)
def test_wrong_input_is_said_and_nothing_is_kept(
    process: Process, clara: User, sign_in: Callable[[User], Client], fields: dict[str, Any], sentence: str
) -> None:
    response = sign_in(clara).post(address(process), sent(jpeg()) | fields)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Stack.objects.exists()


def test_more_files_than_can_be_brought_at_once_are_refused_with_a_sentence(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    many = [jpeg(str(number), size=(60, 80)) for number in range(settings.MAX_SCAN_FILES + 1)]
    assert sign_in(clara).post(address(process), sent(*many)).status_code == 422
    assert not Stack.objects.exists()


def test_eve_brings_nothing_here(process: Process, eve: User, leo: User) -> None:
    for other in (eve, leo):
        with pytest.raises(PermissionDenied):
            bringing.add_scans(process, uploads=[upload(jpeg())], splitting="whole", by=other)
    assert not Attachment.objects.exists()


# --- A PDF ----------------------------------------------------------------------------------------


def test_a_pdf_is_one_letter_without_its_empty_pages(bring: Callable[..., Stack], can_read: None) -> None:
    stack = bring(pdf(["Pirmā", "", "Trešā"]))
    assert [job["stack_id"] for job in jobs("take_apart_stack")] == [stack.pk]
    assert apart(stack) == [2]
    assert (stack.left_out, stack.trouble, len(jobs("read_page"))) == (1, "", 2)
    kinds = set(ScanPage.objects.values_list("picture__kind", flat=True))
    assert kinds == {"image/jpeg"}


def test_a_pdf_is_split_after_so_many_pages(bring: Callable[..., Stack], can_read: None) -> None:
    assert apart(bring(pdf(["viens", "divi", "trīs", "četri", "pieci"]), splitting="every", every=2)) == [2, 2, 1]


def test_a_pdf_is_split_at_empty_pages(bring: Callable[..., Stack], can_read: None) -> None:
    assert apart(bring(pdf(["viens", "divi", "", "trīs", "", ""]), splitting="blank")) == [2, 1]


def test_taking_apart_twice_makes_nothing_twice(bring: Callable[..., Stack], can_read: None) -> None:
    stack = bring(pdf(["viens", "divi"]), splitting="every")
    apart(stack)
    assert apart(stack) == [1, 1]


def test_a_single_line_of_pencil_is_not_an_empty_page() -> None:
    faint = reading.Image.new("L", (1240, 1754), 245)
    for x in range(200, 700):
        for thickness in range(3):
            faint.putpixel((x, 400 + x % 23 + thickness), 150)
    assert not rendering.is_empty(faint)
    assert rendering.is_empty(reading.Image.new("L", (1240, 1754), 245))


def _encrypted() -> bytes:
    """An empty page behind a password, by the rules of PDF 1.4 and no program's mercy: its key fits no password."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">/P -4>>endobj\n"
        b"trailer<</Root 1 0 R/Size 5/Encrypt 4 0 R/ID[<00><00>]>>\n%%EOF\n"
    )


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (_encrypted(), "encrypted"),
        (PDF, "unreadable"),
        (b"%PDF-1.7\n" + b"\xff" * 5000, "unreadable"),
        (pdf(["", ""]), "empty"),
    ],
)
def test_a_pdf_that_gives_nothing_is_said_with_a_sentence(
    bring: Callable[..., Stack], process: Process, clara: User, sign_in: Callable[[User], Client], content: bytes, trouble: str
) -> None:  # fmt: skip
    stack = bring(content)
    assert apart(stack) == []
    assert stack.trouble == trouble
    assert str(stack.get_trouble_display()) in sign_in(clara).get(address(process, "list_scans")).content.decode()


def test_a_pdf_of_too_many_pages_is_not_rendered(bring: Callable[..., Stack], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAX_SCAN_PAGES", 2)
    stack = bring(pdf(["a", "b", "c"]))
    apart(stack)
    assert stack.trouble == "too_many_pages"


def test_a_page_that_says_it_is_huge_or_a_sliver_is_rendered_small(bring: Callable[..., Stack], can_read: None) -> None:
    document = pypdfium2.PdfDocument.new()
    for width, height in ((14_000, 14_000), (14_000, 3)):
        document.new_page(width, height)
    out = io.BytesIO()
    document.save(out)
    for content in reading.pages_of(out.getvalue(), most=10):
        with reading.Image.open(io.BytesIO(content)) as opened:
            assert max(opened.size) <= rendering.LONGEST_SIDE + 1


def test_a_file_that_takes_too_long_is_ended_and_said(
    bring: Callable[..., Stack], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "SECONDS", 0)
    stack = bring(pdf(["a"]))
    apart(stack)
    assert stack.trouble == "too_hard"


def test_the_program_that_opens_a_file_knows_no_secret_and_has_bounds(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    script = "env > env.txt; ulimit -v > memory.txt; sleep 30 &"
    assert confined.run(["sh", "-c", script], folder=tmp_path, seconds=20, memory=200_000_000) == 0
    assert "secret" not in (tmp_path / "env.txt").read_text()
    assert int((tmp_path / "memory.txt").read_text()) == 200_000_000 // 1024


def test_a_picture_that_is_not_paper_is_refused_before_it_is_kept(
    process: Process, clara: User, sign_in: Callable[[User], Client]
) -> None:
    table = SimpleUploadedFile("tabula.xlsx", picture("PNG")[:20])
    assert sign_in(clara).post(address(process), sent() | {"files": [table]}).status_code == 422
