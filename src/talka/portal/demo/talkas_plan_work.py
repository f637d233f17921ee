# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: the third priority of its action and investment plan, and its indicators."""

from talka.plans.demo import Fund, Measured, Part, Said, Work
from talka.portal.demo.talkas_people import MUNICIPALITY
from talka.portal.demo.talkas_plan_places import DEVELOPMENT, GREEN, ROADS

DESK = "Talkas novada Apmeklētāju pieņemšanas centrs"
AIGARS, EVIJA = "Aigars Vasarājs", "Evija Stendere"

WORK = Part("Uzņēmīgs un atvērts novads", description="Lai te var strādāt un nopelnīt un lai pašvaldība saka, ko dara un cik tas maksā.", below=(
    Part("Uzņēmējdarbība un mājoklis", below=(
        Part("Vieta mazajiem uzņēmumiem un dzīvokļi strādājošajiem", serves=("IP3.1",), goals=("8", "9"), works=(
            Work("Konsultācijas un mazie granti jauniem uzņēmumiem", DEVELOPMENT, AIGARS, (2023, 1), (2027, 4), result="Desmit granti gadā", topic="Mazie uzņēmumi",
                 said=(Said("2025-07-04", "under_way", 50, "Piešķirti 23 granti."), Said(20, "under_way", 74, "Piešķirti 34 granti; 29 uzņēmumi strādā."))),
            Work("Mājražotāju tirgus katru otro sestdienu", DEVELOPMENT, AIGARS, (2023, 2), (2024, 4), result="Tirgus ar 30 vietām", topic="Mājražotāji un tirgus", area="Talka", point=(0.0, 0.02),
                 said=(Said("2024-12-20", "done", 100, "Tirgus notiek; vidēji 34 tirgotāji."),)),
            Work("Tukšo ēku saraksts un to nodošana", ROADS, "Gundars Riekstiņš", (2024, 1), (2026, 4), result="Publisks saraksts; desmit ēkas ar jaunu saimnieku", topic="Darbs un mājoklis",
                 said=(Said("2026-01-20", "under_way", 55, "Saraksts publicēts, sešām ēkām ir saimnieks."),)),
            Work("Kopstrādes telpa Talkas stacijā", DEVELOPMENT, AIGARS, (2026, 1), (2027, 2), result="Kopstrādes telpa 20 cilvēkiem", topic="Mazie uzņēmumi", area="Talka", point=(-0.8, -0.9),
                 said=(Said("2026-07-13", "dropped", None, "Stacijas ēku nodeva citam lietotājam; telpu meklējam citur un ierakstīsim jaunu pasākumu."),)),
        ), projects=(
            Work("Īres māja 24 dzīvokļiem", DEVELOPMENT, AIGARS, (2024, 2), (2026, 4), result="24 dzīvokļi strādājošajiem", topic="Darbs un mājoklis", area="Talka", point=(0.4, -0.5),
                 money=(Fund("municipal", 2024, 120), Fund("loan", 2025, 900), Fund("eu", 2025, 600, "ANM"), Fund("loan", 2026, 450)),
                 said=(Said("2025-07-04", "under_way", 40, "Pamati un pirmais stāvs."), Said(16, "under_way", 90, "Iekšdarbi; pieteikties varēs janvārī.")), spent=(("municipal", 2024, 120, 118, ""), ("loan", 2025, 900, 874, ""), ("eu", 2025, 600, 600, "ANM"), ("loan", 2026, 450, 305, ""))),
            Work("Industriālās teritorijas pievedceļš", ROADS, "Gundars Riekstiņš", (2025, 1), (2026, 4), result="1,4 km ceļa un elektrības pieslēgums", topic="Mazie uzņēmumi", area="Talka", point=(-1.6, -1.3),
                 money=(Fund("municipal", 2025, 60), Fund("eu", 2026, 510, "ERAF"), Fund("municipal", 2026, 90)), said=(Said("2026-07-14", "under_way", 55, "Ceļš izbūvēts līdz pusei."),), spent=(("municipal", 2025, 60, 57.2, ""), ("eu", 2026, 510, 233, "ERAF"), ("municipal", 2026, 90, 41, ""))),
            Work("Tirgus laukuma nojumes", GREEN, "Normunds Zāģeris", (2024, 3), (2025, 2), result="Nojumes 30 vietām", topic="Mājražotāji un tirgus", area="Talka", point=(0.01, 0.03),
                 money=(Fund("municipal", 2024, 15), Fund("eu", 2025, 45, "ELFLA")), said=(Said("2025-05-30", "done", 100, "Nojumes uzstādītas."),), spent=(("municipal", 2024, 15, 14.9, ""), ("eu", 2025, 45, 44.2, "ELFLA"))),
        )),
    )),
    Part("Atvērta pārvalde", below=(
        Part("Saprotami pakalpojumi un iedzīvotāju balss", serves=("IP3.2",), goals=("16", "17"), works=(
            Work("Visi pakalpojumi vienā lodziņā un pagastos", DESK, EVIJA, (2023, 1), (2024, 4), result="Viens lodziņš piecās vietās", topic="Pakalpojumi klātienē un internetā",
                 said=(Said("2025-01-10", "done", 100, "Visus pakalpojumus var saņemt piecās vietās."),)),
            Work("Līdzdalības budžets", MUNICIPALITY, EVIJA, (2023, 3), (2027, 4), result="60 000 EUR gadā iedzīvotāju idejām", topic="Iedzīvotāju līdzdalība",
                 said=(Said("2025-07-03", "under_way", 50, "Īstenoti septiņi projekti."), Said(10, "under_way", 75, "Īstenoti vienpadsmit projekti; balsoja 2 140 iedzīvotāju."))),
            Work("Atklāti dati par budžetu, līgumiem un plānu", MUNICIPALITY, EVIJA, (2024, 1), (2025, 3), result="Dati lejupielādējami katru mēnesi", topic="Atklāti dati",
                 said=(Said("2025-07-03", "under_way", 60, "Budžets un plāns ir atvērti, līgumi vēl ne."),)),
            Work("Vieglā valoda vēstulēs un lēmumos", DESK, EVIJA, (2026, 1), (2027, 4), result="Apmācīti 40 darbinieki", topic="Pakalpojumi klātienē un internetā",
                 said=(Said(45, "under_way", 30, "Apmācīti 14 darbinieki."),)),
        ), projects=(
            Work("Apmeklētāju centra pārbūve", DESK, EVIJA, (2023, 1), (2024, 2), result="Pieejams centrs ar gaidīšanas vietu bērniem", topic="Pakalpojumi klātienē un internetā", area="Talka", place="Apmeklētāju pieņemšanas centrs",
                 money=(Fund("municipal", 2023, 70), Fund("municipal", 2024, 35)), said=(Said("2024-06-28", "done", 100, "Centrs atvērts."),), spent=(("municipal", 2023, 70, 73.1, ""), ("municipal", 2024, 35, 30.9, ""))),
            Work("Domes sēžu zāle ar tiešraidi un indukcijas cilpu", MUNICIPALITY, EVIJA, (2025, 3), (2026, 2), result="Sēdes var skatīties un dzirdēt", topic="Iedzīvotāju līdzdalība", area="Talka", place="Talkas novada dome, lielā zāle",
                 money=(Fund("municipal", 2025, 12), Fund("municipal", 2026, 26)), said=(Said("2026-05-28", "done", 100, "Pirmā tiešraide notika 28. maijā."),), spent=(("municipal", 2025, 12, 11.4, ""), ("municipal", 2026, 26, 25.7, ""))),
            Work("Dokumentu un iesniegumu sistēmas maiņa", MUNICIPALITY, EVIJA, (2026, 3), (2027, 4), result="Iesniegumi bez papīra", topic="Pakalpojumi klātienē un internetā", money=(Fund("municipal", 2027, 20),), estimate=95),
        )),
    )),
))  # fmt: skip

