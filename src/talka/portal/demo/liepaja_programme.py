# SPDX-License-Identifier: EUPL-1.2
"""Twelve working groups of Liepāja and its steering group, from the announcement of 3 January 2020."""

from datetime import date

from talka.accounts.models import User
from talka.appointments import demo as appointments
from talka.core import clock
from talka.directory.demo import Directory
from talka.directory.models import Place
from talka.groups import demo as groups
from talka.groups.demo import Seat
from talka.groups.models import WorkingGroup
from talka.meetings import demo as meetings
from talka.meetings.demo import local
from talka.portal.demo import cases_circle, liepaja_mail, liepaja_plan
from talka.processes import demo as processes
from talka.processes.demo import Drafting

CITY = "Liepājas pilsētas pašvaldība"
COUNCIL = "Liepājas pilsētas dome"
OFFICE = "Liepājas pilsētas pašvaldības administrācija"
PLANNERS = "Liepājas pilsētas pašvaldības administrācijas Attīstības pārvalde"
INSTITUTIONS = (
    (COUNCIL, "tās vadība un deputāti ir vadības grupā; domes priekšsēdētāja padomniece vada darba grupu „Drošība”"),
    (
        OFFICE,
        "tās vadītāji un speciālisti vada darba grupas par veselības aprūpi, ekonomiku, vidi un teritoriālo sadarbību",
    ),
    ("Liepājas Izglītības pārvalde", "tās vadītāja vada darba grupu „Izglītība”"),
    ("Liepājas Kultūras pārvalde", "tās vadītājs vada darba grupu „Kultūra”"),
    ("Liepājas Sporta pārvalde", "tās vadītājs vada darba grupu „Sports”"),
    ("Liepājas Sociālais dienests", "tā vadītāja vada darba grupu „Sociālā aizsardzība”"),
    ("Liepājas Jauniešu māja", "tās vadītāja vada darba grupu „Jaunatnes politika”"),
)

GROUPS = (
    ("Izglītība", "Kristīne Niedre-Lathere", "Izglītības pārvaldes vadītāja", "Liepājas Izglītības pārvalde"),
    ("Kultūra", "Juris Jirgens", "Kultūras pārvaldes vadītājs", "Liepājas Kultūras pārvalde"),
    (
        "Veselības aprūpe", "Elīna Tolmačova",
        "Liepājas pilsētas pašvaldības administrācijas Vides, veselības un sabiedrības līdzdalības nodaļas vadītāja", OFFICE,
    ),
    ("Sports", "Elans Strazdiņš", "Sporta pārvaldes vadītājs", "Liepājas Sporta pārvalde"),
    ("Sociālā aizsardzība", "Linda Krasovska", "Sociālā dienesta vadītāja", "Liepājas Sociālais dienests"),
    ("Mobilitāte", "Didzis Jēriņš", "Liepājas pašvaldības izpilddirektora vietnieks", CITY),
    ("Drošība", "Nataļja Vecvagare", "Domes priekšsēdētāja padomniece starptautisko attiecību jautājumos", COUNCIL),
    ("Ekonomika", "Arnis Vītols", "Liepājas pilsētas pašvaldības administrācijas Ekonomikas nodaļas vadītājs", OFFICE),
    ("Jaunatnes politika", "Ance Medne-Strazda", "Jauniešu mājas vadītāja", "Liepājas Jauniešu māja"),
    ("Vide", "Dace Liepniece", "Liepājas pilsētas pašvaldības administrācijas Vides daļas vadītāja", OFFICE),
    ("Pārvaldība un digitalizācija", "Antra Brūna", "Liepājas pilsētas pašvaldības izpilddirektora padomniece", CITY),
    (
        "Teritoriālā sadarbība", "Aksels Ruperts",
        "Liepājas pilsētas pašvaldības administrācijas Attīstības pārvaldes eksperts stratēģiskās plānošanas jautājumos", PLANNERS,
    ),
)  # fmt: skip
"""Topic, lead, title of the office, organization, in the order of the announcement."""

STEERING = (
    ("Jānis Vilnītis", "Liepājas pilsētas domes priekšsēdētājs", COUNCIL),
    ("Uldis Sesks", "Liepājas pilsētas domes priekšsēdētāja vietnieks stratēģiskās plānošanas jautājumos", COUNCIL),
    (
        "Gunārs Ansiņš",
        "Liepājas pilsētas domes priekšsēdētāja vietnieks pilsētas attīstības un sadarbības jautājumos",
        COUNCIL,
    ),
    ("Atis Deksnis", "Liepājas pilsētas domes priekšsēdētāja vietnieks kultūras un sporta jautājumos", COUNCIL),
    ("Ronalds Fricbergs", "pašvaldības izpilddirektors", CITY),
    ("Mārtiņš Tīdens", "pašvaldības izpilddirektora vietnieks", CITY),
    ("Didzis Jēriņš", "pašvaldības izpilddirektora vietnieks", CITY),
    ("Vilnis Vitkovskis", "Liepājas pilsētas domes Attīstības komitejas priekšsēdētājs", COUNCIL),
    ("Gaļina Skorobogatova", "Liepājas domes deputāte", COUNCIL),
)

