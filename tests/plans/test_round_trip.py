# SPDX-License-Identifier: EUPL-1.2
"""What is given out can be taken in again without loss: plans made at random, given out, taken into an empty draft, compared."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
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
from talka.plans.documents.composing import table_for_import
from talka.plans.documents.docx import docx_of
from talka.plans.documents.facts import EditionFacts, gather
from talka.plans.documents.opendata import json_of
from talka.plans.documents.tables import csv_of
from talka.plans.documents.workbook import workbook_of
from talka.plans.models import Edition, Goal, GoalList, NodeVersion, Plan, PlanNode
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.nodes import FundingLine, create_node
from talka.plans.operations.plans import add_level, create_plan, publish_plan
from talka.plans.operations.progress import update_progress
from talka.processes.models import Process
from tests.plans.factories import LEVELS, make_plan
from tests.plans.importing import looked_at, sent, taken

IS_THOROUGH = settings.get_current_profile_name() == "thorough"
"""Asked for by ``pytest --hypothesis-profile=thorough``: many more plans are made, and the smallest that fails is sought."""

EXAMPLES = settings.get_profile("thorough").max_examples if IS_THOROUGH else 10

SIGNS = "aāčēģīķļņšūž BĀŠ 019 ;:,.\\'\"„”()=+-@#%&<>/|{}[]€"
LINES = st.text(SIGNS, max_size=40).map(clean_line)
TEXTS = st.one_of(
    st.text(SIGNS + "\n\t", max_size=60),
    st.sampled_from(
        ["=1+1", "+371 20 000 001", "'=1", "'t Hof", "-", "Kopā 5", "* piezīme", "1) viens", "=SUM(A1)\n\n+ divi"]
    ),
).map(clean_text)
TITLES = st.one_of(
    st.tuples(st.sampled_from("ABĀČ=+'-@("), LINES).map(lambda parts: clean_line("".join(parts))),
    st.sampled_from(["A", "Ā", "Kopā", "Pavisam kopā", "* Piezīme", "Piezīmes", "VTP1", "A; B", "A\\", "1.", "2025"]),
)
FUNDS = st.one_of(
    st.sampled_from(
        [
            "",
            "ERAF",
            "ANM 2. kārta",
            "Fonds: ceļi 2027",
            "A, B; C",
            "„Zaļais” fonds",
            '"Zaļais" fonds',
            "A: B",
            "A B",
            "=F",
            "'=F",
        ]
    ),
    LINES,
)
MONEY = st.tuples(
    st.sampled_from(["municipal", "eu", "state", "private", "loan", "other", "open"]), FUNDS,
    st.sampled_from([None, 2024, 2025, 2026]), st.decimals(Decimal("0.01"), Decimal("99999999999.99"), places=2),
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
CODES = st.sampled_from(["made", "made", "none", "own"])
NODES = st.fixed_dictionaries(
    {
        "level": st.sampled_from("pvvuurrriii"), "up": st.integers(0, 3), "code": CODES,
        "title": TITLES, "description": TEXTS, "result": TEXTS, "partners_note": LINES, "term": TERMS,
        "organization": st.integers(-1, 3), "partners": st.sets(st.integers(0, 3)), "areas": st.booleans(),
        "topics": st.booleans(), "goals": st.booleans(), "serves": st.sets(st.integers(0, 3)),
        "money": st.lists(MONEY, max_size=4, unique_by=lambda one: one[:3]), "percent": st.integers(0, 100),
        "state": st.sampled_from([None, "not_started", "under_way", "done", "dropped"]),
    }
)  # fmt: skip
PLANS = st.lists(NODES, min_size=1, max_size=10)
"""Each node of a plan stands below one of those before it that may have it, or below nothing."""

NAMES = ("Attīstības nodaļa", "SIA „A; B”", "Biedrība \\ „Ritenis”", "Izglītības, kultūras un sporta pārvalde")
OWN_CODES = ("1", "1.1", "1.10", "VTP 7", "R-1.2a", "Ā/3; 4", "=5", "'+6", "A: B", "10.")


@dataclass
class Ground:
    """What the plans made here can name."""

    organizations: list[Organization]
    areas: list[Area]
    topics: list[Topic]
    goals: list[Goal]
    parent: Plan
    served: list[PlanNode]


def _ground(process: Process, by: User) -> Ground:
    goals = GoalList.objects.get_or_create(slug="sdg", defaults={"name": "Mērķi"})[0]
    strategy = make_plan(process, title="Stratēģija", by=by)
    codeless = create_node(
        strategy.edition, level=strategy.levels["p"], code=None, title="Bez koda: viens; divi", by=by
    )
    odd = create_node(strategy.edition, level=strategy.levels["p"], code="S: 1; 2", title="Savāds kods", by=by)
    approve_edition(strategy.edition, approved_on=date(2024, 1, 25), decision="Domes lēmums Nr. 1", by=by)
    publish_plan(strategy.plan, by=by)
    return Ground(
        organizations=[
            Organization.objects.create(
                name=name, slug=f"rt-{number}", classification="department", parent=process.owner
            )
            for number, name in enumerate(NAMES)
        ],
        areas=[
            Area.objects.create(name="Talkas; pagasts", kind="parish"),
            Area.objects.create(name="A, B", kind="parish"),
        ],
        topics=[Topic.objects.create(name="Satiksme\\ielas")],
        goals=[
            Goal.objects.get_or_create(list=goals, code=code, defaults={"name": "Pilsētas"})[0] for code in ("11", "13")
        ],
        parent=strategy.plan,
        served=[strategy.priority.node, strategy.task.node, codeless.node, odd.node],
    )


def _empty(process: Process, title: str, ground: Ground, by: User) -> Edition:
    plan = create_plan(
        process, title=title, kind="programme", starts_year=2024, ends_year=2027, parents=[ground.parent], by=by
    )
    for kind, name, plural, letter, pattern in LEVELS:
        add_level(plan, kind=kind, name=name, plural=plural, letter=letter, pattern=pattern, by=by)
    return start_edition(plan, name="RP 2024.1", by=by)


def _lay(edition: Edition, drawn: list[dict[str, Any]], ground: Ground, by: User) -> None:
    levels = {level.letter: level for level in edition.plan.levels.all()}
    own = iter(OWN_CODES)
    laid: list[NodeVersion] = []
    for one in drawn:
        level = levels[one["level"]]
        above = [group for group in laid if group.level.kind == "group" and group.level.position < level.position]
        parent = above[-one["up"]] if 0 < one["up"] <= len(above) else None
        fields: dict[str, Any] = {"title": one["title"], "description": one["description"], "result": one["result"]}
        if level.kind != "group":
            start, start_quarter, end, end_quarter = one["term"]
            chosen = one["organization"]
            fields |= {
                "starts_year": start, "starts_quarter": start_quarter, "ends_year": end, "ends_quarter": end_quarter,
                "organization": ground.organizations[chosen] if chosen >= 0 else None,
                "partners": [ground.organizations[each] for each in one["partners"] if each != chosen],
                "partners_note": one["partners_note"],
                "funding": [FundingLine(source, planned, year, fund) for source, fund, year, planned in one["money"]],
            }  # fmt: skip
        fields |= {name: getattr(ground, name) if one[name] else [] for name in ("areas", "topics", "goals")}
        fields["serves"] = [ground.served[each] for each in one["serves"]]
        code = "" if one["code"] == "made" else None if one["code"] == "none" else next(own, None)
        node = create_node(edition, level=level, parent=parent and parent.node, code=code, by=by, **fields)
        laid.append(node)
        if level.kind != "group" and one["state"] is not None:
            percent = None if one["state"] == "not_started" else one["percent"]
            update_progress(node.node, state=one["state"], percent=percent, by=by)


def _said(edition: Edition) -> list[dict[str, Any]]:
    """Return what the table holds of every node, in reading order."""
    facts: EditionFacts = gather(edition, AnonymousUser())
    places = {node.key: place for place, node in enumerate(facts.nodes)}
    return [
        {
            "code": node.code, "level": node.level, "parent": places[node.above[-1]] if node.above else None, "title": node.title,
            "description": node.description, "result": node.result, "organization": node.organization,
            "partners": sorted(node.partners), "partners_note": node.partners_note,
            "term": (node.starts_year, node.starts_quarter, node.ends_year, node.ends_quarter), "areas": node.areas,
            "topics": node.topics, "goals": [(one.place, one.code) for one in node.goals], "serves": {(one.place, one.code, one.title) for one in node.serves},
            "state": node.state or "not_started", "percent": node.percent,
            "money": {(one.source, one.fund, one.year): one.planned for one in node.money},
        }
        for node in facts.nodes
    ]  # fmt: skip


def _xlsx(facts: EditionFacts) -> bytes:
    return workbook_of(facts, facts.nodes)


def _docx(facts: EditionFacts) -> bytes:
    return docx_of(table_for_import(facts), made_at=clock.now())


def _json(facts: EditionFacts) -> bytes:
    return json_of(facts, made_at=clock.now())


@pytest.mark.parametrize("write", [csv_of, _xlsx, _docx, _json], ids=["csv", "xlsx", "docx", "json"])
def test_what_is_given_out_is_taken_in_again_without_loss(
    process: Process, carol: User, write: Callable[[EditionFacts], bytes]
) -> None:
    ground = _ground(process, carol)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.generate, Phase.shrink] if IS_THOROUGH else [Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    @given(PLANS)
    def holds(drawn: Any) -> None:
        with transaction.atomic(), translation.override("lv"):
            before = _empty(process, "Izdots", ground, carol)
            _lay(before, drawn, ground, carol)
            after = _empty(process, "Paņemts", ground, carol)
            file = write(gather(before, AnonymousUser()))
            run = taken(sent(after.plan, file, by=carol), by=carol, with_state=True, said_on=clock.today())
            assert not looked_at(run).troubles
            assert _said(after) == _said(before)
            again = looked_at(sent(after.plan, file, by=carol))
            assert not again.troubles
            assert (again.new, again.changed, again.told, again.missing) == ([], [], [], [])
            transaction.set_rollback(True)

    holds()
