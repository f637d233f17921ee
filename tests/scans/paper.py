# SPDX-License-Identifier: EUPL-1.2
"""Paper made on the spot: letters drawn on pages, as pictures and as PDF."""

import io
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from talka.files.forms import Upload
from talka.files.inspection import inspect

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf")


def page(text: str = "", *, size: tuple[int, int] = (620, 877)) -> Image.Image:
    """A white page with lines of text; an empty one has nothing on it but the dust of the scanner."""
    picture = Image.new("L", size, 250)
    draw = ImageDraw.Draw(picture)
    draw.point([(40 * step % size[0], 97 * step % size[1]) for step in range(20)], fill=120)
    unit = size[1] // 60
    font = ImageFont.truetype(str(FONT), unit) if FONT.exists() else ImageFont.load_default(unit)
    for number, line in enumerate(text.split("\n")):
        draw.text((size[0] // 10, size[1] // 12 + number * unit * 3 // 2), line, font=font, fill=20)
    return picture


def jpeg(text: str = "Lūdzu soliņus.", *, size: tuple[int, int] = (620, 877)) -> bytes:
    """A photo of a page."""
    out = io.BytesIO()
    page(text, size=size).save(out, "JPEG", quality=85)
    return out.getvalue()


def pdf(texts: Sequence[str]) -> bytes:
    """A PDF with one page for each text."""
    out = io.BytesIO()
    first, *others = [page(text) for text in texts]
    first.save(out, "PDF", save_all=True, append_images=others)
    return out.getvalue()


def upload(content: bytes, name: str = "skenējums.jpg") -> Upload:
    """A file as the form hands it to the operation."""
    return Upload(name, inspect(content))
