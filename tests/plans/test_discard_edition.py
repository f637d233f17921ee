# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.audit.models import Event
from talka.notifications.models import Audience
from talka.plans.models import Edition, Funding, Indicator, NodeVersion, PlanNode
from talka.plans.operations.drafting import SomethingSaid, discard_edition
from talka.plans.operations.editions import EditionApproved, start_edition
from talka.plans.operations.indicators import create_indicator, record_value
from talka.plans.operations.nodes import create_node, remove_node
from talka.plans.operations.progress import update_progress
from talka.processes.models import Process
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def draft(small: SmallPlan, carol: User) -> Edition:
    return start_edition(small.plan, name="RP 2025.1", by=carol)


@pytest.fixture
def added(small: SmallPlan, draft: Edition, carol: User) -> NodeVersion:
    """An action that stands in the draft alone."""
    return create_node(draft, level=small.levels["r"], parent=small.task.node, title="Tikai projektā", by=carol)


def test_a_draft_goes_with_what_stands_in_it_alone(
    small: SmallPlan, draft: Edition, added: NodeVersion, carol: User
) -> None:
    remove_node(draft.versions.get(node=small.action.node), by=carol, reason="Paveikts.")
    create_indicator(draft, name="Tikai projektā", unit="km", by=carol)
    discard_edition(draft, reason="Dome atlika aktualizāciju.", by=carol)
    assert list(small.plan.editions.all()) == [small.edition]
    assert not PlanNode.objects.filter(pk=added.node_id).exists()
    assert not Audience.objects.filter(pk=added.node.audience_id).exists()
    assert list(Indicator.objects.filter(plan=small.plan)) == [small.indicator.indicator]
    assert small.edition.versions.count() == 7
    assert Funding.objects.filter(version__edition=small.edition).count() == 3
    event = Event.objects.get(verb="plans.discard_edition")
    assert (event.reason, event.object_label) == ("Dome atlika aktualizāciju.", "RP 2025.1")


def test_what_was_said_is_not_lost(small: SmallPlan, draft: Edition, added: NodeVersion, carol: User) -> None:
    update_progress(added.node, state="under_way", by=carol)
    with pytest.raises(SomethingSaid, match="Tikai projektā"):
        discard_edition(draft, reason="Nevajag.", by=carol)
    remove_node(added, by=carol)
    discard_edition(draft, reason="Nevajag.", by=carol)
    assert added.node.updates.count() == 1


def test_the_value_of_an_indicator_is_not_lost(small: SmallPlan, draft: Edition, carol: User) -> None:
    version = create_indicator(draft, name="Tikai projektā", unit="km", by=carol)
    record_value(version.indicator, year=2024, value=Decimal(5), by=carol)
    with pytest.raises(SomethingSaid):
        discard_edition(draft, reason="Nevajag.", by=carol)


def test_a_part_that_another_plan_serves_is_not_lost(
    process: Process, small: SmallPlan, draft: Edition, added: NodeVersion, carol: User
) -> None:
    child = make_plan(process, by=carol, title="Gada plāns")
    child.action.serves.add(added.node)
    with pytest.raises(SomethingSaid):
        discard_edition(draft, reason="Nevajag.", by=carol)


def test_an_approved_edition_stays(small: SmallPlan, carol: User) -> None:
    with pytest.raises(EditionApproved):
        discard_edition(small.edition, reason="Nevajag.", by=carol)


def test_its_name_is_typed_to_confirm(draft: Edition, carol: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(carol)
    address = reverse("plans:discard_edition", args=[draft.plan.process.slug, draft.plan.slug])
    wrong = client.post(address, {"reason": "Dome atlika.", "name": "RP 2024.1"})
    assert wrong.status_code == 422
    assert "Dome atlika." in wrong.content.decode()
    assert client.post(address, {"reason": "Dome atlika.", "name": "rp 2025.1"}).status_code == 302
    assert not Edition.objects.filter(pk=draft.pk).exists()


def test_eve_an_editor_and_a_clerk_may_not(draft: Edition, eve: User, clara: User, leo: User) -> None:
    for other in (eve, clara, leo):
        with pytest.raises(PermissionDenied):
            discard_edition(draft, reason="Nevajag.", by=other)
