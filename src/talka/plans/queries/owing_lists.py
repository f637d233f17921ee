# SPDX-License-Identifier: EUPL-1.2
"""The coordinator's list: who owes word of what, since when, and what became of the letters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from talka.core.alphabet import Alphabetical
from talka.directory.models import Organization, Person
from talka.notifications.models import Notification
from talka.plans.letters import thread_of
from talka.plans.models import NodeVersion, Plan, UpdateRequest, UpdateRound
from talka.plans.queries.owing import address_of, goes_on, is_owed, owed_since, with_last_word, works_of
from talka.plans.queries.standing import is_stale


class What(TextChoices):
    """Which of the actions and investments of a plan the list shows."""

    OWED = "owed", _("an update is owed")
    STALE = "stale", _("not heard of for long")
    NEVER = "never", _("never said anything")
    NOBODY = "nobody", _("nobody answers for it")
    ALL = "all", _("everything that goes on")


@dataclass(frozen=True)
class Owner:
    """One person with what of theirs the list shows, and the request of the latest round."""

    person: Person
    number: int
    versions: Sequence[NodeVersion]
    since: date | None
    request: UpdateRequest | None
    came_back: bool

    @property
    def address(self) -> str:
        """Return where the person is written to; empty for somebody to be called."""
        return address_of(self.person)


@dataclass(frozen=True)
class Figures:
    """How many owners a round asked, how many owe something still, how many letters could not be written or came back."""

    asked: int
    owing: int
    unwritten: int

    @property
    def answered(self) -> int:
        """Return how many have said all."""
        return self.asked - self.owing


def chosen_works(
    plan: Plan, update_round: UpdateRound | None, what: str, institution: int | None = None, name: str = ""
) -> "QuerySet[NodeVersion]":
    """Return the works that the list shows: of one institution, of people with a name, or of all."""
    conditions = {
        What.OWED: is_owed(plan, update_round),
        What.STALE: is_stale(plan),
        What.NEVER: goes_on() & Q(node__latest__isnull=True),
        What.NOBODY: goes_on() & Q(node__owner__isnull=True),
        What.ALL: goes_on(),
    }
    works = works_of(plan).filter(conditions[What(what)])
    if institution is not None:
        works = works.filter(organization=institution)
    return works.filter(node__owner__name__icontains=name) if name and what != What.NOBODY else works


def owners_of(works: "QuerySet[NodeVersion]") -> Any:
    """Return the owners of works as rows of ``node__owner`` and ``number``, those with most first."""
    counted = works.filter(node__owner__isnull=False).order_by().values("node__owner").annotate(number=Count("pk"))
    return counted.order_by("-number", Alphabetical("node__owner__name"), "node__owner")


def load_owners(
    plan: Plan, update_round: UpdateRound | None, works: "QuerySet[NodeVersion]", rows: Sequence[dict[str, Any]]
) -> list[Owner]:
    """Return the people of some rows of ``owners_of`` with all that the list shows of each, in four queries."""
    keys = [row["node__owner"] for row in rows]
    people = {person.pk: person for person in Person.objects.filter(pk__in=keys).select_related("user")}
    versions: dict[int, list[NodeVersion]] = {}
    for version in with_last_word(works.filter(node__owner__in=keys)).select_related(
        "edition", "node__latest", "organization"
    ):
        if version.node.owner_id is not None:
            versions.setdefault(version.node.owner_id, []).append(version)
    requests = {
        one.person_id: one for one in UpdateRequest.objects.filter(round=update_round, person__in=keys)
    } if update_round is not None else {}  # fmt: skip
    threads = [thread_of(one) for one in requests.values()]
    returned = set(
        Notification.objects.returned().filter(thread__in=threads).values_list("thread", flat=True) if threads else ()
    )
    found = []
    for row in rows:
        key = row["node__owner"]
        own, request = versions.get(key, []), requests.get(key)
        since = min((owed_since(version, plan, update_round) for version in own), default=None)
        came_back = request is not None and thread_of(request) in returned
        found.append(Owner(people[key], row["number"], own, since, request, came_back))
    return found


def figures_of(plan: Plan, update_round: UpdateRound) -> Figures:
    """Return how a round stands, in two queries."""
    owing = works_of(plan).filter(is_owed(plan, update_round), node__owner__isnull=False).order_by()
    counted = update_round.requests.aggregate(
        asked=Count("pk"),
        owing=Count("pk", filter=Q(person__in=owing.values("node__owner"))),
        unwritten=Count("pk", filter=Q(sent_at__isnull=True)),
    )
    return Figures(**counted)


def institutions_of(plan: Plan) -> "QuerySet[Organization]":
    """Return the institutions that are responsible for something in the edition in force."""
    return Organization.objects.filter(pk__in=works_of(plan).order_by().values("organization"))
