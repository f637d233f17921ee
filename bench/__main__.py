# SPDX-License-Identifier: EUPL-1.2
"""Run the parts and print a line for each figure: name, value, unit, goal, ``ok`` or ``short``, separated by tabs."""

import os
import sys
from importlib import import_module

from bench.figures import shortfalls

PARTS = {
    "pages": "speed, queries and size of pages on 100,000 proposals",
    "deadlines": "pages of what is owed and late on 100,000 proposals, and reckoning their days anew",
    "faults": "proposals that arrive while server, worker and database are killed",
    "mailbox": "ten thousand mails read while the worker is killed ten times",
    "letters": "printed answers, many in one file",
    "imports": "a table of 20,000 lines into the register, twice, and undone",
    "start": "the second start of the demo",
    "words": "keys of Latvian words: speed, memory, and with TREEBANK=<file.conllu> how well forms are grouped",
    "pairs": "similar proposals told apart on pairs written for it",
    "plans": "pages, files and import of a plan of 3,000 actions and investments",
    "circle": "pages of 60 groups with 2,000 meetings and 20,000 agenda items",
    "minutes": "minutes of 40 items as PDF, and the archive of 500 meetings",
    "updates": "asking 300 owners of 3,000 actions how they are going",
    "timetable": "a timetable of 60 groups, 600 people and 12 rooms in four weeks",
    "search": "search and similar ones among 1,000,000 proposals",
}


def main() -> int:
    """Run the part that ``ONLY`` names, or all of them; the code is 1 when a figure falls short."""
    only = os.environ.get("ONLY", "")
    if only and only not in PARTS:
        known = "; ".join(f"{name}: {what}" for name, what in PARTS.items())
        print(f"ONLY={only} names no part. There are {known}.", file=sys.stderr)
        return 2
    for name in [only] if only else PARTS:
        import_module(f"bench.{name}").measure()
    return 1 if shortfalls() else 0


if __name__ == "__main__":
    sys.exit(main())
