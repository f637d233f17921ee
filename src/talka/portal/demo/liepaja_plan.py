# SPDX-License-Identifier: EUPL-1.2
"""Liepāja's programme in the shape that the announcement of 3 January 2020 tells of; what it says in detail is invented, and says so.

From the announcement: the parts of the programme, the twelve topics, the documents it is tied to, and that institutions take part in
carrying it out. Invented: every action, project, sum and term.
"""

from datetime import date

from talka.accounts.models import User
from talka.core import clock
from talka.directory.demo import Directory
from talka.meetings.demo import local
from talka.plans.demo import Fund, Ground, Part, Work, add_levels, lay_out
from talka.plans.models import Plan
from talka.plans.operations.editions import show_edition, start_edition
from talka.plans.operations.plans import create_plan, publish_plan
from talka.processes.models import Process

NOTE = "Programmas sastāvdaļas, divpadsmit temati un saistītie dokumenti ir no 03.01.2020. paziņojuma. Mērķi, rīcības, projekti, naudas summas un termiņi ir izdomāti paraugam."

LEVELS = (
    ("group", "programmas daļa", "programmas daļas", "d", ""),
    ("group", "joma", "jomas", "j", "J{n}"),
    ("action", "rīcība", "rīcības", "r", "R{j}.{n}"),
    ("investment", "investīciju projekts", "investīciju projekti", "p", "P{j}.{n}"),
)
STRATEGY = (
    Part("Cilvēki, kas Liepājā mācās, strādā un paliek"),
    Part("Pilsēta, kurā ir ērti dzīvot un pārvietoties"),
    Part("Ostas pilsēta ar stipru ekonomiku"),
)

EDUCATION, CULTURE, SPORT = "Liepājas Izglītības pārvalde", "Liepājas Kultūras pārvalde", "Liepājas Sporta pārvalde"
SOCIAL, YOUTH = "Liepājas Sociālais dienests", "Liepājas Jauniešu māja"
OFFICE, CITY = "Liepājas pilsētas pašvaldības administrācija", "Liepājas pilsētas pašvaldība"
PLANNERS = "Liepājas pilsētas pašvaldības administrācijas Attīstības pārvalde"


def _topic(name: str, serves: str, *works: Work, projects: tuple[Work, ...] = ()) -> Part:
    return Part(name, serves=(serves,), works=works, projects=projects)


ANNEX = (
    _topic(
        "Izglītība", "SM1", Work("Pilnveidot skolu tīklu pēc skolēnu skaita prognozes", EDUCATION, "", (2021, 1), (2023, 4), "Skolu tīkla plāns līdz 2027. gadam"),
        projects=(Work("Sākumskolas pārbūve", EDUCATION, "", (2022, 1), (2024, 4), "Skola 400 bērniem", money=(Fund("municipal", 2022, 400), Fund("eu", 2023, 2100, "ERAF"), Fund("loan", 2024, 600))),),
    ),
    _topic("Kultūra", "SM1", Work("Atbalstīt nozares biedrības ar konkursu", CULTURE, "", (2021, 1), (2027, 4), "Konkurss katru gadu")),
    _topic("Veselības aprūpe", "SM1", Work("Profilakses pasākumi apkaimēs", OFFICE, "", (2021, 1), (2027, 4), "Četri pasākumi gadā")),
    _topic(
        "Sports", "SM1", Work("Treneru un telpu grafiks visiem klubiem", SPORT, "", (2021, 3), (2022, 2), "Viens publisks grafiks"),
        projects=(Work("Peldbaseina atjaunošana", SPORT, "", (2023, 1), (2025, 4), "Baseins ar pacēlāju", money=(Fund("municipal", 2023, 250), Fund("open", 2025, 1800))),),
    ),
    _topic("Sociālā aizsardzība", "SM1", Work("Paplašināt aprūpi mājās", SOCIAL, "", (2021, 1), (2024, 4), "Aprūpe bez gaidīšanas rindas")),
    _topic(
        "Mobilitāte", "SM2", Work("Savienot veloceļus vienā tīklā", CITY, "", (2021, 1), (2026, 4), "Tīkls bez pārrāvumiem"),
        projects=(Work("Tramvaja līnijas pieturu pārbūve", CITY, "", (2021, 2), (2023, 4), "Pieejamas pieturas", money=(Fund("municipal", 2021, 300), Fund("eu", 2022, 1700, "KF"))),),
    ),
    _topic("Drošība", "SM2", Work("Gājēju pāreju apgaismojums", CITY, "", (2021, 1), (2023, 4), "Izgaismotas 60 pārejas")),
    _topic(
        "Ekonomika", "SM3", Work("Inkubators jauniem uzņēmumiem", OFFICE, "", (2021, 1), (2025, 4), "Desmit uzņēmumi gadā"),
        projects=(Work("Industriālās teritorijas inženiertīkli", OFFICE, "", (2022, 1), (2025, 4), "Sagatavoti 12 ha", money=(Fund("municipal", 2022, 350), Fund("eu", 2023, 2600, "ERAF"), Fund("private", 2024, 400))),),
    ),
    _topic("Jaunatnes politika", "SM1", Work("Jauniešu projektu konkurss", YOUTH, "", (2021, 1), (2027, 4), "Divdesmit projekti gadā")),
    _topic(
        "Vide", "SM2", Work("Piekrastes un ezera monitorings", OFFICE, "", (2021, 1), (2027, 4), "Dati katru gadu"),
        projects=(Work("Parka celiņi un apstādījumi", OFFICE, "", (2022, 1), (2023, 4), "2 km celiņu", money=(Fund("municipal", 2022, 120), Fund("municipal", 2023, 180))),),
    ),
    _topic("Pārvaldība un digitalizācija", "SM3", Work("Pakalpojumi internetā no pieteikuma līdz atbildei", CITY, "", (2021, 1), (2024, 4), "Trīsdesmit e-pakalpojumu")),
    _topic("Teritoriālā sadarbība", "SM3", Work("Kopīgi projekti ar kaimiņu novadiem", PLANNERS, "", (2021, 1), (2027, 4), "Viens projekts gadā")),
)  # fmt: skip

