# SPDX-License-Identifier: EUPL-1.2
"""Owners of a small plan who have been asked how it is going."""

from datetime import timedelta

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.notifications.models import Notification
from talka.plans.models import NodeVersion, UpdateRequest, UpdateRound
from talka.plans.operations.nodes import assign_owner
from talka.plans.operations.rounds import open_round, send_requests
from tests.plans.factories import SmallPlan


def give(small: SmallPlan, owner: Person, *versions: NodeVersion, by: User) -> None:
    """Let a person answer for actions."""
    for version in versions:
        assign_owner(version.node, owner=owner, by=by)
        version.node.refresh_from_db()


def ask(small: SmallPlan, *, by: User, days: int = 14) -> UpdateRound:
    """Open a round and write its letters."""
    update_round = open_round(small.plan, name="Aptauja", due_on=clock.today() + timedelta(days=days), by=by)
    send_requests(update_round.pk)
    return update_round


def request_of(update_round: UpdateRound, user: User) -> UpdateRequest:
    """Return the request that somebody got."""
    return UpdateRequest.objects.get(round=update_round, person__user=user)


def letters(template: str) -> dict[str, Notification]:
    """Return the letters of one template by the address that they went to."""
    return {one.email: one for one in Notification.objects.filter(template=template).order_by("pk")}
