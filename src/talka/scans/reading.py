# SPDX-License-Identifier: EUPL-1.2
"""What machines make of paper: a PDF taken apart into pictures, and the text that ``ocrmypdf`` reads on a picture."""

import io
import re
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from PIL import Image

from talka.core.text import clean_text
from talka.scans import confined, rendering

LANGUAGES = ("lav", "rus", "eng")
SECONDS_A_PAGE, MEMORY = 120, 3_000_000_000
MOST_TEXT = 50_000
A4_INCHES = 11.69

_TROUBLES = {
    rendering.ENCRYPTED: "encrypted",
    rendering.TOO_MANY_PAGES: "too_many_pages",
    rendering.UNREADABLE: "unreadable",
}
_ENDS_IN_HYPHEN = re.compile(r"(?<=[^\W\d_])[-¬]$")
_BEGINS_ANEW = re.compile(r"[-–—•*]\s|\d{1,2}[.)]\s")


class NotTakenApart(Exception):
    """A PDF gives no pages; its argument is one of ``Stack.Trouble``."""


class NotRead(Exception):
    """The program did not read the page; holds nothing of it, for it stands in the log."""


@cache
def languages() -> tuple[str, ...]:
    """Return the languages that can be read on this machine, none when the programs or Latvian are missing."""
    program = shutil.which("tesseract")
    if program is None or shutil.which("ocrmypdf") is None:
        return ()
    try:
        answer = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    known = answer.stdout.split()
    return tuple(language for language in LANGUAGES if language in known) if "lav" in known else ()


def can_read() -> bool:
    """Say whether pages can be read by machine here."""
    return bool(languages())


def pages_of(pdf: bytes, *, most: int) -> list[bytes]:
    """Return the pages of a PDF as JPEG pictures; raises ``NotTakenApart``."""
    with tempfile.TemporaryDirectory(prefix="talka-scan-") as name:
        folder = Path(name)
        source = folder / "in.pdf"
        source.write_bytes(pdf)
        command = [sys.executable, "-I", str(Path(rendering.__file__)), str(source), str(folder), str(most)]
        try:
            code = confined.run(command, folder=folder, seconds=rendering.SECONDS, memory=rendering.MEMORY)
        except confined.TooHard:
            raise NotTakenApart("too_hard") from None
        if code != 0:
            raise NotTakenApart(_TROUBLES.get(code, "too_hard"))
        return [path.read_bytes() for path in sorted(folder.glob("*.jpg"))]


def read(picture: bytes) -> str:
    """Return the text on a picture of a page, its lines joined into paragraphs; raises ``NotRead``."""
    with tempfile.TemporaryDirectory(prefix="talka-scan-") as name:
        folder = Path(name)
        longest = _write_plain(picture, folder / "page.jpg")
        command = [
            "ocrmypdf", "--quiet", "--language", "+".join(languages()), "--rotate-pages", "--deskew",
            "--image-dpi", str(max(72, round(longest / A4_INCHES))), "--jobs", "1", "--tesseract-timeout", str(SECONDS_A_PAGE - 20),
            "--output-type", "none", "--sidecar", "text.txt", "page.jpg", "-",
        ]  # fmt: skip
        try:
            code = confined.run(command, folder=folder, seconds=SECONDS_A_PAGE, memory=MEMORY)
        except confined.TooHard:
            raise NotRead("time") from None
        written = folder / "text.txt"
        if code != 0 or not written.is_file():
            raise NotRead(f"code {code}")
        return into_paragraphs(written.read_bytes()[: 4 * MOST_TEXT].decode("utf-8", "replace").replace("\ufffd", ""))


def _write_plain(picture: bytes, path: Path) -> int:
    """Write a picture as the program takes it, grey and without transparency; return its longest side in pixels."""
    with Image.open(io.BytesIO(picture), formats=["JPEG", "PNG", "WEBP"]) as opened:
        shown = opened.convert("RGBA")
        page = Image.new("L", shown.size, 255)
        page.paste(shown.convert("L"), mask=shown.getchannel("A"))
    page.save(path, quality=92)
    return max(page.size)


def into_paragraphs(text: str) -> str:
    r"""Join the lines of a page into paragraphs: a full line goes on in the next, a short one ends; broken words become whole.

    >>> into_paragraphs("Lūdzu salabot ielu pie skolas un pieturas, jo velo-\nceliņā ir lielas bedres.\nIlze Ķirse\n\n\n\f Paldies!")
    'Lūdzu salabot ielu pie skolas un pieturas, jo veloceliņā ir lielas bedres.\nIlze Ķirse\n\nPaldies!'
    """
    lines = [line.strip() for line in clean_text(text.replace("\f", "\n\n")).split("\n")]
    full = max((len(line) for line in lines), default=0) * 0.7
    joined: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line and not _BEGINS_ANEW.match(line):
            before = joined[-1]
            joined[-1] = _ENDS_IN_HYPHEN.sub("", before) + line if _is_broken(before, line) else f"{before} {line}"
        elif line or (joined and joined[-1]):
            joined.append(line)
        goes_on = len(line) >= full and not line.endswith((":", ";"))
    return "\n".join(joined).strip()[:MOST_TEXT]


def _is_broken(before: str, line: str) -> bool:
    return bool(_ENDS_IN_HYPHEN.search(before)) and line[:1].islower()
