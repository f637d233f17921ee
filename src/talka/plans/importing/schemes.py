# SPDX-License-Identifier: EUPL-1.2
"""Which level a code stands for: by the patterns of the plan, or, where a plan has no levels yet, by how codes are made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from talka.plans.codes import make_code, numbers_of
from talka.plans.importing.values import code_key, shape_of


@dataclass(frozen=True)
class Rung:
    """A level of the tree, of the plan or to be made (without ``pk``)."""

    letter: str
    kind: str
    name: str
    plural: str
    pattern: str
    position: int
    pk: int | None = None


_USUAL = {
    "VTP": ("group", "vidēja termiņa prioritāte", "vidēja termiņa prioritātes"),
    "SM": ("group", "stratēģiskais mērķis", "stratēģiskie mērķi"),
    "IP": ("investment", "investīciju projekts", "investīciju projekti"),
    "I": ("investment", "investīciju projekts", "investīciju projekti"),
    "RV": ("group", "rīcības virziens", "rīcības virzieni"),
    "U": ("group", "uzdevums", "uzdevumi"),
    "R": ("action", "pasākums", "pasākumi"),
    "P": ("action", "pasākums", "pasākumi"),
}
_BY_DEPTH = (
    ("group", "prioritāte", "prioritātes"),
    ("group", "rīcības virziens", "rīcības virzieni"),
    ("group", "uzdevums", "uzdevumi"),
    ("group", "apakšuzdevums", "apakšuzdevumi"),
)
_LETTERS = "pvurabcdefghijklmoqstwxyz"
WORKS = {
    "action": ("pasākums", "pasākumi"),
    "investment": ("investīciju projekts", "investīciju projekti"),
}


def shapes(rungs: Sequence[Rung]) -> dict[tuple[str, int], Rung]:
    """Return the level for each shape of a code that the patterns make.

    >>> levels = [Rung("p", "group", "", "", "VTP{n}", 0), Rung("v", "group", "", "", "RV{p}.{n}", 1)]
    >>> {shape: rung.letter for shape, rung in shapes(levels).items()}
    {('VTP', 1): 'p', ('RV', 2): 'v'}
    """
    numbers: dict[str, str] = {}
    found: dict[tuple[str, int], Rung] = {}
    for rung in rungs:
        if not rung.pattern:
            continue
        code = make_code(rung.pattern, 1, numbers)
        shape = shape_of(code)
        if shape is not None:
            found.setdefault(shape, rung)
        numbers[rung.letter] = numbers_of(rung.pattern, code)
    return found


def is_like(rung: Rung, code: str) -> bool:
    """Say whether a code begins with the letters of a level, whatever its numbers are."""
    shape = shape_of(code)
    prefix = rung.pattern.partition("{")[0].strip(" .-").upper()
    return shape is not None and bool(prefix) and shape[0] == prefix


def rung_of(code: str, rungs: Sequence[Rung], *, is_part: bool = True) -> Rung | None:
    """Return the level that a code stands for: by its whole shape, else by its letters, if only one level has those.

    Figures alone, which no pattern of the plan makes, count the parts of the tree from above, if the code may be one (``is_part``).
    """
    shape = shape_of(code)
    if shape is None:
        return None
    exact = shapes(rungs).get(shape)
    if exact is not None:
        return exact
    alike = [rung for rung in rungs if is_like(rung, code)]
    if len(alike) == 1:
        return alike[0]
    groups = [rung for rung in rungs if rung.kind == "group"]
    plain = (
        is_part and not shape[0] and not any(rung.pattern.partition("{")[0] == "" and rung.pattern for rung in rungs)
    )
    return groups[shape[1] - 1] if plain and shape[1] <= len(groups) else None


def rungs_by(headings: Iterable[str], codes: Iterable[str], works: str) -> list[Rung]:
    """Make levels for a plan that has none, of the codes of headings and lines in a file; ``works``: what its lines are.

    >>> [(r.name, r.pattern) for r in rungs_by(["VTP1", "RV1.1", "U1.1.1"], ["R1.1.1.1"], "action")][1:]
    [('rīcības virziens', 'RV{p}.{n}'), ('uzdevums', 'U{v}.{n}'), ('pasākums', 'R{u}.{n}')]
    >>> [(r.kind, r.pattern) for r in rungs_by(["1.", "1.1."], ["1.1.1."], "investment")]
    [('group', '{n}'), ('group', '{p}.{n}'), ('investment', '{v}.{n}')]
    """
    above = {shape for shape in map(shape_of, headings) if shape is not None}
    below = {shape for shape in map(shape_of, codes) if shape is not None} - above
    found: list[Rung] = []
    deep: dict[int, Rung] = {}
    for shape in sorted(above, key=lambda one: one[1]) + sorted(below, key=lambda one: one[1]):
        prefix, depth = shape
        usual = _USUAL.get(prefix)
        if shape in above and (usual is None or usual[0] != "group"):
            usual = _BY_DEPTH[min(depth, len(_BY_DEPTH)) - 1]
        if usual is None:
            usual = (works, *WORKS[works])
        if any(rung.name == usual[1] for rung in found):
            continue
        over = deep.get(depth - 1)
        pattern = f"{prefix}{{{over.letter}}}.{{n}}" if over is not None else f"{prefix}{{n}}" if depth == 1 else ""
        rung = Rung(_letter(found, usual[1]), usual[0], usual[1], usual[2], pattern, len(found))
        found.append(rung)
        if rung.kind == "group":
            deep.setdefault(depth, rung)
    if not any(rung.kind == works for rung in found):
        name, plural = WORKS[works]
        found.append(Rung(_letter(found, name), works, name, plural, "", len(found)))
    return found


_USUAL_LETTERS = {
    "vidēja termiņa prioritāte": "p", "prioritāte": "p", "stratēģiskais mērķis": "m", "rīcības virziens": "v", "uzdevums": "u",
    "pasākums": "r", "investīciju projekts": "i",
}  # fmt: skip


def _letter(found: Sequence[Rung], name: str) -> str:
    taken = {rung.letter for rung in found}
    wanted = _USUAL_LETTERS.get(name, "")
    return next(letter for letter in wanted + _LETTERS if letter not in taken)


def extended(codes: Iterable[str]) -> set[str]:
    """Return the keys of codes that others go on from: 1.1 where there is a 1.1.2.

    >>> sorted(extended(["1.", "1.1.", "1.1.1.", "R2.1", "2"]))
    ['1', '1.1']
    """
    keys = {code_key(code) for code in codes}
    above = {key[:at] for key in keys for at in range(1, len(key)) if key[at] == "."}
    return keys & above
