# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

from django.test import Client

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.plans.operations.editions import approve_edition
from talka.plans.operations.nodes import change_node
from talka.plans.operations.plans import publish_plan
from talka.plans.operations.progress import update_progress
from talka.portal.queries.sitemap import public_addresses
from talka.processes.models import Process
from tests.plans.factories import make_plan


def titles(client: Client, **asked: Any) -> list[str]:
    """Return the titles of the plans that are listed."""
    return [plan.title for plan, _figures in client.get("/lv/plans/", asked).context["cards"]]


def test_published_plans_are_listed_with_how_they_are_going(
    process: Process, carol: User, eve: User, sign_in: Callable[[User], Client], client: Client
) -> None:
    small = make_plan(process, by=carol, published=True)
    make_plan(process, by=carol, title="Slēpts", approved=True)
    update_progress(small.action.node, state="done", by=carol)
    assert titles(client) == titles(sign_in(eve)) == titles(sign_in(carol)) == ["Rīcības plāns"]
    ((plan, figures),) = client.get("/lv/plans/").context["cards"]
    assert (plan.edition_name, figures.total, figures.done) == ("RP 2024.1", 3, 1)


def test_they_are_narrowed(process: Process, carol: User, client: Client) -> None:
    make_plan(process, by=carol, published=True)
    make_plan(process, by=carol, published=True, title="Stratēģija 2040", kind="strategy", starts_year=2020, ends_year=2040)  # fmt: skip
    assert titles(client) == ["Rīcības plāns", "Stratēģija 2040"]
    assert titles(client, kind="strategy") == titles(client, q="strategijas") == ["Stratēģija 2040"]
    assert titles(client, year="2030") == ["Stratēģija 2040"]
    assert titles(client, municipality="cits") == []
    assert len(titles(client, kind="x", year="²", municipality=process.owner.slug)) == 2


def test_the_pages_of_process_and_group_tell_of_the_plan(
    process: Process, group: WorkingGroup, carol: User, client: Client
) -> None:
    small = make_plan(process, by=carol)
    change_node(small.action, topics=[group.topic], by=carol)
    assert "ricibas-plans" not in client.get("/lv/p/programma/").content.decode()
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    publish_plan(small.plan, by=carol)
    assert "/lv/p/programma/plans/ricibas-plans/" in client.get("/lv/p/programma/").content.decode()
    page = client.get(f"/lv/p/programma/groups/{group.slug}/").content.decode()
    assert "Apsekot ielas" in page
    assert "Apmācīt skolēnus" not in page


def test_the_search_of_the_site_finds_actions_in_any_form_and_by_code(
    process: Process, carol: User, eve: User, sign_in: Callable[[User], Client], client: Client
) -> None:
    small = make_plan(process, by=carol, published=True)
    make_plan(process, by=carol, title="Slēpts", approved=True)

    def found(one: Client, words: str) -> list[str]:
        response = one.get("/lv/search/", {"q": words, "kind": "nodes"})
        return [f"{row.edition.plan.title}: {row.title}" for row in response.context["page"]]

    for words in ("skolēniem apmācīt", "R1.1.1.2", "APMACIT"):
        assert found(client, words) == found(sign_in(eve), words) == ["Rīcības plāns: Apmācīt skolēnus"]
    assert len(found(sign_in(carol), "apmācīt")) == 2
    assert any(str(small.action.node_id) in one["lv"] for one in public_addresses())
