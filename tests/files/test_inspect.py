# SPDX-License-Identifier: EUPL-1.2
"""A file is what its bytes are; pictures are encoded anew; what could harm somebody is refused."""

import io
import struct
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from talka.files.inspection import LONGEST_SIDE, Inspected, TooManyPixels, UnknownKind, inspect
from tests.files import samples

OPEN_DOCUMENT = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office/>"}


@pytest.mark.parametrize(
    ("content", "kind", "extension"),
    [
        (samples.PDF, "application/pdf", ".pdf"),
        (samples.picture("JPEG"), "image/jpeg", ".jpg"),
        (samples.picture("PNG"), "image/png", ".png"),
        (samples.picture("WEBP"), "image/webp", ".webp"),
        (
            samples.archive(samples.WORD_PARTS),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ".docx",
        ),
        (
            samples.archive({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b""}),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
        ),
        (
            samples.archive({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b""}),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ".pptx",
        ),
        (samples.archive(OPEN_DOCUMENT), "application/vnd.oasis.opendocument.text", ".odt"),
        (
            samples.archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            "application/vnd.oasis.opendocument.spreadsheet",
            ".ods",
        ),
        (
            samples.archive({"mimetype": b"application/vnd.etsi.asic-e+zip\n"}),
            "application/vnd.etsi.asic-e+zip",
            ".asice",
        ),
    ],
)
def test_a_file_is_known_by_its_bytes(content: bytes, kind: str, extension: str) -> None:
    found = inspect(content)
    assert (found.kind, found.extension) == (kind, extension)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0",
        b"Sveiki!",
        samples.HTML,
        samples.SVG,
        b"GIF89a" + b"\0" * 40,
        b"MZ" + b"\0" * 200,
        b"\x7fELF" + b"\0" * 200,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"#!/bin/sh\nrm -rf /\n",
        b"\xef\xbb\xbf%PDF-1.7",
        b"PK\x03\x04",
        b"PK\x03\x04" + b"\0" * 100,
        samples.archive({"virus.exe": b"MZ"}),
        samples.archive({"mimetype": b"text/html", "index.html": samples.HTML}),
        samples.archive({"[Content_Types].xml": b"<Types/>", "other/x": b""}),
        samples.archive({"word/document.xml": b"<w:document/>"}),
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(UnknownKind):
        inspect(content)


@pytest.mark.parametrize(
    "parts",
    [
        {**samples.WORD_PARTS, "word/vbaProject.bin": b"x"},
        {**samples.WORD_PARTS, "word/VBAPROJECT.BIN": b"x"},
        {
            **samples.WORD_PARTS,
            "[Content_Types].xml": b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
        },
        {
            **samples.WORD_PARTS,
            "word/harmless.bin": b"x",
            "[Content_Types].xml": b'<Override PartName="/word/harmless.bin" ContentType="application/vnd.ms-office.vbaProject"/>',
        },
        {**OPEN_DOCUMENT, "Basic/Standard/Module1.xml": b"Sub Main"},
        {**OPEN_DOCUMENT, "Scripts/python/run.py": b"import os"},
    ],
)
def test_documents_with_macros_are_refused(parts: dict[str, bytes]) -> None:
    with pytest.raises(UnknownKind):
        inspect(samples.archive(parts))


def test_an_archive_that_unpacks_to_very_much_is_refused_without_unpacking_it() -> None:
    content = bytearray(samples.archive(samples.WORD_PARTS))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 2_000_000_000)
    with pytest.raises(UnknownKind):
        inspect(bytes(content))


def test_a_real_bomb_is_refused() -> None:
    bomb = samples.archive({**samples.WORD_PARTS, "word/media/a.bin": b"\0" * 60_000_000})
    assert len(bomb) < 100_000
    assert inspect(bomb).extension == ".docx"
    parts = {f"word/media/{number}.bin": b"\0" * 60_000_000 for number in range(9)}
    with pytest.raises(UnknownKind):
        inspect(samples.archive({**samples.WORD_PARTS, **parts}))


def test_an_archive_with_very_many_parts_is_refused_before_its_contents_are_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = bytearray(samples.archive(samples.WORD_PARTS))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = struct.pack("<I", 15_000_000)
    monkeypatch.setattr(zipfile, "ZipFile", None)
    with pytest.raises(UnknownKind):
        inspect(bytes(content))


