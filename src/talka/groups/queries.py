# SPDX-License-Identifier: EUPL-1.2
"""What pages about groups read over several models."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.core.alphabet import Alphabetical
from talka.core.text import shorten
from talka.directory.models import Organization, Topic
from talka.groups.models import Mandate, PlannedAction, WorkingGroup
from talka.plans.addresses import node_address
from talka.plans.models import NodeVersion
from talka.plans.origins import Origin
from talka.plans.queries.shown import shown_versions
from talka.processes.models import Process
from talka.processes.queries import organizations_near


@dataclass
class Balance:
    """How many people sit in groups, by whom they represent."""

    counts: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.counts.total()

    @property
    def residents(self) -> int:
        """Return how many represent residents."""
        return self.counts[Mandate.Represents.RESIDENT]

    @property
    def associations(self) -> int:
        """Return how many represent associations."""
        return self.counts[Mandate.Represents.ASSOCIATION]

    @property
    def businesses(self) -> int:
        """Return how many represent businesses."""
        return self.counts[Mandate.Represents.BUSINESS]

    @property
    def institutions(self) -> int:
        """Return how many represent the municipality and institutions."""
        return self.counts[Mandate.Represents.INSTITUTION]


def balances(groups: QuerySet[WorkingGroup]) -> dict[int, Balance]:
    """Return the balance of each group, in one query."""
    found: dict[int, Balance] = {}
    rows = Mandate.objects.active().filter(group__in=groups).order_by().values("group", "represents")
    for row in rows.annotate(number=Count("pk")):
        found.setdefault(row["group"], Balance()).counts[row["represents"]] += row["number"]
    return found


def with_leads(groups: QuerySet[WorkingGroup]) -> QuerySet[WorkingGroup]:
    """Load with groups their topic and, as ``leading``, who leads them today."""
    leading = Mandate.objects.active().leading().select_related("person").order_by("-function", "position")
    return groups.select_related("topic", "area").prefetch_related(
        Prefetch("mandates", queryset=leading, to_attr="leading")
    )


def topic_choices() -> list[tuple[int, str]]:
    """Return the tree of topics for choosing from: key and name, sub-topics after their topic and set in by dashes."""
    below: dict[int | None, list[Topic]] = {}
    for topic in Topic.objects.all():
        below.setdefault(topic.parent_id, []).append(topic)
    found: list[tuple[int, str]] = []

    def walk(parent: int | None, depth: int) -> None:
        for topic in below.get(parent, []):
            found.append((topic.pk, f"{'– ' * depth}{topic.name}"))
            walk(topic.pk, depth + 1)

    walk(None, 0)
    return found


def organizations_to_represent(process: Process) -> list[str]:
    """Return the names of organizations that members may represent: those near the process, associations and companies."""
    kinds = [
        Organization.Classification.ASSOCIATION,
        Organization.Classification.COMPANY,
        Organization.Classification.INFORMAL,
    ]
    known = organizations_near(process) | Organization.objects.current().filter(classification__in=kinds)
    return list(known.distinct().order_by(Alphabetical("name")).values_list("name", flat=True)[:1000])


@dataclass(frozen=True)
class Asked:
    """What a group asks for, with what it became as the reader may see it: a plan that is hidden is not given away."""

    action: PlannedAction
    version: NodeVersion | None

    @property
    def state(self) -> PlannedAction.State:
        """Return its state for the reader."""
        if self.action.state == PlannedAction.State.TAKEN and self.version is None:
            return PlannedAction.State.WAITING
        return self.action.state

    @property
    def address(self) -> str:
        """Return where what it became is read; empty where it became nothing that the reader sees."""
        return node_address(self.version) if self.version is not None else ""


def asked_for(actions: QuerySet[PlannedAction], user: Any) -> list[Asked]:
    """Return what groups ask for, with what it became; in two queries."""
    rows = list(actions.select_related("group__process", "organization", "area"))
    versions = shown_versions([row.node_id for row in rows if row.node_id is not None], user)
    return [Asked(row, versions.get(row.node_id) if row.node_id is not None else None) for row in rows]


def origins(nodes: Collection[int], user: Any) -> Iterable[tuple[int, Origin]]:
    """Find the planned actions of groups of which nodes came, as far as somebody may see the groups."""
    rows = PlannedAction.objects.visible_to(user).filter(node__in=nodes).select_related("group__process")
    for action in rows:
        group = action.group
        address = f"{reverse('portal:show_group', args=[group.process.slug, group.slug])}#planned"
        label = _("Working group “%(name)s”") % {"name": group.name}
        if action.node_id is not None:
            yield action.node_id, Origin("group", label, action.title, address, shorten(action.reason, 300))
