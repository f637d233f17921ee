# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction

from talka.accounts.models import User
from talka.plans.models import Funding, NodeVersion, PlanNode
from talka.plans.operations.editions import EditionApproved, start_edition
from talka.plans.operations.nodes import (
    CodeTaken,
    FundingLine,
    ReasonMissing,
    SomethingBelow,
    WrongLevel,
    change_node,
    create_node,
    remove_node,
)
from talka.processes.models import Process
from tests.plans.factories import make_plan


def test_codes_are_made_by_the_pattern_of_the_level(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    codes = [small.priority.code, small.direction.code, small.task.code, small.action.code, small.investment.code]
    assert codes == ["VTP1", "RV1.1", "U1.1.1", "R1.1.1.1", "I1.1.1.1"]


def test_a_node_stands_only_below_a_level_further_up(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    with pytest.raises(WrongLevel):
        create_node(small.edition, level=small.levels["p"], parent=small.task.node, title="Otrādi", by=carol)
    straight = create_node(small.edition, level=small.levels["r"], parent=small.priority.node, title="Tieši", by=carol)
    assert straight.code == "R1"


def test_a_code_stands_once_in_an_edition(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    with pytest.raises(CodeTaken):
        create_node(small.edition, level=small.levels["p"], code="VTP1", title="Vēl viena", by=carol)
    with pytest.raises(CodeTaken):
        change_node(small.direction, code="VTP1", by=carol)


def test_a_lost_code_stays_findable(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    change_node(small.action, code="R9", by=carol)
    assert [one.code for one in small.action.node.former_codes.all()] == ["R1.1.1.1"]


def test_money_of_one_source_and_year_is_one_row(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    lines = [FundingLine("eu", Decimal(10), 2025, "ERAF"), FundingLine("eu", Decimal("5.5"), 2025, "ERAF")]
    change_node(small.investment, funding=lines, by=carol)
    assert Funding.objects.get(version=small.investment).planned == Decimal("15.5")


def test_what_was_never_approved_is_removed_without_a_reason(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    with pytest.raises(SomethingBelow):
        remove_node(small.task, by=carol)
    remove_node(small.action, by=carol)
    assert not NodeVersion.objects.filter(node=small.action.node).exists()


def test_an_approved_edition_does_not_change(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    with pytest.raises(EditionApproved):
        change_node(small.action, title="Cits", by=carol)
    with pytest.raises(EditionApproved):
        remove_node(small.action, by=carol, reason="Nav vajadzīgs")
    for rows in (NodeVersion.objects.filter(pk=small.action.pk), Funding.objects.filter(version=small.investment)):
        with pytest.raises(ProgrammingError, match="approved"), transaction.atomic():
            rows.delete()
    with pytest.raises(ProgrammingError, match="approved"), transaction.atomic():
        Funding.objects.filter(version=small.investment).update(planned=1)


def test_what_was_approved_needs_a_reason_to_go(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    version = draft.versions.get(node=small.action.node)
    with pytest.raises(ReasonMissing):
        remove_node(version, by=carol)
    remove_node(version, by=carol, reason="Paveikts citā projektā")
    assert draft.removals.get().node == small.action.node


def test_eve_and_a_clerk_may_not(process: Process, carol: User, clara: User, eve: User) -> None:
    small = make_plan(process, by=carol)
    for other in (eve, clara):
        with pytest.raises(PermissionDenied):
            create_node(small.edition, level=small.levels["p"], title="Sveša", by=other)
        with pytest.raises(PermissionDenied):
            change_node(small.action, title="Cits", by=other)
    assert PlanNode.objects.filter(plan=small.plan).count() == 7
