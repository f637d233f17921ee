# SPDX-License-Identifier: EUPL-1.2
"""What is given out can be taken in again without loss: plans made at random, given out, taken into an empty draft, compared."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from talka.accounts.models import User
from talka.core import clock
from talka.core.text import clean_line, clean_text
from talka.directory.models import Area, Organization, Topic
from talka.plans.documents.facts import EditionFacts, gather
from talka.plans.documents.tables import csv_of
from talka.plans.documents.workbook import workbook_of
from talka.plans.models import Edition, Goal, GoalList
from talka.plans.operations.editions import start_edition
from talka.plans.operations.nodes import FundingLine, create_node
from talka.plans.operations.plans import add_level, create_plan
from talka.plans.operations.progress import update_progress
from talka.processes.models import Process
from tests.plans.factories import LEVELS
from tests.plans.importing import looked_at, sent, taken

SIGNS = "aāčēžņ BĀŠ 019 ;:,.\\'\"„”()=+-@#%&<>/€"
LINES = st.text(SIGNS, max_size=40).map(clean_line)
TEXTS = st.text(SIGNS + "\n", max_size=60).map(clean_text)
TITLES = st.tuples(st.sampled_from("ABĀČ"), LINES).map(lambda parts: clean_line("".join(parts)))
FUNDS = st.sampled_from(["", "ERAF", "ANM 2. kārta", "Fonds: ceļi 2027"])
MONEY = st.tuples(
    st.sampled_from(["municipal", "eu", "state", "private", "loan", "other", "open"]), FUNDS,
    st.sampled_from([None, 2024, 2025, 2026]), st.decimals(Decimal("0.01"), Decimal(9_999_999), places=2),
)  # fmt: skip
TERMS = st.sampled_from(
    [
        (None, None, None, None),
        (2024, None, 2026, None),
        (2025, 2, 2025, 4),
        (None, None, 2026, 1),
        (2024, 3, None, None),
        (2025, None, 2025, None),
    ]
)
WORKS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from("ri"), "title": TITLES, "description": TEXTS, "result": TEXTS, "partners_note": LINES,
        "term": TERMS, "organization": st.integers(-1, 2), "partners": st.sets(st.integers(0, 2)), "areas": st.booleans(),
        "topics": st.booleans(), "goals": st.booleans(), "money": st.lists(MONEY, max_size=3),
        "state": st.sampled_from([None, "not_started", "under_way", "done", "dropped"]), "percent": st.integers(0, 100),
    }
)  # fmt: skip
PLANS = st.lists(st.tuples(TITLES, TEXTS, st.lists(WORKS, max_size=3)), min_size=1, max_size=3)

NAMES = ("Attīstības nodaļa", "SIA „A; B”", "Biedrība \\ „Ritenis”")


def _empty(process: Process, title: str, by: User) -> Edition:
    plan = create_plan(process, title=title, kind="programme", starts_year=2024, ends_year=2027, by=by)
    for kind, name, plural, letter, pattern in LEVELS:
        add_level(plan, kind=kind, name=name, plural=plural, letter=letter, pattern=pattern, by=by)
    return start_edition(plan, name="RP 2024.1", by=by)


def _lay(edition: Edition, drawn: Any, ground: dict[str, Any], by: User) -> None:
    levels = {level.letter: level for level in edition.plan.levels.all()}
    for title, text, works in drawn:
        priority = create_node(edition, level=levels["p"], title=title, description=text, by=by)
        for work in works:
            start, start_quarter, end, end_quarter = work["term"]
            chosen = work["organization"]
            node = create_node(
                edition, level=levels[work["kind"]], parent=priority.node, title=work["title"],
                description=work["description"], result=work["result"], partners_note=work["partners_note"],
                starts_year=start, starts_quarter=start_quarter, ends_year=end, ends_quarter=end_quarter,
                organization=ground["organizations"][chosen] if chosen >= 0 else None,
                partners=[ground["organizations"][one] for one in work["partners"] if one != chosen],
                areas=ground["areas"] if work["areas"] else [], topics=ground["topics"] if work["topics"] else [],
                goals=ground["goals"] if work["goals"] else [],
                funding=[FundingLine(source, planned, year, fund) for source, fund, year, planned in work["money"]], by=by,
            )  # fmt: skip
            if work["state"] is not None:
                percent = None if work["state"] == "not_started" else work["percent"]
                update_progress(node.node, state=work["state"], percent=percent, by=by)


def _said(edition: Edition) -> list[dict[str, Any]]:
    """Return what the table holds of every node, in reading order."""
    facts: EditionFacts = gather(edition, AnonymousUser())
    codes = {node.key: node.code for node in facts.nodes}
    return [
        {
            "code": node.code, "level": node.level, "parent": codes[node.above[-1]] if node.above else "", "title": node.title,
            "description": node.description, "result": node.result, "organization": node.organization,
            "partners": sorted(node.partners), "partners_note": node.partners_note,
            "term": (node.starts_year, node.starts_quarter, node.ends_year, node.ends_quarter), "areas": node.areas,
            "topics": node.topics, "goals": [(one.place, one.code) for one in node.goals],
            "state": node.state or "not_started", "percent": node.percent,
            "money": {(one.source, one.fund, one.year): one.planned for one in node.money},
        }
        for node in facts.nodes
    ]  # fmt: skip


def _workbook(facts: EditionFacts) -> bytes:
    return workbook_of(facts, facts.nodes)


@pytest.mark.parametrize("write", [csv_of, _workbook], ids=["csv", "xlsx"])
def test_what_is_given_out_is_taken_in_again_without_loss(
    process: Process, carol: User, write: Callable[[EditionFacts], bytes]
) -> None:
    goals = GoalList.objects.get_or_create(slug="sdg", defaults={"name": "Mērķi"})[0]
    ground = {
        "organizations": [
            Organization.objects.create(name=name, slug=f"rt-{number}", classification="department", parent=process.owner)
            for number, name in enumerate(NAMES)
        ],
        "areas": [Area.objects.create(name="Talkas; pagasts", kind="parish")],
        "topics": [Topic.objects.create(name="Satiksme\\ielas")],
        "goals": [Goal.objects.get_or_create(list=goals, code="11", defaults={"name": "Pilsētas"})[0]],
    }  # fmt: skip

    @settings(
        max_examples=6,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    @given(PLANS)
    def holds(drawn: Any) -> None:
        with transaction.atomic(), translation.override("lv"):
            before = _empty(process, "Izdots", carol)
            _lay(before, drawn, ground, carol)
            after = _empty(process, "Paņemts", carol)
            run = taken(
                sent(after.plan, write(gather(before, AnonymousUser())), by=carol),
                by=carol,
                with_state=True,
                said_on=clock.today(),
            )
            assert not looked_at(run).troubles
            assert _said(after) == _said(before)
            transaction.set_rollback(True)

    holds()