INDICATORS = (
    Measured("Ielas ar cietu segumu", "%", "up", 61, {2024: 66, 2025: 70, 2027: 78}, {2023: 62, 2024: 65, 2025: 68, 2026: 71}, "U1.1.1", "Ceļu un īpašumu nodaļas uzskaite", measure="Pašvaldības ielas ar cietu segumu"),
    Measured("Ceļu satiksmes negadījumi ar cietušajiem", "gadā", "down", 31, {2025: 24, 2027: 18}, {2023: 29, 2024: 27, 2025: 22, 2026: 19}, "U1.1.1", "Valsts policija"),
    Measured("Veloceļu garums", "km", "up", 4.2, {2025: 6, 2027: 14.5}, {2023: 4.2, 2024: 5.1, 2025: 5.8, 2026: 6.4}, "U1.1.2", "Attīstības nodaļa", 1, measure="Veloceļu garums"),
    Measured("Riteņbraucēji dienā desmit vietās", "skaits", "up", 410, {2025: 550, 2027: 800}, {2023: 432, 2024: 508, 2025: 561, 2026: 640}, "U1.1.2", "Attīstības nodaļas skaitījums"),
    Measured("Iedzīvotāji, kam parks ir 10 minūšu gājienā", "%", "up", 58, {2027: 70}, {2023: 58, 2025: 63, 2026: 65}, "U1.2.1", "Attīstības nodaļas aprēķins"),
    Measured("Peldvietas ar labu ūdens kvalitāti", "skaits", "up", 1, {2025: 3, 2027: 3}, {2023: 1, 2024: 2, 2025: 2, 2026: 2}, "U1.2.1", "Veselības inspekcija"),
    Measured("Elektrība ielu apgaismojumam", "MWh gadā", "down", 640, {2025: 300, 2027: 280}, {2023: 571, 2024: 412, 2025: 268, 2026: 266}, "U1.2.2", "Komunālā pārvalde"),
    Measured("Dalīti savākti atkritumi", "%", "up", 34, {2025: 45, 2027: 55}, {2023: 36, 2024: 41, 2025: 43, 2026: 44}, "U1.2.2", "Komunālā pārvalde", measure="Dalīti savākto atkritumu īpatsvars"),
    Measured("Bērni rindā uz pirmsskolu", "skaits", "down", 47, {2025: 15, 2027: 0}, {2023: 44, 2024: 21, 2025: 14, 2026: 9}, "U2.1.1", "Izglītības pārvalde"),
    Measured("Centralizēto eksāmenu vidējais vērtējums", "%", "up", 52.3, {2025: 55, 2027: 58}, {2023: 51.8, 2024: 53.4, 2025: 54.1, 2026: 55.2}, "U2.1.1", "Valsts izglītības attīstības aģentūra", 1),
    Measured("Jaunieši, kas apmeklē Jauniešu māju", "gadā", "up", 240, {2025: 500, 2027: 700}, {2023: 210, 2024: 180, 2025: 612, 2026: 655}, "U2.1.2", "Jauniešu māja"),
    Measured("Jaunieši bez darba un mācībām", "%", "down", 11.2, {2025: 9, 2027: 7}, {2023: 11.0, 2024: 10.1, 2025: 9.6, 2026: 9.7}, "U2.1.2", "Izglītības pārvalde", 1),
    Measured("Aprūpi mājās saņem", "cilvēki", "up", 52, {2025: 95, 2027: 110}, {2023: 61, 2024: 74, 2025: 97, 2026: 101}, "U2.2.1", "Sociālais dienests"),
    Measured("Ģimenes ārsta gaidīšanas laiks", "dienas", "down", 9, {2025: 6, 2027: 4}, {2023: 9, 2024: 10, 2025: 9, 2026: 8}, "U2.2.1", "Iedzīvotāju aptauja"),
    Measured("Tautas namu apmeklējumi", "gadā", "up", 14200, {2025: 17000, 2027: 19000}, {2023: 15100, 2024: 16350, 2025: 17240, 2026: 17900}, "U2.3.1", "Kultūras pārvalde"),
    Measured("Iedzīvotāji, kas sporto vismaz reizi nedēļā", "%", "up", 27, {2027: 38}, {2023: 27, 2025: 31}, "U2.3.1", "Iedzīvotāju aptauja"),
    Measured("Uzņēmumi uz 1 000 iedzīvotājiem", "skaits", "up", 58, {2025: 62, 2027: 66}, {2023: 58, 2024: 59, 2025: 61, 2026: 62}, "U3.1.1", "Oficiālās statistikas portāls", measure="Ekonomiski aktīvie uzņēmumi uz 1 000 iedzīvotājiem"),
    Measured("Iedzīvotāju skaits", "cilvēki", "keep", 15830, {2027: 15500}, {2023: 15710, 2024: 15604, 2025: 15521, 2026: 15447}, "U3.1.1", "Oficiālās statistikas portāls", measure="Iedzīvotāju skaits gada sākumā"),
    Measured("Iesniegumi, uz kuriem atbildēts laikā", "%", "up", 81, {2025: 95, 2027: 100}, {2023: 84, 2024: 91, 2025: 96, 2026: 97}, "U3.2.1", "Apmeklētāju pieņemšanas centrs"),
    Measured("Iedzīvotāji, kas piedalās lemšanā", "% no pieaugušajiem", "up", 6, {2025: 12, 2027: 20}, {2023: 7, 2024: 9, 2025: 13, 2026: 16}, "U3.2.1", "Pašvaldības uzskaite"),
)  # fmt: skip
"""Name, unit, direction, baseline of 2022, targets, actual values, code of the task, source, decimals."""
