# SPDX-License-Identifier: EUPL-1.2
"""Five working groups of Ilūkste, from the invitation of the municipality.

The invitation names days without a year. It was 2020: the municipality's own site tells of the
public consultation of the same programme from 18 May to 18 June 2020.
"""

from datetime import date

from talka.accounts.models import User
from talka.core import clock
from talka.directory.demo import Directory
from talka.directory.models import Place
from talka.groups import demo as groups
from talka.groups.models import WorkingGroup
from talka.meetings import demo as meetings
from talka.meetings.demo import local
from talka.portal.demo import cases_circle
from talka.processes import demo as processes
from talka.processes.demo import Drafting

DAY_ONE, DAY_TWO = date(2020, 2, 12), date(2020, 2, 13)

GROUPS = (
    (
        "Izglītība un prasmes", DAY_ONE, "13.00–15.00",
        ("Pirmsskolas izglītība", "Vispārējā izglītība", "Profesionālās ievirzes izglītība", "Interešu izglītība", "Mūžizglītība", "Jauniešu politika"),
    ),
    (
        "Kultūrvide, sports, tūrisms", DAY_ONE, "16.00–18.00",
        ("Kultūras iestādes", "Pasākumi", "Infrastruktūra", "Bibliotēkas", "Sports un aktīvā atpūta", "Tūrisms"),
    ),
    (
        "Sociālā aizsardzība, veselības aprūpe, ģimenes, seniori", DAY_TWO, "9.00–11.00",
        ("Sociālā palīdzība un sociālie pakalpojumi", "Veselības aprūpe", "Veselīgs dzīvesveids", "Ģimeņu atbalsts", "Senioru politika"),
    ),
    (
        "Tehniskā infrastruktūra, drošība un vide", DAY_TWO, "12.30–14.30",
        (
            "Teritorijas labiekārtojums", "Publiskā ārtelpa", "Atpūtas vietas", "Ceļi, ielas un inženiertīkli", "Mājokļi un apsaimniekošana",
            "Vides aizsardzība un vides kvalitāte", "Dabas resursu izmantošana",
        ),
    ),
    (
        "Pārvalde, iesaiste un uzņēmējdarbības atbalsts", DAY_TWO, "15.30–17.30",
        (
            "Pašvaldības un valsts atbalsta instrumenti", "Pasākumi uzņēmējiem", "Pārvalde un iekšējā sadarbība",
            "Sabiedrības iesaiste un komunikācija", "Nevalstiskais sektors", "Sēlijas reģiona attīstība",
        ),
    ),
)  # fmt: skip
"""Name, day, hours and sub-topics of each group, in the order of the invitation."""

PASSAGES = (
    (
        "Iedzīvotāju aptauja",
        "Pirms darba grupām iedzīvotāji tika aptaujāti: kā viņi redz novada attīstību nākotnē un kā vērtē novadā pieejamo **pakalpojumu un infrastruktūras kvalitāti**.",
    ),
    (
        "Ko dara darba grupas",
        "Katra grupa novērtē pašreizējo stāvokli savā sabiedriskās dzīves jomā un plāno rīcības un pasākumus, kas pašvaldībai jāīsteno **tuvākajos septiņos gados**.",
    ),
    (
        "Kas aicināts",
        "Kopā ar pašvaldības speciālistiem grupās aicināti darboties **iedzīvotāji un uzņēmēji**. Programma nav iedomājama bez iedzīvotāju, uzņēmēju un iestāžu sadarbības.",
    ),
    (
        "Par paziņojumu",
        "Aicinājumu parakstījusi Ilūkstes novada pašvaldības Stratēģiskās plānošanas nodaļas vadītāja Dace Stalidzāne.\n\n"
        "Paziņojumā gads nav nosaukts. Tas ir 2020. gads: pašvaldības tīmekļvietnē lasāms, ka programmas izstrāde uzsākta ar domes 2019. gada 31. janvāra lēmumu "
        "un publiskā apspriešana notika no 2020. gada 18. maija līdz 18. jūnijam.",
    ),
)


