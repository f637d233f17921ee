# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from talka.core.text import shorten
from talka.groups.models import PlannedAction
from talka.plans.addresses import node_address
from talka.plans.models import NodeVersion
from talka.plans.origins import Origin
from talka.plans.queries.shown import shown_versions


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
