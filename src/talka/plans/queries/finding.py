# SPDX-License-Identifier: EUPL-1.2
"""Nodes found by code or words, to be linked to what asked for them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Func, Q, TextField, Value

from talka.core.text import fold
from talka.plans.models import Edition, NodeVersion, PlanNode
from talka.plans.models.nodes import PlanNodeQuerySet
from talka.plans.queries.shown import current_versions, shown_versions
from talka.processes.models import Process, Role

MOST_FOUND = 30
_WITH_SIGNS, _WITHOUT = "āčēģīķļņōŗšūž", "acegiklnorsuz"
_SHORT = 4


class _Folded(Func):
    function = "translate"
    output_field = TextField()

    def __init__(self, field: str) -> None:
        small = Func(F(field), function="lower", output_field=TextField())
        super().__init__(small, Value(_WITH_SIGNS), Value(_WITHOUT))


def linkable(user: Any, process: Process) -> PlanNodeQuerySet:
    """Return the nodes to which things of a process can be linked: of plans of its municipality, and of those the person works on."""
    own = Q(plan__process__owner=process.owner_id) | Q(plan__owner=process.owner_id) | Q(plan__process=process)
    worked_on = Q(plan__process__in=Process.objects.worked_on_by(user).values("pk"))
    return PlanNode.objects.visible_to(user).filter(own | worked_on)


def find_versions(words: str, user: Any, process: Process) -> list[NodeVersion]:
    """Return what can be linked and has this code, now or formerly, or these words in its title, in any form; the code first.

    At most ``MOST_FOUND``, those of the process before those of others.
    """
    asked = [word for word in words.replace(",", " ").split() if word][:8]
    if not asked:
        return []
    titled = Q()
    for word in asked:
        titled &= Q(folded__contains=_beginning(word)) | Q(code__iexact=word)
    coded = Q(code__istartswith=words) | Q(node__former_codes__code__iexact=words)
    rows = NodeVersion.objects.filter(node__in=linkable(user, process), edition__in=Edition.objects.visible_to(user))
    found = rows.annotate(folded=_Folded("title")).filter(titled | coded)
    keys = found.order_by().values_list("node", flat=True).distinct()[: 10 * MOST_FOUND]
    versions = shown_versions(list(keys), user).values()
    return sorted(versions, key=lambda one: _nearness(one, words, process))[:MOST_FOUND]


def _beginning(word: str) -> str:
    """Return what the forms of a word share, as a rule: all but its ending."""
    small = fold(word)
    return small if len(small) <= _SHORT else small[: max(_SHORT, len(small) - 2)]


def _nearness(version: NodeVersion, words: str, process: Process) -> tuple[Any, ...]:
    code = version.code or ""
    plan = version.edition.plan
    return (
        code.lower() != words.lower(), plan.process_id != process.pk, not version.is_current,  # type: ignore[attr-defined]
        version.node.kind == "group", plan.pk, version.level.position, code, version.pk,
    )  # fmt: skip


def versions_by_code(code: str, user: Any, process: Process) -> list[NodeVersion]:
    """Return what can be linked and stands under a code now, ``code`` or ``plan/code`` (the address part of the plan).

    Where plans of the process have it, those of others are left out.
    """
    rows = current_versions(user).filter(node__in=linkable(user, process))
    found = [one for one in rows.filter(code__iexact=code) if one.is_current]  # type: ignore[attr-defined]
    if not found and "/" in code:
        plan, _slash, rest = code.partition("/")
        found = list(rows.filter(code__iexact=rest.strip(), edition__plan__slug=plan.strip()))
    own = [version for version in found if version.edition.plan.process_id == process.pk]
    return own or found


def drafts_written_by(user: Any) -> Sequence[Edition]:
    """Return the drafts in which somebody may write, as coordinator or editor, with plan and process."""
    if not user.is_authenticated:
        return []
    roles = Role.objects.active().filter(person__user=user, kind__in=(Role.Kind.COORDINATOR, Role.Kind.EDITOR))
    drafts = Edition.objects.drafts().filter(plan__process__in=roles.values("process"))
    return list(drafts.select_related("plan__process").order_by("plan__process", "plan__position", "plan"))
