# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads and its people, all invented: offices, associations, businesses, places, groups."""

from dataclasses import dataclass

TOWN = (25.42, 57.02)
"""Longitude and latitude of the middle of the town, degrees."""

MUNICIPALITY = "Talkas novada pašvaldība"

OFFICES = (
    "Talkas novada Attīstības nodaļa",
    "Talkas novada Izglītības pārvalde",
    "Talkas novada Kultūras pārvalde",
    "Talkas novada Sociālais dienests",
    "Talkas novada Ceļu un īpašumu nodaļa",
    "Talkas novada Komunālā pārvalde",
    "Talkas novada Sporta un tūrisma centrs",
    "Talkas novada Apmeklētāju pieņemšanas centrs",
    "Talkas vidusskola",
    "Bērzlejas pamatskola",
    "Talkas novada bibliotēka",
    "Talkas novada dome",
)
ASSOCIATIONS = (
    "Biedrība „Spieķis”",
    "Biedrība „Talkas seniori”",
    "Biedrība „Durvis vaļā”",
    "Biedrība „Kopezera draugi”",
    "Biedrība „Bērzlejas klēts”",
    "Jauniešu biedrība „Dzirksts”",
)
COMPANIES = (
    "SIA „Talkas maiznīca”",
    "SIA „Meldru koks”",
    "Z/s „Lejas Vītoli”",
    "SIA „Kopezera laivas”",
)

AREAS = (
    ("Talka", "town"),
    ("Bērzlejas pagasts", "parish"),
    ("Upkalnes pagasts", "parish"),
    ("Dzirnupes pagasts", "parish"),
    ("Meldrāju pagasts", "parish"),
)

PLACES = (
    (
        "Talkas novada dome, lielā zāle",
        "Tirgus laukums 1, Talka",
        "2. stāvs",
        "lielā zāle",
        "full",
        "Lifts no pagalma puses; tualete 1. stāvā.",
        (0.0, 0.0),
    ),
    (
        "Talkas novada bibliotēka",
        "Skolas iela 4, Talka",
        "1. stāvs",
        "lasītava",
        "full",
        "Ieeja bez sliekšņa, indukcijas cilpa.",
        (0.35, 0.2),
    ),
    (
        "Talkas vidusskola",
        "Skolas iela 12, Talka",
        "1. stāvs",
        "aktu zāle",
        "partly",
        "Uzbrauktuve no stadiona puses.",
        (0.7, 0.4),
    ),
    ("Jauniešu māja", "Stacijas iela 8, Talka", "1. stāvs", "", "full", "", (-0.5, -0.6)),
    (
        "Bērzlejas tautas nams",
        "„Klētis”, Bērzlejas pagasts",
        "1. stāvs",
        "kamīnzāle",
        "partly",
        "Pie ieejas divi pakāpieni; palīdzēsim.",
        (-7.0, 1.1),
    ),
    (
        "Upkalnes bibliotēka",
        "„Pagastnams”, Upkalnes pagasts",
        "2. stāvs",
        "",
        "none",
        "Otrais stāvs bez lifta; piesakieties, un tiksimies pirmajā stāvā.",
        (6.1, 6.0),
    ),
    ("Apmeklētāju pieņemšanas centrs", "Tirgus laukums 1, Talka", "1. stāvs", "1. lodziņš", "full", "", (0.02, -0.03)),
)
"""Name, address, floor, room, how accessible, about it, kilometres east and north of the town."""

TOPICS = {
    "Izglītība un jaunatne": ("Pirmsskola", "Skolas", "Interešu izglītība", "Jauniešu iespējas"),
    "Kultūra un mantojums": ("Kultūras nami", "Bibliotēku darbs", "Kultūras mantojums"),
    "Sociālais atbalsts un veselība": ("Seniori", "Ģimenes ar bērniem", "Aprūpe mājās", "Ārsti un aptiekas"),
    "Mobilitāte un ceļi": ("Ielas un ceļi", "Veloceļi un ietves", "Sabiedriskais transports", "Satiksmes drošība"),
    "Vide un publiskā ārtelpa": ("Parki un pagalmi", "Upes un ezeri", "Atkritumi", "Apgaismojums"),
    "Uzņēmējdarbība un darbs": ("Mazie uzņēmumi", "Mājražotāji un tirgus", "Darbs un mājoklis"),
    "Sports un tūrisms": ("Sporta laukumi", "Takas un naktsmājas"),
    "Pārvalde un līdzdalība": ("Pakalpojumi klātienē un internetā", "Iedzīvotāju līdzdalība", "Atklāti dati"),
}
"""The eight groups, each with its topic's name, and the sub-topics."""


@dataclass(frozen=True)
class Seated:
    """Somebody in a group: name, title of the office or what they are, organization, capacity, whom they represent."""

    name: str
    title: str = ""
    organization: str = ""
    function: str = "member"
    represents: str = "institution"
    name_public: bool = True


def _of(name: str, title: str, organization: str, represents: str, *, hidden: bool = False) -> Seated:
    return Seated(name, title, organization, represents=represents, name_public=not hidden)


def _resident(name: str, *, hidden: bool = False) -> Seated:
    return Seated(name, represents="resident", name_public=not hidden)


