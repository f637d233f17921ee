# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.meetings.models import Meeting, Series
from talka.meetings.queries.series import neighbours
from talka.meetings.rule_words import rule_words
from talka.processes.models import Process

SignIn = Callable[[User], Client]
TYPED = {
    "title": "Sociālo dienestu sanāksme", "often": "twice", "own_rule": "", "date": "2031-04-01", "starts": "10:00", "ends": "11:30",
    "until": "2031-06-30", "count": "", "holidays": "skip", "left_out": "", "place": "", "remote_url": "", "remote_note": "", "access": "public",
}  # fmt: skip


@pytest.fixture
def page(process: Process) -> str:
    return f"/lv/workspace/p/{process.slug}/meetings/series/"


def days() -> list[str]:
    return [
        f"{timezone.localtime(one):%d.%m. %H.%M}"
        for one in Meeting.objects.order_by("starts_at").values_list("starts_at", flat=True)
        if one
    ]


def test_a_group_meets_twice_a_month_with_all_days_seen_before(
    page: str, group: WorkingGroup, leo: User, sign_in: SignIn
) -> None:
    client = sign_in(leo)
    typed: dict[str, Any] = {**TYPED, "groups": [group.pk]}
    seen = client.post(f"{page}new/", {**typed, "preview": "1", "left_out": "15.04.2031."})
    assert seen.status_code == 200
    assert "otrdien, 2031. gada 1. aprīlī" in seen.content.decode()
    assert not Series.objects.exists()
    assert client.post(f"{page}new/", {**typed, "left_out": "15.04.2031."}).status_code == 302
    assert days() == ["01.04. 10.00", "06.05. 10.00", "20.05. 10.00", "03.06. 10.00", "17.06. 10.00"]
    shown = client.get(page).content.decode()
    assert "Katra mēneša pirmajā otrdienā un trešajā otrdienā" in shown


def test_wrong_input_is_said_next_to_the_field(page: str, group: WorkingGroup, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    for changed, field in (
        ({"count": "3"}, "count"), ({"until": "2031-03-01"}, "until"), ({"often": "own", "own_rule": ""}, "own_rule"),
        ({"often": "own", "own_rule": "FREQ=SOMETIMES"}, "own_rule"), ({"left_out": "rīt"}, "left_out"), ({"starts": ""}, "starts"),
    ):  # fmt: skip
        answer = client.post(f"{page}new/", {**TYPED, **changed})
        assert answer.status_code == 422, changed
        assert field in answer.context["form"].errors, changed
        assert "Sociālo dienestu sanāksme" in answer.content.decode()
    assert not Series.objects.exists()


def test_a_rule_of_ones_own(page: str, carol: User, sign_in: SignIn) -> None:
    sign_in(carol).post(
        f"{page}new/", {**TYPED, "often": "own", "own_rule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=2", "until": ""}
    )
    assert days() == ["08.04. 10.00", "13.05. 10.00"]


def test_all_following_are_changed_and_the_series_is_ended(page: str, carol: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    client.post(f"{page}new/", TYPED)
    series = Series.objects.get()
    changed = {"since": "2031-05-10", "title": "Jauns nosaukums", "minutes": "60", "shift": "30", "place": ""}
    assert client.post(f"{page}{series.pk}/", changed).status_code == 302
    assert days() == ["01.04. 10.00", "15.04. 10.00", "06.05. 10.00", "20.05. 10.30", "03.06. 10.30", "17.06. 10.30"]
    assert client.post(f"{page}{series.pk}/", {**changed, "minutes": "0"}).status_code == 422
    assert client.post(f"{page}{series.pk}/end/", {"since": "2031-06-01", "reason": ""}).status_code == 302
    assert len(days()) == 4
    assert client.post(f"{page}{series.pk}/end/", {"since": "2031-06-01", "reason": ""}).status_code == 409


def test_a_series_goes_on_by_another_rule(page: str, carol: User, eve: User, sign_in: SignIn) -> None:
    client = sign_in(carol)
    client.post(f"{page}new/", TYPED)
    old = Series.objects.get()
    client.post(
        f"{page}{old.pk}/", {"since": "2031-03-01", "title": old.title, "minutes": "60", "shift": "30", "place": ""}
    )
    address = f"{page}{old.pk}/again/"
    shown = client.get(address)
    assert [shown.context["form"][name].value() for name in ("title", "own_rule")] == [old.title, old.rule]
    assert f"{shown.context['form']['starts'].value():%H:%M}" == "10:30"
    typed = {
        **TYPED,
        "often": "weekly",
        "date": "2031-05-08",
        "count": "2",
        "until": "",
        "starts": "18:00",
        "ends": "19:00",
    }
    assert client.post(address, {**typed, "preview": "1"}).status_code == 200
    assert (len(days()), client.post(address, {**typed, "date": ""}).status_code) == (6, 422)
    assert client.post(address, typed).status_code == 302
    assert days() == ["01.04. 10.30", "15.04. 10.30", "06.05. 10.30", "08.05. 18.00", "15.05. 18.00"]
    assert client.post(address, typed).status_code == 409
    assert sign_in(eve).post(address, typed).status_code == 403


@pytest.mark.parametrize(
    ("rule", "latvian", "english"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", "katru nedēļu otrdienā", "every week on Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "ik pēc 2 nedēļām pirmdienā un ceturtdienā", "every 2 weeks on Monday and Thursday"),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=10", "katra mēneša otrajā otrdienā, 10 reizes", "on the second Tuesday of every month, 10 times"),
        ("FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20261231", "katra mēneša pēdējā piektdienā, līdz 31.12.2026.", "on the last Friday of every month, until 31 Dec 2026"),
        ("FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20", "FREQ=YEARLY;BYWEEKNO=20"),
    ],
)  # fmt: skip
def test_a_rule_is_said_in_words(rule: str, latvian: str, english: str) -> None:
    with translation.override("lv"):
        assert rule_words(rule) == latvian
    with translation.override("en"):
        assert rule_words(rule) == english


def test_a_meeting_shows_those_of_its_series_before_and_after(
    page: str, process: Process, carol: User, sign_in: SignIn, django_assert_num_queries: Any
) -> None:
    sign_in(carol).post(f"{page}new/", TYPED)
    first, second, third = Meeting.objects.order_by("starts_at")[:3]
    own = f"/lv/p/{process.slug}/meetings"
    shown = Client().get(f"{own}/{second.pk}/").content.decode()
    assert f'href="{own}/{first.pk}/"' in shown
    assert f'href="{own}/{third.pk}/"' in shown
    assert f'href="{own}/{second.pk}/"' not in Client().get(f"{own}/{first.pk}/").content.decode().split("series")[0]
    Meeting.objects.filter(pk=third.pk).update(access="members")
    assert f'href="{own}/{third.pk}/"' not in Client().get(f"{own}/{second.pk}/").content.decode()
    with django_assert_num_queries(1):
        assert neighbours(second, carol).before == first
