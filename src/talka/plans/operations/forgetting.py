# SPDX-License-Identifier: EUPL-1.2
"""People taken out of plans, because they asked; what was said of an action stays, as words of the municipality."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.directory.models import Person
from talka.notifications.models import Subscription
from talka.notifications.operations import erase_letters_with, erase_subscriptions
from talka.plans.models import Indicator, PlanNode, ProgressUpdate, UpdateRequest
from talka.processes.models import Process


class StillAnswers(Refused):
    message = _("%(name)s answers for actions of a plan still. Hand them over first.")


@transaction.atomic
def forget_person(person: Person, process: Process, *, by: User, reason: str) -> None:
    """Take a person out of the plans of a process: who said an update, who was asked, with the letters, who answered or entered values."""
    authorize(by, "plans.forget_person", process)
    nodes = PlanNode.objects.filter(plan__process=process)
    if nodes.filter(owner=person).exists():
        raise StillAnswers(name=person.name)
    requests = UpdateRequest.objects.filter(round__plan__process=process, person=person)
    secrets = list(requests.values_list("secret", flat=True))
    if secrets:
        erase_letters_with(secrets)
    requests.delete()
    updates = ProgressUpdate.objects.filter(node__plan__process=process)
    keys = list(updates.filter(person=person).values_list("pk", flat=True))
    updates.filter(pk__in=keys).update(person=None)
    history: Any = ProgressUpdate.pgh_event_model.objects  # type: ignore[attr-defined]
    history.filter(pgh_obj_id__in=keys, person_id=person.pk).update(person_id=None)
    Indicator.objects.filter(plan__process=process, owner=person).update(owner=None)
    entering: Any = Indicator.pgh_event_model.objects  # type: ignore[attr-defined]
    entering.filter(plan_id__in=process.plans.values("pk"), owner_id=person.pk).update(owner_id=None)
    owned: Any = PlanNode.pgh_event_model.objects  # type: ignore[attr-defined]
    owned.filter(plan_id__in=process.plans.values("pk"), owner_id=person.pk).update(owner_id=None)
    record("plans.forget_person", process, by=by, scope=process, reason=reason)


@transaction.atomic
def erase_follower(node: PlanNode, subscription: Subscription, *, by: User, reason: str) -> None:
    """Delete an address that follows a node, with the letters sent to it for that, because its owner asked."""
    authorize(by, "plans.forget_person", node.plan.process)
    erase_letters_with([subscription.secret])
    erase_subscriptions(Subscription.objects.filter(pk=subscription.pk, audience=node.audience_id))
    record("plans.erase_follower", node, by=by, scope=node.plan.process, reason=reason)
