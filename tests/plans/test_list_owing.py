# SPDX-License-Identifier: EUPL-1.2
"""Who owes word of what, since when: for the coordinator by person, for each person what is theirs."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.notifications.models import Notification
from talka.plans.operations.plans import unpublish_plan
from talka.plans.operations.progress import update_progress
from talka.plans.operations.replies import take_reply
from talka.plans.queries.owing import current_round, owed_by
from talka.plans.queries.owing_lists import What, chosen_works, figures_of, load_owners, owners_of
from talka.processes.models import Process
from tests.plans.asking import ask, give, request_of
from tests.plans.factories import SmallPlan, make_plan


@pytest.fixture
def small(process: Process, carol: User, dora: User) -> SmallPlan:
    """A plan in force since 2024: dora answers for an action and the investment, nobody for the other action."""
    plan = make_plan(process, by=carol, published=True)
    give(plan, dora.person, plan.action, plan.investment, by=carol)
    return plan


def shown(small: SmallPlan, what: str, **options: Any) -> set[str]:
    works: QuerySet[Any] = chosen_works(small.plan, current_round(small.plan), what, **options)
    return {version.code for version in works}


def page_of(small: SmallPlan) -> str:
    with translation.override("lv"):
        return reverse("plans:list_owing", args=[small.plan.process.slug, small.plan.slug])


def test_before_anybody_is_asked_what_is_stale_is_owed(small: SmallPlan, carol: User) -> None:
    assert shown(small, What.OWED) == {"R1.1.1.1", "R1.1.1.2", "I1.1.1.1"}
    update_progress(small.action.node, state="under_way", by=carol)
    assert shown(small, What.OWED) == shown(small, What.STALE) == {"R1.1.1.2", "I1.1.1.1"}


def test_once_asked_each_owes_word_until_they_have_said_it(small: SmallPlan, carol: User, dora: User) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        update_progress(small.action.node, state="under_way", by=carol)
        update_progress(small.investment.node, state="done", by=carol)
    ask(small, by=carol)
    assert shown(small, What.OWED) == {"R1.1.1.1", "R1.1.1.2"}
    update_progress(small.action.node, state="under_way", by=dora)
    assert shown(small, What.OWED) == {"R1.1.1.2"}
    assert shown(small, What.NOBODY) == {"R1.1.1.2"}
    assert shown(small, What.NEVER) == {"R1.1.1.2"}
    assert shown(small, What.ALL) == {"R1.1.1.1", "R1.1.1.2"}


def test_word_of_an_earlier_day_counts_where_it_was_said_in_the_round(small: SmallPlan, carol: User) -> None:
    update_round = ask(small, by=carol)
    update_progress(
        small.action.node, state="under_way", said_on=clock.today() - timedelta(days=5), in_round=update_round, by=carol
    )
    assert "R1.1.1.1" not in shown(small, What.OWED)


def test_each_owner_stands_with_what_they_owe_since_when_and_their_letter(
    small: SmallPlan, carol: User, dora: User
) -> None:
    update_round = ask(small, by=carol)
    works = chosen_works(small.plan, update_round, What.OWED)
    (owner,) = load_owners(small.plan, update_round, works, list(owners_of(works)))
    assert (owner.person, owner.number, owner.since) == (dora.person, 2, update_round.opened_on)
    assert owner.request == request_of(update_round, dora)
    assert not owner.came_back
    Notification.objects.update(returned_at=clock.now())
    (owner,) = load_owners(small.plan, update_round, works, list(owners_of(works)))
    assert owner.came_back


def test_the_figures_of_a_round_add_up(small: SmallPlan, carol: User, dora: User) -> None:
    give(small, Person.objects.create(name="Jānis Bezpasts"), small.other_action, by=carol)
    update_round = ask(small, by=carol)
    for version in (small.action, small.investment):
        update_progress(version.node, state="under_way", by=dora)
    figures = figures_of(small.plan, update_round)
    assert (figures.asked, figures.answered, figures.owing, figures.unwritten) == (2, 1, 1, 1)


def test_the_page_shows_people_to_those_who_work_there_and_to_nobody_else(
    small: SmallPlan, carol: User, clara: User, eve: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    request = request_of(ask(small, by=carol), dora)
    take_reply(request, text="Paldies!", mail_key="<a@x>", from_address=dora.email, received_at=clock.now())
    page = sign_in(carol).get(page_of(small)).content.decode()
    for text in ("Dora", "Apsekot ielas", "Neskaidras atbildes", "nav pateikts, par kuru pasākumu ir runa"):
        assert text in page
    clerks = sign_in(clara).get(page_of(small)).content.decode()
    assert "Dora" in clerks
    assert "Neskaidras atbildes" not in clerks
    assert 'name="person"' not in clerks
    for other in (eve, dora):
        assert sign_in(other).get(page_of(small)).status_code == 403


@pytest.mark.parametrize(
    "query",
    ["?what=nobody", "?what=never&institution=", "?what=nonsense&institution=abc&page=-1", "?institution=999999"],
)
def test_filters_take_nonsense_calmly(
    small: SmallPlan, carol: User, sign_in: Callable[[User], Client], query: str
) -> None:
    assert sign_in(carol).get(page_of(small) + query).status_code == 200


def test_a_person_is_found_by_name(small: SmallPlan, carol: User, bob: User, sign_in: Callable[[User], Client]) -> None:
    give(small, bob.person, small.other_action, by=carol)
    page = sign_in(carol).get(f"{page_of(small)}?name=brun").content.decode()
    assert f'id="person-{bob.person.pk}"' in page
    assert "Dora" not in page
    assert shown(small, What.OWED, name="brun") == {"R1.1.1.2"}


def test_more_people_cost_no_more_queries(
    small: SmallPlan, carol: User, bob: User, sign_in: Callable[[User], Client], django_assert_max_num_queries: Any
) -> None:
    give(small, bob.person, small.other_action, by=carol)
    ask(small, by=carol)
    client = sign_in(carol)
    with django_assert_max_num_queries(34):
        client.get(page_of(small))


def test_what_i_owe_is_mine_and_of_published_plans(
    small: SmallPlan, carol: User, dora: User, eve: User, visitor: AnonymousUser, django_assert_max_num_queries: Any
) -> None:
    update_round = ask(small, by=carol)
    with django_assert_max_num_queries(3):
        (owed,) = owed_by(dora)
    assert (owed.plan, owed.round, [version.code for version in owed.versions]) == (
        small.plan, update_round, ["R1.1.1.1", "I1.1.1.1"],
    )  # fmt: skip
    assert not owed.is_late
    with clock.at(clock.now() + timedelta(days=15)):
        assert owed_by(dora)[0].is_late
    with django_assert_max_num_queries(1):
        assert owed_by(eve) == owed_by(visitor) == []
    unpublish_plan(small.plan, by=carol)
    assert owed_by(dora) == []


def test_it_stands_on_the_page_of_what_i_owe_and_today(
    small: SmallPlan, carol: User, dora: User, sign_in: Callable[[User], Client]
) -> None:
    ask(small, by=carol)
    with translation.override("lv"):
        answer = reverse("plans:answer_owed", args=[small.plan.process.slug, small.plan.slug])
        owed, today = reverse("proposals:list_owed"), reverse("portal:show_workspace")
    for page in (owed, today):
        text = sign_in(dora).get(page).content.decode()
        assert answer in text
        assert "Jūsu ziņu gaida 2 pasākumi un investīciju projekti" in text
    assert answer not in sign_in(carol).get(owed).content.decode()


def test_since_when_follows_from_the_edition_where_nobody_was_asked(small: SmallPlan) -> None:
    works = chosen_works(small.plan, None, What.OWED)
    (owner,) = load_owners(small.plan, None, works, list(owners_of(works)))
    assert owner.since == date(2024, 1, 25)
