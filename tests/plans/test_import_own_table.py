# SPDX-License-Identifier: EUPL-1.2
"""The columns in which a plan is given out, taken in again without loss."""

from typing import Any

from talka.accounts.models import User
from talka.directory.models import Area, Organization, Topic
from talka.plans.models import Edition, Goal, Plan
from talka.plans.operations.editions import start_edition
from talka.plans.operations.nodes import change_node, create_node
from talka.plans.operations.plans import add_level, create_plan
from talka.plans.operations.progress import update_progress
from talka.plans.queries.imports import rows_of
from talka.plans.table_columns import COLUMNS, STATES, Money, joined, pointed, when
from talka.processes.models import Process
from tests.imports.samples import csv_of, xlsx_of
from tests.plans.factories import LEVELS, make_plan
from tests.plans.importing import looked_at, sent, taken


def own_table(edition: Edition) -> list[list[Any]]:
    """Return an edition in the columns of our own table."""
    versions = list(edition.versions.select_related("level", "organization", "node__latest", "node__plan"))
    by_node = {version.node_id: version for version in versions}
    money = sorted(
        {Money(row.source, row.fund, row.year) for v in versions for row in v.funding.all()}, key=lambda m: m.name
    )
    rows: list[list[Any]] = [[*(column.name for column in COLUMNS), *(one.name for one in money)]]
    for v in versions:
        above = by_node[v.parent_id] if v.parent_id is not None else None
        sums = {Money(row.source, row.fund, row.year): row.planned for row in v.funding.all()}
        rows.append([
            v.code, v.level.name, (above.code or above.title) if above else "", v.title, v.description, v.result,
            v.organization.name if v.organization else "", joined(one.name for one in v.partners.all()), v.partners_note,
            when(v.starts_year, v.starts_quarter), when(v.ends_year, v.ends_quarter), joined(one.name for one in v.areas.all()),
            joined(one.name for one in v.topics.all()),
            joined(pointed(node.plan.slug, node.versions.get().code or "") for node in v.serves.all()),
            joined(pointed(goal.list.slug, goal.code) for goal in v.goals.all()),
            STATES[v.node.latest.state] if v.node.latest else "", v.node.latest.percent if v.node.latest else None,
            *(float(sums[one]) if one in sums else None for one in money),
        ])  # fmt: skip
    return rows


def full_plan(process: Process, carol: User) -> Edition:
    """Return a draft in which every field says something, with two nodes of the same title that have no code."""
    above = make_plan(process, by=carol, title="Stratēģija")
    small = make_plan(process, by=carol)
    small.plan.parents.set([above.plan])
    names = ("SIA „Ūdens; kanalizācija”", "Izglītības, kultūras un sporta pārvalde (pagastos)")
    partners = [
        Organization.objects.create(name=name, slug=f"p{n}", classification="company") for n, name in enumerate(names)
    ]
    change_node(
        small.investment, by=carol, description="Pirmā rinda\nOtrā rinda: 1) a; 2) b*", result="Izbūvēts 1,2 km", partners=partners,
        partners_note="skolas; citi", areas=[Area.objects.create(name="Talkas pagasts", kind="parish")],
        topics=[Topic.objects.create(name="Mobilitāte")], serves=[above.task.node],
        goals=list(Goal.objects.filter(code="11")), starts_quarter=2,
    )  # fmt: skip
    for _twice in range(2):
        create_node(
            small.edition,
            level=small.levels["r"],
            parent=small.task.node,
            title="Labiekārtot teritoriju*",
            code=None,
            by=carol,
        )
    update_progress(small.action.node, state="under_way", percent=40, by=carol)
    return small.edition


def test_what_the_draft_says_already_changes_nothing(process: Process, carol: User) -> None:
    edition = full_plan(process, carol)
    before = rows_of(edition)
    for content in (xlsx_of(own_table(edition)), csv_of(own_table(edition), delimiter=";")):
        difference = looked_at(sent(edition.plan, content, by=carol))
        assert [one.says for one in difference.troubles] == []
        assert (difference.new, difference.changed, difference.missing, difference.told) == ([], [], [], [])
    assert rows_of(edition) == before


def test_an_empty_draft_says_the_same_afterwards(process: Process, carol: User) -> None:
    edition = full_plan(process, carol)
    plan: Plan = create_plan(process, title="Cits plāns", kind="programme", starts_year=2024, ends_year=2027, by=carol)
    plan.parents.set(edition.plan.parents.all())
    for kind, name, plural, letter, pattern in LEVELS:
        add_level(plan, kind=kind, name=name, plural=plural, letter=letter, pattern=pattern, by=carol)
    draft = start_edition(plan, name="RP 1", by=carol)
    table = own_table(edition)
    taken(sent(plan, xlsx_of(table), by=carol), by=carol, with_state=True)
    assert sorted(map(str, own_table(draft))) == sorted(map(str, table))
    assert draft.versions.filter(code__isnull=True).count() == 2
