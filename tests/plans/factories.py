# SPDX-License-Identifier: EUPL-1.2
"""A small plan to test with: two priorities, a direction, a task, two actions, an investment with money, an indicator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from talka.accounts.models import User
from talka.plans.models import Edition, IndicatorVersion, Level, NodeVersion, Plan
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.indicators import create_indicator
from talka.plans.operations.nodes import FundingLine, create_node
from talka.plans.operations.plans import add_level, create_plan, publish_plan
from talka.processes.models import Process

LEVELS = (
    ("group", "vidēja termiņa prioritāte", "vidēja termiņa prioritātes", "p", "VTP{n}"),
    ("group", "rīcības virziens", "rīcības virzieni", "v", "RV{p}.{n}"),
    ("group", "uzdevums", "uzdevumi", "u", "U{v}.{n}"),
    ("action", "pasākums", "pasākumi", "r", "R{u}.{n}"),
    ("investment", "investīciju projekts", "investīciju projekti", "i", "I{u}.{n}"),
)


@dataclass
class SmallPlan:
    """A plan with its levels by letter, its draft or approved first edition, and what stands in it."""

    plan: Plan
    levels: dict[str, Level]
    edition: Edition
    priority: NodeVersion
    empty_priority: NodeVersion
    direction: NodeVersion
    task: NodeVersion
    action: NodeVersion
    other_action: NodeVersion
    investment: NodeVersion
    indicator: IndicatorVersion


def make_plan(
    process: Process,
    *,
    by: User,
    title: str = "Rīcības plāns",
    approved: bool = False,
    published: bool = False,
    **fields: Any,
) -> SmallPlan:
    """Make a plan of 2024–2027; ``approved`` approves its first edition, ``published`` shows it (and approves it)."""
    fields = {"kind": "programme", "starts_year": 2024, "ends_year": 2027, **fields}
    plan = create_plan(process, title=title, by=by, **fields)
    levels = {
        letter: add_level(plan, kind=kind, name=name, plural=plural, letter=letter, pattern=pattern, by=by)
        for kind, name, plural, letter, pattern in LEVELS
    }
    edition = start_edition(plan, name="RP 2024.1", by=by)
    priority = create_node(edition, level=levels["p"], title="Pieejama vide", by=by)
    empty = create_node(edition, level=levels["p"], title="Gudra pārvalde", by=by)
    direction = create_node(edition, level=levels["v"], parent=priority.node, title="Droša kustība", by=by)
    task = create_node(edition, level=levels["u"], parent=direction.node, title="Veloceliņu tīkls", by=by)
    below: dict[str, Any] = {"parent": task.node, "by": by, "organization": process.owner}
    action = create_node(
        edition, level=levels["r"], title="Apsekot ielas", starts_year=2024, ends_year=2025, ends_quarter=2, **below
    )
    other = create_node(edition, level=levels["r"], title="Apmācīt skolēnus", starts_year=2024, ends_year=2027, **below)
    investment = create_node(
        edition, level=levels["i"], title="Veloceliņš Grīzupes ielā", starts_year=2025, ends_year=2026,
        funding=[
            FundingLine("municipal", Decimal(150000), 2025), FundingLine("eu", Decimal("850000.50"), 2025, "ERAF"),
            FundingLine("eu", Decimal(100000), 2026, "ERAF"),
        ], **below,
    )  # fmt: skip
    indicator = create_indicator(
        edition, name="Veloceliņu garums", unit="km", decimals=1, baseline=Decimal("4.2"), baseline_year=2023,
        targets={2025: Decimal(6), 2027: Decimal("9.5")}, nodes=[task.node], by=by,
    )  # fmt: skip
    if approved or published:
        edition = approve_edition(
            edition, approved_on=date(2024, 1, 25), decision="Domes 25.01.2024. lēmums Nr. 12", by=by
        )
    if published:
        publish_plan(plan, by=by)
        plan.refresh_from_db()
    return SmallPlan(plan, levels, edition, priority, empty, direction, task, action, other, investment, indicator)
