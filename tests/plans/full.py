# SPDX-License-Identifier: EUPL-1.2
"""The small plan with something in every field, to be given out."""

from datetime import date
from decimal import Decimal

from talka.accounts.models import User
from talka.directory.models import Area, Organization, Topic
from talka.plans.models import Edition, Goal, GoalList, PlanNode
from talka.plans.operations.editions import approve_edition
from talka.plans.operations.indicators import record_value
from talka.plans.operations.nodes import assign_owner, change_node
from talka.plans.operations.plans import publish_plan
from talka.plans.operations.progress import Spent, report_money, update_progress
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

DECISION = "Domes 25.01.2024. lēmums Nr. 12"


def make_full_plan(
    process: Process, *, by: User, owner: User, serves: list[PlanNode] | None = None, title: str = "Rīcības plāns"
) -> SmallPlan:
    """Make a published plan: texts, partners, territories, goals, money for the whole term, updates, reported money, values."""
    small = make_plan(process, by=by, title=title, summary="Ko novads dara līdz 2027. gadam.")
    area = Area.objects.create(name="Talkas pagasts", kind="parish")
    topic = Topic.objects.create(name="Satiksme; ielas")
    partner = Organization.objects.create(name="Biedrība “Ritenis”", slug="ritenis", classification="association")
    goals = GoalList.objects.get_or_create(slug="sdg", defaults={"name": "Ilgtspējīgas attīstības mērķi"})[0]
    goal = Goal.objects.get_or_create(list=goals, code="11", defaults={"name": "Pilsētas", "name_en": "Cities"})[0]
    change_node(small.priority, description="Lai visur var nokļūt droši.\n\nArī ar ratiņiem.", by=by)
    change_node(
        small.action, description="=1+1 nav formula\notrā rinda", result="Saraksts ar ielām", partners=[partner],
        partners_note="Latvijas Valsts ceļi", areas=[area], topics=[topic], goals=[goal], serves=serves or [], by=by,
    )  # fmt: skip
    assign_owner(small.action.node, owner=owner.person, by=by)
    publish(small, by=by)
    update_progress(small.action.node, state="under_way", percent=40, text="Apsekotas sešas ielas.", by=by)
    report_money(small.investment.node, lines=[Spent("eu", 2025, Decimal(500000), Decimal("120000.25"), "ERAF")], by=by)
    record_value(small.indicator.indicator, year=2024, value=Decimal("5.1"), by=by)
    return small


def publish(small: SmallPlan, *, by: User) -> None:
    """Approve its edition and show the plan to everybody."""
    small.edition = approve_edition(small.edition, approved_on=date(2024, 1, 25), decision=DECISION, by=by)
    publish_plan(small.plan, by=by)
    small.plan.refresh_from_db()


def edition_of(small: SmallPlan) -> Edition:
    """Return its edition as an address finds it."""
    return Edition.objects.select_related("plan__process", "plan__owner").get(pk=small.edition.pk)
