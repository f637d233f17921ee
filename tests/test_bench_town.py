# SPDX-License-Identifier: EUPL-1.2
import pytest
from bench import town

from talka.proposals.models import Author, Proposal, Receipt, Reply, Tally


@pytest.mark.django_db(transaction=True)
def test_the_town_that_speed_is_measured_on_can_be_laid(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(town, "PROPOSALS", 300)
    monkeypatch.setattr(town, "MEETINGS", 10)
    town.lay()
    assert Proposal.objects.count() == Receipt.objects.count() == Author.objects.count() == 300
    assert Reply.objects.count() == 150
    assert sum(Tally.objects.values_list("number", flat=True)) == 300
