# SPDX-License-Identifier: EUPL-1.2
"""The measurement of the large import with a smaller table; queries do not grow with the number of lines."""

import pytest
from bench.plans_import import large_table, measure_import
from django.db import connection
from django.test.utils import CaptureQueriesContext

from talka.accounts.models import User
from talka.plans.models import Edition, Funding
from talka.plans.operations.editions import start_edition
from talka.plans.operations.plans import add_level, create_plan
from talka.processes.models import Process
from tests.plans.importing import know


def draft(process: Process, by: User, title: str) -> Edition:
    """Return an empty draft of a plan with the levels of the large table."""
    plan = create_plan(process, title=title, kind="programme", starts_year=2021, ends_year=2030, by=by)
    for kind, name, letter, pattern in (
        ("group", "prioritāte", "p", "VTP{n}"), ("group", "virziens", "v", "RV{p}.{n}"), ("group", "uzdevums", "u", "U{v}.{n}"),
        ("action", "pasākums", "r", "R{u}.{n}"), ("investment", "projekts", "i", "I{u}.{n}"),
    ):  # fmt: skip
        add_level(plan, kind=kind, name=name, plural=f"{name}s", letter=letter, pattern=pattern, by=by)
    return start_edition(plan, name="RP 2021.1", by=by)


@pytest.mark.django_db
def test_a_large_table_is_taken_fast_with_the_same_number_of_queries(process: Process, carol: User) -> None:
    know(process, *(f"Iestāde {number}" for number in range(25)))
    counts = []
    for tasks in (1, 2):
        edition = draft(process, carol, f"Plāns {tasks}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            seconds = measure_import(edition, large_table(tasks))
        assert edition.versions.works().count() == 300 * tasks
        assert Funding.objects.filter(version__edition=edition).count() == 800 * tasks
        assert seconds < 10
        counts.append(len(queries))
    assert counts[1] - counts[0] < 25
