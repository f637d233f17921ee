# SPDX-License-Identifier: EUPL-1.2
"""Six municipalities prepare Jēkabpils novads, from the announcement of Jēkabpils city (2021).

The announcement says “this week” and “on Friday” without a date, so its meetings are dated in words.
"""

from datetime import date

from talka.accounts.models import User
from talka.core import clock
from talka.directory.demo import FOLLOWED, Directory
from talka.groups import demo as groups
from talka.groups.demo import Seat
from talka.groups.models import WorkingGroup
from talka.meetings import demo as meetings
from talka.meetings.demo import local
from talka.portal.demo import cases_circle
from talka.processes import demo as processes
from talka.processes.demo import Drafting

SIX = FOLLOWED["Jēkabpils novada pašvaldība"]
CITY = SIX[0]
ALL_SIX = "Jēkabpils pilsētas un Krustpils, Jēkabpils, Salas, Viesītes un Aknīstes novadu"

STATUTE = {
    "act": "Jēkabpils novada domes saistošie noteikumi Nr. 1, apstiprināti ar lēmumu Nr. 7",
    "responsible": "jaunā Jēkabpils novada dome",
    "done_on": date(2021, 7, 1),
    "document_url": "https://www.vestnesis.lv/op/2021/127.4",
    "note": "Šī ziņa ir no oficiālā izdevuma „Latvijas Vēstnesis” (06.07.2021., Nr. 127), nevis no paziņojuma.",
}

PASSAGES = (
    (
        "Par ko ir šis darbs",
        "Pašvaldību vadītāji un speciālisti attālināti runā par jaunā Jēkabpils novada **struktūru** un **pašvaldības nolikuma projektu**. "
        "Diskusijas notiek pa jomām: vispirms sociālais darbs un sociālie pakalpojumi, pēc tam bāriņtiesa, pēc tam citas pašvaldības funkcijas.",
    ),
    (
        "Kas notika pirmajā diskusijā",
        "- Jēkabpils pilsētas domes priekšsēdētāja vietniece Kristīne Ozola izklāstīja savu redzējumu par sociālās labklājības nodrošināšanu novadā.\n"
        "- Jēkabpils Sociālā dienesta vadītāja Larisa Laizāne parādīja sociālo dienestu vadītājiem līdz šim apkopoto informāciju.",
    ),
    (
        "Kas kam lūgts",
        "Katrai no sešām pašvaldībām lūgts piedāvāt **savus risinājumus** sociālā darba jautājumos, papildinot jau apkopoto informāciju.",
    ),
    (
        "Par ko vienojās",
        "Sociālo dienestu vadītāji vienojās:\n\n"
        "- turpmāk sadarboties;\n- apmainīties ar informāciju;\n- iesniegt ierosinājumus;\n- rīkot līdzīgas sanāksmes **divas reizes mēnesī**.",
    ),
    (
        "Kas būs tālāk",
        f"Piektdien tiekas {ALL_SIX} bāriņtiesu priekšsēdētāji. Turpmākajos mēnešos pašvaldību vadītāji un speciālisti tiksies "
        "arī par citiem jautājumiem, kas saistīti ar pašvaldības funkcijām.",
    ),
    (
        "Par paziņojumu",
        "Informāciju sagatavoja Jēkabpils pilsētas pašvaldības Sabiedrisko attiecību nodaļa. Foto: Kaspars Siliņš.\n\n"
        "Paziņojumā nav dienas („šonedēļ”, „piektdien”), tāpēc sanāksmju laiks te rakstīts vārdiem. Tīmekļvietnes lapa ar paziņojumu saglabāta 2021. gada aprīļa beigās.",
    ),
)


def build(directory: Directory, coordinator: User) -> None:
    """Lay out the merger."""
    with clock.at(local(date(2021, 4, 30), "12.00")):
        drafting = processes.build(
            coordinator=coordinator,
            by=directory.by,
            kind="merger",
            title="Jaunā Jēkabpils novada struktūra un pašvaldības nolikuma projekts",
            address_part="jekabpils-novads",
            owner=directory.organization(CITY),
            area=directory.area("Jēkabpils novads", "municipality"),
            summary="Sešas pašvaldības kopā sagatavo jaunveidojamo Jēkabpils novadu: tā struktūru un pašvaldības nolikuma projektu.",
        )
        _organizations(directory, drafting)
        _course(directory, drafting)
        drafting.publish()
    cases_circle.merger(
        drafting.process, WorkingGroup.objects.get(process=drafting.process, name__startswith="Sociālais"), coordinator
    )
    with clock.at(local(date(2021, 7, 1), "17.00")):
        drafting.legal_step("Pašvaldības nolikuma apstiprināšana", **STATUTE)
        drafting.close("Jaunais Jēkabpils novads ir izveidots.")


