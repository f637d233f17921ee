# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import WorkingGroup
from talka.groups.operations.seating import end_mandate, seat_person
from talka.meetings.models import Meeting
from talka.notifications.models import Notification
from talka.scheduling.link_holder import PollHolder
from talka.scheduling.models import DatePoll, PollAnswer, PollPerson
from talka.scheduling.operations import polls
from talka.scheduling.poll_wording import best_words
from talka.scheduling.queries.polls import results_of
from talka.scheduling.typed_times import read_times

SignIn = Callable[[User], Client]
RIGA = ZoneInfo("Europe/Riga")


def at(day: int, hour: int) -> datetime:
    """An hour some days from now."""
    moment = clock.now().astimezone(RIGA) + timedelta(days=day)
    return moment.replace(hour=hour, minute=0, second=0, microsecond=0)


def ask(group: WorkingGroup, by: User, **fields: Any) -> DatePoll:
    """A poll with three times in two weeks."""
    spans = [(at(14, hour), at(14, hour + 2)) for hour in (10, 15, 18)]
    closes_on = clock.today() + timedelta(days=7)
    return polls.create_poll(
        group.process, title="Ielu sēde", groups=[group], by=by, **{"spans": spans, "closes_on": closes_on} | fields
    )


def say(asked: PollPerson, *answers: str, comment: str = "") -> None:
    """Answer to all times, in order, by the link."""
    keys = [one.pk for one in asked.poll.options.all()]
    polls.answer_poll(asked, answers=dict(zip(keys, answers, strict=True)), comment=comment, by=PollHolder(asked.pk))


def letters(verb: str) -> list[Notification]:
    return list(Notification.objects.filter(template=f"scheduling/{verb}"))


def address(verb: str, poll: DatePoll, *more: Any) -> str:
    return reverse(f"scheduling:{verb}", args=[poll.process.slug, poll.pk, *more])


def own(asked: PollPerson) -> str:
    return reverse("scheduling:answer_poll", args=[asked.secret])


def typed(group: WorkingGroup, **fields: Any) -> dict[str, Any]:
    """The form of a new poll, filled in rightly."""
    day = clock.today() + timedelta(days=20)
    return {
        "title": "Ielu sēde", "groups": [group.pk], "times": f"{day:%d.%m.%Y} 15.00–17.00, 18–20\n{day.isoformat()} 10:30-11:30",
        "closes_on": str(clock.today() + timedelta(days=5)), "note": "", **fields,
    }  # fmt: skip


def test_a_lead_asks_and_each_member_gets_a_link_of_their_own(
    group: WorkingGroup, leo: User, bob: User, sign_in: SignIn
) -> None:
    response = sign_in(leo).post(reverse("scheduling:create_poll", args=[group.process.slug]), typed(group))
    poll = DatePoll.objects.get()
    assert response["Location"] == address("manage_poll", poll)
    assert [(one.starts_at.astimezone(RIGA).hour, one.length) for one in poll.options.all()] == [
        (10, timedelta(hours=1)),
        (15, timedelta(hours=2)),
        (18, timedelta(hours=2)),
    ]
    assert {letter.email for letter in letters("create_poll")} == {leo.email, bob.email}
    for one in poll.people.all():
        [letter] = [letter for letter in letters("create_poll") if letter.email == one.email]
        assert f"/polls/{one.secret}/" in letter.text


@pytest.mark.parametrize(
    ("field", "changed"),
    [
        ("title", {"title": ""}),
        ("groups", {"groups": []}),
        ("times", {"times": "rīt ap trijiem"}),
        ("times", {"times": "1.2.2090 15-17"}),
        ("times", {"times": "1.2.2090 17-15\n2.2.2090 15-17"}),
        ("times", {"times": "1.2.2020 15-17\n2.2.2090 15-17"}),
        ("times", {"times": "26.3.2090 3.30-5\n2.2.2090 15-17"}),
        ("times", {"times": "29.10.2090 3.30-5\n2.2.2090 15-17"}),
        ("closes_on", {"closes_on": "2020-01-01"}),
        ("closes_on", {"closes_on": "2089-12-31"}),
    ],
)
def test_wrong_input_is_said_beside_its_field_and_nothing_typed_is_lost(
    group: WorkingGroup, carol: User, leo: User, sign_in: SignIn, field: str, changed: dict[str, Any]
) -> None:
    page = reverse("scheduling:create_poll", args=[group.process.slug])
    response = sign_in(carol).post(page, typed(group, note="Par ielām", **changed))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Par ielām" in response.content.decode()
    assert not DatePoll.objects.exists()


def test_hours_on_the_night_of_the_time_change_are_refused_and_named() -> None:
    now = datetime(2030, 1, 1, tzinfo=RIGA)
    found = read_times("31.3.2030 3.30–5.00\n27.10.2030 3.30–5.00\n31.3.2030 4.00–5.00", zone=RIGA, now=now)
    assert [(slip.line, slip.kind) for slip in found.slips] == [(1, "skipped"), (2, "twice")]
    assert len(found.spans) == 1
    evening = read_times("5.2 22-24\n5.2. 22–24", zone=RIGA, now=now)
    assert [slip.line for slip in evening.slips] == [1]
    assert evening.spans == [(datetime(2030, 2, 5, 22, tzinfo=RIGA), datetime(2030, 2, 6, 0, tzinfo=RIGA))]


