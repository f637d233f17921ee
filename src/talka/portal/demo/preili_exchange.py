# SPDX-License-Identifier: EUPL-1.2
"""Preiļi, Jelgava and Sigulda learn from each other, from the announcement of 3 October 2018."""

from datetime import date

from talka.accounts.models import User
from talka.core import clock
from talka.directory.demo import Directory
from talka.groups import demo as groups
from talka.groups.demo import Seat
from talka.meetings import demo as meetings
from talka.meetings.demo import local
from talka.processes import demo as processes
from talka.processes.demo import Drafting

PREILI = "Preiļu novada pašvaldība (līdz 2021. gadam)"
SIGULDA = "Siguldas novada pašvaldība (līdz 2021. gadam)"
JELGAVA = "Jelgavas pilsētas pašvaldība"
WELFARE = "Preiļu novada Labklājības pārvalde"
PREILI_DAC = "Preiļu dienas aprūpes centrs (DAC)"
HOUSE = "Siguldas Iespēju māja"

ORGANIZATIONS = (
    (WELFARE, "institution", PREILI, "uzņēma Jelgavas kolēģus un viesojās Siguldā"),
    (PREILI_DAC, "institution", WELFARE, "rādīja, kā rīko nodarbības klientiem"),
    ("Preiļu krīzes centrs", "institution", WELFARE, "iepazīts vizītē 21. septembrī"),
    ("Jelgavas Sociālo lietu pārvalde", "institution", JELGAVA, "viesi Preiļos 21. septembrī"),
    ("Jelgavas dienas aprūpes centrs (DAC)", "institution", "Jelgavas Sociālo lietu pārvalde", "tā klientiem rādīs Preiļu DAC klientes animācijas filmu"),
    ("Siguldas novada Sociālais dienests", "institution", SIGULDA, "uzņēma viesus Siguldas Iespēju mājā 28. septembrī"),
    ("Siguldas dienas centrs", "institution", SIGULDA, "darbojas Siguldas Iespēju mājā"),
    ("Biedrība „Cerību spārni”", "association", "", "sniedz sociālos pakalpojumus cilvēkiem ar funkcionāliem traucējumiem; daļu no tiem pērk pašvaldība"),
    ("Sociālais uzņēmums „Visi var”", "company", "", "pārdod specializētajās darbnīcās darināto; apmeklēts klātienē"),
    ("Sociālā atbalsta centrs „Cerību māja”", "institution", "", "atelpas brīdis, patvērums jaunajām māmiņām, drīzumā grupu dzīvokļi"),
    ("Līgatnes dienas centrs", "institution", "", "apmeklēts maršrutā gides vadībā"),
)  # fmt: skip
"""Name, kind, what it is part of, and what it did in the exchange."""

PASSAGES = (
    (
        "Kāpēc",
        "Septembrī Preiļu novada Labklājības pārvaldes darbinieki salīdzināja līdz šim paveikto ar citu pašvaldību darbu un meklēja jaunas idejas.",
    ),
    (
        "21. septembris, Preiļi",
        "Viesi: Jelgavas Sociālo lietu pārvaldes kolēģi Ritas Stūrānes vadībā.\n\n"
        "- Ar Labklājības pārvaldes direktoru Lauri Pastaru: krīzes centra darbība, pārvaldes izveide un darba organizācija kopš tās.\n"
        "- DAC vadītāja Liene Gžibovska parādīja, kā centrā rīko nodarbības klientiem.",
    ),
    (
        "28. septembris, Sigulda",
        "Sociālā dienesta vadītāja Kristīne Freiberga uzņēma viesus **Siguldas Iespēju mājā**, kur zem viena jumta strādā Siguldas dienas centrs un biedrība „Cerību spārni”.\n\n"
        "- Sociālo pakalpojumu organizēšana.\n"
        "- Atbalsts daudzbērnu ģimenēm: Siguldā kopš 2013. gada ir Daudzbērnu ģimeņu atbalsta programma, un aizvadītajā (2017.) gadā novadā bija pozitīvs dabiskais pieaugums.\n"
        "- Specializētās darbnīcas, to pārdomātais aprīkojums un tajās tapušās lietas, kuras lielākoties pārdod sociālais uzņēmums „Visi var”.\n"
        "- Sociālā atbalsta centrs „Cerību māja”: atelpas brīža pakalpojums; drīzumā grupu dzīvokļi cilvēkiem ar garīga rakstura traucējumiem; "
        "pašlaik tur patveras un sociālās prasmes apgūst jaunās māmiņas.",
    ),
    (
        "28. septembris, Līgatne",
        "Dienas noslēgumā: Līgatnes papīrfabrikas ciemats gides vadībā, arī Līgatnes dienas centrs.",
    ),
    (
        "Ko uzzināja",
        "- Pašvaldība daudzus pakalpojumus **pērk no biedrības**; tas sociālajam dienestam atvieglo administratīvo darbu.\n"
        "- Pakalpojumi seko cits citam bez pārrāvuma, **no bērnudārza līdz darbam**, tāpēc ģimenes, kurās ir rūpju bērns, var pilnvērtīgi strādāt.\n"
        "- Biedrība ir labs palīgs gan iedzīvotājiem, gan sociālajiem darbiniekiem.",
    ),
    (
        "Par ko vienojās",
        "Preiļu DAC klientes **animācijas filmu** oktobra otrajā pusē rādīs arī Jelgavas DAC klientiem. Ar to sākas abu centru sadarbība.",
    ),
    (
        "Par paziņojumu",
        "Sagatavoja Anita Gāga, Preiļu novada Labklājības pārvaldes direktora vietnieks administratīvi saimnieciskajos jautājumos. "
        "Paziņojums: 03.10.2018. Pēdējās izmaiņas: 23.10.2018.\n\n"
        "Noslēguma diena paziņojumā nav nosaukta; te process noslēgts oktobra beigās, kad bija paredzēts rādīt filmu.",
    ),
)


