# SPDX-License-Identifier: EUPL-1.2
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import cancel_meeting
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting, make_place

SignIn = Callable[[User], Client]


def calendar(language: str = "lv", client: Client | None = None, **asked: str) -> str:
    with translation.override(language):
        response = (client or Client()).get(reverse("portal:show_calendar"), asked)
    assert response.status_code == 200
    return response.content.decode()


def titles(body: str) -> list[str]:
    return re.findall(r'class="ds-link what"[^>]*>([^<]+)<', body)


@pytest.fixture(autouse=True)
def _january_2020(db: None) -> Any:
    with time_machine.travel(at("2020-01-03 12:00")):
        yield


@pytest.fixture
def year(process: Process, group: WorkingGroup, carol: User) -> list[Meeting]:
    """Meetings of a winter: one that is over, three ahead in two months, one without a date, one cancelled."""
    meetings = [
        make_meeting(process, carol, "2019-11-20 16:00", title="Notikusī"),
        make_meeting(
            process, carol, "2020-01-07 16:00", "2020-01-07 18:00", title="Janvāra", groups=[group], place=make_place()
        ),
        make_meeting(process, carol, "2020-02-12 13:00", title="Februāra agrā"),
        make_meeting(process, carol, "2020-02-12", title="Februāra diena"),
        make_meeting(process, carol, title="Nezināmā"),
        make_meeting(process, carol, "2020-02-13 13:00", title="Atceltā"),
    ]
    cancel_meeting(meetings[-1], by=carol, reason="Slimība.")
    return meetings


def test_what_is_ahead_comes_by_month_and_day(year: list[Meeting]) -> None:
    body = calendar()
    assert titles(body) == ["Janvāra", "Februāra diena", "Februāra agrā", "Atceltā", "Nezināmā"]
    assert (
        body.index("2020. gada janvāris")
        < body.index("Janvāra")
        < body.index("2020. gada februāris")
        < body.index("Datums vēl nav noteikts")
    )
    assert '<li class="cancelled">' in body
    assert "5 sanāksmes" not in body
    assert "4 sanāksmes" in body
    assert "Domes nams, Rožu laukums 6, Liepāja, 2. stāvs, 215. telpa" in body


def test_earlier_meetings_are_found_month_by_month(year: list[Meeting]) -> None:
    assert "month=2019-11" in calendar()
    earlier = calendar(month="2019-11")
    assert titles(earlier) == ["Notikusī"]
    assert "month=2020-01" in earlier
    assert 'rel="prev"' not in earlier


def test_a_month_is_shown_as_a_sheet_of_days(year: list[Meeting]) -> None:
    body = calendar(view="month", month="2020-02")
    assert "<caption>2020. gada februāris</caption>" in body
    assert [body.index(title) for title in ("Februāra diena", "Februāra agrā", "Atceltā")] == sorted(
        body.index(title) for title in ("Februāra diena", "Februāra agrā", "Atceltā")
    )
    assert "Janvāra<" not in body
    assert "month=2020-01" in body
    assert "month=2020-03" in body
    assert body.count("<td") == 35
    assert 'aria-current="date"' in calendar(view="month")


def test_a_meeting_of_several_days_stands_on_each_of_them(process: Process, carol: User) -> None:
    make_meeting(process, carol, "2020-01-30 10:00", "2020-02-02 15:00", title="Nometne")
    assert calendar(view="month", month="2020-01").count("Nometne") == 2
    assert calendar(view="month", month="2020-02").count("Nometne") == 2


@pytest.mark.parametrize("month", ["2020-13", "x", "0000-01", "9999-12", "2020-02-30", "\x00"])
@pytest.mark.parametrize("view", ["", "month"])
def test_nonsense_for_a_month_shows_the_present(year: list[Meeting], month: str, view: str) -> None:
    assert "Janvāra" in calendar(view=view, month=month)


