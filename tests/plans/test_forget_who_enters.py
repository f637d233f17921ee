# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from talka.accounts.models import User
from talka.core.holdings import Wanted
from talka.plans.holding import OwnerHolder
from talka.plans.models import Indicator
from talka.plans.operations.indicators import assign_indicator
from talka.processes.models import Process
from tests.plans.factories import make_plan


def test_who_enters_values_is_found_given_out_and_taken_out(process: Process, carol: User, dora: User) -> None:
    small = make_plan(process, by=carol, approved=True)
    indicator = small.indicator.indicator
    assign_indicator(indicator, owner=dora.person, by=carol)
    (found,) = OwnerHolder().find(Wanted(name="Dora", email=dora.email), by=carol)
    assert OwnerHolder().copy(found).values["enters"] == ["Veloceliņu garums"]
    assert found.kept_because == ""
    OwnerHolder().erase(found, by=carol, reason="Lūdza", leave_public=False)
    indicator.refresh_from_db()
    assert indicator.owner is None
    history: Any = Indicator.pgh_event_model.objects  # type: ignore[attr-defined]
    assert not history.filter(owner_id=dora.person.pk).exists()
    assert OwnerHolder().find(Wanted(name="Dora", email=dora.email), by=carol) == []
