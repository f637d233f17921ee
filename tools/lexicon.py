# SPDX-License-Identifier: EUPL-1.2
"""Make the word list that search reads, from the Latvian hunspell dictionary of the front-end packages.

The dictionary itself (LGPL, npm ``dictionary-lv``) is not part of Talka: this keeps its stems and its rules of endings,
without comments and tags, in the form that ``talka.core.lexicon`` loads in a moment. Run by ``tools/prepare.py``.
"""

import gzip
import json
import sys
from pathlib import Path

from spylls.hunspell import Dictionary

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "node_modules/dictionary-lv"
TARGET = ROOT / "src/talka/core/words/latvian.json.gz"


def compact(source: Path) -> dict[str, object]:
    """Return stems by the rules that they take, and rules as ``[flag, strip, add, condition, further flags]``."""
    dictionary = Dictionary.from_files(str(source / "index"))
    stems: dict[str, list[str]] = {}
    for word in dictionary.dic.words:
        stems.setdefault("".join(sorted(word.flags)), []).append(word.stem.lower())
    rules = [
        [flag, rule.strip, rule.add, "" if rule.condition == "." else rule.condition, "".join(sorted(rule.flags))]
        for flag, suffixes in sorted(dictionary.aff.SFX.items())
        for rule in suffixes
    ]
    return {"stems": {flags: " ".join(sorted(set(words))) for flags, words in sorted(stems.items())}, "rules": rules}


def main() -> None:
    """Read the dictionary and write the word list."""
    if not (SOURCE / "index.dic").exists():
        sys.exit("The Latvian dictionary is missing. Run: npm ci")
    content = json.dumps(compact(SOURCE), ensure_ascii=False, separators=(",", ":")).encode()
    TARGET.write_bytes(gzip.compress(content, mtime=0))


if __name__ == "__main__":
    main()
