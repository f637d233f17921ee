# SPDX-License-Identifier: EUPL-1.2
"""What somebody says to an invitation. Plain values."""

from dataclasses import dataclass

LONGEST_NOTE = 500


@dataclass(frozen=True)
class Answer:
    """An answer; ``represented_by`` is who comes instead."""

    answer: str
    remote: bool = False
    represented_by: str = ""
    needs: str = ""
    note: str = ""
