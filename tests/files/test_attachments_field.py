# SPDX-License-Identifier: EUPL-1.2
"""The field that takes files: what is wrong is said by the file's name; what is kept is named by us."""

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from talka.accounts.models import User
from talka.files.downloads import attachment_response
from talka.files.forms import AttachmentsField
from talka.files.models import Attachment
from talka.files.operations import store_attachment
from tests.files import samples


class PapersForm(forms.Form):
    papers = AttachmentsField(required=False)


class OnePaperForm(forms.Form):
    paper = AttachmentsField(max_files=1)


def sent(*files: tuple[str, bytes], **fields: str) -> PapersForm:
    """The form as it comes with these files."""
    uploads = [SimpleUploadedFile(name, content, "image/jpeg") for name, content in files]
    request = RequestFactory().post("/", {**fields, "papers": uploads})
    return PapersForm(request.POST, request.FILES)


def errors(form: forms.Form) -> list[str | None]:
    """The codes of what is wrong."""
    return [error.code for found in form.errors.as_data().values() for error in found]


def test_several_files_come_out_looked_at() -> None:
    form = sent(("plāns.pdf", samples.PDF), ("bilde.jpg", samples.photo()))
    assert form.is_valid(), form.errors
    assert [(one.name, one.inspected.extension) for one in form.cleaned_data["papers"]] == [
        ("plāns.pdf", ".pdf"),
        ("bilde.jpg", ".jpg"),
    ]


def test_no_file_is_no_mistake_unless_one_is_asked_for() -> None:
    form = PapersForm({}, {})
    assert form.is_valid()
    assert form.cleaned_data["papers"] == []
    assert "required" in errors(OnePaperForm({}, {}))


@pytest.mark.parametrize(
    "name",
    ["bilde.jpg", "../../etc/passwd.jpg", "C:\\x\\bilde.jpg", "bilde\x00.jpg", "b" * 600 + ".jpg", "<img src=x>.jpg"],
)
def test_a_page_named_as_a_picture_is_refused_under_a_harmless_name(name: str) -> None:
    form = sent((name, samples.HTML))
    assert not form.is_valid()
    said = str(form.errors["papers"])
    assert "nevar pieņemt" in said or "cannot be taken" in said
    assert not [part for part in ("\x00", "/etc", "<img") if part in said]
    assert len(said) < 1_000


@pytest.mark.parametrize("content", [samples.SVG, samples.HTML, samples.archive({"a.exe": b"MZ"})])
def test_a_wrong_kind_is_refused_whatever_its_name_and_header_say(content: bytes) -> None:
    assert "unknown_kind" in errors(sent(("pareizs.pdf", content)))


def test_an_empty_file_is_refused() -> None:
    assert "empty_file" in errors(sent(("tukšs.pdf", b"")))


def test_too_large_a_file_is_refused_before_it_is_read(settings: Any) -> None:
    settings.MAX_FILE_BYTES = 1_000_000

    class Large(SimpleUploadedFile):
        def read(self, *_: Any) -> bytes:
            raise AssertionError("read")

    large = Large("liels.pdf", b"%PDF-")
    large.size = 2 * 1024**3
    with pytest.raises(forms.ValidationError) as refused:
        AttachmentsField().clean([large])
    assert refused.value.code == "too_large"
    assert "1 MB" in refused.value.messages[0]


def test_too_many_files_are_refused(settings: Any) -> None:
    assert "too_many" in errors(
        sent(*[(f"{number}.pdf", samples.PDF) for number in range(settings.MAX_FILES)], ("b.pdf", samples.PDF))
    )


def test_a_picture_bomb_is_refused() -> None:
    assert "too_many_pixels" in errors(sent(("bilde.png", samples.png_that_claims(60_000, 60_000))))


def test_a_box_that_nobody_drew_breaks_nothing() -> None:
    form = sent(("plāns.pdf", samples.PDF), **{"papers-clear": "on"})
    assert form.is_valid()
    assert len(form.cleaned_data["papers"]) == 1


def test_a_request_without_a_file_name_holds_no_file() -> None:
    body = encode_multipart(BOUNDARY, {"papers": SimpleUploadedFile("x.pdf", samples.PDF)}).replace(
        b'filename="x.pdf"', b'filename=""'
    )
    request = RequestFactory().generic("POST", "/", body, content_type=MULTIPART_CONTENT)
    form = PapersForm(request.POST, request.FILES)
    assert form.is_valid()
    assert form.cleaned_data["papers"] == []


@pytest.fixture
def kept(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(name: str, content: bytes, by: Any = None) -> Attachment:
    form = sent((name, content))
    assert form.is_valid(), form.errors
    (upload,) = form.cleaned_data["papers"]
    return store_attachment(upload.inspected, name=upload.name, by=by)


@pytest.mark.parametrize(
    ("sent_name", "kept_name"),
    [
        ("Plāns.PDF", "Plāns.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\autoexec.bat", "autoexec.pdf"),
        ("a.html", "a.pdf"),
        ("rēķins\u202efdp.exe", "rēķinsfdp.pdf"),
        ("....", "file.pdf"),
        ("a" * 400 + ".pdf", "a" * 150 + ".pdf"),
    ],
)
def test_nothing_of_the_senders_name_reaches_the_disk(db: None, kept: Path, sent_name: str, kept_name: str) -> None:
    attachment = store(sent_name, samples.PDF)
    assert attachment.name == kept_name
    (path,) = [file for file in kept.rglob("*") if file.is_file()]
    assert path.name == f"{attachment.sha256}.pdf"


def test_the_same_bytes_lie_on_disk_once(db: None, kept: Path, alice: User) -> None:
    first, second = store("a.pdf", samples.PDF), store("b.pdf", samples.PDF, by=alice)
    assert first.content.name == second.content.name
    assert (first.uploaded_by, second.uploaded_by) == (None, alice)
    assert len([file for file in kept.rglob("*") if file.is_file()]) == 1


def test_a_document_is_offered_for_saving_and_can_run_nothing(db: None, kept: Path) -> None:
    with closing(attachment_response(store('Plāns";x=".pdf', samples.PDF))) as response:
        assert response.getvalue() == samples.PDF
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment;")
        assert "sandbox" in response["Content-Security-Policy"]
        assert response["X-Content-Type-Options"] == "nosniff"


def test_a_picture_may_be_shown(db: None, kept: Path) -> None:
    with closing(attachment_response(store("bilde.jpg", samples.photo()))) as response:
        assert response.getvalue().startswith(b"\xff\xd8")
        assert response["Content-Disposition"].startswith("inline")
        assert response["Content-Type"] == "image/jpeg"
