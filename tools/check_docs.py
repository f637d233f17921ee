# SPDX-License-Identifier: EUPL-1.2
"""Checks of the documents: links lead somewhere, decisions are numbered without gaps and short enough to be read."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS_IN_A_DECISION = 300
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def faults() -> list[str]:
    """Return a sentence for each fault."""
    found = []
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        name = document.relative_to(ROOT)
        found += [
            f"{name}: nothing at {target}"
            for target in _LINK.findall(document.read_text())
            if "://" not in target and not target.startswith("mailto:") and not (document.parent / target).exists()
        ]
    decisions = sorted((ROOT / "docs/decisions").glob("*.md"))
    for number, decision in enumerate(decisions, 1):
        if not decision.name.startswith(f"{number:04}-"):
            found.append(f"{decision.name}: expected number {number:04}")
        if len(decision.read_text().split()) > WORDS_IN_A_DECISION:
            found.append(f"{decision.name}: more than {WORDS_IN_A_DECISION} words")
    return found


if __name__ == "__main__":
    found = faults()
    print("\n".join(found) or "documents are in order")
    sys.exit(1 if found else 0)
