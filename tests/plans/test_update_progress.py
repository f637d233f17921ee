# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.core import clock
from talka.plans.models import NodeVersion
from talka.plans.operations.nodes import assign_owner
from talka.plans.operations.progress import NothingToUpdate, SaidInFuture, Spent, report_money, update_progress
from talka.plans.queries.money import add_up, amounts_of, total
from talka.plans.queries.standing import is_stale, with_standing
from talka.plans.signals import progressed
from talka.processes.models import Process
from tests.plans.factories import make_plan


def test_the_latest_day_says_how_it_is_going(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    node = small.action.node
    update_progress(
        node, state="under_way", percent=40, text="Apsekotas sešas ielas.", said_on=date(2025, 1, 10), by=carol
    )
    update_progress(node, state="not_started", said_on=date(2024, 7, 1), by=carol)
    node.refresh_from_db()
    assert node.latest is not None
    assert (node.latest.state, node.latest.percent) == ("under_way", 40)


def test_those_above_are_told_when_the_state_becomes_another(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    told: list[tuple[Any, str]] = []

    def listen(sender: Any, node: Any, update: Any, before: Any, **_rest: Any) -> None:
        told.append((before, update.state))

    progressed.connect(listen)
    try:
        for state in ("not_started", "under_way", "under_way", "done"):
            update_progress(small.action.node, state=state, by=carol)
    finally:
        progressed.disconnect(listen)
    assert told == [("not_started", "under_way"), ("under_way", "done")]


def test_its_owner_may_and_eve_may_not(process: Process, carol: User, dora: User, eve: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    for other in (dora, eve):
        with pytest.raises(PermissionDenied):
            update_progress(small.action.node, state="done", by=other)
    assign_owner(small.action.node, owner=dora.person, by=carol)
    small.action.node.refresh_from_db()
    update = update_progress(small.action.node, state="done", by=dora)
    assert (update.percent, update.person) == (100, dora.person)


def test_nothing_is_said_of_the_future_or_of_a_part_of_the_tree(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    with pytest.raises(SaidInFuture):
        update_progress(small.action.node, state="done", said_on=clock.today() + timedelta(days=1), by=carol)
    with pytest.raises(NothingToUpdate):
        update_progress(small.task.node, state="done", by=carol)


def test_late_and_stale_follow_from_days(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    standing = lambda: dict(with_standing(small.edition.versions.works()).values_list("node", "standing"))  # noqa: E731
    assert standing()[small.action.node_id] == "late"
    assert standing()[small.other_action.node_id] == "not_started"
    stale = NodeVersion.objects.filter(is_stale(small.plan), edition=small.edition).works()
    assert stale.count() == 3
    update_progress(small.action.node, state="done", said_on=date(2024, 2, 1), by=carol)
    update_progress(small.other_action.node, state="under_way", by=carol)
    assert standing()[small.action.node_id] == "done"
    assert [version.node for version in stale.all()] == [small.investment.node]


def test_sums_of_money_come_from_the_same_rows(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    report_money(small.investment.node, lines=[Spent("eu", 2025, Decimal(500000), Decimal(120000), "ERAF")], by=carol)
    report_money(small.investment.node, lines=[Spent("eu", 2025, Decimal(600000), Decimal(130000), "ERAF")], by=carol)
    amounts = amounts_of(small.edition)
    assert total(amounts).planned == Decimal("1100000.50")
    by_source = add_up(amounts, lambda amount: (amount.source, amount.year))
    assert (by_source["eu", 2025].committed, by_source["eu", 2025].spent) == (600000, 130000)
    assert sum(sums.planned for sums in by_source.values()) == total(amounts).planned
