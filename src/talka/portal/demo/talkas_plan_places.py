# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: the first priority of its action and investment plan, roads and surroundings."""

from talka.plans.demo import Fund, Part, Said, Work

ROADS, GREEN, DEVELOPMENT = (
    "Talkas novada Ceļu un īpašumu nodaļa",
    "Talkas novada Komunālā pārvalde",
    "Talkas novada Attīstības nodaļa",
)
GUNDARS, LINDA, NORMUNDS, ZANE = "Gundars Riekstiņš", "Linda Priedaine", "Normunds Zāģeris", "Zane Krastkalne"

PLACES = Part("Pieejama un droša vide", description="Lai ikviens – arī ar ratiem, kruķiem vai divriteni – droši nokļūst, kur vajag, un lai novadā ir patīkami būt.", below=(
    Part("Droša kustība", below=(
        Part("Sakārtot ielas, ietves un ceļus uz skolām", serves=("IP1.1",), goals=("11",), works=(
            Work("Apsekot ielas un ietves un noteikt remonta kārtību", ROADS, LINDA, (2023, 1), (2023, 3), result="Visu ielu un ietvju apsekojums ar remonta kārtību", topic="Ielas un ceļi", area="Talka",
                 said=(Said("2023-07-12", "under_way", 60, "Apsekotas 34 ielas no 57."), Said("2024-01-15", "done", 100, "Apsekotas visas ielas. Kārtība apstiprināta un publicēta; pirmās ir ielas uz skolām."))),
            Work("Ierīkot gājēju pārejas ar apgaismojumu pie skolām", ROADS, GUNDARS, (2023, 2), (2026, 4), result="Septiņas pārejas ar virziena apgaismojumu", topic="Satiksmes drošība", area="Talka", place="Talkas vidusskola",
                 said=(Said("2024-07-11", "under_way", 40, "Trīs pārejas gatavas: Rīgas ielā, pie sākumskolas un Bērzlejā."), Said("2025-07-09", "under_way", 70, "Piecas pārejas gatavas."), Said(21, "under_way", 85, "Skolas ielas pāreja projektēta; pagaidu vaļņi un zīme „30” ir uzlikti."))),
            Work("Uzlabot autobusu pieturas: soliņi, nojumes, uzbrauktuves", ROADS, GUNDARS, (2024, 1), (2027, 2), result="Divdesmit pieturas ar nojumi un soliņu", topic="Sabiedriskais transports", partners=("Biedrība „Talkas seniori”",),
                 said=(Said("2025-01-20", "under_way", 25, "Piecas pieturas sakārtotas."), Said(34, "under_way", 45, "Sakārtotas deviņas pieturas, arī Meldrājos."))),
            Work("Ziemā kaisīt ietves stāvajās ielās", GREEN, NORMUNDS, (2023, 4), (2027, 4), result="Smilšu kastes visās ielās ar kāpumu virs 6 %", topic="Ielas un ceļi", area="Talka",
                 said=(Said("2026-02-02", "under_way", 70, "Kastes ir vienpadsmit ielās, trīs vēl jāuzstāda."),)),
        ), projects=(
            Work("Upes ielas un ūdensvada pārbūve", ROADS, GUNDARS, (2026, 1), (2027, 4), result="0,9 km asfaltētas ielas ar ietvi un jaunu ūdensvadu", topic="Ielas un ceļi", area="Talka", point=(-0.4, -0.3),
                 money=(Fund("municipal", 2026, 60), Fund("municipal", 2027, 210), Fund("eu", 2027, 480, "KF"), Fund("loan", 2027, 150)),
                 said=(Said("2026-07-14", "under_way", 10, "Būvprojekts pasūtīts."),), spent=(("municipal", 2026, 55, 31, ""),)),
            Work("Skolas ielas ietves un apgaismojums", ROADS, LINDA, (2024, 1), (2025, 3), result="650 m ietves un 22 gaismekļi", topic="Veloceļi un ietves", area="Talka", point=(0.6, 0.35),
                 money=(Fund("municipal", 2024, 95), Fund("municipal", 2025, 40), Fund("state", 2025, 110, "Valsts autoceļu fonds")),
                 said=(Said("2024-07-11", "under_way", 30, "Būvdarbi sākti."), Said("2025-10-06", "done", 100, "Ietve un apgaismojums pieņemti ekspluatācijā.")),
                 spent=(("municipal", 2024, 95, 92.4, ""), ("municipal", 2025, 40, 41.2, ""), ("state", 2025, 110, 108.7, "Valsts autoceļu fonds"))),
            Work("Tilta pār Dzirnupi pārbūve", ROADS, GUNDARS, (2025, 2), (2026, 3), result="Tilts, pa kuru drīkst braukt skolēnu autobuss", topic="Ielas un ceļi", area="Dzirnupes pagasts", point=(3.2, -5.6),
                 money=(Fund("municipal", 2025, 30), Fund("municipal", 2026, 120), Fund("state", 2026, 300, "Valsts autoceļu fonds")),
                 said=(Said("2025-07-09", "under_way", 15, "Projektēšana."), Said("2026-01-19", "under_way", 30, "Iepirkums beidzies bez rezultāta; izsludināts atkārtoti.")), spent=(("municipal", 2025, 30, 28.5, ""),)),
        )),
        Part("Izveidot veloceļu un gājēju ceļu tīklu", serves=("IP1.1", "IP1.2"), goals=("11", "13"), works=(
            Work("Sagatavot veloceļu tīkla karti kopā ar biedrībām", DEVELOPMENT, ZANE, (2023, 1), (2024, 2), result="Karte ar secību un izmaksām", topic="Veloceļi un ietves", partners=("Biedrība „Spieķis”",),
                 said=(Said("2024-07-10", "done", 100, "Karte gatava un apspriesta trīs pagastos."),)),
            Work("Apmācīt skolēnus droši braukt ar velosipēdu", "Talkas vidusskola", "Jānis Apšenieks", (2023, 2), (2027, 2), result="Katru gadu velosipēdista apliecību iegūst 120 skolēnu", topic="Satiksmes drošība", partners=("Biedrība „Spieķis”",),
                 said=(Said("2025-07-02", "under_way", 50, "2025. gadā apliecību ieguva 131 skolēns."), Said("2026-06-30", "under_way", 75, "2026. gadā – 118 skolēni."))),
            Work("Uzstādīt velonovietnes pie iestādēm", GREEN, NORMUNDS, (2024, 1), (2025, 4), result="Novietnes pie 15 iestādēm", topic="Veloceļi un ietves",
                 said=(Said("2025-07-09", "under_way", 60, "Novietnes ir pie deviņām iestādēm."),)),
            Work("Katru gadu skaitīt gājējus un riteņbraucējus desmit vietās", DEVELOPMENT, ZANE, (2023, 2), (2027, 4), result="Atklāti dati par kustību", topic="Veloceļi un ietves", partners=("Biedrība „Spieķis”",),
                 said=(Said(12, "under_way", 75, "Ceturtais skaitījums veikts oktobrī; dati publicēti."),)),
        ), projects=(
            Work("Veloceļš Talka–Kopezers", ROADS, GUNDARS, (2026, 2), (2027, 4), result="6,2 km veloceļa", topic="Veloceļi un ietves", area="Bērzlejas pagasts", point=(-3.5, 0.6), partners=("Biedrība „Spieķis”", "SIA „Kopezera laivas”"), goals=("9", "13"),
                 money=(Fund("municipal", 2026, 40), Fund("municipal", 2027, 125), Fund("eu", 2027, 935, "ERAF")), said=(Said(40, "under_way", 5, "Trases izvēle kopā ar biedrību „Spieķis”."),), spent=(("municipal", 2026, 35, 12.6, ""),)),
            Work("Gājēju tiltiņš parkā pār Talkupi", GREEN, ZANE, (2023, 1), (2024, 3), result="Tiltiņš bez pakāpieniem", topic="Parki un pagalmi", area="Talka", point=(-0.1, -0.2),
                 money=(Fund("municipal", 2023, 18), Fund("municipal", 2024, 52), Fund("private", 2024, 10, "SIA „Meldru koks” ziedojums")),
                 said=(Said("2024-10-01", "done", 100, "Tiltiņš atklāts 14. septembrī."),), spent=(("municipal", 2023, 18, 17.9, ""), ("municipal", 2024, 52, 55.3, ""), ("private", 2024, 10, 10, "SIA „Meldru koks” ziedojums"))),
        )),
    )),
    Part("Sakopta daba un ārtelpa", below=(
        Part("Kopt parkus, upes un ezerus", serves=("IP1.2",), goals=("6", "15"), works=(
            Work("Izstrādāt Kopezera apsaimniekošanas plānu", GREEN, NORMUNDS, (2023, 1), (2024, 4), result="Apstiprināts plāns", topic="Upes un ezeri", area="Bērzlejas pagasts", partners=("Biedrība „Kopezera draugi”",), point=(-6.4, 1.0),
                 said=(Said("2025-01-22", "done", 100, "Plāns apstiprināts domē 2024. gada decembrī."),)),
            Work("Atvērt trīs peldvietas ar glābšanas inventāru", GREEN, NORMUNDS, (2024, 2), (2026, 2), result="Trīs peldvietas ar ūdens pārbaudēm", topic="Upes un ezeri",
                 said=(Said("2025-07-09", "under_way", 65, "Divas peldvietas atvērtas."),)),
            Work("Stādīt kokus kopā ar iedzīvotājiem", GREEN, ZANE, (2023, 2), (2027, 4), result="1 000 koku piecos gados", topic="Parki un pagalmi", partners=("Jauniešu biedrība „Dzirksts”",),
                 said=(Said(26, "under_way", 78, "Kopā iestādīti 782 koki; rudens talkā piedalījās 140 cilvēku."),)),
            Work("Novērtēt būvju ietekmi uz Talkupes plūdiem", DEVELOPMENT, ZANE, (2024, 1), (2025, 2), result="Plūdu riska karte", topic="Upes un ezeri",
                 said=(Said("2025-02-03", "dropped", 30, "Karti izstrādā valsts iestāde; pašvaldība darbu pārtrauca, lai nemaksātu divreiz."),)),
        ), projects=(
            Work("Vecā parka atjaunošana", GREEN, ZANE, (2024, 1), (2026, 4), result="Celiņi, soliņi, apgaismojums un rotaļu laukums", topic="Parki un pagalmi", area="Talka", point=(-0.2, 0.3),
                 money=(Fund("municipal", 2024, 45), Fund("municipal", 2025, 80), Fund("eu", 2025, 290, "ELFLA"), Fund("eu", 2026, 160, "ELFLA")),
                 said=(Said("2025-07-09", "under_way", 40, "Celiņi gatavi."), Said(18, "under_way", 80, "Rotaļu laukums atvērts, apgaismojumu liks novembrī.")), spent=(("municipal", 2024, 45, 43.8, ""), ("municipal", 2025, 80, 79.9, ""), ("eu", 2025, 290, 271, "ELFLA"), ("eu", 2026, 160, 88, "ELFLA"))),
            Work("Kopezera peldvietas un laipas", "Talkas novada Sporta un tūrisma centrs", "Kaspars Strēlis", (2026, 3), (2027, 3), result="Laipa, kurā var iebraukt ar ratiņkrēslu", topic="Upes un ezeri", area="Bērzlejas pagasts", point=(-6.8, 1.3), partners=("Biedrība „Kopezera draugi”",),
                 money=(Fund("municipal", 2027, 35),), estimate=140),
        )),
        Part("Taupīgs apgaismojums un mazāk atkritumu", serves=("IP1.2",), goals=("7", "12"), works=(
            Work("Nomainīt ielu gaismekļus pret LED", GREEN, NORMUNDS, (2023, 1), (2025, 4), result="Visi 1 140 gaismekļi nomainīti", topic="Apgaismojums",
                 said=(Said("2024-07-09", "under_way", 55, "Nomainīti 630 gaismekļi."), Said("2025-12-18", "done", 100, "Nomainīti visi; elektrības patēriņš samazinājies par 58 %."))),
            Work("Uzstādīt apgaismojumu pagastu centros", GREEN, NORMUNDS, (2025, 1), (2027, 4), result="Četri pagastu centri izgaismoti", topic="Apgaismojums",
                 said=(Said("2026-01-21", "under_way", 25, "Bērzlejā gatavs."),)),
            Work("Ieviest tekstila un bioloģisko atkritumu šķirošanu", GREEN, NORMUNDS, (2023, 3), (2026, 2), result="Konteineri visās apdzīvotās vietās", topic="Atkritumi",
                 said=(Said("2025-07-09", "under_way", 70, "Trūkst konteineru Meldrāju pagastā."),)),
            Work("Atvērt mantu maiņas punktu", GREEN, NORMUNDS, (2026, 4), (2027, 2), result="Maiņas punkts strādā divas dienas nedēļā", topic="Atkritumi", partners=("Biedrība „Durvis vaļā”",)),
        ), projects=(
            Work("Atkritumu šķirošanas laukums Talkā", GREEN, NORMUNDS, (2023, 1), (2025, 2), result="Laukums ar nojumi", topic="Atkritumi", area="Talka", point=(1.2, -1.1),
                 money=(Fund("municipal", 2023, 25), Fund("eu", 2024, 210, "KF"), Fund("municipal", 2024, 65)),
                 said=(Said("2025-06-02", "done", 100, "Laukums pieņem atkritumus kopš 1. jūnija."),), spent=(("municipal", 2023, 25, 24.1, ""), ("eu", 2024, 210, 204, "KF"), ("municipal", 2024, 65, 68.8, ""))),
            Work("Saules paneļi uz septiņu iestāžu jumtiem", ROADS, GUNDARS, (2026, 1), (2027, 3), result="320 kW", topic="Apgaismojums", money=(Fund("municipal", 2026, 15),), estimate=310,
                 said=(Said("2026-07-14", "not_started", None, "Gaidām projektu konkursu."),)),
        )),
    )),
))  # fmt: skip
