# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal
from typing import Any

from django.test import Client

from talka.accounts.models import User
from talka.plans.models import ProgressUpdate
from talka.plans.operations.indicators import create_indicator, record_value
from talka.plans.operations.progress import Spent, report_money, update_progress
from talka.plans.queries.indicator_counts import indicators_by_standing
from talka.plans.queries.indicators import indicator_rows
from talka.plans.queries.money import Sums, amounts_of, total
from talka.plans.queries.sums import money_of
from talka.processes.models import Process
from tests.plans.factories import make_plan


def test_how_it_is_going_is_told_by_priority_with_money(
    process: Process, carol: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    small = make_plan(process, by=carol, published=True)
    update_progress(small.action.node, state="done", text="Visas ielas apsekotas.", by=carol)
    wrong = update_progress(small.other_action.node, state="under_way", text="Ne tas pasākums.", by=carol)
    ProgressUpdate.objects.filter(pk=wrong.pk).update(retracted_at=wrong.entered_at, retracted_because="Kļūda")
    report_money(small.investment.node, lines=[Spent("eu", 2025, Decimal(600000), Decimal(120000), "ERAF")], by=carol)
    with django_assert_max_num_queries(12):
        response = client.get(f"/lv/p/programma/plans/{small.plan.slug}/overview/")
    page = response.content.decode().replace("\xa0", " ")
    assert [part.figures.numbers for part in response.context["tree"].roots] == [[1, 1, 0, 1, 0], [0, 0, 0, 0, 0]]
    assert "Visas ielas apsekotas." in page
    assert "Ne tas pasākums." not in page
    for sum_ in ("1 100 000,50 EUR", "600 000 EUR", "120 000 EUR"):
        assert sum_ in page


def test_money_by_year_and_by_source_comes_to_the_same(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    report_money(small.investment.node, lines=[Spent("municipal", 2024, Decimal(5), Decimal(3))], by=carol)
    money = money_of(small.edition)
    assert [share.key for share in money.by_year] == [2024, 2025, 2026]
    assert [share.key for share in money.by_source] == ["municipal", "eu"]
    for shares in (money.by_year, money.by_source):
        sums = Sums()
        for share in shares:
            sums = sums.plus(share.sums.planned, share.sums.committed, share.sums.spent)
        assert sums == money.total == total(amounts_of(small.edition))


def test_an_empty_plan_says_so(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol)
    small.edition.versions.works().delete()  # type: ignore[attr-defined]
    small.edition.published_at = small.plan.created_at
    small.edition.save()
    small.plan.published_at = small.plan.created_at
    small.plan.save()
    assert 'class="empty"' in client.get(f"/lv/p/programma/plans/{small.plan.slug}/overview/").content.decode()


def test_indicators_are_counted_as_their_own_page_tells_of_them(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol)
    for name, direction, values in (
        ("Sasniegts", "up", {2025: 6}), ("Attālinās", "up", {2024: 3}), ("Mazāk", "down", {2026: 4}), ("Jauns", "keep", {}),
    ):  # fmt: skip
        version = create_indicator(
            small.edition, name=name, unit="km", direction=direction, baseline=Decimal(5), baseline_year=2023,
            targets={2025: Decimal(6), 2027: Decimal(9)}, by=carol,
        )  # fmt: skip
        for year, value in values.items():
            record_value(version.indicator, year=year, value=Decimal(value), by=carol)
    expected: dict[str, int] = {}
    for row in indicator_rows(small.edition):
        expected[row.standing] = expected.get(row.standing, 0) + 1
    assert dict(indicators_by_standing(small.edition)) == expected
    assert len(expected) >= 3