def build(directory: Directory, coordinator: User) -> None:
    """Lay out the programme."""
    owner = directory.organization("Ilūkstes novada pašvaldība")
    with clock.at(local(date(2020, 2, 3), "10.00")):
        drafting = processes.build(
            coordinator=coordinator,
            by=directory.by,
            kind="programme",
            title="Ilūkstes novada attīstības programma 2020.–2026. gadam",
            address_part="ilukste-2020-2026",
            owner=owner,
            area=directory.area("Ilūkstes novads", "municipality"),
            covers_from=2020,
            covers_to=2026,
            summary="Iedzīvotāji, uzņēmēji un pašvaldības speciālisti piecās tematiskajās darba grupās plāno novada attīstību septiņiem gadiem.",
        )
        drafting.takes_part(owner, "izstrādā programmu")
        _course(drafting)
        office = directory.organization(
            "Ilūkstes novada pašvaldības Stratēģiskās plānošanas nodaļa", "department", parent=owner
        )
        title = "Ilūkstes novada pašvaldības Stratēģiskās plānošanas nodaļas vadītāja"
        drafting.takes_part(office, "aicina iedzīvotājus un uzņēmējus darba grupās")
        person = directory.person("Dace Stalidzāne", title, office)
        drafting.channel(
            "contact", person=person, person_title=title, note="Sagatavoja aicinājumu iesaistīties darba grupās."
        )
        hall = directory.place(
            "Ilūkstes novada pašvaldības sēžu zāle",
            address="Brīvības iela 7, Ilūkste",
            floor="2. stāvs",
            organization=owner,
        )
        drafting.channel("desk", "Darba grupu sēdes", place=hall, note="Piedalīties var katrs iedzīvotājs un uzņēmējs.")
        for name, day, hours, subtopics in GROUPS:
            _group(directory, drafting, name, day, hours, subtopics, hall)
        drafting.publish()
    cases_circle.programme(WorkingGroup.objects.get(process=drafting.process, name=GROUPS[0][0]), coordinator)
    with clock.at(local(date(2020, 6, 19), "10.00")):
        drafting.close("Publiskā apspriešana ir beigusies.")


def _course(drafting: Drafting) -> None:
    drafting.phase("Iedzīvotāju aptauja", ends_on=date(2020, 2, 1), dates_note="pirms darba grupām", allows=["answer"])
    drafting.phase("Tematiskās darba grupas", starts_on=DAY_ONE, ends_on=DAY_TWO, allows=["propose", "apply"])
    drafting.phase("Publiskā apspriešana", starts_on=date(2020, 5, 18), ends_on=date(2020, 6, 18), allows=["object"])
    drafting.legal_step(
        "Lēmums par programmas izstrādes uzsākšanu", act="Ilūkstes novada domes lēmums Nr. 10", responsible="Ilūkstes novada dome", done_on=date(2019, 1, 31),
        document_url="https://www.ilukste.lv/pazinojums-par-sabiedribas-lidzdalibas-iespejam-ilukstes-novada-attistibas-programmas-2020-2026-gadam-izstrades-procesa/",
        note="No pašvaldības tīmekļvietnes.",
    )  # fmt: skip
    for title, body in PASSAGES:
        drafting.passage(title, body)


def _group(
    directory: Directory, drafting: Drafting, name: str, day: date, hours: str, subtopics: tuple[str, ...], hall: Place
) -> None:
    topic = directory.topic(name)
    group = groups.build(
        drafting.process, name=name, by=drafting.by, topic=topic, subtopics=[directory.topic(below, topic) for below in subtopics],
        description="Novērtē pašreizējo stāvokli savā jomā un plāno rīcības un pasākumus septiņiem gadiem.",
        joining="open", how_to_join="Aicināti iedzīvotāji un uzņēmēji kopā ar pašvaldības speciālistiem. Kā pieteikties, aicinājumā nav teikts; grupas sēdes laiks un vieta ir šajā lapā.",
    )  # fmt: skip
    meetings.build(
        drafting.process, f"Darba grupas sēde: {name}", by=drafting.by, groups=[group], day=day, hours=hours, place=hall
    )