def test_a_sealed_archive_is_refused() -> None:
    content = bytearray(samples.archive(OPEN_DOCUMENT))
    for head, flag in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(head)
        content[at + flag] |= 1
    with pytest.raises(UnknownKind):
        inspect(bytes(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_and_with_what_a_photograph_was_taken_is_removed(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Telefons"
    exif.get_ifd(0x8825)[2] = (56.0, 30.0, 18.0)
    given_picture = samples.picture(kind, exif=exif)
    assert b"Telefons" in given_picture
    kept = inspect(given_picture).content
    assert b"Telefons" not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert not picture.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(picture.info)


def test_words_in_a_picture_file_are_removed() -> None:
    assert b"Meza iela" in samples.photo()
    assert b"Meza iela" not in inspect(samples.photo()).content


def test_a_page_hidden_behind_a_picture_is_removed() -> None:
    assert samples.HTML not in inspect(samples.picture("JPEG") + samples.HTML).content


@pytest.mark.parametrize(
    ("orientation", "size", "red_corner"),
    [(1, (40, 20), (2, 2)), (3, (40, 20), (37, 17)), (6, (20, 40), (2, 2)), (8, (20, 40), (2, 37))],
)
def test_a_photograph_comes_back_upright(orientation: int, size: tuple[int, int], red_corner: tuple[int, int]) -> None:
    with Image.open(io.BytesIO(inspect(samples.photo(orientation=orientation)).content)) as picture:
        assert picture.size == size
        pixel = picture.convert("RGB").getpixel(red_corner)
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > 60 > pixel[2]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_every_way_to_keep_colors_is_understood(mode: str) -> None:
    image = Image.new("I;16" if mode == "I;16" else "RGB", (30, 10))
    out = io.BytesIO()
    (image if mode == "I;16" else image.convert(mode)).save(out, format="JPEG" if mode == "CMYK" else "PNG")
    with Image.open(io.BytesIO(inspect(out.getvalue()).content)) as picture:
        assert picture.size == (30, 10)


def test_transparency_stays() -> None:
    image = Image.new("RGBA", (8, 8), (255, 0, 0, 0))
    out = io.BytesIO()
    image.save(out, format="PNG")
    with Image.open(io.BytesIO(inspect(out.getvalue()).content)) as picture:
        assert picture.getpixel((3, 3))[3] == 0  # type: ignore[index]


def test_a_photograph_with_a_second_picture_inside_is_taken() -> None:
    first, second = Image.new("RGB", (30, 10), "red"), Image.new("RGB", (30, 10), "blue")
    out = io.BytesIO()
    first.save(out, format="MPO", save_all=True, append_images=[second])
    assert inspect(out.getvalue()).kind == "image/jpeg"


def test_a_large_picture_is_made_smaller() -> None:
    with Image.open(io.BytesIO(inspect(samples.picture("JPEG", size=(5000, 1000))).content)) as picture:
        assert max(picture.size) == LONGEST_SIDE
        assert picture.size[1] == LONGEST_SIDE // 5


@pytest.mark.parametrize("side", [7_800, 9_500, 14_000, 60_000])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unpacked(side: int) -> None:
    with pytest.raises(TooManyPixels):
        inspect(samples.png_that_claims(side, side))


def test_a_picture_that_breaks_off_is_refused() -> None:
    with pytest.raises(UnknownKind):
        inspect(samples.png_that_claims(100, 100))


HEADS = [
    b"", b"PK\x03\x04", samples.archive(samples.WORD_PARTS), samples.picture("JPEG")[:60], samples.picture("PNG")[:60],
    samples.picture("WEBP")[:40], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x00\x00\x00\x00WEBPVP8X",
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(head=st.sampled_from(HEADS), tail=st.binary(max_size=400))
def test_any_bytes_are_known_or_refused(head: bytes, tail: bytes) -> None:
    try:
        found = inspect(head + tail)
    except (UnknownKind, TooManyPixels):
        return
    assert isinstance(found, Inspected)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@settings(max_examples=200, deadline=None)
@given(
    data=st.data(),
    original=st.sampled_from(
        [samples.photo(), samples.picture("PNG"), samples.picture("WEBP"), samples.archive(OPEN_DOCUMENT)]
    ),
)
def test_a_damaged_file_is_known_or_refused(data: st.DataObject, original: bytes) -> None:
    damaged = bytearray(original)
    for _ in range(data.draw(st.integers(1, 5))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = inspect(bytes(damaged))
    except (UnknownKind, TooManyPixels):
        return
    assert b"Meza iela" not in found.content