PASSAGES = (
    (
        "Kas tiek veidots",
        "Attīstības programma 2021.–2027. gadam ir vietēja līmeņa **vidēja termiņa** plānošanas dokuments. Tajā ir:\n\n"
        "- pašreizējās situācijas analīze;\n- galvenā, stratēģiskā daļa;\n- pielikumi, kas ir neatņemamas programmas daļas: rīcības, atbildīgie un plānotie investīciju projekti.",
    ),
    (
        "Saistītie dokumenti",
        "Programma saistīta ar pilsētas ilgtermiņa dokumentiem:\n\n"
        "- **Liepājas pilsētas ilgtspējīgas attīstības stratēģija līdz 2030. gadam**, ko vienlaikus aktualizē;\n"
        "- **Liepājas pilsētas teritorijas plānojums**.",
    ),
    (
        "Kā strādā darba grupas",
        "Grupas apzina Liepājas izaicinājumus, rada priekšlikumus nozaru attīstībai un palīdz izveidot konkrētu pilsētas attīstības darbības plānu. "
        "Vadītāji ir nozaru vadītāji; viņi iesaista pašvaldības iestāžu un struktūrvienību speciālistus, biedrības un uzņēmumus. "
        "Paredzētas vairākas tikšanās klātienē ar **„prāta vētras”** metodi: katra grupa izvērtē savu nozari.",
    ),
    (
        "Kas atbild",
        "Par programmas izstrādes uzsākšanu un stratēģijas aktualizēšanu atbild Liepājas pilsētas pašvaldības administrācijas **Attīstības pārvalde**. Izveidota arī vadības grupa.",
    ),
    (
        "Kam noderēs rīcības plāns",
        "Pašvaldības institūcijas pēc rīcības plāna gatavo ikgadējos darbības plānus un budžetu un piesaista citas investīcijas, lai īstenotu pilsētas attīstības mērķus. Programmas īstenošanā piedalās **visas** pašvaldības institūcijas.",
    ),
    (
        "Par paziņojumu",
        "Paziņojums: 03.01.2020. Attēlā: Liepājas pilsēta no putna lidojuma. Informāciju sagatavoja Zita Lazdāne, "
        "Liepājas pilsētas pašvaldības administrācijas Sabiedrisko attiecību un mārketinga daļas vadītāja.\n\n"
        "Noslēguma diena paziņojumā nav nosaukta; te process noslēgts ar 2020. gadu, jo programma ir no 2021. gada.",
    ),
)


HALL = "Bijušās Liepājas tūrisma biroja telpas"


def build(directory: Directory, coordinator: User) -> None:
    """Lay out the programme."""
    city = directory.organization(CITY)
    with clock.at(local(date(2020, 1, 3), "10.00")):
        drafting = processes.build(
            coordinator=coordinator,
            by=directory.by,
            kind="programme",
            title="Liepājas pilsētas attīstības programma 2021.–2027. gadam",
            address_part="liepaja-2021-2027",
            owner=city,
            area=directory.area("Liepāja", "state_city"),
            covers_from=2021,
            covers_to=2027,
            summary="Divpadsmit tematiskās darba grupas, vadības grupa un ikviens liepājnieks kopā veido pilsētas attīstības programmu septiņiem gadiem.",
        )
        drafting.takes_part(city, "izstrādā programmu")
        for name, capacity in INSTITUTIONS:
            drafting.takes_part(directory.organization(name, "institution", parent=city), capacity)
        planners = directory.organization(PLANNERS, "department", parent=city)
        drafting.takes_part(planners, "atbild par izstrādes uzsākšanu un stratēģijas aktualizēšanu")
        until = date(2020, 12, 31)
        drafting.phase(
            "Tematiskās darba grupas",
            starts_on=date(2020, 1, 7),
            ends_on=until,
            dates_note="no 2020. gada 7. janvāra",
            allows=["propose"],
        )
        drafting.phase(
            "Priekšlikumi un iknedēļas tikšanās ar speciālistiem",
            starts_on=date(2020, 1, 3),
            ends_on=until,
            dates_note="no paziņojuma dienas",
            allows=["propose"],
        )
        for title, body in PASSAGES:
            drafting.passage(title, body)
        _ways_to_take_part(directory, drafting)
        thematic = _groups(directory, drafting)
        _meetings(directory, drafting, thematic)
        _reception(drafting)
        drafting.publish()
    liepaja_mail.build(drafting, {group.name: group for group in thematic})
    liepaja_plan.build(directory, drafting.process, coordinator)
    hall = Place.objects.get(name=HALL)
    cases_circle.city(drafting.process, thematic[0], hall, coordinator)
    with clock.at(local(date(2020, 12, 31), "12.00")):
        drafting.close()


