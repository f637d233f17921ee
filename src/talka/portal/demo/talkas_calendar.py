# SPDX-License-Identifier: EUPL-1.2
"""Meetings of Talkas novads: those that were, and those of the coming weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from talka.core import clock
from talka.meetings import demo as meetings
from talka.meetings.demo import local
from talka.meetings.operations.calling import cancel_meeting
from talka.meetings.operations.papers import add_papers
from talka.portal.demo import papers
from talka.processes.demo import Drafting
from talka.proposals.demo import workday

if TYPE_CHECKING:
    from talka.portal.demo.talkas_novads import Town

HELP = "Ja vajadzīgs surdotulks, lielāka druka vai palīdzība atbraukt, zvaniet 60 000 112 vismaz trīs darba dienas iepriekš."
FREE_DAYS = {(1, 1), (5, 1), (5, 4), (6, 23), (6, 24), (11, 18), (12, 24), (12, 25), (12, 26), (12, 31)}
"""Days on which nobody is called to a meeting, as month and day."""

HALL, LIBRARY, SCHOOL = "Talkas novada dome, lielā zāle", "Talkas novada bibliotēka", "Talkas vidusskola"
YOUTH, BERZLEJA, UPKALNE = "Jauniešu māja", "Bērzlejas tautas nams", "Upkalnes bibliotēka"


@dataclass(frozen=True)
class Called:
    """A meeting: days from today, hours, title, groups, place, how else."""

    days: int
    hours: str
    title: str
    groups: tuple[str, ...] = ()
    place: str = ""
    about: str = ""
    remote: bool = False
    members: bool = False
    cancelled: str = ""


CALLED = (
    Called(-50, "17.30–19.00", "Darba grupu kopīgā atklāšana", ("Vadības grupa",), HALL, "Kā strādāsim, ko rāda aptauja, kad kas jāpabeidz.", remote=True),
    Called(-41, "17.00–19.00", "Ielas, ietves un autobuss: kur sāp visvairāk", ("Mobilitāte un ceļi",), LIBRARY, "Ielu apsekojums un pirmie priekšlikumi."),
    Called(-37, "16.00–18.00", "Vieta bērnudārzā un skola pagastā", ("Izglītība un jaunatne",), SCHOOL, "Bērnu skaits līdz 2034. gadam; interešu izglītība pagastos."),
    Called(-30, "15.00–17.00", "Palīdzība mājās un ārsts pagastā", ("Sociālais atbalsts un veselība",), LIBRARY, "Ko varam pirkt no biedrībām un ko darīt pašiem.", remote=True),
    Called(-26, "17.30–19.30", "Upe, ezers, pagalmi", ("Vide un publiskā ārtelpa",), BERZLEJA, "Izbraukuma sanāksme pie Kopezera."),
    Called(-19, "17.00–19.00", "Tautas nami: visiem vai katram savs", ("Kultūra un mantojums",), BERZLEJA),
    Called(-12, "9.00–10.30", "Vadības grupas sēde", ("Vadības grupa",), HALL, "Pirmo priekšlikumu atbildes.", members=True),
    Called(-6, "17.00–19.00", "Tirgus, telpas un darbinieki", ("Uzņēmējdarbība un darbs",), HALL),
    Called(2, "17.00–19.00", "Drošs ceļš uz skolu", ("Mobilitāte un ceļi", "Izglītība un jaunatne"), SCHOOL, "Gājēju pārejas, ātrums un velonovietnes pie skolām.", remote=True),
    Called(4, "17.30–19.00", "Takas, laukumi un ledus", ("Sports un tūrisms",), YOUTH),
    Called(8, "15.00–17.00", "Seniori: ko varam kopā", ("Sociālais atbalsts un veselība",), LIBRARY, "Kopā ar biedrību „Talkas seniori”."),
    Called(9, "18.00–19.30", "Iedzīvotāju sanāksme Upkalnē", (), UPKALNE, "Par visu, kas Upkalnes pagastā jādara līdz 2034. gadam."),
    Called(11, "17.00–18.30", "Komposts un dalītie atkritumi", ("Vide un publiskā ārtelpa",), LIBRARY, cancelled="Grupas vadītājs saslimis; jauno dienu paziņosim šeit."),
    Called(15, "18.00–19.30", "Pašvaldība internetā un klātienē", ("Pārvalde un līdzdalība",), "", "Notiek tikai attālināti.", remote=True),
    Called(16, "9.00–11.00", "Vadības grupas sēde", ("Vadības grupa",), HALL, "Darba grupu ieteikumi; sēde tikai grupas dalībniekiem.", members=True),
    Called(18, "17.00–19.00", "Jauniešu vakars: paliec vai atgriezies", ("Izglītība un jaunatne", "Uzņēmējdarbība un darbs"), YOUTH, "Rīko kopā ar biedrību „Dzirksts”."),
    Called(23, "17.00–19.00", "Mobilitāte: galvenie ieteikumi", ("Mobilitāte un ceļi",), HALL, remote=True),
    Called(30, "16.00–18.00", "Kultūras mantojums pagastos", ("Kultūra un mantojums",), BERZLEJA),
    Called(37, "17.00–19.30", "Visu darba grupu noslēgums", (), HALL, "Katra grupa piecās minūtēs pasaka trīs galvenās rīcības.", remote=True),
)  # fmt: skip


def free_workday(day: date) -> date:
    """Return the first day from this one on that is neither at the weekend nor a holiday."""
    day = workday(day)
    while (day.month, day.day) in FREE_DAYS:
        day = workday(day + timedelta(days=1))
    return day


def build(town: Town, drafting: Drafting) -> None:
    """Call every meeting two weeks before its day, or when the groups were formed."""
    today = clock.today()
    for called in CALLED:
        day = free_workday(today + timedelta(days=called.days))
        called_on = min(max(day - timedelta(days=14), today - timedelta(days=50)), today - timedelta(days=1))
        with clock.at(local(called_on, "11.30")):
            meeting = meetings.build(
                drafting.process, called.title, by=drafting.by, groups=[town.groups[name] for name in called.groups],
                day=day, hours=called.hours, place=town.places[called.place] if called.place else None, description=called.about,
                access="members" if called.members else "public", help_note=HELP,
                remote_url="https://tiksanas.talka.example/programma" if called.remote else "", remote_public=called.remote and not called.members,
                remote_note="Saite atveras 10 minūtes pirms sākuma." if called.remote else "",
            )  # fmt: skip
            if called.title.startswith("Ielas, ietves"):
                survey = papers.street_survey()
                add_papers(
                    meeting, files=[(survey.name, survey.inspected)], title="Talkas ielu apsekojums", by=drafting.by
                )
        if called.cancelled:
            with clock.at(local(today - timedelta(days=1), "16.45")):
                cancel_meeting(meeting, by=drafting.by, reason=called.cancelled)
