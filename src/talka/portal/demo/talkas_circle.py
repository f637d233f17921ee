# SPDX-License-Identifier: EUPL-1.2
"""Working groups of Talkas novads at work: a meeting with approved minutes, one with a draft, one ahead, and who wants to join."""

from __future__ import annotations

import uuid
from datetime import time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.conf import settings

from talka.core import clock
from talka.core.local_time import local_moment
from talka.groups.applicants import Applicant
from talka.groups.link_holder import ApplicationHolder
from talka.groups.operations.applications import (
    accept_application,
    apply_to_group,
    confirm_application,
    decline_application,
    enter_application,
)
from talka.meetings.answers import Answer
from talka.meetings.link_holder import AttendanceHolder
from talka.meetings.models import AgendaItem, Meeting
from talka.meetings.operations.agenda import take_pending
from talka.meetings.operations.answering import enter_answer
from talka.meetings.operations.approving import ask_correction, circulate_minutes
from talka.meetings.operations.inviting import send_invitations
from talka.meetings.operations.series import create_series
from talka.portal.demo.circle import hold, prepare, settle, tell_tasks
from talka.portal.demo.talkas_held import MARKET, STREETS, WAY_TO_SCHOOL
from talka.processes.demo import Drafting
from talka.scheduling.link_holder import PollHolder
from talka.scheduling.operations.polls import answer_poll, create_poll
from talka.scheduling.operations.seeking import find_timetable
from talka.scheduling.operations.timetables import create_timetable

if TYPE_CHECKING:
    from talka.accounts.models import User
    from talka.portal.demo.talkas_novads import Town

ZONE = ZoneInfo(settings.TIME_ZONE)
SEATS_OF_ROOMS = {
    "Talkas novada dome, lielā zāle": 80, "Talkas novada bibliotēka": 30, "Talkas vidusskola": 200, "Jauniešu māja": 40,
    "Bērzlejas tautas nams": 60, "Upkalnes bibliotēka": 15,
}  # fmt: skip

APPLICANTS = (
    ("Ieva Kalve", "ieva@talka.example", "resident", "", "Dzīvoju pie Kopezera un redzu, kā tas mainās."),
    ("Arnis Vītiņš", "arnis@talka.example", "business", "SIA „Kopezera laivas”", "Laivas un piekraste ir arī mūsu darbs."),
    ("Guntis Mednis", "guntis@talka.example", "resident", "", "Gribu stāstīt par makšķernieku vajadzībām."),
)  # fmt: skip


def build(town: Town, drafting: Drafting, coordinator: User) -> None:
    """Let the groups work."""
    meetings = {one.title: one for one in Meeting.objects.filter(process=drafting.process).prefetch_related("groups")}
    _streets(town, meetings["Ielas, ietves un autobuss: kur sāp visvairāk"], coordinator)
    _market(town, meetings["Tirgus, telpas un darbinieki"], coordinator)
    _way_to_school(town, meetings["Drošs ceļš uz skolu"], coordinator)
    _applications(town, coordinator)
    _timetable(town, drafting, coordinator)
    _poll(town, drafting, coordinator)
    _series(town, drafting, coordinator)


def _streets(town: Town, meeting: Meeting, by: User) -> None:
    assert meeting.starts_at is not None
    assert meeting.ends_at is not None
    people = {name: town.person(name) for name in ("Gundars Riekstiņš", "Linda Priedaine", "Andris Krauklis")}
    with clock.at(meeting.starts_at - timedelta(days=6)):
        prepare(meeting, STREETS, by=by, people=people)
    with clock.at(meeting.ends_at):
        minutes = hold(
            meeting, STREETS, by=by, people=people, secretary=people["Linda Priedaine"], modes={"Ilona Ceplīte": "remote"},
            opening="Sēdi atklāj Gundars Riekstiņš; piedalās visi grupas dalībnieki.",
        )  # fmt: skip
    settle(
        minutes, by=by, sent_at=meeting.ends_at + timedelta(days=1), approved_at=meeting.ends_at + timedelta(days=10)
    )
    tell_tasks(meeting, STREETS, by=by, until=clock.now())


def _market(town: Town, meeting: Meeting, by: User) -> None:
    assert meeting.starts_at is not None
    assert meeting.ends_at is not None
    people = {name: town.person(name) for name in ("Aigars Vasarājs", "Dace Klaipa", "Egils Ratnīks")}
    with clock.at(meeting.starts_at - timedelta(days=5)):
        prepare(meeting, MARKET, by=by, people=people)
    with clock.at(meeting.ends_at):
        minutes = hold(meeting, MARKET, by=by, people=people, secretary=people["Dace Klaipa"])
    with clock.at(clock.now() - timedelta(days=1)):
        circulate_minutes(minutes, by=by)
        asks = meeting.attendances.get(name="Egils Ratnīks")
        ask_correction(
            asks, text="Teicu, ka trūkst dzīvokļu, ko īrēt, arī Talkas centrā, ne tikai pagastos.", item=meeting.items.last(),
            by=AttendanceHolder(asks.pk),
        )  # fmt: skip