@pytest.mark.parametrize(
    "line", ["99.99.2030 1-2", "5.2.2030", "5.2.2030 25-26", "0.0. 1-2", "²5.2.2030 1-2", "29.2. 1-2"]
)
def test_a_line_that_is_no_time_is_a_slip_and_never_an_error(line: str) -> None:
    found = read_times(line, zone=RIGA, now=datetime(2030, 1, 1, tzinfo=RIGA))
    assert [slip.kind for slip in found.slips] == ["unread"]


def test_a_member_answers_by_the_link_and_once_more(group: WorkingGroup, leo: User, bob: User) -> None:
    poll = ask(group, leo)
    asked = poll.people.get(person=bob.person)
    keys = [f"option_{one.pk}" for one in poll.options.all()]
    client = Client()
    first = client.post(own(asked), {keys[0]: "yes", keys[1]: "no"})
    assert first.status_code == 422
    assert keys[2] in first.context["form"].errors
    assert not PollAnswer.objects.exists()
    done = client.post(own(asked), {keys[0]: "yes", keys[1]: "no", keys[2]: "if_need_be", "comment": "Vakarā vēlāk"})
    assert done["Location"] == own(asked)
    client.post(own(asked), {keys[0]: "no", keys[1]: "no", keys[2]: "yes", "comment": ""})
    assert [one.answer for one in asked.answers.order_by("option__starts_at")] == ["no", "no", "yes"]
    response = Client().get(own(asked))
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")
    assert Client().get(reverse("scheduling:answer_poll", args=["nav"])).status_code == 404


def test_what_suits_most_is_said_in_words(group: WorkingGroup, leo: User, bob: User, alice: User, carol: User) -> None:
    seat_person(group, person=alice.person, by=carol, represents="resident")
    poll = ask(group, leo)
    assert best_words(results_of(poll)) == ""
    one, two, three = poll.people.order_by("pk")
    say(one, "yes", "yes", "no")
    say(two, "no", "yes", "no")
    say(three, "yes", "if_need_be", "no")
    results = results_of(poll)
    assert [(row.yes, row.if_need_be, row.no, row.is_best) for row in results.rows] == [
        (2, 0, 1, False),
        (2, 1, 0, True),
        (0, 0, 3, False),
    ]
    assert "15.00" in best_words(results)
    assert "3" in best_words(results)
    say(three, "yes", "no", "no")
    say(two, "yes", "yes", "no")
    assert [row.is_best for row in results_of(poll).rows] == [True, False, False]


def test_a_poll_closed_while_somebody_answers_says_so_and_keeps_what_was_typed(
    group: WorkingGroup, leo: User, bob: User
) -> None:
    poll = ask(group, leo)
    asked = poll.people.get(person=bob.person)
    polls.close_poll(poll, by=leo, reason="Sēdes nebūs.")
    keys = [f"option_{one.pk}" for one in poll.options.all()]
    response = Client().post(own(asked), dict.fromkeys(keys, "yes") | {"comment": "Nākšu ar bērnu"})
    assert response.status_code == 409
    body = response.content.decode()
    assert "Nākšu ar bērnu" in body
    assert body.count("checked") == 3
    assert not PollAnswer.objects.exists()
    with pytest.raises(polls.PollEnded):
        polls.close_poll(poll, by=leo)
    assert {letter.email for letter in letters("close_poll")} == {leo.email, bob.email}
    assert "Sēdes nebūs." in letters("close_poll")[0].text


def test_after_the_last_day_nobody_answers(group: WorkingGroup, leo: User) -> None:
    poll = ask(group, leo)
    [asked] = poll.people.all()
    with time_machine.travel(clock.now() + timedelta(days=7)):
        say(asked, "yes", "yes", "yes")
    with time_machine.travel(clock.now() + timedelta(days=8)), pytest.raises(polls.PollClosed):
        say(asked, "no", "no", "no")


def test_one_step_makes_the_meeting_and_tells_everybody(
    group: WorkingGroup, leo: User, bob: User, sign_in: SignIn
) -> None:
    poll = ask(group, leo)
    option = poll.options.all()[1]
    client = sign_in(leo)
    response = client.post(address("choose_option", poll, option.pk))
    meeting = Meeting.objects.get(title="Ielu sēde")
    assert response["Location"] == reverse("meetings:change_meeting", args=[poll.process.slug, meeting.pk])
    assert (meeting.starts_at, meeting.ends_at, list(meeting.groups.all())) == (
        option.starts_at,
        option.ends_at,
        [group],
    )
    assert {letter.email for letter in letters("choose_option")} == {leo.email, bob.email}
    assert "15.00" in letters("choose_option")[0].text
    assert client.post(address("choose_option", poll, option.pk)).status_code == 409
    assert Meeting.objects.filter(title="Ielu sēde").count() == 1