def _organizations(directory: Directory, drafting: Drafting) -> None:
    drafting.takes_part(directory.organization(CITY), "uzsāka diskusijas kopā ar pārējām pašvaldībām")
    for name in SIX[1:]:
        drafting.takes_part(
            directory.organization(name), "vadītāji un speciālisti piedalās diskusijās un piedāvā savus risinājumus"
        )
    drafting.takes_part(
        directory.organization("Jēkabpils Sociālais dienests", "institution", parent=directory.organization(CITY)),
        "apkopoja informāciju un iepazīstināja ar to sociālo dienestu vadītājus",
    )


def _course(directory: Directory, drafting: Drafting) -> None:
    city, process, by = directory.organization(CITY), drafting.process, drafting.by
    until = date(2021, 6, 30)
    drafting.phase(
        "Diskusijas pa jomām: sociālais darbs, bāriņtiesa",
        ends_on=until,
        dates_note="no paziņojuma nedēļas",
        allows=["propose"],
    )
    drafting.phase(
        "Tikšanās par citām pašvaldības funkcijām", ends_on=until, dates_note="turpmākajos mēnešos", allows=["propose"]
    )
    drafting.phase("Struktūra un nolikuma projekts", ends_on=until, dates_note="līdz jaunā novada izveidei 01.07.2021.")
    for title, body in PASSAGES:
        drafting.passage(title, body)
    drafting.channel(
        "contact",
        "Jēkabpils pilsētas pašvaldības Sabiedrisko attiecību nodaļa",
        note="Sagatavoja informāciju par diskusijām.",
    )
    ozola = directory.person("Kristīne Ozola", "Jēkabpils pilsētas domes priekšsēdētāja vietniece", city)
    service = directory.organization("Jēkabpils Sociālais dienests")
    laizane = directory.person("Larisa Laizāne", "Jēkabpils Sociālā dienesta vadītāja", service)
    social = groups.build(
        process, name="Sociālais darbs un sociālie pakalpojumi", by=by, topic=directory.topic("Sociālais darbs un sociālie pakalpojumi"),
        description=f"Pirmā joma, par kuru sākās diskusija. Piedalās {ALL_SIX} sociālo dienestu vadītāji.",
        seats=[
            Seat(ozola, "Jēkabpils pilsētas domes priekšsēdētāja vietniece", city),
            Seat(laizane, "Jēkabpils Sociālā dienesta vadītāja", service),
        ],
    )  # fmt: skip
    orphans = groups.build(
        process, name="Bāriņtiesa un bērnu tiesību aizstāvība", by=by, topic=directory.topic("Bāriņtiesa un bērnu tiesību aizstāvība"),
        description=f"Piedalās {ALL_SIX} bāriņtiesu priekšsēdētāji.",
    )  # fmt: skip
    remote = "Sanāksme notiek attālināti; saite paziņojumā nav norādīta."
    meetings.build(
        process, "Pirmā diskusija: sociālais darbs un sociālie pakalpojumi", by=by, groups=[social], time_note="paziņojuma nedēļā", remote_note=remote,
        description="Kristīnes Ozolas redzējums par sociālo labklājību novadā. Larisa Laizāne iepazīstina ar apkopoto informāciju un aicina pašvaldības piedāvāt savus risinājumus.",
    )  # fmt: skip
    meetings.build(
        process, "Sociālo dienestu vadītāju sanāksmes", by=by, groups=[social], time_note="divas reizes mēnesī",
        description="Turpmākās sanāksmes, par kurām vienojās pirmajā diskusijā: informācijas apmaiņa un ierosinājumi.",
    )  # fmt: skip
    meetings.build(
        process, "Bāriņtiesu priekšsēdētāju sanāksme", by=by, groups=[orphans], time_note="paziņojuma nedēļas piektdienā",
        description="Par nākamā Jēkabpils novada bāriņtiesas darbu un bērnu tiesību un interešu aizstāvību.",
    )  # fmt: skip
    meetings.build(
        process, "Tikšanās par citām pašvaldības funkcijām", by=by, time_note="turpmākajos mēnešos",
        description="Pašvaldību vadītāji un speciālisti tiekas arī par citiem jautājumiem, kas saistīti ar pašvaldības funkciju nodrošināšanu.",
    )  # fmt: skip