SEATS: dict[str, tuple[Seated, ...]] = {
    "Izglītība un jaunatne": (
        Seated("Baiba Rudmane", "Izglītības pārvaldes vadītāja", "Talkas novada Izglītības pārvalde", "lead"),
        Seated("Jānis Apšenieks", "Talkas vidusskolas direktors", "Talkas vidusskola", "deputy"),
        Seated("Vita Lejmale", "Bērzlejas pamatskolas direktore", "Bērzlejas pamatskola"),
        _of("Elīza Vārpa", "valdes priekšsēdētāja", "Jauniešu biedrība „Dzirksts”", "association"),
        _resident("Rihards Pļavenieks", hidden=True),
    ),
    "Kultūra un mantojums": (
        Seated("Sarmīte Gaigala", "Kultūras pārvaldes vadītāja", "Talkas novada Kultūras pārvalde", "lead"),
        Seated("Ivars Mellups", "Talkas novada bibliotēkas direktors", "Talkas novada bibliotēka"),
        _of("Velga Kārkle", "valdes locekle", "Biedrība „Bērzlejas klēts”", "association"),
        _resident("Modris Ābelnieks"),
    ),
    "Sociālais atbalsts un veselība": (
        Seated("Ingūna Silarāja", "Sociālā dienesta vadītāja", "Talkas novada Sociālais dienests", "lead"),
        _of("Ausma Pērkone", "valdes priekšsēdētāja", "Biedrība „Talkas seniori”", "association"),
        _of("Kristaps Zvejs", "valdes loceklis", "Biedrība „Durvis vaļā”", "association"),
        _resident("Daina Rožlapa", hidden=True),
        _resident("Agnese Teikmane"),
    ),
    "Mobilitāte un ceļi": (
        Seated("Gundars Riekstiņš", "Ceļu un īpašumu nodaļas vadītājs", "Talkas novada Ceļu un īpašumu nodaļa", "lead"),
        Seated("Linda Priedaine", "ceļu būvinženiere", "Talkas novada Ceļu un īpašumu nodaļa", "secretary"),
        _of("Andris Krauklis", "valdes loceklis", "Biedrība „Spieķis”", "association"),
        _of("Egils Ratnīks", "valdes loceklis", "SIA „Meldru koks”", "business"),
        _resident("Ilona Ceplīte", hidden=True),
    ),
    "Vide un publiskā ārtelpa": (
        Seated("Normunds Zāģeris", "Komunālās pārvaldes vadītājs", "Talkas novada Komunālā pārvalde", "lead"),
        Seated("Zane Krastkalne", "ainavu arhitekte", "Talkas novada Attīstības nodaļa", "deputy"),
        _of("Uldis Līdums", "valdes priekšsēdētājs", "Biedrība „Kopezera draugi”", "association"),
        _resident("Marta Sniedze"),
    ),
    "Uzņēmējdarbība un darbs": (
        Seated("Aigars Vasarājs", "uzņēmējdarbības konsultants", "Talkas novada Attīstības nodaļa", "lead"),
        _of("Dace Klaipa", "īpašniece", "SIA „Talkas maiznīca”", "business"),
        _of("Oskars Vītolnieks", "saimnieks", "Z/s „Lejas Vītoli”", "business"),
        _of("Egils Ratnīks", "valdes loceklis", "SIA „Meldru koks”", "business"),
    ),
    "Sports un tūrisms": (
        Seated(
            "Kaspars Strēlis", "Sporta un tūrisma centra vadītājs", "Talkas novada Sporta un tūrisma centrs", "lead"
        ),
        _of("Madara Ezeriņa-Vilka", "valdes locekle", "SIA „Kopezera laivas”", "business"),
        _of("Andris Krauklis", "valdes loceklis", "Biedrība „Spieķis”", "association"),
        _resident("Toms Smilga", hidden=True),
    ),
    "Pārvalde un līdzdalība": (
        Seated("Evija Stendere", "pašvaldības izpilddirektora vietniece", MUNICIPALITY, "lead"),
        Seated(
            "Maruta Dzilna", "Apmeklētāju pieņemšanas centra lietvede", "Talkas novada Apmeklētāju pieņemšanas centrs"
        ),
        _of("Ausma Pērkone", "valdes priekšsēdētāja", "Biedrība „Talkas seniori”", "association"),
        _resident("Raimonds Cīrulnieks"),
    ),
}
"""Who sits in each thematic group."""

STEERING = (
    Seated("Viesturs Kalngals", "domes priekšsēdētājs", "Talkas novada dome", "lead"),
    Seated(
        "Inese Ozolkalne",
        "Attīstības nodaļas vadītāja, izstrādes vadītāja",
        "Talkas novada Attīstības nodaļa",
        "secretary",
    ),
    Seated(
        "Ginta Avotiņa-Sala", "domes priekšsēdētāja vietniece izglītības un sociālajos jautājumos", "Talkas novada dome"
    ),
    Seated("Haralds Briežkalns", "pašvaldības izpilddirektors", MUNICIPALITY),
    Seated("Evija Stendere", "pašvaldības izpilddirektora vietniece", MUNICIPALITY),
    _of("Ausma Pērkone", "valdes priekšsēdētāja", "Biedrība „Talkas seniori”", "association"),
    _of("Dace Klaipa", "īpašniece", "SIA „Talkas maiznīca”", "business"),
)
