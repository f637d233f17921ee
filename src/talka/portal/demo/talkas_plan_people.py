# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: the second priority of its action and investment plan, people."""

from talka.plans.demo import Fund, Part, Said, Work

EDUCATION, CULTURE, SOCIAL, SPORT = (
    "Talkas novada Izglītības pārvalde",
    "Talkas novada Kultūras pārvalde",
    "Talkas novada Sociālais dienests",
    "Talkas novada Sporta un tūrisma centrs",
)
BAIBA, SARMITE, INGUNA, KASPARS, SANTA = (
    "Baiba Rudmane",
    "Sarmīte Gaigala",
    "Ingūna Silarāja",
    "Kaspars Strēlis",
    "Santa Vilkupe",
)

PEOPLE = Part("Izglītoti, veseli un aktīvi iedzīvotāji", description="Lai labu skolu, ārstu un draugus atrod tepat – no bērnudārza līdz vecumdienām.", below=(
    Part("Izglītība un jaunatne", below=(
        Part("Laba skola un bērnudārzs tuvu mājām", serves=("IP2.1",), goals=("4",), works=(
            Work("Atvērt pirmsskolas grupu Upkalnē", EDUCATION, BAIBA, (2023, 1), (2024, 3), result="Grupa 18 bērniem", topic="Pirmsskola", area="Upkalnes pagasts", point=(6.1, 6.0),
                 said=(Said("2024-09-10", "done", 100, "Grupa strādā kopš 1. septembra, pierakstīti 16 bērni."),)),
            Work("Piesaistīt skolotājus ar dzīvokli un stipendiju", EDUCATION, BAIBA, (2023, 2), (2027, 4), result="Nav ilgstoši brīvu skolotāju vietu", topic="Skolas",
                 said=(Said("2025-07-08", "under_way", 50, "Septiņi jauni skolotāji, divas vietas vēl brīvas."), Said(30, "under_way", 60, "Brīva viena vieta – fizika Bērzlejā."))),
            Work("Skolēnu autobusu laiki pēc interešu izglītības", EDUCATION, BAIBA, (2023, 3), (2024, 1), result="Autobuss plkst. 17.30 katru darbdienu", topic="Interešu izglītība",
                 said=(Said("2024-01-18", "done", 100, "Otrais reiss kursē kopš janvāra."),)),
            Work("Pārskatīt skolu ēdināšanu kopā ar vecākiem", EDUCATION, BAIBA, (2024, 1), (2025, 2), result="Jauni ēdināšanas noteikumi", topic="Skolas",
                 said=(Said("2025-01-14", "under_way", 50, "Aptaujāti 412 vecāki; noteikumu projekts gatavs."),)),
        ), projects=(
            Work("Bērzlejas pamatskolas siltināšana", EDUCATION, BAIBA, (2024, 1), (2025, 4), result="Apkures izdevumi par 40 % mazāki", topic="Skolas", area="Bērzlejas pagasts", point=(-7.1, 1.2),
                 money=(Fund("municipal", 2024, 70), Fund("eu", 2024, 260, "ERAF"), Fund("municipal", 2025, 55), Fund("eu", 2025, 330, "ERAF"), Fund("loan", 2025, 120)),
                 said=(Said("2025-01-14", "under_way", 45, "Nosiltināts viens korpuss."), Said("2025-12-15", "done", 100, "Skola nosiltināta; pirmā apkures sezona sākta.")),
                 spent=(("municipal", 2024, 70, 71.5, ""), ("eu", 2024, 260, 258, "ERAF"), ("municipal", 2025, 55, 54.2, ""), ("eu", 2025, 330, 330, "ERAF"), ("loan", 2025, 120, 112, ""))),
            Work("Talkas vidusskolas dabaszinību kabineti", "Talkas vidusskola", "Jānis Apšenieks", (2025, 3), (2026, 3), result="Trīs kabineti", topic="Skolas", area="Talka", point=(0.72, 0.41),
                 money=(Fund("municipal", 2025, 20), Fund("eu", 2026, 185, "ERAF")), said=(Said("2026-07-03", "under_way", 60, "Mēbeles piegādātas, iekārtas gaidām."),), spent=(("municipal", 2025, 20, 19.6, ""), ("eu", 2026, 180, 96, "ERAF"))),
        )),
        Part("Vieta un iespējas jauniešiem", serves=("IP2.1", "IP2.2"), goals=("4", "8"), works=(
            Work("Jauniešu ideju konkurss", EDUCATION, SANTA, (2023, 1), (2027, 4), result="Katru gadu desmit īstenotas idejas", topic="Jauniešu iespējas", partners=("Jauniešu biedrība „Dzirksts”",),
                 said=(Said("2025-07-10", "under_way", 50, "2025. gadā īstenotas 12 idejas."), Said("2026-07-08", "under_way", 75, "2026. gadā – 9 idejas."))),
            Work("Vasaras darbs skolēniem", EDUCATION, SANTA, (2023, 2), (2027, 3), result="80 darba vietas vasarā", topic="Darbs un mājoklis",
                 said=(Said("2026-09-03", "under_way", 80, "2026. gada vasarā strādāja 86 skolēni."),)),
            Work("Jaunatnes darbinieks katrā pagastā", EDUCATION, SANTA, (2024, 1), (2026, 4), result="Pieci jaunatnes darbinieki", topic="Jauniešu iespējas",
                 said=(Said("2025-07-10", "under_way", 40, "Strādā Talkā un Bērzlejā."),)),
            Work("Jauniešu dome ar savu budžetu", EDUCATION, SANTA, (2026, 1), (2027, 4), result="10 000 EUR gadā, par kuriem lemj jaunieši", topic="Jauniešu iespējas"),
        ), projects=(
            Work("Jauniešu mājas pārbūve", EDUCATION, SANTA, (2023, 1), (2025, 1), result="Māja ar virtuvi, darbnīcu un mēģinājumu telpu", topic="Jauniešu iespējas", area="Talka", place="Jauniešu māja",
                 money=(Fund("municipal", 2023, 60), Fund("municipal", 2024, 90), Fund("eu", 2024, 220, "ESF+")),
                 said=(Said("2024-07-08", "under_way", 70, "Telpas gatavas, iekārto virtuvi."), Said("2025-03-12", "done", 100, "Māja strādā; virtuvē var gatavot divpadsmit cilvēki.")),
                 spent=(("municipal", 2023, 60, 58.8, ""), ("municipal", 2024, 90, 94.1, ""), ("eu", 2024, 220, 214, "ESF+"))),
            Work("Skeitparks pie stadiona", SPORT, KASPARS, (2026, 2), (2027, 3), result="600 m² betona laukums", topic="Jauniešu iespējas", area="Talka", point=(0.85, 0.5), money=(Fund("municipal", 2027, 40),), estimate=160),
        )),
    )),
    Part("Atbalsts un veselība", below=(
        Part("Aprūpe mājās un ārsts pagastā", serves=("IP2.2",), goals=("1", "3"), works=(
            Work("Paplašināt aprūpi mājās visos pagastos", SOCIAL, INGUNA, (2023, 1), (2025, 4), result="Aprūpi saņem 95 cilvēki", topic="Aprūpe mājās", partners=("Biedrība „Talkas seniori”",),
                 said=(Said("2025-01-16", "under_way", 70, "Aprūpi saņem 74 cilvēki."), Said("2026-01-15", "done", 100, "Aprūpi saņem 97 cilvēki visos pagastos."))),
            Work("Ģimenes ārsta pieņemšana pagastos reizi nedēļā", SOCIAL, INGUNA, (2023, 3), (2026, 2), result="Pieņemšana četros pagastos", topic="Ārsti un aptiekas",
                 said=(Said("2025-07-07", "under_way", 50, "Pieņemšana notiek Bērzlejā un Upkalnē."),)),
            Work("Atelpas brīdis ģimenēm, kas kopj tuvinieku", SOCIAL, INGUNA, (2024, 2), (2027, 4), result="Pakalpojumu saņem 30 ģimenes gadā", topic="Ģimenes ar bērniem", partners=("Biedrība „Durvis vaļā”",),
                 said=(Said(33, "under_way", 60, "2026. gadā pakalpojumu saņēma 22 ģimenes."),)),
            Work("Vingrošana un gudrības klubi senioriem", SOCIAL, INGUNA, (2023, 1), (2027, 4), result="Grupas visos pagastos", topic="Seniori", partners=("Biedrība „Talkas seniori”",),
                 said=(Said("2026-07-06", "under_way", 80, "Desmit grupas, 168 dalībnieki."),)),
        ), projects=(
            Work("Grupu dzīvokļi sešiem iemītniekiem", SOCIAL, INGUNA, (2024, 3), (2026, 4), result="Divi dzīvokļi", topic="Aprūpe mājās", area="Talka", point=(0.2, -0.4),
                 money=(Fund("municipal", 2024, 35), Fund("eu", 2025, 280, "ERAF"), Fund("state", 2026, 60, "Labklājības ministrija")),
                 said=(Said("2025-07-07", "under_way", 50, "Telpas pārbūvētas."), Said(28, "under_way", 90, "Pirmais iemītnieks ievāksies janvārī.")), spent=(("municipal", 2024, 35, 34, ""), ("eu", 2025, 280, 276.3, "ERAF"), ("state", 2026, 60, 22, "Labklājības ministrija"))),
            Work("Uzbrauktuves un lifti iestādēs", SOCIAL, INGUNA, (2023, 2), (2027, 2), result="Divpadsmit ēkas, kurās var iekļūt ar ratiņkrēslu", topic="Seniori",
                 money=(Fund("municipal", 2023, 20), Fund("municipal", 2024, 20), Fund("municipal", 2025, 25), Fund("municipal", 2026, 25), Fund("state", 2026, 70, "Labklājības ministrija"), Fund("municipal", 2027, 25)),
                 said=(Said("2026-01-15", "under_way", 60, "Pieejamas septiņas ēkas; Upkalnes bibliotēkā lifta vēl nav."),), spent=(("municipal", 2023, 20, 18.2, ""), ("municipal", 2024, 20, 21, ""), ("municipal", 2025, 25, 24.4, ""), ("municipal", 2026, 20, 9.8, ""))),
            Work("Dienas centrs Meldrājos", SOCIAL, INGUNA, (2026, 4), (2027, 4), result="Dienas centrs 25 cilvēkiem", topic="Seniori", area="Meldrāju pagasts", point=(9.0, -2.0), estimate=190),
        )),
    )),
    Part("Kultūra un sports", below=(
        Part("Dzīvas kultūras un sporta vietas pagastos", serves=("IP2.2",), goals=("3", "11"), works=(
            Work("Tautas namu programma kopā ar biedrībām", CULTURE, SARMITE, (2023, 1), (2027, 4), result="Katrā tautas namā 24 pasākumi gadā", topic="Kultūras nami", partners=("Biedrība „Bērzlejas klēts”",),
                 said=(Said("2025-07-11", "under_way", 50, "Vidēji 26 pasākumi gadā."), Said(24, "under_way", 72, "Bērzlejā 31, Upkalnē 22 pasākumi."))),
            Work("Bibliotēka kā pakalpojumu punkts", "Talkas novada bibliotēka", "Ivars Mellups", (2023, 2), (2025, 2), result="Četrās bibliotēkās palīdz ar e-pakalpojumiem", topic="Bibliotēku darbs",
                 said=(Said("2025-06-27", "done", 100, "Visās četrās bibliotēkās; 2025. gada pirmajā pusgadā 1 340 reizes."),)),
            Work("Vākt un publicēt vecos fotoattēlus", "Talkas novada bibliotēka", "Ivars Mellups", (2024, 1), (2026, 4), result="5 000 attēlu ar aprakstu", topic="Kultūras mantojums",
                 said=(Said("2026-07-09", "under_way", 68, "Publicēti 3 410 attēli."),)),
            Work("Bezmaksas sporta nodarbības pagastos", SPORT, KASPARS, (2023, 1), (2025, 4), result="Divas nodarbības nedēļā katrā pagastā", topic="Sporta laukumi",
                 said=(Said("2024-07-05", "under_way", 40, "Nodarbības trijos pagastos."),)),
        ), projects=(
            Work("Bērzlejas tautas nama jumts un skatuve", CULTURE, SARMITE, (2024, 2), (2025, 4), result="Sauss jumts un skatuve ar gaismām", topic="Kultūras nami", area="Bērzlejas pagasts", place="Bērzlejas tautas nams",
                 money=(Fund("municipal", 2024, 50), Fund("municipal", 2025, 85), Fund("private", 2025, 12, "ziedojumi")), said=(Said("2025-11-20", "done", 100, "Atklāšana notika 15. novembrī."),),
                 spent=(("municipal", 2024, 50, 47.7, ""), ("municipal", 2025, 85, 91.3, ""), ("private", 2025, 12, 12.4, "ziedojumi"))),
            Work("Skrejceliņš un vieglatlētikas sektors stadionā", SPORT, KASPARS, (2025, 2), (2026, 3), result="Četri celiņi ar sintētisko segumu", topic="Sporta laukumi", area="Talka", point=(0.8, 0.45),
                 money=(Fund("municipal", 2025, 45), Fund("municipal", 2026, 95), Fund("state", 2026, 180, "Izglītības un zinātnes ministrija")), said=(Said("2026-01-12", "under_way", 35, "Pamatne sagatavota."),), spent=(("municipal", 2025, 45, 44, ""), ("municipal", 2026, 95, 61.5, ""))),
            Work("Bibliotēkas lifts Upkalnē", "Talkas novada bibliotēka", "Ivars Mellups", (2026, 2), (2027, 2), result="Lifts uz otro stāvu", topic="Bibliotēku darbs", area="Upkalnes pagasts", place="Upkalnes bibliotēka", money=(Fund("municipal", 2026, 10), Fund("municipal", 2027, 30)), estimate=85,
                 said=(Said(15, "not_started", None, "Nav uzņēmuma, kas piesakās; meklējam vēlreiz."),)),
        )),
    )),
))  # fmt: skip