def test_those_missing_are_reminded_by_hand_once_a_day_and_by_the_clock_before_the_end(
    group: WorkingGroup, leo: User, bob: User
) -> None:
    poll = ask(group, leo)
    say(poll.people.get(person=leo.person), "yes", "no", "no")
    assert polls.remind_missing(poll, by=leo) == 1
    with pytest.raises(polls.NobodyMissing):
        polls.remind_missing(poll, by=leo)
    assert [letter.email for letter in letters("remind_missing")] == [bob.email]
    assert polls.remind_before_end() == 0
    with time_machine.travel(clock.now() + timedelta(days=6)):
        assert polls.remind_before_end() == 1
        assert polls.remind_before_end() == 0


def test_members_see_numbers_and_names_only_if_the_poll_says_so(group: WorkingGroup, leo: User, bob: User) -> None:
    poll = ask(group, leo)
    asked, other = poll.people.get(person=bob.person), poll.people.get(person=leo.person)
    say(other, "yes", "no", "no", comment="Tikai no rīta")
    say(asked, "no", "yes", "no")
    body = Client().get(own(asked)).content.decode()
    assert "Leo" not in body
    assert "Tikai no rīta" not in body
    DatePoll.objects.update(names_shown=True)
    body = Client().get(own(asked)).content.decode()
    assert "Leo" in body
    assert "Tikai no rīta" not in body


def test_eve_and_members_see_no_poll_and_do_nothing_to_it(
    group: WorkingGroup, leo: User, bob: User, eve: User, clara: User, sign_in: SignIn
) -> None:
    poll = ask(group, leo)
    say(poll.people.get(person=bob.person), "yes", "no", "no")
    for somebody in (eve, bob, clara):
        client = sign_in(somebody)
        assert client.get(address("manage_poll", poll)).status_code == 403
        assert client.post(address("choose_option", poll, poll.options.all()[0].pk)).status_code == 403
        assert not DatePoll.objects.visible_to(somebody).exists()
        with pytest.raises(PermissionDenied):
            polls.close_poll(poll, by=somebody)
    with pytest.raises(PermissionDenied):
        ask(group, eve)
    other = poll.people.get(person=leo.person)
    with pytest.raises(PermissionDenied):
        polls.answer_poll(other, answers={}, by=PollHolder(other.pk + 1000))
    assert DatePoll.objects.visible_to(leo).get() == poll


def test_somebody_without_an_address_answers_by_a_link_that_the_lead_hands_on(
    group: WorkingGroup, leo: User, carol: User, sign_in: SignIn
) -> None:
    seat_person(group, person=Person.objects.create(name="Vecmāmiņa"), by=carol, represents="resident")
    poll = ask(group, leo)
    asked = poll.people.get(person__name="Vecmāmiņa")
    assert len(letters("create_poll")) == 1
    assert f"/polls/{asked.secret}/" in sign_in(leo).get(address("manage_poll", poll)).content.decode()
    say(asked, "yes", "yes", "no")
    assert asked.secret not in sign_in(leo).get(address("manage_poll", poll)).content.decode()


def test_a_removed_member_is_asked_no_more(group: WorkingGroup, leo: User, bob: User, carol: User) -> None:
    poll = ask(group, leo)
    asked = poll.people.get(person=bob.person)
    end_mandate(group.mandates.get(person=bob.person), by=carol)
    assert Client().get(own(asked)).status_code == 404
    assert not Notification.objects.filter(text__contains=asked.secret).exists()


def test_a_group_without_members_cannot_be_asked(group: WorkingGroup, carol: User) -> None:
    with pytest.raises(polls.NobodyToAsk):
        ask(group, carol)
    assert not DatePoll.objects.exists()


def test_old_polls_are_forgotten_and_a_person_is_erased_from_one(
    group: WorkingGroup, leo: User, bob: User, carol: User
) -> None:
    poll = ask(group, leo)
    asked = poll.people.get(person=bob.person)
    say(asked, "yes", "no", "no", comment="Nākšu ar suni")
    polls.erase_answers(asked, by=carol, reason="lūgums")
    assert not PollPerson.objects.filter(person=bob.person).exists()
    with pytest.raises(PermissionDenied):
        polls.erase_answers(poll.people.get(), by=leo, reason="")
    assert polls.forget_old_polls() == 0
    DatePoll.objects.update(closes_on=date(2020, 1, 1))
    assert polls.forget_old_polls() == 1


def test_the_pages_of_a_poll_ask_the_database_few_questions(
    group: WorkingGroup, leo: User, carol: User, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        person = Person.objects.create(name=f"Persona {number}", email=f"p{number}@example.lv")
        seat_person(group, person=person, by=carol, represents="resident")
    poll = ask(group, leo)
    for asked in poll.people.all():
        say(asked, "yes", "no", "if_need_be")
    client = sign_in(carol)
    with django_assert_max_num_queries(16):
        client.get(address("manage_poll", poll))
    with django_assert_max_num_queries(14):
        client.get(reverse("scheduling:manage_polls", args=[poll.process.slug]))
