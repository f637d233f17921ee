# SPDX-License-Identifier: EUPL-1.2
"""What a file really is, and pictures encoded anew. Plain bytes in and out; nothing of a file name is believed."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from PIL import Image, ImageOps

LONGEST_SIDE = 2560
"""Pictures are made no longer than this, in pixels: enough to print a page."""

MOST_PIXELS = 60_000_000
"""Larger pictures are refused before they are unpacked."""

MOST_UNPACKED = 500_000_000
"""An office file may say that it holds this many bytes when unpacked, not more."""

MOST_DIRECTORY = 1_000_000
"""The table of contents of an archive may be this many bytes long: about ten thousand parts."""

_PICTURES = {
    "JPEG": ("image/jpeg", ".jpg", "JPEG"),
    "MPO": ("image/jpeg", ".jpg", "JPEG"),
    "PNG": ("image/png", ".png", "PNG"),
    "WEBP": ("image/webp", ".webp", "WEBP"),
}
"""What Pillow calls a picture: its kind, its extension, and how it is encoded anew. MPO is a JPEG with a depth map."""

_OFFICE = {
    "word/": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    "xl/": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
    "ppt/": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"),
}
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": ".odt",
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.etsi.asic-e+zip": ".asice",
}
_UNREADABLE = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What the readers of pictures and archives raise on bytes that only look like one."""


class UnknownKind(ValueError):
    """The bytes are none of the kinds that are taken."""


class TooManyPixels(ValueError):
    """The picture would be too large when unpacked."""


@dataclass(frozen=True)
class Inspected:
    """A file's true kind (media type), its extension with the dot, and the bytes to keep."""

    kind: str
    extension: str
    content: bytes


SEALED = {"message/rfc822": ".eml", "application/ms-tnef": ".dat"}
"""What comes within mail and is kept without being looked into: messages in messages, Outlook's own packets."""

_TNEF = b"\x78\x9f\x3e\x22"


def keep_sealed(kind: str, content: bytes) -> Inspected:
    """Take a part of a mail that is only ever handed out for saving; raises ``UnknownKind`` for any other kind."""
    if kind not in SEALED or not content or (kind == "application/ms-tnef" and not content.startswith(_TNEF)):
        raise UnknownKind
    return Inspected(kind, SEALED[kind], content)


def inspect(content: bytes) -> Inspected:
    """Find out what the bytes are; pictures come back encoded anew, upright and without metadata.

    Raises ``UnknownKind`` for anything that is not taken and ``TooManyPixels`` for picture bombs.
    """
    if content.startswith(b"%PDF-"):
        return Inspected("application/pdf", ".pdf", content)
    if content.startswith(b"PK\x03\x04"):
        return _inspect_archive(content)
    return _inspect_picture(content)


def _directory_size(content: bytes) -> int:
    """Return how long an archive says its table of contents is, in bytes, before anything reads it."""
    at = content.rfind(b"PK\x05\x06", max(0, len(content) - 65_557))
    if at < 0 or len(content) < at + 22 or b"PK\x06\x07" in content[max(0, at - 20) : at]:
        raise UnknownKind
    return int(struct.unpack("<I", content[at + 12 : at + 16])[0])


def _inspect_archive(content: bytes) -> Inspected:
    if _directory_size(content) > MOST_DIRECTORY:
        raise UnknownKind
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
                raise UnknownKind
            return _kind_of_archive(archive, content)
    except (*_UNREADABLE, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnknownKind from error


def _kind_of_archive(archive: zipfile.ZipFile, content: bytes) -> Inspected:
    names = archive.namelist()
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        mimetype = archive.read("mimetype").strip()
        if mimetype in _MIMETYPES:
            if any(name.startswith(("Basic/", "Scripts/")) for name in names):
                raise UnknownKind
            return Inspected(mimetype.decode(), _MIMETYPES[mimetype], content)
    if "[Content_Types].xml" in names and archive.getinfo("[Content_Types].xml").file_size < 1_000_000:
        parts = archive.read("[Content_Types].xml").lower()
        if b"macroenabled" in parts or b"vbaproject" in parts or any("vbaproject" in name.lower() for name in names):
            raise UnknownKind
        for folder, (kind, extension) in _OFFICE.items():
            if any(name.startswith(folder) for name in names):
                return Inspected(kind, extension, content)
    raise UnknownKind


def _inspect_picture(content: bytes) -> Inspected:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
            kind, extension, encoding = _PICTURES[str(picture.format)]
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            return Inspected(kind, extension, _encoded_anew(picture, encoding))
    except TooManyPixels:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels from error
    except _UNREADABLE as error:
        raise UnknownKind from error


def _encoded_anew(picture: Image.Image, encoding: str) -> bytes:
    """Turn a picture upright, make it no larger than needed, and write nothing but its pixels."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    mode = "RGBA" if encoding != "JPEG" and picture.has_transparency_data else "RGB"
    whole = picture if picture.mode == mode else picture.convert(mode)
    whole.thumbnail((LONGEST_SIDE, LONGEST_SIDE))  # before it is turned: each further copy of a large one costs 240 MB
    pixels = ImageOps.exif_transpose(whole)
    clean = Image.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    out = io.BytesIO()
    clean.save(out, format=encoding, **({"quality": 85, "optimize": True} if encoding == "JPEG" else {}))
    return out.getvalue()
