# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Sum

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area, Organization, Topic
from talka.plans.models import Edition, Plan
from talka.plans.operations.editions import (
    ApprovedInFuture,
    DraftExists,
    EditionEmpty,
    approve_edition,
    show_edition,
    start_edition,
)
from talka.plans.operations.nodes import change_node
from talka.plans.queries.editions import in_force, shown_edition
from talka.processes.models import Process
from tests.plans.factories import make_plan


def test_the_next_edition_begins_with_all_that_was_approved(process: Process, carol: User, topic: Topic) -> None:
    small = make_plan(process, by=carol)
    area = Area.objects.create(name="Talkas pagasts", kind="parish")
    partner = Organization.objects.create(name="Biedrība", slug="biedriba", classification="association")
    change_node(small.action, areas=[area], topics=[topic], partners=[partner], serves=[small.task.node], by=carol)
    approve_edition(small.edition, approved_on=date(2024, 1, 25), decision="Lēmums Nr. 1", by=carol)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    action = draft.versions.get(node=small.action.node)
    assert draft.based_on == small.edition
    assert (action.title, action.code) == (small.action.title, small.action.code)
    assert [list(getattr(action, name).all()) for name in ("areas", "topics", "partners", "serves")] == [[area], [topic], [partner], [small.task.node]]  # fmt: skip
    money = draft.versions.get(node=small.investment.node).funding.aggregate(all=Sum("planned"))["all"]
    assert money == Decimal("1100000.50")
    indicator = draft.indicator_versions.get()
    assert {target.year: target.value for target in indicator.targets.all()} == {2025: 6, 2027: Decimal("9.5")}
    assert list(indicator.nodes.all()) == [small.task.node]
    change_node(action, title="Apsekot visas ielas", by=carol)
    assert small.edition.versions.get(node=small.action.node).title == "Apsekot ielas"


def test_only_one_edition_is_worked_on(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    with pytest.raises(DraftExists, match=r"RP 2024\.1"):
        start_edition(small.plan, name="Vēl viena", by=carol)


def test_the_approved_one_stays_public_while_the_next_is_worked_on(
    process: Process, carol: User, visitor: User, eve: User
) -> None:
    small = make_plan(process, by=carol, published=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    assert in_force(small.plan) == small.edition
    for other in (visitor, eve):
        assert shown_edition(small.plan, other) == small.edition
        assert shown_edition(small.plan, other, draft.number) is None
    assert shown_edition(small.plan, carol, draft.number) == draft
    show_edition(draft, by=carol)
    assert shown_edition(small.plan, visitor, draft.number) == draft
    approve_edition(draft, approved_on=clock.today(), decision="Lēmums Nr. 2", by=carol)
    assert shown_edition(small.plan, visitor) == draft


def test_a_plan_that_is_not_published_is_seen_by_those_who_work_on_it(process: Process, carol: User, eve: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    assert not Plan.objects.visible_to(eve).exists()
    assert not Edition.objects.visible_to(eve).exists()
    assert list(Plan.objects.visible_to(carol)) == [small.plan]


def test_an_edition_is_approved_by_a_decision_that_has_been_taken(process: Process, carol: User, eve: User) -> None:
    small = make_plan(process, by=carol)
    with pytest.raises(ApprovedInFuture):
        approve_edition(small.edition, approved_on=clock.today() + timedelta(days=1), decision="Nr. 1", by=carol)
    with pytest.raises(PermissionDenied):
        approve_edition(small.edition, approved_on=clock.today(), decision="Nr. 1", by=eve)
    empty = make_plan(process, by=carol, title="Cits plāns")
    empty.edition.versions.all().delete()
    with pytest.raises(EditionEmpty):
        approve_edition(empty.edition, approved_on=clock.today(), decision="Nr. 1", by=carol)
