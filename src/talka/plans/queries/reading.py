# SPDX-License-Identifier: EUPL-1.2
"""What the page of one node shows beside what its edition says of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q

from talka.directory.models import Area, Membership, Organization, Topic
from talka.notifications.models import Subscription
from talka.plans.models import ENDED, Edition, Goal, NodeVersion, Plan, PlanNode, ProgressUpdate, Removal
from talka.plans.queries.cards import shown_editions
from talka.plans.queries.standing import stale_before, with_standing


@dataclass(frozen=True)
class Stood:
    """What became of a node with one edition: what it says there, or why it is no longer in it."""

    edition: Edition
    version: NodeVersion | None = None
    reason: str = ""


def find_version(edition: Edition, node_id: int) -> NodeVersion | None:
    """Return what an edition says of a node, with all that its page shows, or nothing."""
    goals = Prefetch("goals", Goal.objects.select_related("list"))
    versions = with_standing(edition.versions.filter(node=node_id)).select_related(
        "node__owner", "node__latest", "node__audience", "level", "organization", "place"
    )
    version = versions.prefetch_related("partners", "areas", "topics", goals).first()
    if version is not None:
        version.edition, version.node.plan = edition, edition.plan
    return version


def last_version(plan: Plan, node_id: int, user: Any) -> NodeVersion | None:
    """Return the last that an edition of the plan, of those that the person may see, says of a node."""
    versions = NodeVersion.objects.visible_to(user).filter(edition__plan=plan, node=node_id)
    last = versions.select_related("edition").order_by("-edition__number").first()
    if last is None:
        return None
    last.edition.plan = plan
    return find_version(last.edition, node_id)


def is_stale_now(version: NodeVersion) -> bool:
    """Say whether nobody has said for too long how a work that has not ended is going; as ``standing.is_stale`` says it of many."""
    latest, before = version.node.latest, stale_before(version.edition.plan)
    if latest is not None:
        return latest.state not in ENDED and latest.said_on < before
    return version.edition.approved_on is not None and version.edition.approved_on < before


def stood_in(plan: Plan, node_id: int, user: Any) -> list[Stood]:
    """Return in which editions a node stood and from which it was taken, the latest first."""
    editions = {edition.pk: edition for edition in Edition.objects.visible_to(user).filter(plan=plan)}
    versions = NodeVersion.objects.filter(edition__in=editions, node=node_id).defer("description", "result")
    found = [Stood(editions[one.edition_id], one, one.change_reason) for one in versions]
    removals = Removal.objects.filter(edition__in=editions, node=node_id)
    found += [Stood(editions[one.edition_id], None, one.reason) for one in removals]
    return sorted(found, key=lambda one: -one.edition.number)


def neighbours(edition: Edition, version: NodeVersion) -> tuple[NodeVersion | None, NodeVersion | None]:
    """Return what stands right before and right after something, below the same."""
    beside = (
        edition.versions.filter(parent=version.parent_id)
        .only("edition", "code", "title", "node")
        .order_by("position", "pk")
    )
    rows = list(beside)
    place = next(number for number, one in enumerate(rows) if one.pk == version.pk)
    return (rows[place - 1] if place else None), (rows[place + 1] if place + 1 < len(rows) else None)


def as_shown(nodes: Any, user: Any) -> list[NodeVersion]:
    """Return what plans that the person may see say of nodes today; with plan, process and level loaded."""
    versions = NodeVersion.objects.filter(node__in=nodes, edition__in=shown_editions(user).values("pk"))
    return list(versions.select_related("edition__plan__process", "node").order_by("edition__plan", "code", "pk"))


def served_by(node: PlanNode, user: Any) -> list[NodeVersion]:
    """Return what of other plans serves a node, as the person may see it."""
    versions = NodeVersion.objects.filter(serves=node, edition__in=shown_editions(user).values("pk"))
    return list(versions.select_related("edition__plan__process", "level").order_by("edition__plan", "code", "pk"))


def office_of(version: NodeVersion) -> str:
    """Return the office of the person who answers for a node, in the responsible institution if there; the name is not for everybody."""
    owner = version.node.owner
    if owner is None:
        return ""
    offices = list(Membership.objects.active().filter(person=owner).exclude(title="").order_by("pk"))
    offices.sort(key=lambda one: one.organization_id != version.organization_id)
    return offices[0].title if offices else ""


def follows(node: PlanNode, user: Any) -> bool:
    """Say whether somebody signed in gets letters about a node already."""
    return Subscription.objects.of(user).active().filter(audience=node.audience_id).exists()


def last_updates(edition: Edition, number: int) -> list[tuple[ProgressUpdate, NodeVersion]]:
    """Return the last updates of what stands in an edition, each with what it is about."""
    updates = ProgressUpdate.objects.filter(node__versions__edition=edition, retracted_at__isnull=True)
    latest = list(updates.order_by("-said_on", "-pk")[:number])
    versions = {one.node_id: one for one in edition.versions.filter(node__in=[update.node_id for update in latest])}
    return [(update, versions[update.node_id]) for update in latest]


def relatives(plan: Plan, user: Any) -> tuple[list[Plan], list[Plan]]:
    """Return the plans that a plan serves and those that serve it, of those that the person may see; in one query."""
    links = Plan.parents.through.objects
    serving = Exists(links.filter(from_plan=OuterRef("pk"), to_plan=plan.pk))
    served = Exists(links.filter(from_plan=plan.pk, to_plan=OuterRef("pk")))
    visible = Plan.objects.visible_to(user).select_related("process").annotate(is_serving=serving, is_served=served)
    rows: Any = list(visible.filter(Q(is_serving=True) | Q(is_served=True)))
    return [one for one in rows if one.is_served], [one for one in rows if one.is_serving]


def institutions_of(edition: Edition) -> list[Organization]:
    """Return the institutions that are responsible for something in an edition."""
    return list(Organization.objects.filter(pk__in=edition.versions.order_by().values("organization")))


def areas_of(edition: Edition) -> list[Area]:
    """Return the territories that something in an edition is about."""
    chosen = NodeVersion.areas.through.objects.filter(nodeversion__edition=edition)
    return list(Area.objects.filter(pk__in=chosen.values("area")))


def topics_of(edition: Edition) -> list[Topic]:
    """Return the topics that something in an edition is about."""
    chosen = NodeVersion.topics.through.objects.filter(nodeversion__edition=edition)
    return list(Topic.objects.filter(pk__in=chosen.values("topic")))
