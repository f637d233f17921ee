# SPDX-License-Identifier: EUPL-1.2
"""The bench of rounds, on a few owners, so that it works on the day it is needed."""

import pytest
from bench import figures
from bench.plan_town import lay
from bench.updates import measure_round

from talka.notifications.models import Notification


@pytest.mark.django_db
def test_a_round_is_measured_and_taken_back(capsys: pytest.CaptureFixture[str]) -> None:
    edition = lay(tasks=1, indicators=1)
    before = figures.shortfalls()
    measure_round(edition, owners=7, most_seconds=600, most_ms=60_000)
    assert figures.shortfalls() == before
    said = capsys.readouterr().out
    assert "letters of a round, written\t7\t" in said
    assert "who owes what, queries" in said
    assert not Notification.objects.exists()
