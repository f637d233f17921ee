# SPDX-License-Identifier: EUPL-1.2
from django.test import Client

from talka.accounts.models import User
from talka.directory.models import Place
from talka.plans.operations.editions import approve_edition
from talka.plans.operations.nodes import change_node
from talka.plans.operations.plans import publish_plan
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


def placed(process: Process, carol: User) -> SmallPlan:
    """Make a plan whose investment has a place on the map, and an action one in words."""
    small = make_plan(process, by=carol)
    bridge = Place.objects.create(name="Tilts pār Talkupi", longitude=24.1, latitude=56.9)
    change_node(small.investment, place=bridge, by=carol)
    change_node(small.action, place=Place.objects.create(name="Visā novadā"), by=carol)
    approve_edition(small.edition, approved_on=small.edition.created_at.date(), decision="Nr. 1", by=carol)
    publish_plan(small.plan, by=carol)
    return small


def test_what_has_a_place_is_listed_beside_the_map(process: Process, carol: User, client: Client) -> None:
    small = placed(process, carol)
    page = client.get(f"/lv/p/programma/plans/{small.plan.slug}/map/").content.decode()
    assert "Tilts pār Talkupi" in page
    assert "Visā novadā" in page
    assert "Apmācīt skolēnus" not in page
    narrowed = client.get(f"/lv/p/programma/plans/{small.plan.slug}/map/?kind=investment").content.decode()
    assert "Visā novadā" not in narrowed


def test_points_are_those_of_the_list(process: Process, carol: User, client: Client) -> None:
    small = placed(process, carol)
    address = f"/lv/p/programma/plans/{small.plan.slug}/points/"
    (point,) = client.get(address).json()["features"]
    assert point["geometry"]["coordinates"] == [24.1, 56.9]
    assert point["properties"]["url"].endswith(f"/{small.investment.node_id}/")
    assert client.get(f"{address}?kind=action").json()["features"] == []
    assert client.get(f"{address}?below={small.empty_priority.node_id}").json()["features"] == []
    assert len(client.get(f"{address}?node={small.investment.node_id}").json()["features"]) == 1
    assert client.get(f"{address}?node={small.action.node_id}").json()["features"] == []
