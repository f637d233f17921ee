# SPDX-License-Identifier: EUPL-1.2
"""How long a file with many printed answers takes: some letters run over several pages, as they do."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

from bench.figures import report

if TYPE_CHECKING:
    from talka.proposals.letters import Letter

LETTERS = 500
_PARAGRAPH = (
    "Izvērtējām priekšlikumu kopā ar darba grupu: ielas malā jau ir ūdensvads, tāpēc celiņu būvēsim pretējā pusē. " * 6
)


def letter(number: int) -> Letter:
    """Return the letter of that number; every tenth one is three pages long."""
    from talka.proposals.letters import Letter, addressee_lines

    return Letter(
        sender=["Talkas novada pašvaldība", "Rīgas iela 1, Talka, LV-4101", "60 000 100, dome@talka.example"],
        date="2026. gada 24. novembrī",
        number=f"Mūsu Nr. LP-{number}",
        addressee=addressee_lines(
            [f"Zentai Purmalei {number}"], f"Purmaļu iela {number}, Meldrāji, Talkas novads, LV-4102"
        ),
        salutation="Godātā Zenta Purmale!",
        subject="Par priekšlikumu „Soliņš autobusa pieturā”",
        text="\n\n".join([_PARAGRAPH] * (12 if number % 10 == 0 else 2)),
        signed_name="Inese Ozolkalne",
        signed_title="Attīstības nodaļas vadītāja",
        notes=[f"Priekšlikums un atbilde tīmeklī: talka.example/lv/n/3/{number}/"],
    )


def typeset_letters(number: int) -> tuple[bytes, float]:
    """Return a file with so many letters, and how many seconds it took."""
    from talka.core import clock
    from talka.proposals.letters import typeset

    letters = [letter(one) for one in range(1, number + 1)]
    began = time.monotonic()
    file = typeset(letters, title="Atbildes", made_at=clock.now())
    return file, time.monotonic() - began


def measure() -> None:
    """Print how long 500 letters in one file take."""
    os.environ |= {"TALKA_MODE": "development", "DJANGO_SETTINGS_MODULE": "talka.config.settings"}
    _file, seconds = typeset_letters(LETTERS)
    report(f"{LETTERS} letters in one file", seconds, "s", at_most=10)
