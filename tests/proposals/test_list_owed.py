# SPDX-License-Identifier: EUPL-1.2
"""What each person owes: the next step of what waits, late ones first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.queries.owing import by_due_day, owed_by
from talka.proposals.views import owing as views
from tests.proposals.conftest import text_of
from tests.proposals.entering import enter

PAGE = "/lv/workspace/owed/"


@pytest.fixture
def four(process: Process, group: WorkingGroup, carol: User) -> list[Proposal]:
    """Received today; a late one and an early one of the group, the latter with an answer prepared; an answered one."""
    today = clock.today()
    fresh, late, prepared, answered = (enter(process, carol, today - timedelta(days=days)) for days in (0, 60, 50, 70))
    assign_proposals([late, prepared, answered], by=carol, group=group)
    for proposal in (prepared, answered):
        prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([answered], by=carol)
    return [fresh, late, prepared, answered]


def owed(user: User) -> list[tuple[int, str]]:
    return [(proposal.number, proposal.step) for proposal in by_due_day(owed_by(user))]  # type: ignore[attr-defined]


def test_everybody_owes_the_next_step_that_is_theirs_and_what_is_late_comes_first(
    four: list[Proposal], carol: User, leo: User, clara: User, eve: User, alice: User
) -> None:
    assert owed(carol) == [(3, "publish"), (1, "assign")]
    assert owed(leo) == [(2, "answer")]
    assert owed(clara) == owed(eve) == owed(alice) == []


def test_what_is_given_to_a_person_is_theirs(four: list[Proposal], carol: User, dora: User) -> None:
    assign_proposals([four[0]], by=carol, person=dora.person)
    assert owed(dora) == [(1, "answer")]
    assert owed(carol) == [(3, "publish")]


def test_the_page_shows_the_day_the_step_and_that_it_is_late_in_words(
    four: list[Proposal], carol: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    said = text_of(sign_in(leo).get(PAGE))
    assert "TP-2" in said
    assert "nokavēts" in said
    assert "izskatīt un ieteikt" in said
    assert "TP-3" not in said
    client = sign_in(carol)
    assert [proposal.number for proposal in client.get(f"{PAGE}?step=assign").context["page"]] == [1]
    assert [proposal.number for proposal in client.get(f"{PAGE}?step=drop").context["page"]] == [3, 1]


def test_who_owes_nothing_is_told_so(process: Process, eve: User, sign_in: Callable[[User], Client]) -> None:
    assert "Jums šobrīd nav nekā darāma" in text_of(sign_in(eve).get(PAGE))


def test_a_long_list_pages_and_needs_no_more_queries(
    process: Process,
    carol: User,
    sign_in: Callable[[User], Client],
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    for days in range(9):
        enter(process, carol, clock.today() - timedelta(days=days))
    monkeypatch.setattr(views, "PAGE", 4)
    client = sign_in(carol)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        first = client.get(PAGE)
    assert [proposal.number for proposal in first.context["page"]] == [9, 8, 7, 6]
    assert [proposal.number for proposal in client.get(f"{PAGE}?page=3").context["page"]] == [1]


def test_today_leads_to_the_whole_list(four: list[Proposal], carol: User, sign_in: Callable[[User], Client]) -> None:
    today = sign_in(carol).get(reverse("portal:show_workspace")).content.decode()
    assert f'href="{PAGE}"' in today
    assert "nokavēts" in today
