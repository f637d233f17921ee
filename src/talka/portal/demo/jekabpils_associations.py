# SPDX-License-Identifier: EUPL-1.2
"""Jēkabpils and its associations of people with special needs, from the announcement of the NGO resource centre.

The announcement names 21 September without a year; the centre's site published it in September 2018.
"""

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

DAY = date(2018, 9, 21)
CITY = "Jēkabpils pilsētas pašvaldība"
NGO_CENTRE = "Biedrība „Jēkabpils NVO resursu centrs”"
DAY_CENTRE = "Dienas centrs „Kopā būt”"
ESTATES = "Jēkabpils pilsētas pašvaldības Īpašumu apsaimniekošanas departaments"
ESTATES_UNIT = "Īpašumu apsaimniekošanas departamenta Īpašumu nodaļa"

PASSAGES = (
    (
        "Par ko runāja",
        "1. Kā **mērķtiecīgāk izmantot** biedrību un pašvaldības **resursus**, dažādu mērķgrupu biedrībām sadarbojoties.\n"
        "2. Kur biedrībām strādāt, kamēr renovē **namu Jaunajā ielā 39i**; renovācija varētu sākties nākamā (2019.) gada otrajā pusē.",
    ),
    (
        "Kas vēl tika pārrunāts",
        "- Vides pieejamības jautājumi Jēkabpilī jāaktualizē.\n"
        "- Biedrības varētu cita citai dot savus resursus, piemēram, trenažierus.\n"
        "- Biedrību vēlme sadarboties un to mērķa grupu lielums.",
    ),
    (
        "Ko biedrības pastāstīja un lūdza",
        "Biedrības īsi pastāstīja par saviem resursiem, apmeklētāju skaitu un ikdienas darbu. Vairākas no tām uzaicināja L. Kļaviņu apmeklēt savas nodarbības klātienē.",
    ),
    (
        "Ko teica pašvaldība",
        "L. Kļaviņa kā viena no pašvaldības vadošajām amatpersonām izklāstīja savu redzējumu par atbalstu cilvēku ar īpašām vajadzībām biedrībām, arī telpu jautājumā, un aicināja vairāk uzticēties citam citam un sadarboties. "
        "L. Laizāne atbildēja uz jautājumiem par sociālo jomu.",
    ),
    (
        "Telpas Jaunajā ielā 39i",
        "Telpu jautājumu tuvākajā laikā pārrunās arī **ar katru biedrību atsevišķi** – ar visām, kas tagad darbojas Jaunajā ielā 39i.",
    ),
    (
        "Dienas centrs „Kopā būt”",
        "Centrs ir biedrības „Jēkabpils NVO resursu centrs” struktūrvienība; to vada Ritma Komarova. Pirmais darba gads bijis sekmīgs.\n\n"
        "- **Sociālā rehabilitācija**: pašlaik galvenokārt senioru vecuma jēkabpiliešiem. Pakalpojumu plānots paplašināt, piesaistot jaunas mērķauditorijas, "
        "arī jauniešus no sociālā atstumtības riska ģimenēm.\n"
        "- **Valodu klubs** ikvienam jēkabpilietim: neformālas franču, vācu, krievu, angļu un latviešu sarunvalodas nodarbības.\n"
        "- **Brīvprātīgie**: programmas „Erasmus+” Eiropas Brīvprātīgā darba projekta „Volunteers discovery” jaunieši un vietējie brīvprātīgie.\n"
        "- Atsevišķas nodarbības vada citu jomu profesionāļi.\n"
        "- Turpmāk centrs veicinās biedrību sadarbību un sniegs sociālos pakalpojumus Jēkabpils iedzīvotājiem.",
    ),
    (
        "Par paziņojumu",
        "Sagatavoja Agita Pleiko, Jēkabpils NVO resursu centrs. Paziņojumā nosaukts 21. septembris bez gada; centra tīmekļvietnē tas publicēts 2018. gada septembrī.\n\n"
        "Noslēguma diena paziņojumā nav nosaukta; te process noslēgts ar 2019. gadu, kad varētu sākties renovācija.",
    ),
)


def build(directory: Directory, coordinator: User) -> None:
    """Lay out the network."""
    city = directory.organization(CITY)
    with clock.at(local(DAY, "9.00")):
        drafting = processes.build(
            coordinator=coordinator,
            by=directory.by,
            kind="network",
            title="Jēkabpils biedrības un pašvaldība: resursi un telpas",
            address_part="jekabpils-biedribas",
            owner=city,
            area=directory.area("Jēkabpils", "state_city"),
            summary="Cilvēku ar īpašām vajadzībām biedrības un pašvaldība vienojas, kā kopīgi izmantot resursus un kur strādāt nama renovācijas laikā.",
        )
        _course(drafting)
        _people(directory, drafting)
        drafting.publish()
    with clock.at(local(date(2019, 12, 31), "12.00")):
        drafting.close()


