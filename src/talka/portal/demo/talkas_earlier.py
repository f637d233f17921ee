# SPDX-License-Identifier: EUPL-1.2
"""Talkas novads, invented: joint work finished a year ago, whose personal data is soon due to be erased."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from talka.accounts.models import User
from talka.core import clock
from talka.meetings.demo import local
from talka.portal.demo.talkas_people import TOWN
from talka.processes import demo as processes
from talka.proposals import demo as proposals
from talka.proposals.demo import Answer, Cast, Heard
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.erasing import change_keeping, erase_author
from talka.proposals.operations.receiving import open_register

if TYPE_CHECKING:
    from talka.portal.demo.talkas_novads import Town

PERSON = "Linda Priedaine"

HEARD = (
    Heard(
        ago=560, at="16.20", title="Virtuve, kur gatavot kopā", person=PERSON, sender=Sender(name="Rasma Upmale", email="rasma.upmale@talka.example"),
        text="Jauniešu mājā vajag virtuvi ar lielu galdu. Meitas klase labprāt gatavotu paši, nevis pirktu čipsus.",
        answer=Answer("accepted", "Virtuve ar galdu divpadsmit cilvēkiem ir projektā. Plīti un trauku mazgātāju pirksim pirmās.", 6, 9),
        followers=("vecaku.padome@talka.example",),
    ),
    Heard(
        ago=552, at="20.05", title="Skaņas studija pagrabā", person=PERSON, sender=Sender(name="Kārlis Strautiņš", email="karlis.s@talka.example", name_public=True),
        text="Pagrabs ir sauss, ar divām durvīm un bez kaimiņiem. Ar matračiem pie sienām tur var mēģināt grupa.",
        answer=Answer("partly", "Pagrabu ierīkosim mēģinājumiem, bet ierakstu iekārtas jāmeklē ar projektu.", 7, 12),
    ),
    Heard(
        ago=545, at="10.40", channel="paper", title="Lai vakarā ir kāds pieaugušais", person=PERSON,
        sender=Sender(name="Velta Kalnmale", postal_address="Vecā iela 11, Talka"),
        text="Mani mazbērni iet uz turieni. Prasu, lai līdz deviņiem tur ir kāds pieaugušais, kuru viņi pazīst.",
        answer=Answer("already", "Jaunatnes darbinieks ir uz vietas katru darbdienu līdz plkst. 21.00.", 5, 8),
    ),
    Heard(
        ago=530, at="13.15", title="Velonovietne pie ieejas", person=PERSON, sender=Sender(name="Ralfs Bitmanis", email="ralfs.b@talka.example"),
        text="Riteņi stāv pie margām, un ar ratiem nevar tikt iekšā.", answer=Answer("accepted", "Novietni desmit riteņiem uzlikām pavasarī.", 150, 200),
    ),
    Heard(
        ago=520, at="9.00", title="Krāsot sienas pašiem", sender=Sender(name="Elza Dūja", email="elza.duja@talka.example"),
        text="Krāsu var nopirkt novads, bet krāsot gribam mēs.", withdrawn=(3, "Krāsojam jau."),
    ),
)  # fmt: skip

ASKED = "Virtuve, kur gatavot kopā"


def build(town: Town, coordinator: User) -> None:
    """Lay out what was finished, how long its data is kept, and one author who asked to be forgotten."""
    today = clock.today()
    with clock.at(local(today - timedelta(days=600), "9.30")):
        drafting = processes.build(
            coordinator=coordinator, by=town.directory.by, organization=town.owner, kind="other", title="Jauniešu mājas iekārtošana",
            address_part="talkas-jauniesu-maja", owner=town.owner, area=town.areas["Talkas novads"],
            summary="Ko ielikt Jauniešu mājā pēc pārbūves. Darbs ir pabeigts, un māja strādā.",
        )  # fmt: skip
        first, last = today - timedelta(days=580), today - timedelta(days=500)
        drafting.phase("Priekšlikumi", starts_on=first, ends_on=last, allows=["propose"])
        drafting.phase("Iekārtošana", starts_on=last + timedelta(days=1), ends_on=today - timedelta(days=345))
        drafting.role(town.person("Maruta Dzilna"), "clerk", town.owner)
        drafting.publish()
        register = open_register(drafting.process, prefix="JM", by=coordinator)
        change_keeping(register, by=coordinator, keep_months=12, keep_act="Talkas novada lietu nomenklatūra, 4-7")
    person = town.person(PERSON)
    cast = Cast(
        process=drafting.process, coordinator=coordinator, clerk=coordinator, users={}, topics=town.topics, areas=town.areas, groups={},
        people={person.name: person}, titles=town.titles, files={}, town=TOWN,
    )  # fmt: skip
    proposals.build(cast, HEARD)
    with clock.at(local(today - timedelta(days=344), "15.00")):
        drafting.close()
    with clock.at(local(today - timedelta(days=30), "11.20")):
        asked = Proposal.objects.get(process=drafting.process, title=ASKED)
        erase_author(asked, by=coordinator, reason="Iesniegums Nr. 5-2/77, uzrādīta pase", leave_public=True)
