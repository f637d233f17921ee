# SPDX-License-Identifier: EUPL-1.2
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.directory.models import Area, Organization, Topic
from talka.plans.models import NodeVersion
from talka.plans.operations.editions import approve_edition, start_edition
from talka.plans.operations.nodes import FundingLine, change_node, create_node, remove_node
from talka.plans.operations.plans import create_plan, publish_plan
from talka.plans.operations.progress import update_progress
from talka.plans.queries.branches import AT_ONCE, tree_of
from talka.plans.queries.money import amounts_of, total
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


def found(client: Client, small: SmallPlan, **asked: Any) -> list[str]:
    """Return the titles of what the plan's page lists for this."""
    response = client.get(f"/lv/p/{small.plan.process.slug}/plans/{small.plan.slug}/", asked)
    assert response.status_code == 200
    return [version.title for _part, works in response.context["sections"] for version in works]


def address(small: SmallPlan) -> str:
    """Return where the plan is read."""
    return f"/lv/p/{small.plan.process.slug}/plans/{small.plan.slug}/"


def test_a_resident_reads_the_tree_with_figures(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    update_progress(small.action.node, state="done", by=carol)
    response = client.get(address(small))
    page = response.content.decode()
    assert "RP 2024.1" in page
    assert "Domes 25.01.2024. lēmums Nr. 12" in page
    assert page.index("VTP1") < page.index("Droša kustība") < page.index("Veloceliņu tīkls") < page.index("R1.1.1.1")
    assert "1 100 000,50 EUR" in page.replace("\xa0", " ")
    figures = response.context["tree"].figures
    assert (figures.total, figures.done, figures.planned) == (3, 1, Decimal("1100000.50"))


def test_every_figure_adds_up_from_those_below(process: Process, carol: User) -> None:
    small = make_plan(process, by=carol)
    create_node(
        small.edition, level=small.levels["i"], parent=small.action.node, title="Zem pasākuma", by=carol,
        funding=[FundingLine("state", Decimal(500), 2025)],
    )  # fmt: skip
    create_node(small.edition, level=small.levels["r"], title="Zem nekā", by=carol)
    change_node(small.direction, funding=[FundingLine("loan", Decimal(7), 2026)], by=carol)
    tree = tree_of(small.edition)
    assert tree.figures.planned == total(amounts_of(small.edition)).planned
    assert tree.figures.total == NodeVersion.objects.filter(edition=small.edition).works().count() == 5
    assert tree.by_node[small.direction.node_id].figures.planned == Decimal("1100507.50")
    assert [version.title for version in tree.loose] == ["Zem nekā"]
    assert [version.title for version in tree.by_node[small.action.node_id].works] == ["Zem pasākuma"]


def test_it_is_narrowed_by_what_one_looks_for(process: Process, carol: User, client: Client, topic: Topic) -> None:
    small = make_plan(process, by=carol)
    office = Organization.objects.create(name="Ceļu nodaļa", slug="celu-nodala", classification="department")
    area = Area.objects.create(name="Talkas novads", kind="municipality")
    parish = Area.objects.create(name="Bērzlejas pagasts", kind="parish", parent=area)
    change_node(small.action, organization=office, areas=[parish], topics=[topic], by=carol)
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    publish_plan(small.plan, by=carol)
    action, other, investment = "Apsekot ielas", "Apmācīt skolēnus", "Veloceliņš Grīzupes ielā"
    assert found(client, small, standing="late") == [action]
    assert found(client, small, organization=office.pk) == [action]
    assert found(client, small, area=area.pk) == found(client, small, area=parish.pk) == [action]
    assert found(client, small, topic=topic.pk) == [action]
    assert found(client, small, kind="investment") == found(client, small, source="eu") == [investment]
    assert found(client, small, source="municipal", year="2026") == []
    assert found(client, small, year="2027") == [other]
    assert found(client, small, q="SKOLENIEM") == [other]
    assert found(client, small, q="i1.1.1.1") == [investment]
    assert found(client, small, q="iela", below=small.priority.node_id) == [action, investment]
    assert found(client, small, q="iela", below=small.empty_priority.node_id) == []
    assert found(client, small, stale="yes") == []


@pytest.mark.parametrize(
    "asked", ["standing=x&year=9999999&area=a&below=-1&organization=%00", "page=x&below=999999999"]
)
def test_nonsense_in_the_address_is_left_out(process: Process, carol: User, client: Client, asked: str) -> None:
    small = make_plan(process, by=carol, published=True)
    assert client.get(f"{address(small)}?{asked}").status_code == 200


def test_an_old_edition_is_read_as_it_was(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    change_node(draft.versions.get(node=small.action.node), title="Apsekot visas ielas", by=carol)
    assert client.get(f"{address(small)}?edition={draft.number}").status_code == 404
    assert client.get(f"{address(small)}?edition=x").status_code == 404
    approve_edition(draft, approved_on=draft.created_at.date(), decision="Nr. 2", by=carol)
    assert "Apsekot visas ielas" in client.get(address(small)).content.decode()
    old = client.get(f"{address(small)}?edition=1").content.decode()
    assert "Apsekot visas ielas" not in old
    assert "RP 2024.1" in old
    assert f"{small.action.node_id}/?edition=1" in old


def test_a_branch_of_a_large_plan_is_opened_by_itself(
    process: Process, carol: User, client: Client, django_assert_max_num_queries: Any
) -> None:
    small = make_plan(process, by=carol, published=False)
    other = create_node(small.edition, level=small.levels["u"], parent=small.direction.node, title="Ietves", by=carol)
    for number in range(AT_ONCE + 1):
        create_node(small.edition, level=small.levels["r"], parent=other.node, title=f"Ietve {number}", by=carol)
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    publish_plan(small.plan, by=carol)
    with django_assert_max_num_queries(12):
        whole = client.get(address(small)).content.decode()
    assert "Apsekot ielas" not in whole
    assert "Ietves" in whole
    branch = client.get(f"{address(small)}?below={small.task.node_id}").content.decode()
    assert "Apsekot ielas" in branch
    with django_assert_max_num_queries(12):
        paged = client.get(f"{address(small)}?below={other.node_id}")
    assert len(paged.context["page"]) == 50
    assert paged.context["found"] == AT_ONCE + 1


def test_a_plan_kept_elsewhere_is_pointed_at(process: Process, carol: User, client: Client) -> None:
    plan = create_plan(
        process, kind="spatial", title="Teritorijas plānojums", starts_year=2018, ends_year=2030,
        url="https://example.lv/tp", by=carol,
    )  # fmt: skip
    publish_plan(plan, by=carol)
    small = make_plan(process, by=carol, published=True)
    small.plan.parents.add(plan)
    elsewhere = f"/lv/p/{process.slug}/plans/{plan.slug}/"
    page = client.get(elsewhere).content.decode()
    assert "https://example.lv/tp" in page
    assert f"{elsewhere}overview/" not in page
    assert client.get(f"{elsewhere}overview/").headers["Location"] == elsewhere
    assert "Teritorijas plānojums" in client.get(address(small)).content.decode()


def test_a_code_leads_to_what_has_or_had_it(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol)
    change_node(small.action, code="R9", by=carol)
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    publish_plan(small.plan, by=carol)
    for code in ("R9", "r9", "R1.1.1.1"):
        response = client.get(f"{address(small)}code/{code}/")
        assert response.headers["Location"].endswith(f"/{small.action.node_id}/")
    draft = start_edition(small.plan, name="RP 2025.1", by=carol)
    remove_node(draft.versions.get(node=small.action.node), reason="Paveikts", by=carol)
    approve_edition(draft, approved_on=draft.created_at.date(), decision="Nr. 2", by=carol)
    assert client.get(f"{address(small)}code/R9/").status_code == 302
    assert client.get(f"{address(small)}code/R10/").status_code == 404
