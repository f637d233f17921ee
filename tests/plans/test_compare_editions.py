# SPDX-License-Identifier: EUPL-1.2
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from talka.accounts.models import User
from talka.directory.models import Organization
from talka.plans.models import Edition, IndicatorVersion
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.indicators import create_indicator, set_targets
from talka.plans.operations.nodes import FundingLine, change_node, create_node, remove_node
from talka.plans.queries.changes import Change, changes_between, count_changes
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


def said(change: Change) -> dict[str, tuple[str, str]]:
    """Return what a change says, by label."""
    return {one.label: (one.before, one.after) for one in change.fields}


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def draft(small: SmallPlan, carol: User) -> Edition:
    return start_edition(small.plan, name="RP 2025.1", by=carol)


def test_editions_that_say_the_same_have_no_difference(small: SmallPlan, draft: Edition) -> None:
    assert changes_between(small.edition, draft) == []


def test_what_was_added_removed_and_amended_is_told_in_reading_order(
    small: SmallPlan, draft: Edition, carol: User
) -> None:
    partner = Organization.objects.create(name="Biedrība", slug="biedriba", classification="association")
    remove_node(draft.versions.get(node=small.action.node), by=carol, reason="Paveikts citā projektā.")
    change_node(
        draft.versions.get(node=small.other_action.node), title="Apmācīt visus skolēnus", partners=[partner],
        ends_year=2026, change_reason="Tā lēma dome.", by=carol,
    )  # fmt: skip
    create_node(draft, level=small.levels["r"], parent=small.empty_priority.node, title="Jauns", code="R9", by=carol)
    with translation.override("en"):
        changes = changes_between(small.edition, draft)
    assert [(one.kind, one.code, one.title) for one in changes] == [
        ("removed", "R1.1.1.1", "Apsekot ielas"),
        ("amended", "R1.1.1.2", "Apmācīt visus skolēnus"),
        ("added", "R9", "Jauns"),
    ]
    assert [one.reason for one in changes] == ["Paveikts citā projektā.", "Tā lēma dome.", ""]
    assert [one.path for one in changes][1:] == [
        "VTP1 Pieejama vide › RV1.1 Droša kustība › U1.1.1 Veloceliņu tīkls",
        "VTP2 Gudra pārvalde",
    ]
    assert said(changes[1]) == {
        "title": ("Apmācīt skolēnus", "Apmācīt visus skolēnus"),
        "partners": ("", "Biedrība"),
        "term": ("2024 – 2027", "2024 – 2026"),
    }
    assert said(changes[2])["stands below"] == ("", "VTP2 Gudra pārvalde")
    assert count_changes(changes) == {"added": 1, "removed": 1, "amended": 1}


def test_money_is_compared_by_source_and_year(small: SmallPlan, draft: Edition, carol: User) -> None:
    lines = [
        FundingLine("municipal", Decimal(150000), 2025), FundingLine("eu", Decimal(900000), 2025, "ERAF"),
        FundingLine("loan", Decimal(50000)),
    ]  # fmt: skip
    change_node(draft.versions.get(node=small.investment.node), funding=lines, by=carol)
    with translation.override("en"):
        [change] = changes_between(small.edition, draft)
    assert said(change) == {
        "loan": ("", "50,000\xa0EUR"),
        "EU fund ERAF, 2025": ("850,000.50\xa0EUR", "900,000\xa0EUR"),
        "EU fund ERAF, 2026": ("100,000\xa0EUR", ""),
        "planned in all": ("1,100,000.50\xa0EUR", "1,100,000\xa0EUR"),
    }


def test_what_moves_or_gets_another_code_is_amended(small: SmallPlan, draft: Edition, carol: User) -> None:
    version = draft.versions.get(node=small.action.node)
    change_node(version, code="R7", parent=small.empty_priority.node, by=carol)
    [change] = changes_between(small.edition, draft)
    assert (change.is_moved, change.is_renumbered) == (True, True)
    assert {one.name: (one.before, one.after) for one in change.fields} == {
        "code": ("R1.1.1.1", "R7"), "parent": ("U1.1.1 Veloceliņu tīkls", "VTP2 Gudra pārvalde"),
    }  # fmt: skip


def test_indicators_are_compared_with_baseline_and_targets(small: SmallPlan, draft: Edition, carol: User) -> None:
    version = draft.indicator_versions.get()
    IndicatorVersion.objects.filter(pk=version.pk).update(baseline=Decimal("4.35"), change_reason="Pārmērīts.")
    set_targets(version, {2026: Decimal(6), 2027: Decimal("9.5")})
    create_indicator(draft, name="Skolēni", unit="skaits", by=carol)
    with translation.override("lv"):
        changed, added = changes_between(small.edition, draft)
    assert (changed.what, changed.kind, changed.reason) == ("indicator", "amended", "Pārmērīts.")
    assert [(one.before, one.after) for one in changed.fields if one.name == "targets"] == [("6", ""), ("", "6")]
    assert [one.after[:4] for one in changed.fields if one.name == "baseline"] == ["4,35"]
    assert (added.kind, added.title) == ("added", "Skolēni")


def test_reasons_of_the_editions_between_are_kept(small: SmallPlan, draft: Edition, carol: User) -> None:
    change_node(draft.versions.get(node=small.action.node), title="Pārbaudīt ielas", change_reason="Viens.", by=carol)
    approve_edition(draft, approved_on=date(2025, 1, 30), decision="Nr. 2", by=carol)
    third = start_edition(small.plan, name="RP 2026.1", by=carol)
    change_node(third.versions.get(node=small.action.node), title="Apsekot visas", change_reason="Divi.", by=carol)
    [change] = changes_between(small.edition, third)
    assert change.reason == "Viens.\nDivi."
    assert [one.reason for one in changes_between(draft, third)] == ["Divi."]


def test_the_difference_takes_few_queries(
    small: SmallPlan, draft: Edition, carol: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for version in draft.versions.all():
        change_node(version, title=f"{version.title} un vēl", organization=None, code=None, by=carol)
    with django_assert_max_num_queries(9):
        assert len(changes_between(small.edition, draft)) == 7
