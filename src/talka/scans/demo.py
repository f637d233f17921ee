# SPDX-License-Identifier: EUPL-1.2
"""Paper of the demonstration: letters drawn here, brought as scans, read as if by machine; one of them entered."""

import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PIL import Image

from talka.accounts.models import User
from talka.core import clock, typesetting
from talka.files.forms import Upload
from talka.files.inspection import inspect
from talka.processes.models import Process
from talka.proposals.operations.drafting import Content, Sender
from talka.scans import reading
from talka.scans.models import Stack
from talka.scans.operations.bringing import add_scans, keep_text
from talka.scans.operations.entering import register_scan


@dataclass(frozen=True)
class Letter:
    """A letter on paper: its head, body and foot, how it lay on the scanner (degrees), and what was misread on it."""

    name: str
    head: str
    body: str
    foot: str
    language: str = "lv"
    font: str = "Libertinus Serif"
    tilt: float = 0.6
    misread: Sequence[tuple[str, str]] = ()
    entered: tuple[Content, Sender] | None = None


def _scanned(letter: Letter) -> Upload:
    """Return the letter as a scanner gives it: grey, not quite straight, on paper that is not quite white."""
    facts = {"title": letter.name, "language": letter.language, "font": letter.font, "head": letter.head, "body": letter.body, "foot": letter.foot}  # fmt: skip
    (page,) = reading.pages_of(typesetting.pdf("scans/demo_letter.typ", facts, made_at=clock.now()), most=1)
    with Image.open(io.BytesIO(page)) as opened:
        grey = opened.convert("L").point([24 + level * 218 // 255 for level in range(256)])
        tilted = grey.rotate(letter.tilt, resample=Image.Resampling.BICUBIC, fillcolor=242)
    out = io.BytesIO()
    tilted.save(out, "JPEG", quality=70)
    return Upload(f"{letter.name}.jpg", inspect(out.getvalue()))


def _read(letter: Letter) -> str:
    """Return what a machine would have read."""
    text = f"{letter.head}\n\n{letter.body}\n\n{letter.foot}"
    for right, wrong in letter.misread:
        text = text.replace(right, wrong)
    return text


def build(process: Process, letters: Sequence[Letter], *, clerk: User, at: datetime) -> None:
    """Bring letters in one go at a moment of the past; those with an entry are entered at once."""
    with clock.at(at):
        uploads = [_scanned(letter) for letter in letters]
        stacks, _left_out = add_scans(process, uploads=uploads, splitting=Stack.Splitting.WHOLE, by=clerk)
        for stack, letter in zip(stacks, letters, strict=True):
            scan = stack.scans.get()
            for page in scan.pages.all():
                keep_text(page.pk, text=_read(letter))
            if letter.entered is not None:
                content, sender = letter.entered
                key = uuid.uuid5(uuid.NAMESPACE_URL, f"{process.slug}/{letter.name}")
                register_scan(scan, content=content, sender=sender, key=key, received_at=at, by=clerk)
