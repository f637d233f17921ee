# SPDX-License-Identifier: EUPL-1.2
"""The circle of a working group in three of the real cases: groups and days are those of the announcements, people and words are invented."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person, Place
from talka.groups.applicants import Applicant
from talka.groups.models import WorkingGroup
from talka.groups.operations.applications import accept_applications, enter_application
from talka.groups.operations.seating import seat_person
from talka.meetings.demo import local
from talka.meetings.models import Meeting
from talka.meetings.operations.series import create_series
from talka.meetings.queries.people import seated_at
from talka.portal.demo.cases_held import EDUCATION_CITY, EDUCATION_SKILLS, SOCIAL_WORK
from talka.portal.demo.circle import hold, prepare, settle, tell_tasks
from talka.portal.demo.held import Dealt
from talka.processes.models import Process
from talka.processes.newcomers import NewPerson
from talka.scheduling.operations.placing import publish_timetable
from talka.scheduling.operations.seeking import find_timetable
from talka.scheduling.operations.timetables import create_timetable

CHAIR, SECRETARY = "Sēdes vadītāja (paraugs)", "Protokolētāja (paraugs)"
INVENTED = "Sēdes gaita, dalībnieki un teiktais ir izdomāti, lai parādītu, kā protokols izskatās."


def merger(process: Process, social: WorkingGroup, by: User) -> None:
    """Case 1: the social services meet twice a month, remotely; the first of these meetings has minutes."""
    with clock.at(local(date(2021, 4, 30), "14.00")):
        people = _seat(social, ("Sociālā dienesta pārstāve", "Sociālā darba speciāliste"), by)
        create_series(
            process, title="Sociālo dienestu vadītāju sanāksme", rule="FREQ=MONTHLY;BYDAY=2WE,4WE;UNTIL=20210630",
            starts_at=local(date(2021, 5, 12), "10.00"), minutes=90, groups=[social], by=by,
            details={"remote_note": "Sanāksme notiek attālināti."},
        )  # fmt: skip
    meeting = Meeting.objects.filter(process=process, series__isnull=False).order_by("starts_at").first()
    if meeting is not None:
        _circle(meeting, SOCIAL_WORK, people, by, mode="remote")


def programme(group: WorkingGroup, by: User) -> None:
    """Case 2: residents and businesses apply to the group on education and skills, and its session has minutes."""
    with clock.at(local(date(2020, 2, 6), "11.00")):
        people = _seat(group, (), by)
        applicants = (
            Applicant(name="Dalībniece no bibliotēkas", represents="institution", organization_name="Bibliotēka (paraugs)", phone="65000001"),
            Applicant(name="Vecāku pārstāve", represents="resident", phone="65000002", reason="Man ir divi bērni pirmsskolā."),
            Applicant(name="Uzņēmējs", represents="business", organization_name="SIA „Paraugs”", phone="65000003"),
        )  # fmt: skip
        rows = [enter_application(group, applicant=one, by=by) for one in applicants]
        accept_applications(rows, by=by)
    people |= {mandate.person.name: mandate.person for mandate in group.mandates.select_related("person")}
    meeting = group.meetings.order_by("starts_at").first()
    if meeting is not None:
        _circle(meeting, EDUCATION_SKILLS, people, by)


def city(process: Process, group: WorkingGroup, hall: Place, by: User) -> None:
    """Case 4: the first group meets on its day; then a timetable is found for all twelve in one room, and published."""
    with clock.at(local(date(2020, 1, 3), "12.00")):
        people = _seat(group, ("Dalībniece no skolas", "Vecāku pārstāvis"), by)
    meeting = group.meetings.filter(starts_at__isnull=False).order_by("starts_at").first()
    if meeting is not None:
        _circle(meeting, EDUCATION_CITY, people, by)
    with clock.at(local(date(2020, 1, 13), "9.00")):
        timetable = create_timetable(
            process, title="Otrās sanāksmes (paraugs)", places=[hall], by=by, first_day=date(2020, 1, 20),
            last_day=date(2020, 1, 31), opens=time(13), closes=time(20), seconds=1,
        )  # fmt: skip
        timetable.asked_at = clock.now()
        timetable.save(update_fields=["asked_at"])
        find_timetable(timetable.pk)
        timetable.refresh_from_db()
        publish_timetable(timetable, by=by)


def _seat(group: WorkingGroup, members: Sequence[str], by: User) -> dict[str, Person]:
    """Seat whoever chairs and writes, and members; return them by name."""
    functions = {CHAIR: "deputy", SECRETARY: "secretary"} | dict.fromkeys(members, "member")
    return {
        name: seat_person(group, person=NewPerson(name), by=by, function=function, represents="institution", name_public=True).person
        for name, function in functions.items()
    }  # fmt: skip


def _circle(
    meeting: Meeting, dealt: Sequence[Dealt], people: Mapping[str, Person], by: User, *, mode: str = "on_site"
) -> None:
    starts_at = meeting.starts_at or clock.now()
    ends_at = meeting.ends_at or starts_at + timedelta(hours=2)
    with clock.at(starts_at - timedelta(days=3)):
        prepare(meeting, dealt, by=by, people=people)
    with clock.at(ends_at):
        minutes = hold(
            meeting, dealt, by=by, people=people, chair=people[CHAIR], secretary=people[SECRETARY], opening=INVENTED,
            modes=dict.fromkeys([row.person.name for row in seated_at(meeting)], mode),
        )  # fmt: skip
    settle(minutes, by=by, sent_at=ends_at + timedelta(days=1), approved_at=ends_at + timedelta(days=9))
    tell_tasks(meeting, dealt, by=by, until=_later(ends_at))


def _later(moment: datetime) -> datetime:
    return moment + timedelta(days=60)
