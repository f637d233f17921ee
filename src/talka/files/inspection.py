# SPDX-License-Identifier: EUPL-1.2
"""What a file really is, and pictures encoded anew. Plain bytes in and out; nothing of a file name is believed."""

import io
import zipfile
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

LONGEST_SIDE = 2560
"""Pictures are made no longer than this, in pixels: enough to print a page."""

MOST_PIXELS = 60_000_000
"""Larger pictures are refused before they are unpacked."""

_PICTURES = {"JPEG": ("image/jpeg", ".jpg"), "PNG": ("image/png", ".png"), "WEBP": ("image/webp", ".webp")}
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


def inspect(content: bytes) -> Inspected:
    """Find out what the bytes are; pictures come back encoded anew, upright and without metadata.

    Raises ``UnknownKind`` for anything that is not taken and ``TooManyPixels`` for picture bombs.
    """
    if content.startswith(b"%PDF-"):
        return Inspected("application/pdf", ".pdf", content)
    if content.startswith(b"PK\x03\x04"):
        return _inspect_archive(content)
    return _inspect_picture(content)


def _inspect_archive(content: bytes) -> Inspected:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mimetype = archive.read("mimetype").strip()
                if mimetype in _MIMETYPES:
                    return Inspected(mimetype.decode(), _MIMETYPES[mimetype], content)
            if "[Content_Types].xml" in names:
                if any(name.endswith("vbaProject.bin") for name in names):
                    raise UnknownKind
                for folder, (kind, extension) in _OFFICE.items():
                    if any(name.startswith(folder) for name in names):
                        return Inspected(kind, extension, content)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnknownKind from error
    raise UnknownKind


def _inspect_picture(content: bytes) -> Inspected:
    try:
        with Image.open(io.BytesIO(content), formats=list(_PICTURES)) as picture:
            kind, extension = _PICTURES[str(picture.format)]
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            name = str(picture.format)
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            if name == "JPEG" and upright.mode not in {"RGB", "L"}:
                upright = upright.convert("RGB")
            clean = Image.new(upright.mode, upright.size)
            if upright.mode == "P":
                upright = upright.convert("RGBA")
                clean = Image.new("RGBA", upright.size)
            clean.paste(upright)
            out = io.BytesIO()
            options = {"quality": 85, "optimize": True} if name == "JPEG" else {}
            clean.save(out, format=name, **options)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnknownKind from error
    return Inspected(kind, extension, out.getvalue())
