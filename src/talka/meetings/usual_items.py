# SPDX-License-Identifier: EUPL-1.2
"""Items that stand on each agenda, as people write them: one a line, planned minutes in parentheses."""

import re

_LINE = re.compile(r"(?P<title>.*?)\s*(?:\((?P<minutes>[1-9]\d{0,2})\))?")


def usual_items(text: str) -> list[tuple[str, int | None]]:
    """Read titles and planned minutes from lines.

    >>> usual_items("Sanāksmes atklāšana (5)\\n\\nDažādi")
    [('Sanāksmes atklāšana', 5), ('Dažādi', None)]
    """
    found: list[tuple[str, int | None]] = []
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is not None and match["title"]:
            found.append((match["title"][:300], int(match["minutes"]) if match["minutes"] else None))
    return found