PARTS = (
    Part("Pašreizējās situācijas analīze", description="Darba grupas izvērtē, kas katrā jomā ir un kā trūkst. Teksts top darba grupās."),
    Part("Stratēģiskā daļa", description="Ilgtermiņa mērķi ir Liepājas pilsētas ilgtspējīgas attīstības stratēģijā līdz 2030. gadam; programma pasaka, ko darīt septiņos gados."),
    Part("Pielikumi: rīcības, atbildīgie un investīciju projekti", description="Pamats pašvaldības institūciju ikgadējiem darbības plāniem, budžetam un citu investīciju piesaistei.", below=ANNEX),
)  # fmt: skip


def build(directory: Directory, process: Process, coordinator: User) -> None:
    """Lay out the draft of the programme and the two documents above it."""
    with clock.at(local(date(2020, 9, 1), "10.00")):
        strategy = _strategy(process, coordinator)
        spatial = create_plan(
            process, kind="spatial", title="Liepājas pilsētas teritorijas plānojums", starts_year=2012, ends_year=2030,
            url="https://www.liepaja.lv/attistiba", summary="Saistīts ilgtermiņa dokuments; glabājas pašvaldības vietnē.", update_months=[], by=coordinator,
        )  # fmt: skip
        publish_plan(spatial, by=coordinator)
        plan = create_plan(
            process, kind="programme", title="Liepājas pilsētas attīstības programma 2021.–2027. gadam", starts_year=2021, ends_year=2027,
            parents=[strategy, spatial], note=NOTE, update_months=[], by=coordinator,
            summary="Vidēja termiņa plānošanas dokuments: situācijas analīze, stratēģiskā daļa un pielikumi ar rīcībām, atbildīgajiem un investīciju projektiem.",
        )  # fmt: skip
        levels = add_levels(plan, LEVELS, by=coordinator)
        edition = start_edition(plan, name="AP 2021", by=coordinator)
        offices = {
            name: directory.organization(name)
            for name in (EDUCATION, CULTURE, SPORT, SOCIAL, YOUTH, OFFICE, CITY, PLANNERS)
        }
        above = {
            version.code or "": version.node for version in strategy.editions.get().versions.select_related("node")
        }
        lay_out(edition, list(levels.values()), PARTS, Ground(by=coordinator, organizations=offices, above=above))
        show_edition(edition, by=coordinator)
        publish_plan(plan, by=coordinator)


def _strategy(process: Process, by: User) -> Plan:
    plan = create_plan(
        process, kind="strategy", title="Liepājas pilsētas ilgtspējīgas attīstības stratēģija līdz 2030. gadam", starts_year=2012, ends_year=2030,
        note="Dokumenta nosaukums un gads ir no 03.01.2020. paziņojuma; mērķi te ir izdomāti paraugam.", update_months=[],
        summary="Ilgtermiņa plānošanas dokuments, ar kuru saistīta attīstības programma.", by=by,
    )  # fmt: skip
    levels = add_levels(plan, (("group", "stratēģiskais mērķis", "stratēģiskie mērķi", "s", "SM{n}"),), by=by)
    edition = start_edition(plan, name="IAS 2012", by=by)
    lay_out(edition, list(levels.values()), STRATEGY, Ground(by=by, organizations={}))
    show_edition(edition, by=by)
    publish_plan(plan, by=by)
    return plan
