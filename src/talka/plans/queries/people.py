# SPDX-License-Identifier: EUPL-1.2
"""Who may answer for something in the plans of a process, and what a person answers for."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from talka.core.alphabet import Alphabetical
from talka.core.text import fold
from talka.directory.models import Membership, Person, Staff
from talka.plans.models import Edition, IndicatorVersion, NodeVersion
from talka.processes.models import Process, Role
from talka.processes.queries import organizations_near

_MOST = 20


def people_to_answer(process: Process) -> "QuerySet[Person]":
    """Return those whose work it can be: with an office or work at an organization that takes part, a working role, or actions already."""
    near = organizations_near(process).values("pk")
    return Person.objects.filter(
        Q(pk__in=Membership.objects.active().filter(organization__in=near).values("person"))
        | Q(pk__in=Staff.objects.active().filter(organization__in=near).values("person"))
        | Q(pk__in=Role.objects.active().filter(process=process, kind__in=Role.WORKING).values("person"))
        | Q(owned_nodes__plan__process=process)
    ).distinct()


def find_answerers(process: Process, words: str) -> list[Person]:
    """Return people who could answer for something and whose name holds all the words, whatever the case and the diacritics."""
    parts = fold(words).split()
    names = people_to_answer(process).values_list("pk", "name") if parts else []
    found = [pk for pk, name in names if all(part in fold(name) for part in parts)][:_MOST]
    offices = Membership.objects.active().select_related("organization")
    return list(Person.objects.filter(pk__in=found).prefetch_related(Prefetch("memberships", queryset=offices)))


@dataclass(frozen=True)
class Held:
    """What a person answers for in the plans of a process, as the newest edition of each says it."""

    versions: list[NodeVersion]
    indicators: list[IndicatorVersion]


def held_by(process: Process, person: Person) -> Held:
    """Return what a person answers for: what goes on and what has ended, each as the newest approved edition or the draft says it."""
    editions = Edition.objects.filter(plan__process=process).order_by("number")
    newest = {edition.plan_id: edition.pk for edition in editions if edition.is_draft}
    newest |= {edition.plan_id: edition.pk for edition in editions if not edition.is_draft}
    every = [edition.pk for edition in editions]
    versions: dict[int, NodeVersion] = {}
    rows = NodeVersion.objects.filter(edition__in=every, node__owner=person).select_related(
        "node__plan", "level", "node__latest"
    )
    for version in rows.order_by("edition__number", "position", "pk"):
        if version.node_id not in versions or version.edition_id == newest[version.node.plan_id]:
            versions[version.node_id] = version
    indicators: dict[int, IndicatorVersion] = {}
    measured = IndicatorVersion.objects.filter(edition__in=every, indicator__owner=person).select_related(
        "indicator__plan"
    )
    for one in measured.order_by("edition__number", "position", "pk"):
        if one.indicator_id not in indicators or one.edition_id == newest[one.indicator.plan_id]:
            indicators[one.indicator_id] = one
    return Held(list(versions.values()), list(indicators.values()))


def owners_in(process: Process) -> "QuerySet[Person]":
    """Return everybody who answers for something in the plans of a process, with how much."""
    nodes = Count("owned_nodes", filter=Q(owned_nodes__plan__process=process), distinct=True)
    indicators = Count("owned_indicators", filter=Q(owned_indicators__plan__process=process), distinct=True)
    return (
        Person.objects.annotate(nodes=nodes, indicators=indicators)
        .filter(Q(nodes__gt=0) | Q(indicators__gt=0))
        .order_by(Alphabetical("name"), "pk")
    )
