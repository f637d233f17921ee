# SPDX-License-Identifier: EUPL-1.2
"""What plans hold about people: who answers for actions, who said how they are going, who was asked, who follows them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.holdings import Copy, Found, Holder, Wanted, keys_in, register
from talka.core.text import whole_number
from talka.directory.models import Person
from talka.notifications.models import Subscription
from talka.plans.models import Indicator, PlanNode, ProgressUpdate, UnclearReply, UpdateRequest
from talka.plans.operations.forgetting import erase_follower, forget_person
from talka.plans.queries.indicators import names_of
from talka.plans.queries.shown import latest_titles
from talka.processes.models import Process
from talka.processes.queries import answered_for_by

MOST = 200


class OwnerHolder(Holder):
    """People of the directory who answer for actions of plans, one by one for each process."""

    name = "plans"
    label = _("Plans: who answers for actions, what was said of them, who was asked")
    keys = {
        "process": _("process"), "name": pgettext_lazy("person", "Name"), "email": _("E-mail"),
        "answers_for": _("actions and investments that the person answers for"),
        "enters": _("indicators whose values the person enters"),
        "updates": _("what the person said of how they are going, and when"),
        "asked": _("when the person was asked"),
        "replies": _("replies by e-mail that were not clear"),
    }  # fmt: skip

    def _pairs(self, processes: Any, **conditions: Any) -> dict[tuple[int, int], None]:
        """Return each person with each process in whose plans something of them is held."""
        of = {f"person{name}": value for name, value in conditions.items()}
        owners = {f"owner{name}": value for name, value in conditions.items()}
        rows: Iterable[Any] = [
            *PlanNode.objects.filter(plan__process__in=processes, owner__isnull=False, **owners).values_list("owner", "plan__process"),
            *Indicator.objects.filter(plan__process__in=processes, owner__isnull=False, **owners).values_list("owner", "plan__process"),
            *ProgressUpdate.objects.filter(node__plan__process__in=processes, person__isnull=False, **of).values_list("person", "node__plan__process"),
            *UpdateRequest.objects.filter(round__plan__process__in=processes, **of).values_list("person", "round__plan__process"),
        ]  # fmt: skip
        return dict.fromkeys(sorted(rows))

    def _found(self, pairs: Iterable[tuple[int, int]], likeness: dict[int, int] | None = None) -> list[Found]:
        wanted = list(pairs)
        people = Person.objects.in_bulk([person for person, _process in wanted])
        processes = Process.objects.in_bulk([process for _person, process in wanted])
        return [
            self._one(people[person], processes[process], (likeness or {}).get(person, 100))
            for person, process in wanted
        ]

    def _one(self, person: Person, process: Process, likeness: int) -> Found:
        held = [(pgettext_lazy("person", "Name"), person.name), (_("E-mail"), person.email)]
        answers = PlanNode.objects.filter(plan__process=process, owner=person).exists()
        return Found(
            key=f"planowner:{process.pk}-{person.pk}", title=person.name, about=str(process), subject=person, scope=process,
            held=[(label, value) for label, value in held if value], likeness=likeness,
            erasing=_("Updates no longer say who gave them; requests and the letters with them are deleted. What was said of the actions stays."),
            kept_because=_("The person answers for actions still. Hand them over first.") if answers else "",
        )  # fmt: skip

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with people in the plans of the processes that ``by`` answers for."""
        pairs = self._pairs(answered_for_by(by).values("pk"))
        people = Person.objects.filter(pk__in={person for person, _process in pairs})
        alike = {
            person.pk: likeness
            for person in people
            if (likeness := wanted.likeness(email=person.email, name=person.name, phone=person.phone))
        }
        best = sorted((pair for pair in pairs if pair[0] in alike), key=lambda pair: (-alike[pair[0]], pair))
        return self._found(best[:MOST], alike)

    def own(self, user: Any) -> list[Found]:
        """Return what is held of the person of an account, in all processes."""
        return self._found(self._pairs(Process.objects.values("pk"), __user=user))

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        asked = [one.partition(":")[2].partition("-") for one in keys if one.startswith("planowner:")]
        wanted = {(whole_number(person), whole_number(process)) for process, _dash, person in asked}
        return self._found(pair for pair in self._pairs(answered_for_by(by).values("pk")) if pair in wanted)

    def copy(self, found: Found) -> Copy:
        """Return for what the person answers, what they said, and when they were asked."""
        person: Any = found.subject
        process: Any = found.scope
        nodes = PlanNode.objects.filter(plan__process=process, owner=person)
        updates = ProgressUpdate.objects.filter(node__plan__process=process, person=person).order_by("said_on", "pk")
        keys = [*nodes.values_list("pk", flat=True), *updates.values_list("node", flat=True)]
        titles = latest_titles(keys)
        requests = UpdateRequest.objects.filter(round__plan__process=process, person=person)
        return Copy({
            "process": str(process), "name": person.name, "email": person.email,
            "answers_for": [titles.get(node.pk, "") for node in nodes],
            "enters": list(names_of(Indicator.objects.filter(plan__process=process, owner=person)).values()),
            "updates": [
                {"on": one.said_on, "of": titles.get(one.node_id, ""), "state": one.get_state_display(), "percent": one.percent, "text": one.text}
                for one in updates
            ],
            "asked": list(requests.values("round__name", "sent_at", "reminded_at")),
            "replies": list(UnclearReply.objects.filter(request__in=requests).values("received_at", "from_address", "text")),
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Take the person out of the plans of the process."""
        forget_person(found.subject, found.scope, by=by, reason=reason)  # type: ignore[arg-type]


class NodeFollowerHolder(Holder):
    """Addresses that follow an action or investment."""

    name = "following_plans"
    label = _("What an address follows in plans")
    keys = {
        "action": pgettext_lazy("holding", "action or investment"), "process": _("process"), "email": _("E-mail"), "language": _("language"),
        "asked_at": _("when it was asked for"), "confirmed_at": _("when the address was confirmed"), "ended_at": _("when it was ended"),
    }  # fmt: skip

    def _found(self, subscriptions: Any) -> list[Found]:
        rows = list(subscriptions.select_related("audience__plan_node__plan__process").order_by("pk")[:MOST])
        nodes = {row.pk: row.audience.plan_node for row in rows}
        titles = latest_titles([node.pk for node in nodes.values()])
        return [
            Found(
                key=f"planfollower:{key}", title=titles.get(node.pk, ""), about=str(node.plan.process), subject=node,
                scope=node.plan.process, held=[(_("follows with the address"), row.email)],
                erasing=_("The address is deleted, and no letters come any more."),
            )
            for row in rows
            for key, node in [(row.pk, nodes[row.pk])]
        ]  # fmt: skip

    def _in_scope(self, by: Any) -> Any:
        return Subscription.objects.filter(audience__plan_node__plan__process__in=answered_for_by(by).values("pk"))

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Return what the address follows, of the processes that ``by`` answers for."""
        return self._found(self._in_scope(by).filter(email__iexact=wanted.email)) if wanted.email else []

    def own(self, user: Any) -> list[Found]:
        """Return what somebody signed in follows."""
        mine = Q(pk__in=Subscription.objects.of(user).values("pk"), audience__plan_node__isnull=False)
        return self._found(Subscription.objects.filter(mine))

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        return self._found(self._in_scope(by).filter(pk__in=keys_in(keys, "planfollower")))

    def copy(self, found: Found) -> Copy:
        """Return one subscription."""
        row = Subscription.objects.get(pk=keys_in([found.key], "planfollower")[0])
        return Copy({
            "action": found.title, "process": str(found.about), "email": row.email, "language": row.language,
            "asked_at": row.created_at, "confirmed_at": row.confirmed_at, "ended_at": row.ended_at,
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the subscription."""
        row = Subscription.objects.filter(pk=keys_in([found.key], "planfollower")[0]).first()
        if row is not None:
            erase_follower(found.subject, row, by=by, reason=reason)  # type: ignore[arg-type]


register(OwnerHolder())
register(NodeFollowerHolder())
