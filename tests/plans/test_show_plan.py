# SPDX-License-Identifier: EUPL-1.2

from django.test import Client

from talka.accounts.models import User
from talka.processes.models import Process
from tests.plans.factories import make_plan


def test_a_resident_reads_the_tree_with_figures(process: Process, carol: User, client: Client) -> None:
    small = make_plan(process, by=carol, published=True)
    page = client.get(f"/lv/p/{process.slug}/plans/{small.plan.slug}/")
    print(page.content.decode())
    assert page.status_code == 200
    for a in (
        "overview/",
        "map/",
        "points/",
        f"{small.action.node_id}/",
        f"{small.task.node_id}/",
        f"{small.investment.node_id}/",
        "?q=veloc",
        "code/R1.1.1.1/",
    ):
        r = client.get(f"/lv/p/{process.slug}/plans/{small.plan.slug}/{a}")
        print(a, r.status_code)
    assert client.get("/lv/plans/").status_code == 200