def build(directory: Directory, coordinator: User) -> None:
    """Lay out the exchange."""
    owner = directory.organization(PREILI)
    with clock.at(local(date(2018, 9, 3), "9.00")):
        drafting = processes.build(
            coordinator=coordinator,
            by=directory.by,
            kind="exchange",
            title="Pieredzes apmaiņa labklājībā: Preiļi, Jelgava, Sigulda",
            address_part="preili-pieredze",
            owner=owner,
            area=directory.area("Preiļu novads", "municipality"),
            summary="Preiļu Labklājības pārvalde 2018. gada septembrī uzņem kolēģus no Jelgavas un pati dodas uz Siguldu, lai salīdzinātu savu darbu un gūtu idejas.",
        )
        for name in (PREILI, JELGAVA, SIGULDA):
            drafting.takes_part(directory.organization(name))
        for name, kind, parent, capacity in ORGANIZATIONS:
            above = directory.organization(parent) if parent else None
            drafting.takes_part(directory.organization(name, kind, parent=above), capacity)
        drafting.phase("Vizītes", starts_on=date(2018, 9, 21), ends_on=date(2018, 9, 28))
        drafting.phase(
            "Vienošanās: animācijas filma Jelgavā", ends_on=date(2018, 10, 31), dates_note="oktobra otrajā pusē"
        )
        _visits(directory, drafting)
    with clock.at(local(date(2018, 10, 3), "10.00")):
        for title, body in PASSAGES:
            drafting.passage(title, body)
        drafting.publish()
    with clock.at(local(date(2018, 10, 31), "17.00")):
        drafting.close()


def _visits(directory: Directory, drafting: Drafting) -> None:
    process, by = drafting.process, drafting.by
    welfare, centre = directory.organization(WELFARE), directory.organization(PREILI_DAC)
    guests = directory.organization("Jelgavas Sociālo lietu pārvalde")
    hosts = directory.organization("Siguldas novada Sociālais dienests")
    title = "Preiļu novada Labklājības pārvaldes direktora vietnieks administratīvi saimnieciskajos jautājumos"
    gaga = directory.person("Anita Gāga", title, welfare)
    drafting.channel("contact", person=gaga, person_title=title, note="Sagatavoja informāciju.")
    topic = directory.topic("Sociālie pakalpojumi")
    preili = groups.build(
        process, name="Vizīte Preiļos", by=by, topic=topic, description="Jelgavas kolēģi Preiļos 21. septembrī.",
        subtopics=[directory.topic(name, topic) for name in ("Krīzes centrs", "Dienas aprūpes centrs")],
        seats=[
            Seat(directory.person("Lauris Pastars", "Labklājības pārvaldes direktors", welfare), "Labklājības pārvaldes direktors", welfare),
            Seat(directory.person("Liene Gžibovska", "Dienas aprūpes centra (DAC) vadītāja", centre), "Dienas aprūpes centra (DAC) vadītāja", centre),
            Seat(directory.person("Rita Stūrāne", "", guests), "Jelgavas kolēģu grupas vadītāja", guests),
        ],
    )  # fmt: skip
    sigulda = groups.build(
        process, name="Vizīte Siguldā un Līgatnē", by=by, topic=topic, description="Preiļu kolēģi Siguldā un Līgatnē 28. septembrī.",
        subtopics=[
            directory.topic(name, topic)
            for name in ("Atbalsts daudzbērnu ģimenēm", "Specializētās darbnīcas", "Atelpas brīdis", "Grupu dzīvokļi", "Pakalpojumu pēctecība")
        ],
        seats=[Seat(directory.person("Kristīne Freiberga", "Sociālā dienesta vadītāja", hosts), "Sociālā dienesta vadītāja", hosts)],
    )  # fmt: skip
    house = directory.place(HOUSE, address="Sigulda")
    meetings.build(
        process, "Jelgavas kolēģu vizīte Preiļos", by=by, groups=[preili], day=date(2018, 9, 21), place=directory.place("Preiļi"),
        description="Krīzes centrs, Labklājības pārvaldes izveide un darba organizācija, nodarbības dienas aprūpes centrā.",
    )  # fmt: skip
    meetings.build(
        process, "Vizīte Siguldas Iespēju mājā", by=by, groups=[sigulda], day=date(2018, 9, 28), place=house,
        description="Dienas centrs un biedrība „Cerību spārni”, specializētās darbnīcas, sociālais uzņēmums „Visi var”, sociālā atbalsta centrs „Cerību māja”.",
    )  # fmt: skip
    meetings.build(
        process, "Līgatnes papīrfabrikas ciemats un dienas centrs", by=by, groups=[sigulda], day=date(2018, 9, 28), place=directory.place("Līgatne"),
        description="Maršruts gides vadībā darba dienas noslēgumā.",
    )  # fmt: skip
    meetings.build(
        process, "Preiļu DAC klientes animācijas filma Jelgavas DAC klientiem", by=by, groups=[preili], time_note="2018. gada oktobra otrajā pusē",
        description="Par filmas rādīšanu vienojās vizītē 21. septembrī.",
    )  # fmt: skip
