# SPDX-License-Identifier: EUPL-1.2
"""What the groups of Talkas novads dealt with at their meetings, and what they are to deal with."""

from talka.portal.demo.held import Dealt, Duty, Ruling

STREETS = (
    Dealt("Darba kārtības apstiprināšana", 5, "Iebildumu nav. Gundars Riekstiņš atgādina, ka sēdi ieraksta tikai protokolam.", "information"),
    Dealt(
        "Ielu apsekojuma rezultāti", 40,
        "Linda Priedaine rāda karti: no 62 apsekotajiem posmiem 19 ir sliktā stāvoklī, seši no tiem ir ceļā uz skolu.\n\n"
        "Biedrība „Spieķis” lūdz vispirms sakārtot vietas, kur bērni šķērso ielu. Uzņēmēji atgādina par kravas auto Stacijas ielā: jauna ietve bez apmales tur neizturēs.",
        "decision", "Linda Priedaine",
        (
            Ruling("Par pirmajām kārtojamām ieteikt Stacijas ielu un ceļu uz Bērzlejas pamatskolu.", (4, 0, 1)),
            Ruling("Apsekojumu papildināt ar gājēju skaitu sešās skolu ceļu vietās."),
        ),
        (
            Duty("Sagatavot Stacijas ielas ietves tāmi ar pastiprinātu apmali", "Linda Priedaine", 21, (
                (9, "under_way", "Mērījumi ir, gaidām materiālu cenas."),
                (20, "done", "Tāme ir 148 000 eiro; pielikta sēdes materiāliem."),
            )),
            Duty("Saskaitīt gājējus sešās vietās pie skolām", "Andris Krauklis", 35, (
                (18, "under_way", "Četras vietas saskaitītas, palīdz vidusskolas skolēni."),
            )),
        ),
    ),
    Dealt(
        "Autobusa saraksts pagastos", 30,
        "Ilgi runāja par vakara reisu uz Upkalni. Pārvadātājs to slēdza pirms gada, jo brauca vidēji četri cilvēki. Iedzīvotāju pārstāve: no pulciņiem bērni mājās netiek.",
        "task", "Gundars Riekstiņš",
        duties=(Duty("Noskaidrot ar pārvadātāju, cik maksātu vakara reiss piektdienās", "Gundars Riekstiņš", 14),),
    ),
    Dealt("Velonovietnes pie skolām", 15, "Laika vairs nepietika. Skatīs nākamajā sēdē kopā ar izglītības grupu.", "postponed", "Andris Krauklis"),
    Dealt("Nākamā sēde", 5, "Kopā ar grupu „Izglītība un jaunatne” Talkas vidusskolā.", "information"),
)  # fmt: skip
"""The meeting about streets, pavements and the bus; its minutes are approved."""

MARKET = (
    Dealt("Ko rāda tirgus apmeklējums", 25, "Ceturtdienās tirgū ir 14 pārdevēji, sestdienās divreiz vairāk. Trūkst ūdens pieslēguma un ēnas.", "information", "Aigars Vasarājs"),
    Dealt(
        "Tukšās telpas Tirgus laukumā", 40,
        "Piecas no vienpadsmit telpām stāv tukšas ilgāk par gadu. SIA „Talkas maiznīca” jautā, vai pašvaldība var prasīt īpašniekiem vismaz logus uzturēt kārtībā.",
        "decision", "Dace Klaipa",
        (Ruling("Ieteikt programmā tukšo telpu īstermiņa nomu jaunajiem uzņēmējiem.", (4, 0, 0)),),
        (Duty("Apzināt tukšo telpu īpašniekus un viņu nosacījumus", "Aigars Vasarājs", 30),),
    ),
    Dealt("Darbinieku trūkums", 30, "Visi klātesošie meklē darbiniekus. Mājoklis ir lielākā grūtība: pagastos dzīvokļu, ko īrēt, nav.", "information", "Egils Ratnīks"),
)  # fmt: skip
"""The meeting about the market, rooms and workers; its minutes are a draft, open to corrections."""

WAY_TO_SCHOOL = (
    Dealt("Kas kopš iepriekšējās sēdes izdarīts", 10, presenter="Gundars Riekstiņš"),
    Dealt("Gājēju pārejas un ātrums pie skolām", 45, presenter="Linda Priedaine"),
    Dealt("Skolēnu ierosinājumi", 30, presenter="Jānis Apšenieks"),
    Dealt("Sarunas ar zemes īpašniekiem par celiņu gar dzelzceļu", 15, presenter="Gundars Riekstiņš", withheld=True),
)  # fmt: skip
"""The agenda of the coming meeting about the way to school, besides what was postponed."""
