# SPDX-License-Identifier: EUPL-1.2
"""Pages of a PDF as pictures, and which of them are empty.

A PDF is opened only by this file as a program of its own, see ``confined``: it imports nothing of Talka.
"""

import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
from PIL import Image

LONGEST_SIDE = 2560
"""Pixels: an A4 page has about 220 to the inch, enough to be read by people and machines."""

SECONDS, MEMORY = 240, 3_000_000_000

ENCRYPTED, TOO_MANY_PAGES, UNREADABLE = 3, 4, 5
"""Exit codes."""

_WRONG_PASSWORD = 4
_LEAST_INK = 0.00012


def is_empty(picture: Image.Image) -> bool:
    """Say whether there is nothing on a page; a single line of pencil is something, dust and punched holes are not."""
    grey = picture.convert("L")
    grey.thumbnail((900, 900))
    width, height = grey.size
    middle = grey.crop((width // 16, height // 24, width - width // 16, height - height // 24))
    counts = middle.histogram()
    all_pixels, seen, paper = sum(counts), 0, 0
    while seen * 2 < all_pixels:
        seen += counts[paper]
        paper += 1
    return sum(counts[: max(0, paper - 45)]) < all_pixels * _LEAST_INK


def into_letters(empty: Sequence[bool], *, splitting: str, every: int = 1) -> list[list[int]]:
    """Return the pages of each letter, counted from 0, without the empty ones.

    >>> into_letters([False, False, True, False], splitting="whole")
    [[0, 1, 3]]
    >>> into_letters([False, True, False, False, False], splitting="every", every=2)
    [[0], [2, 3], [4]]
    >>> into_letters([True, False, False, True, True, False], splitting="blank")
    [[1, 2], [5]]
    >>> into_letters([True], splitting="whole")
    []
    """
    letters: list[list[int]] = [[]]
    for page, is_blank in enumerate(empty):
        if (splitting == "every" and page % every == 0) or (splitting == "blank" and is_blank):
            letters.append([])
        if not is_blank:
            letters[-1].append(page)
    return [letter for letter in letters if letter]


def _write_pages(source: str, folder: Path, most: int) -> int:
    try:
        document = pypdfium2.PdfDocument(source)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        return ENCRYPTED if getattr(error, "err_code", None) == _WRONG_PASSWORD else UNREADABLE
    if not pages:
        return UNREADABLE
    if pages > most:
        return TOO_MANY_PAGES
    for number in range(pages):
        try:
            page = document[number]
            width, height = page.get_size()
            scale = LONGEST_SIDE / max(width, height, 1)
            picture = page.render(scale=scale, may_draw_forms=False, draw_annots=True).to_pil().convert("RGB")
            page.close()
        except (pypdfium2.PdfiumError, ValueError, OSError):
            return UNREADABLE
        picture.save(folder / f"{number:04}.jpg", quality=82)
    return 0


if __name__ == "__main__":
    tempfile.tempdir = sys.argv[2]
    sys.exit(_write_pages(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])))
