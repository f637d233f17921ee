# SPDX-License-Identifier: EUPL-1.2
"""The bench of what is owed and late, on a few entries, so that it works on the day it is needed."""

from datetime import timedelta

import pytest
from bench import deadlines, figures

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals
from tests.proposals.entering import enter


def test_every_page_is_measured_and_the_reckoning_changes_what_it_must(
    process: Process, group: WorkingGroup, leo: User, carol: User, capsys: pytest.CaptureFixture[str]
) -> None:
    entries = [enter(process, carol, clock.today() - timedelta(days=days)) for days in (60, 30, 10, 0)]
    assign_proposals(entries[:2], by=carol, group=group)
    Proposal.objects.update(due_on=None)
    before = figures.shortfalls()
    deadlines.measure_pages(process.slug, carol.email, most_ms=60_000)
    deadlines.measure_reckoning(process.slug, least=0)
    assert figures.shortfalls() == before
    said = capsys.readouterr().out
    assert "late by who owes it, queries" in said
    assert "reckoning anew, first time, changed\t4\t" in said
    assert "reckoning anew, second time, changed\t0\t" in said