def _ways_to_take_part(directory: Directory, drafting: Drafting) -> None:
    drafting.channel("email", "attistiba@liepaja.lv", note="Priekšlikumi, viedokļi un komentāri.")
    desk = directory.place(
        "Apmeklētāju pieņemšanas centrs",
        address="Rožu iela 6, Liepāja, LV-3401",
        organization=directory.organization(CITY),
    )
    drafting.channel("paper", place=desk, note="Priekšlikumus var iesniegt rakstveidā.")
    drafting.channel(
        "reception", "Attīstības pārvaldes speciālisti",
        note="Plānots reizi nedēļā: ikviens interesents klātienē var uzzināt nepieciešamo un izteikt priekšlikumus. Diena un stunda paziņojumā nav nosaukta.",
    )  # fmt: skip
    drafting.channel("web", "www.liepaja.lv/attistiba", note="Jaunākā informācija un darba grupu grafiks.")
    title = "Liepājas pilsētas pašvaldības administrācijas Sabiedrisko attiecību un mārketinga daļas vadītāja"
    person = directory.person("Zita Lazdāne", title, directory.organization(OFFICE))
    drafting.channel(
        "contact",
        "tālr. 22 017 277, zita.lazdane@liepaja.lv",
        person=person,
        person_title=title,
        note="Sagatavoja informāciju.",
    )


def _groups(directory: Directory, drafting: Drafting) -> list[WorkingGroup]:
    thematic = []
    for name, lead, title, organization in GROUPS:
        office = directory.organization(organization)
        person = directory.person(lead, title, office)
        group = groups.build(
            drafting.process, name=name, by=drafting.by, topic=directory.topic(name),
            description="Izvērtē nozares stāvokli un rada priekšlikumus tās attīstībai „prāta vētras” tikšanās reizēs.",
            how_to_join="Speciālistus, biedrību un uzņēmumu pārstāvjus grupā iesaista tās vadītājs.",
            seats=[Seat(person, title, office, function="lead")],
        )  # fmt: skip
        thematic.append(group)
    seats = [
        Seat(
            directory.person(name, title, directory.organization(organization)),
            title,
            directory.organization(organization),
        )
        for name, title, organization in STEERING
    ]
    groups.build(
        drafting.process, name="Vadības grupa", kind="steering", by=drafting.by, seats=seats,
        description="Vadības grupas sastāvs programmas izstrādei un stratēģijas aktualizēšanai.",
    )  # fmt: skip
    return thematic


def _meetings(directory: Directory, drafting: Drafting, thematic: list[WorkingGroup]) -> None:
    hall = directory.place(
        HALL,
        address="Rožu laukums 5/6, Liepāja",
        organization=directory.organization(CITY),
    )
    meetings.build(
        drafting.process, "Pirmā tematiskās darba grupas „Izglītība” sanāksme", by=drafting.by, groups=thematic[:1], day=date(2020, 1, 7), place=hall,
        description="Pirmā no divpadsmit grupām sanāk otrdien, 7. janvārī. Stunda paziņojumā nav nosaukta.",
    )  # fmt: skip
    meetings.build(
        drafting.process, "Darba grupu tikšanās klātienē", by=drafting.by, groups=thematic, place=hall,
        time_note="pēc grafika tīmekļvietnē www.liepaja.lv/attistiba",
        description="Vairākas tikšanās ar „prāta vētras” metodi: katra grupa apspriež un analizē savu nozari.",
    )  # fmt: skip


def _reception(drafting: Drafting) -> None:
    """Set the weekly reception as far as the announcement tells of it: no weekday, no hour, no place, so nothing to book."""
    appointments.build(
        drafting.process, "Iknedēļas tikšanās ar Attīstības pārvaldes speciālistiem", by=drafting.by,
        specialist_note="Attīstības pārvaldes speciālisti",
        time_note="reizi nedēļā; diena, stunda un vieta paziņojumā nav nosaukta",
        about="Ikviens interesents klātienē var satikties ar speciālistiem, uzzināt sev nepieciešamo informāciju un izteikt priekšlikumus.",
        starts_on=date(2020, 1, 3), bookable=False,
    )  # fmt: skip