def _way_to_school(town: Town, meeting: Meeting, by: User) -> None:
    people = {name: town.person(name) for name in ("Gundars Riekstiņš", "Linda Priedaine", "Jānis Apšenieks")}
    with clock.at(clock.now() - timedelta(days=1)):
        take_pending(meeting, by=by, keys=[f"item-{item.pk}" for item in _postponed(meeting)])
        prepare(meeting, WAY_TO_SCHOOL, by=by, people=people)
        send_invitations(meeting, by=by)
    answers = {
        "Andris Krauklis": Answer("accepted"), "Linda Priedaine": Answer("accepted", remote=True),
        "Egils Ratnīks": Answer("declined", represented_by="Zaiga Ratniece", note="Esmu komandējumā."),
        "Elīza Vārpa": Answer("accepted", needs="Lūdzu vietu pie durvīm, esmu ar bērnu ratiņiem."),
    }  # fmt: skip
    for invitation in meeting.invitations.select_related("person", "meeting__process"):
        if invitation.person.name in answers:
            enter_answer(invitation, said=answers[invitation.person.name], by=by)


def _postponed(meeting: Meeting) -> list[AgendaItem]:
    groups = [group.pk for group in meeting.groups.all()]
    return list(AgendaItem.objects.filter(outcome=AgendaItem.Outcome.POSTPONED, meeting__groups__in=groups).distinct())


def _applications(town: Town, by: User) -> None:
    group = town.groups["Vide un publiskā ārtelpa"]
    made = []
    for days, (name, email, represents, organization, reason) in enumerate(APPLICANTS):
        with clock.at(clock.now() - timedelta(days=5 - days)):
            applicant = Applicant(
                name=name, email=email, represents=represents, organization_name=organization, reason=reason,
                area=town.areas["Bērzlejas pagasts"],
            )  # fmt: skip
            application = apply_to_group(group, applicant=applicant, key=uuid.uuid4(), by=None)
            assert application is not None
            confirm_application(application, by=ApplicationHolder(application.pk))
            made.append(application)
    with clock.at(clock.now() - timedelta(days=2)):
        accept_application(made[0], by=by)
        enter_application(group, applicant=Applicant(name="Velta Saulgrieze", phone="60 000 161"), by=by)
    other = town.groups["Kultūra un mantojums"]
    with clock.at(clock.now() - timedelta(days=4)):
        late = enter_application(
            other, applicant=Applicant(name="Pēteris Dzenis", email="peteris@talka.example"), by=by
        )
        decline_application(late, reason="Lūdzam pieteikties grupā „Sports un tūrisms”, kur spriež par takām.", by=by)


def _timetable(town: Town, drafting: Drafting, by: User) -> None:
    """Find when the eight groups could meet in the fourth week from now."""
    for name, seats in SEATS_OF_ROOMS.items():
        place = town.places[name]
        place.seats = seats
        place.save(update_fields=["seats"])
    monday = clock.today() + timedelta(days=28 - clock.today().weekday())
    timetable = create_timetable(
        drafting.process, title="Grupu noslēguma sēdes", by=by, first_day=monday, last_day=monday + timedelta(days=4),
        opens=time(9), closes=time(20), seconds=1,
        places=[town.places["Talkas novada dome, lielā zāle"], town.places["Talkas novada bibliotēka"]],
    )  # fmt: skip
    timetable.asked_at = clock.now()
    timetable.save(update_fields=["asked_at"])
    find_timetable(timetable.pk)


def _poll(town: Town, drafting: Drafting, by: User) -> None:
    """Ask when a group could walk through the town; half of it has answered."""
    group = town.groups["Vide un publiskā ārtelpa"]
    monday = clock.today() + timedelta(days=14 - clock.today().weekday())
    hours = ((0, 17), (2, 17), (5, 10))
    spans = [(local_moment(monday + timedelta(days=day), time(hour), ZONE), local_moment(monday + timedelta(days=day), time(hour + 2), ZONE)) for day, hour in hours]  # fmt: skip
    with clock.at(clock.now() - timedelta(days=2)):
        poll = create_poll(
            drafting.process, title="Pastaiga gar ezeru: kad ejam?", groups=[group], spans=spans, by=by, names_shown=True,
            closes_on=monday - timedelta(days=4), note="Iesim apskatīt takas un peldvietas, apmēram divas stundas.",
        )  # fmt: skip
    options = list(poll.options.order_by("starts_at"))
    asked = list(poll.people.order_by("pk"))
    said = (("yes", "if_need_be", "yes"), ("no", "yes", "yes"), ("if_need_be", "no", "yes"))
    for one, words in zip(asked[: (len(asked) + 1) // 2], said, strict=False):
        answers = {option.pk: word for option, word in zip(options, words, strict=True)}
        answer_poll(one, answers=answers, by=PollHolder(one.pk))


def _series(town: Town, drafting: Drafting, by: User) -> None:
    """Call the group on culture together on the second Tuesday of each month."""
    first = next(
        day for number in range(1, 40) if (day := clock.today() + timedelta(days=number)).weekday() == 1 and 8 <= day.day <= 14
    )  # fmt: skip
    create_series(
        drafting.process, title="Darba grupa „Kultūra un mantojums”", rule="FREQ=MONTHLY;BYDAY=2TU;COUNT=6", by=by,
        starts_at=local_moment(first, time(17), ZONE), minutes=90, groups=[town.groups["Kultūra un mantojums"]],
        place=town.places["Talkas novada bibliotēka"],
    )  # fmt: skip