def _course(drafting: Drafting) -> None:
    drafting.phase("Informatīvā diena: resursi un sadarbība", starts_on=DAY, ends_on=DAY)
    drafting.phase("Sarunas par telpām ar katru biedrību", ends_on=date(2019, 6, 30), dates_note="tuvākajā laikā")
    drafting.phase(
        "Nama Jaunajā ielā 39i renovācija",
        ends_on=date(2019, 12, 31),
        dates_note="varētu sākties 2019. gada otrajā pusē",
    )
    for title, body in PASSAGES:
        drafting.passage(title, body)


def _people(directory: Directory, drafting: Drafting) -> None:
    city, process, by = directory.organization(CITY), drafting.process, drafting.by
    service = directory.organization("Jēkabpils Sociālais dienests", "institution", parent=city)
    estates = directory.organization(ESTATES, "department", parent=city)
    unit = directory.organization(ESTATES_UNIT, "department", parent=estates)
    ngo = directory.organization(NGO_CENTRE, "association")
    centre = directory.organization(DAY_CENTRE, "department", parent=ngo)
    drafting.takes_part(city, "pašvaldības pārstāvji tikās ar biedrību vadītājiem")
    drafting.takes_part(service, "vadītāja L. Laizāne atbildēja uz jautājumiem par sociālo jomu")
    drafting.takes_part(estates, "piedalījās vadītāja I. Lapiņa")
    drafting.takes_part(unit, "piedalījās vadītāja Santa Lazare")
    drafting.takes_part(ngo, "vada dienas centru un sagatavoja paziņojumu")
    drafting.takes_part(centre, "tikšanās vieta; vada Ritma Komarova")
    day_centre = directory.place(DAY_CENTRE, organization=centre)
    house = directory.place(
        "Nams, kurā strādā biedrības", address="Jaunā iela 39i, Jēkabpils", access_note="Namu paredzēts renovēt."
    )
    author = directory.person("Agita Pleiko", "", ngo)
    drafting.channel(
        "contact", person=author, person_title="Jēkabpils NVO resursu centrs", note="Sagatavoja informāciju."
    )
    seats = [
        Seat(
            directory.person("L. Kļaviņa", "domes priekšsēdētāja vietniece sociālajos jautājumos", city),
            "domes priekšsēdētāja vietniece sociālajos jautājumos",
            city,
        ),
        Seat(directory.person("Larisa Laizāne"), "Sociālā dienesta vadītāja", service),
        Seat(
            directory.person("I. Lapiņa", "Īpašumu apsaimniekošanas departamenta vadītāja", estates),
            "Īpašumu apsaimniekošanas departamenta vadītāja",
            estates,
        ),
        Seat(directory.person("Santa Lazare", "īpašumu nodaļas vadītāja", unit), "īpašumu nodaļas vadītāja", unit),
        Seat(
            directory.person("Ritma Komarova", "Dienas centra „Kopā būt” vadītāja", centre),
            "Dienas centra „Kopā būt” vadītāja",
            centre,
            represents="association",
        ),
    ]
    group = groups.build(
        process, name="Biedrību un pašvaldības tikšanās", by=by, topic=directory.topic("Biedrības un to resursi"), seats=seats,
        subtopics=[directory.topic(name, directory.topic("Biedrības un to resursi")) for name in ("Resursu kopīga izmantošana", "Telpas biedrībām", "Vides pieejamība")],
        description="Pašvaldības pārstāvji un to biedrību vadītāji, kuras pārstāv un aizstāv cilvēku ar īpašām vajadzībām intereses. "
        "Ritma Komarova te minēta kā dienas centra vadītāja; vai viņa piedalījās sarunā, paziņojumā nav teikts.",
    )  # fmt: skip
    meetings.build(
        process, "Informatīvā diena Dienas centrā „Kopā būt”", by=by, groups=[group], day=DAY, place=day_centre,
        description="Biedrību vadītāji tiekas ar domes priekšsēdētāja vietnieci L. Kļaviņu: resursi, sadarbība un telpas.",
    )  # fmt: skip
    meetings.build(
        process, "Saruna par telpām ar katru biedrību atsevišķi", by=by, groups=[group], place=house, time_note="tuvākajā laikā, ar katru biedrību atsevišķi",
        description="Ar katru biedrību, kas tagad darbojas Jaunajā ielā 39i: kur strādāt, kamēr namu renovē.",
    )  # fmt: skip