def test_each_filter_narrows_and_the_feed_follows_exactly_it(
    year: list[Meeting], process: Process, group: WorkingGroup, eve: User
) -> None:
    theirs = Process.objects.get(slug="kaimini")
    make_meeting(theirs, eve, "2020-01-08 16:00", title="Kaimiņu")
    asked_and_found = [
        ({"process": "kaimini"}, ["Kaimiņu"]),
        ({"group": str(group.pk)}, ["Janvāra"]),
        ({"kind": "other"}, ["Kaimiņu"]),
        ({"municipality": "kaiminu-novads"}, ["Kaimiņu"]),
        ({"q": "rožu janv"}, ["Janvāra"]),
        ({"q": "mobil"}, ["Janvāra"]),
        ({"process": process.slug, "q": "agrā"}, ["Februāra agrā"]),
        ({"process": "nav"}, []),
        ({"group": "²"}, []),
        ({"group": "9" * 40}, []),
        ({"kind": "nav"}, []),
        ({"q": "100% nav"}, []),
    ]
    for asked, found in asked_and_found:
        body = calendar(**asked)
        assert titles(body) == found, asked
        address = re.search(r'href="(http://testserver[^"]*calendar\.ics[^"]*)"', body)
        assert address
        feed = Client().get(address[1].replace("&amp;", "&")).content.decode()
        assert feed.count("BEGIN:VEVENT") == len(found)
        assert f'href="webcal://{address[1].removeprefix("http://")}"' in body


def test_groups_to_choose_are_those_of_the_chosen_process(year: list[Meeting], eve: User) -> None:
    assert ">Mobilitāte</option>" in calendar()
    assert ">Mobilitāte</option>" not in calendar(process="kaimini")


def test_an_empty_calendar_says_what_one_can_do(process: Process) -> None:
    assert "Pašlaik neviena sanāksme nav ieplānota" in calendar()
    assert "neatbilst izvēlētajam" in calendar(q="nav")
    assert "Šajā mēnesī sanāksmju nav" in calendar(month="2020-05")
    assert "Šajā mēnesī sanāksmju nav" in calendar(view="month", month="2020-05")


def test_text_from_the_address_is_shown_as_text(process: Process) -> None:
    assert "<script>alert" not in calendar(q='"><script>alert(1)</script>', process="<b>", month="<i>")


def test_members_only_meetings_are_shown_to_members(
    process: Process, carol: User, bob: User, eve: User, sign_in: SignIn
) -> None:
    make_meeting(process, carol, "2020-01-07 16:00", title="Iekšējā", access="members")
    assert titles(calendar()) == titles(calendar(client=sign_in(eve))) == []
    assert titles(calendar(client=sign_in(bob))) == ["Iekšējā"]


def test_meetings_of_a_draft_are_not_shown(process: Process, carol: User) -> None:
    make_meeting(process, carol, "2020-01-07 16:00", title="Janvāra")
    Process.objects.filter(pk=process.pk).update(published_at=None)
    assert titles(calendar()) == []


def test_the_calendar_speaks_english_and_marks_what_is_latvian(year: list[Meeting]) -> None:
    body = calendar("en")
    assert "January 2020" in body
    assert re.search(r'class="ds-link what"[^>]* lang="lv">Janvāra<', body)


def test_a_long_calendar_has_pages(process: Process, carol: User) -> None:
    for number in range(60):
        make_meeting(process, carol, f"2020-0{number // 28 + 1}-{number % 28 + 1:02} 20:00", title=f"S{number}")
    first, second = titles(calendar()), titles(calendar(page="2"))
    assert len(first) == 50
    assert not set(first) & set(second)
    assert titles(calendar(page="nonsense")) == first


@pytest.mark.parametrize("asked", [{}, {"month": "2020-02"}, {"view": "month"}, {"process": "programma", "q": "a"}])
def test_the_calendar_asks_the_database_little(
    year: list[Meeting], django_assert_max_num_queries: Any, asked: dict[str, str]
) -> None:
    with django_assert_max_num_queries(10):
        calendar(**asked)
