# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.notifications.models import Audience
from talka.plans.models import NodeVersion, PlanNode
from talka.plans.operations.editions import approve_edition
from talka.plans.operations.plans import create_plan
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]
Queries = Callable[[int], AbstractContextManager[Any]]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol)


@pytest.fixture
def tree(process: Process, small: SmallPlan) -> str:
    """The address of the tree."""
    return f"/lv/workspace/p/{process.slug}/plans/{small.plan.slug}/"


def titles(response: Any) -> list[str]:
    """Return the titles of the rows that are shown."""
    return [row.version.title for row, _toggled in response.context["rows"]]


def test_a_small_tree_is_shown_open_and_branches_are_closed_and_opened(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn
) -> None:
    client = sign_in(carol)
    whole = client.get(tree)
    assert len(titles(whole)) == 7
    assert titles(client.get(f"{tree}?open=")) == ["Pieejama vide", "Gudra pārvalde"]
    assert titles(client.get(f"{tree}?open={small.priority.node_id}.x.99999")) == ["Pieejama vide", "Droša kustība", "Gudra pārvalde"]  # fmt: skip
    toggled = {row.version.title: toggle for row, toggle in whole.context["rows"]}
    closed = client.get(f"{tree}?open={toggled['Droša kustība']}")
    again = {row.version.title: toggle for row, toggle in closed.context["rows"]}
    assert len(titles(client.get(f"{tree}?open={again['Droša kustība']}"))) == 7
    assert titles(closed) == ["Pieejama vide", "Droša kustība", "Gudra pārvalde"]  # fmt: skip


def test_what_lies_deep_below_a_closed_branch_is_not_shown(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn
) -> None:
    shown = titles(sign_in(carol).get(f"{tree}?open={small.task.node_id}"))
    assert shown == ["Pieejama vide", "Gudra pārvalde"]


def test_rows_say_code_institution_term_and_how_it_is_going(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn
) -> None:
    page = sign_in(carol).get(tree).content.decode()
    assert "R1.1.1.1" in page
    assert "pasākums · Talkas novads" in page
    assert "2024 – 2025. gada II ceturksnis" in page
    assert "nokavēts" in page or "kavējas" in page


def test_something_is_found_by_code_or_words(small: SmallPlan, tree: str, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    assert titles(client.get(f"{tree}?q=r1.1.1.2")) == ["Apmācīt skolēnus"]
    assert titles(client.get(f"{tree}?q=grizupes")) == ["Veloceliņš Grīzupes ielā"]
    assert "Šajā redakcijā nav nekā" in client.get(f"{tree}?q=kosmoss").content.decode()


def test_who_only_works_in_the_process_reads(small: SmallPlan, tree: str, clara: User, sign_in: SignIn) -> None:
    page = sign_in(clara).get(tree).content.decode()
    assert "Apsekot ielas" in page
    assert f"{tree}nodes/{small.action.node_id}/" not in page
    assert "Pārnumurēt" not in page


def test_without_plans_each_reads_what_they_can_do(process: Process, carol: User, clara: User, sign_in: SignIn) -> None:
    work = f"/lv/workspace/p/{process.slug}"
    page, begin = f"{work}/plans/", f"{work}/new-plan/"
    assert begin in sign_in(carol).get(page).content.decode()
    told = sign_in(clara).get(page).content.decode()
    assert "Plānus sāk procesa koordinatori un redaktori." in told
    assert begin not in told


def test_an_approved_edition_is_read_only(
    small: SmallPlan, tree: str, carol: User, process: Process, sign_in: SignIn
) -> None:
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    client = sign_in(carol)
    page = client.get(tree).content.decode()
    assert "vairs nemainās" in page
    assert f"{tree}nodes/{small.action.node_id}/move/" not in page
    assert f'{tree}nodes/{small.action.node_id}/"' not in page
    for lasting in ("owner", "documents"):
        assert f"{tree}nodes/{small.action.node_id}/{lasting}/" in page
        assert client.get(f"{tree}nodes/{small.action.node_id}/{lasting}/").status_code == 200
    assert client.get(f"{tree}nodes/{small.action.node_id}/").status_code == 404


def test_a_plan_without_editions_or_levels_says_what_to_do(process: Process, carol: User, sign_in: SignIn) -> None:
    client, fields = sign_in(carol), {"kind": "other", "starts_year": 2024, "ends_year": 2025, "by": carol}
    base = f"/lv/workspace/p/{process.slug}/plans/"
    create_plan(process, title="Tukšs", **fields)
    assert "Sāciet pirmo redakciju" in client.get(f"{base}tukss/").content.decode()
    create_plan(process, title="Bez līmeņiem", first_edition="A", **fields)
    assert "Šim plānam vēl nav līmeņu" in client.get(f"{base}bez-limeniem/").content.decode()
    create_plan(process, title="Citur", url="https://example.lv/plans", **fields)
    assert "atrodas citur" in client.get(f"{base}citur/").content.decode()


def grow_large(small: SmallPlan, number: int) -> None:
    """Add so many actions below the task."""
    audiences = Audience.objects.bulk_create(Audience() for _ in range(number))
    nodes = PlanNode.objects.bulk_create(
        PlanNode(plan=small.plan, kind="action", audience=audience) for audience in audiences
    )
    NodeVersion.objects.bulk_create(
        NodeVersion(
            edition=small.edition, node=node, level=small.levels["r"], parent=small.task.node, title=f"Pasākums {place}",
            position=place + 10, code=f"X{place}",
        )
        for place, node in enumerate(nodes)
    )  # fmt: skip


def test_a_large_tree_begins_closed_and_asks_few_questions(
    small: SmallPlan, tree: str, carol: User, sign_in: SignIn, django_assert_max_num_queries: Queries
) -> None:
    client = sign_in(carol)
    client.get(tree)
    with django_assert_max_num_queries(22):
        client.get(tree)
    grow_large(small, 200)
    with django_assert_max_num_queries(22):
        assert titles(client.get(tree)) == ["Pieejama vide", "Gudra pārvalde"]
    opened = f"{small.priority.node_id}.{small.direction.node_id}.{small.task.node_id}"
    with django_assert_max_num_queries(22):
        assert len(titles(client.get(f"{tree}?open={opened}"))) == 207
