# SPDX-License-Identifier: EUPL-1.2
"""What the columns of a table probably mean: by memory, by the kind of table, by their names. Plain values in and out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from talka.imports.headers import name_key
from talka.imports.reading import Row
from talka.imports.targets import Field, Preset, Target
from talka.imports.values import text_of

LIKE = 88
"""From this likeness on (of 100) two names of columns are taken for the same."""

LONG_TEXT = 25
"""Cells of this many characters on average are sentences, not names or dates."""

SAMPLE = 200


@dataclass(frozen=True)
class Remembered:
    """What was chosen the last time: field by key of the name, values for all lines, words."""

    columns: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggestion:
    """What the columns probably mean."""

    columns: dict[int, str]
    fixed: dict[str, str]
    words: dict[str, dict[str, str]]
    preset: str


def suggest(target: Target, names: Sequence[str], rows: Sequence[Row], memory: Remembered | None) -> Suggestion:
    """Return what the columns probably mean; what was chosen before goes before what is guessed."""
    keys = [name_key(name) for name in names]
    preset = next((one for one in target.presets if one.recognizes(keys)), None)
    claims: dict[str, tuple[float, int]] = {}
    joined: dict[int, str] = {}
    for column, key in enumerate(keys):
        if not key:
            continue
        wanted, score = _meaning(target, key, preset, memory)
        if wanted.endswith("+"):  # JOIN, see checking
            joined[column] = wanted
        elif wanted and score > claims.get(wanted, (0.0, 0))[0]:
            claims[wanted] = (score, column)
    columns = joined | {column: wanted for wanted, (_score, column) in claims.items()}
    if memory is None:
        _find_text(target, columns, rows, len(names))
    known = set(target.by_key)
    columns = {column: key for column, key in columns.items() if key.rstrip("+") in known}
    fixed = dict(preset.fixed) if preset else {}
    words: dict[str, dict[str, str]] = {}
    if memory is not None:
        fixed |= memory.fixed
        words = {key: dict(found) for key, found in memory.words.items() if key in known}
    return Suggestion(
        columns, {key: text for key, text in fixed.items() if key in known}, words, preset.key if preset else ""
    )


def _meaning(target: Target, key: str, preset: Preset | None, memory: Remembered | None) -> tuple[str, float]:
    """Return the field that a column means, and how sure that is; an empty one where nobody knows."""
    if memory is not None and key in memory.columns:
        return memory.columns[key], 1000
    if preset is not None and key in preset.columns:
        return preset.columns[key], 900
    if preset is not None and preset.is_whole:
        return "", 0
    best, found = 0.0, ""
    for about in target.fields:
        score = likeness(about, key)
        if score > best:
            best, found = score, about.key
    return (found, best) if best >= LIKE else ("", 0)


def likeness(about: Field, key: str) -> float:
    """Return how much a column is called like a field: 0 to 200; the more words agree, the surer."""
    if key in about.keys:
        return 200
    words = key.split()
    best = 0.0
    for name in about.keys:
        parts = name.split()
        if len(words) <= len(parts) + 4 and any(words[at : at + len(parts)] == parts for at in range(len(words))):
            best = max(best, 90 + 5.0 * len(parts) - len(words))
        elif len(key) > 4:
            best = max(best, fuzz.ratio(key, name))
    return best


def _find_text(target: Target, columns: dict[int, str], rows: Sequence[Row], width: int) -> None:
    """Where no column is called like the needed text, choose the one with the longest sentences."""
    needed = next((one.key for one in target.fields if one.joins and one.required), "")
    if not needed or needed in columns.values():
        return
    lengths = {column: _average_length(rows, column) for column in range(width) if column not in columns}
    if lengths:
        column = max(lengths, key=lambda one: lengths[one])
        if lengths[column] >= LONG_TEXT:
            columns[column] = needed


def _average_length(rows: Sequence[Row], column: int) -> float:
    lengths = [len(text_of(row.cell(column))) for row in rows[:SAMPLE] if row.cell(column) is not None]
    return sum(lengths) / len(lengths) if lengths else 0
