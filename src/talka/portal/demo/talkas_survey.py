# SPDX-License-Identifier: EUPL-1.2
"""A table of Google Forms with which a parish asked its people, imported into the register of Talkas novads today."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from talka.accounts.models import User
from talka.core import clock
from talka.imports.models import ImportRun
from talka.imports.operations import preparing, taking
from talka.imports.reading import read_tables
from talka.processes.models import Process
from talka.proposals.importing import RegisterTarget

HEADER = (
    "Laika zīmogs", "E-pasta adrese", "Ko Dzirnupē vajadzētu izdarīt vispirms?", "Kāpēc tieši to?", "Jūsu vārds, uzvārds", "Vieta",
)  # fmt: skip

ANSWERS = (
    (6, "19:12:41", "vija.l@talka.example", "Ietvi no autobusa pieturas līdz skolai.", "Rudenī bērni brien pa dubļiem, ziemā iet pa brauktuvi.", "Vija Lazdiņa", "Skolas iela"),
    (6, "21:03:10", "", "Pieturā nojumi ar soliņu.", "Autobuss mēdz kavēties pusstundu.", "", "Pietura „Dzirnupe”"),
    (6, "22:47:55", "uldis.k@talka.example", "Peldvietai pie dzirnavām vajag laipu un ģērbtuvi.", "", "Uldis Kaktiņš", "Dzirnavu ezers"),
    (5, "07:58:02", "", "Bibliotēkai vēlāku darba laiku vismaz vienu dienu nedēļā.", "Visi, kas strādā Talkā, atbrauc pēc sešiem.", "Sanita", ""),
    (5, "12:20:37", "renars@talka", "Tautas nama jumts.", "Tek virs skatuves.", "Renārs Pūpols", "Tautas nams"),
    (5, "18:31:19", "gunta.z@talka.example", "Šķūņus aiz veikala nojaukt un ierīkot stāvlaukumu.", "Tirgus dienās mašīnas stāv abās ceļa pusēs.", "Gunta Zvirbule", "Aiz veikala"),
    (4, "20:09:44", "ivo.r@talka.example", "", "", "Ivo Rudzis", ""),
    (4, "20:15:00", "milda.o@talka.example", "Ūdens pašā augšgalā nāk brūns. Vajag atdzelžošanu.", "Veļu vedam mazgāt pie meitas uz Talku.", "Milda Ošiņa", "Augšgals"),
    (3, "09:05:26", "", "Apgaismojumu ceļā uz kapiem.", "Vecākiem cilvēkiem vakarā nav droši.", "Aina", "Kapu ceļš"),
)  # fmt: skip
"""Days ago, hour, address, what, why, name, place. One address and one answer are not as they should be."""


BOOK = (
    ("Datums", "Kas rakstījis", "Ierosinājums", "Joma"),
    (9, "Zenta", "Lasītavā vajag galda lampas, ziemā pie logiem ir par tumšu.", "Bibliotēka"),
    (8, "", "Grāmatu apmaiņas plauktu arī veikalā.", "Bibliotēka"),
    (7, "Artis M.", "Ietve no bibliotēkas līdz pastam ir izcilāta, ratiņi netiek.", "Mobilitāte un ceļi"),
)  # fmt: skip
"""Days ago, who, what, and a subject that the town has no topic of: the clerk has still to look this file through."""


GEOLATVIJA = (
    ("Priekšlikuma ID", "Plānošanas dokuments", "Iesniegšanas datums", "Iesniedzējs", "Priekšlikuma teksts", "X koordināta", "Y koordināta"),
    (30415, "Talkas novada attīstības programma", 11, "Ance Riekstiņa", "Saglabāt taku gar upi visā garumā; neiežogot krastu.", "", ""),
    (30422, "Talkas novada attīstības programma", 8, "SIA „Meldru koks”", "Paredzēt smago mašīnu apbraucamo ceļu ap Talkas centru.", "", ""),
)  # fmt: skip
"""What came by geolatvija.lv: number there, document, days ago, who, what."""


def build(process: Process, clerk: User) -> None:
    """Import the answers: the good lines are taken, two are left out with what is wrong with them. Then begin another file."""
    _import_survey(process, clerk)
    names, *given = GEOLATVIJA
    table = [names, *((number, document, f"{_day(ago):%d.%m.%Y.}", *said) for number, document, ago, *said in given)]
    _take(_start(process, clerk, "geolatvija.lv priekšlikumi.csv", table), clerk)
    header, *lines = BOOK
    rows = [header, *((f"{_day(ago):%d.%m.%Y.}", *said) for ago, *said in lines)]
    run = _start(process, clerk, "Bibliotēkas ierosinājumu burtnīca.csv", rows)
    columns = {0: "received_at", 1: "name", 2: "text", 3: "topic"}
    preparing.map_columns(run, columns=columns, fixed={"channel": "paper"}, leave_out=False, by=clerk)


def _day(ago: Any) -> date:
    return clock.today() - timedelta(days=ago)


def _start(process: Process, clerk: User, name: str, rows: Sequence[Sequence[Any]]) -> ImportRun:
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    content = out.getvalue().encode()
    return preparing.start_import(
        RegisterTarget(process),
        file_name=name,
        sha256=sha256(content).hexdigest(),
        sheets=read_tables(content),
        by=clerk,
    )


def _import_survey(process: Process, clerk: User) -> None:
    rows = [HEADER, *((f"{_day(ago):%d.%m.%Y} {at}", *answers) for ago, at, *answers in ANSWERS)]
    run = _start(process, clerk, "Dzirnupes aptauja (Google Forms).csv", rows)
    run.columns |= {"2": "text", "3": "text+", "4": "name", "5": "place_text"}
    _take(run, clerk)


def _take(run: ImportRun, clerk: User) -> None:
    """Let the clerk find the columns right, and take the lines."""
    columns = {int(column): key for column, key in run.columns.items()}
    preparing.map_columns(run, columns=columns, fixed=run.fixed, leave_out=False, by=clerk)
    preparing.confirm_import(run, options={}, repeats=False, by=clerk)
    taking.run_import(run.pk)
