# SPDX-License-Identifier: EUPL-1.2
"""Levels with which a plan can begin. Municipalities name and code them as they are used to; all of it can be changed."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from talka.plans.models import Level, Plan


@dataclass(frozen=True)
class LevelDraft:
    """A level that a plan is to have."""

    kind: str
    name: str | Promise
    plural: str | Promise
    letter: str
    pattern: str


_PRIORITY = LevelDraft("group", _("medium-term priority"), _("medium-term priorities"), "p", "VTP{n}")
_DIRECTION = LevelDraft("group", _("direction of action"), _("directions of action"), "v", "RV{p}.{n}")
_TASK = LevelDraft("group", _("task"), _("tasks"), "u", "U{v}.{n}")

STRUCTURES: dict[str, tuple[LevelDraft, ...]] = {
    # Names as programmes after MK 628/2014 use them.
    "programme": (
        _PRIORITY,
        _DIRECTION,
        _TASK,
        LevelDraft("action", _("action of a plan"), _("actions of a plan"), "r", "R{u}.{n}"),
        LevelDraft("investment", _("investment project"), _("investment projects"), "i", "I{u}.{n}"),
    ),
    "short": (
        _PRIORITY,
        LevelDraft("action", _("action of a plan"), _("actions of a plan"), "r", "R{p}.{n}"),
        LevelDraft("investment", _("investment project"), _("investment projects"), "i", "I{p}.{n}"),
    ),
    "goals": (
        LevelDraft("group", _("strategic goal"), _("strategic goals"), "m", "SM{n}"),
        LevelDraft("group", _("long-term priority"), _("long-term priorities"), "p", "IP{m}.{n}"),
    ),
    "none": (),
}
STRUCTURE_LABELS = {
    "programme": _("like a development programme: priority, direction, task; actions and investment projects"),
    "short": _("simple: priority; actions and investment projects"),
    "goals": _("like a strategy: goals and long-term priorities"),
    "none": _("without levels for now"),
}


def in_words(structure: str, language: str) -> list[LevelDraft]:
    """Return the levels of a structure, named in a language."""
    with override(language):
        return [
            LevelDraft(one.kind, str(one.name), str(one.plural), one.letter, one.pattern)
            for one in STRUCTURES[structure]
        ]


def copied(plan: Plan) -> list[LevelDraft]:
    """Return the levels of a plan, for another one."""
    return [
        LevelDraft(one.kind, one.name, one.plural, one.letter, one.pattern) for one in Level.objects.filter(plan=plan)
    ]
