# SPDX-License-Identifier: EUPL-1.2
"""Other joint work of Talkas novads: the network of associations, one for staff only, and one being drafted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from talka.accounts.models import User
from talka.core import clock
from talka.groups import demo as groups
from talka.meetings import demo as meetings
from talka.meetings.demo import local
from talka.portal.demo.talkas_calendar import HELP, free_workday
from talka.portal.demo.talkas_people import ASSOCIATIONS, TOWN, Seated
from talka.processes import demo as processes
from talka.proposals import demo as proposals
from talka.proposals.demo import Answer, Cast, Heard
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.receiving import open_register

if TYPE_CHECKING:
    from talka.portal.demo.talkas_novads import Town

ROOMS = "Telpas un inventārs"

SEATS = (
    Seated("Inese Ozolkalne", "Attīstības nodaļas vadītāja", "Talkas novada Attīstības nodaļa", "lead"),
    Seated("Ausma Pērkone", "valdes priekšsēdētāja", "Biedrība „Talkas seniori”", represents="association"),
    Seated("Kristaps Zvejs", "valdes loceklis", "Biedrība „Durvis vaļā”", represents="association"),
    Seated("Elīza Vārpa", "valdes priekšsēdētāja", "Jauniešu biedrība „Dzirksts”", represents="association"),
    Seated("Velga Kārkle", "valdes locekle", "Biedrība „Bērzlejas klēts”", represents="association"),
)

HEARD = (
    Heard(
        ago=24, at="11.20", title="Projektoru varam aizdot", topic=ROOMS, group=ROOMS, channel="email",
        text="Mums ir projektors un ekrāns, ko lietojam reizi mēnesī. Varam aizdot citām biedrībām, ja kāds uztaisa sarakstu, kur to pieteikt.",
        sender=Sender(name="Velga Kārkle", email="velga@talka.example", on_behalf="association", on_behalf_name="Biedrība „Bērzlejas klēts”", name_public=True),
        answer=Answer("accepted", "Paldies. Kopīgu sarakstu sākam ar jūsu projektoru; līdz mēneša beigām katra biedrība pieteiks, ko var aizdot un ko meklē."),
    ),
    Heard(
        ago=19, at="16.05", title="Uzbrauktuve pie Jauniešu mājas sētas durvīm", topic=ROOMS, group=ROOMS, channel="desk", point=(-0.5, -0.6),
        text="Pa priekšdurvīm ar ratiņkrēslu var tikt, bet ugunsgrēkā jāiet pa sētas durvīm, un tur ir trīs pakāpieni. Lūdzam pārvietojamu uzbrauktuvi.",
        sender=Sender(name="Kristaps Zvejs", phone="60 000 131", on_behalf="association", on_behalf_name="Biedrība „Durvis vaļā”", name_public=True),
        answer=Answer("partly", "Pārvietojamo uzbrauktuvi pasūtām uzreiz. Pakāpienu pārbūvi iekļausim ēkas remonta projektā, jo durvis ir evakuācijas ceļš un vajadzīgs saskaņojums."),
    ),
    Heard(
        ago=11, at="20.02", title="Viena atslēga divām biedrībām", topic=ROOMS, group=ROOMS,
        text="Pirmdienās telpa Stacijas ielā ir tukša, bet mēs mēģinām virtuvē. Vai nevar vienoties ar senioriem, ka mēs nākam pēc viņiem?",
        sender=Sender(name="Elīza", email="eliza@talka.example", on_behalf="association", on_behalf_name="Jauniešu biedrība „Dzirksts”"),
    ),
    Heard(ago=3, at="9.48", title="Brīvprātīgo saraksts", text="Es varu divreiz mēnesī aizvest kādu pie ārsta. Kur pieteikties?", channel="phone", sender=Sender(phone="60 000 140"), public=False),
)  # fmt: skip


def build(town: Town, coordinator: User) -> None:
    """Lay out the network, the work for staff, and the draft."""
    today = clock.today()
    with clock.at(local(today - timedelta(days=153), "10.00")):
        drafting = processes.build(
            coordinator=coordinator, by=town.directory.by, organization=town.owner, kind="network", title="Talkas novada biedrību tīkls",
            address_part="talkas-biedribas", owner=town.owner, area=town.areas["Talkas novads"],
            summary="Biedrības un pašvaldība vienojas, kam ir telpas, inventārs un brīvas rokas un kam tā trūkst.",
        )  # fmt: skip
        drafting.phase("Iepazīšanās", starts_on=today - timedelta(days=150), ends_on=today - timedelta(days=40))
        drafting.phase(
            "Resursi un vajadzības",
            starts_on=today - timedelta(days=39),
            ends_on=today + timedelta(days=60),
            allows=["propose", "apply"],
        )
        drafting.phase("Vienošanās", starts_on=today + timedelta(days=61), ends_on=today + timedelta(days=120))
        drafting.passage(
            "Ko biedrība var pieteikt",
            "Telpu uz dažām stundām, mantu, ko aizdot, cilvēku, kas prot. Un to pašu, ja tā trūkst.",
        )
        drafting.channel("email", "biedribas@talka.example")
        for name in ASSOCIATIONS:
            drafting.takes_part(town.directory.organization(name))
        topic = town.directory.topic(ROOMS)
        group = groups.build(
            drafting.process, name=ROOMS, by=coordinator, topic=topic, joining="open", how_to_join="Var pievienoties katra novada biedrība.",
            description="Uztur sarakstu ar to, ko var aizdot, un vienojas par stundām kopīgajās telpās.", seats=[town.seat(seated) for seated in SEATS],
        )  # fmt: skip
        drafting.role(town.person("Maruta Dzilna"), "clerk", town.owner)
        for days, title in ((-28, "Kas kuram ir"), (12, "Kopīgā telpu nedēļa")):
            meetings.build(
                drafting.process, title, by=coordinator, groups=[group], day=free_workday(today + timedelta(days=days)), hours="17.30–19.00",
                place=town.places["Jauniešu māja"], help_note=HELP,
            )  # fmt: skip
        drafting.publish()
        open_register(drafting.process, prefix="BT", by=coordinator)
        _for_staff_and_draft(town, coordinator)
    cast = Cast(
        process=drafting.process, coordinator=coordinator, clerk=coordinator, users={}, topics={ROOMS: topic}, areas=town.areas,
        groups={ROOMS: group}, people={}, titles=town.titles, files={}, town=TOWN,
    )  # fmt: skip
    proposals.build(cast, HEARD)


def _for_staff_and_draft(town: Town, coordinator: User) -> None:
    today = clock.today()
    staff = processes.build(
        coordinator=coordinator, by=town.directory.by, organization=town.owner, kind="other", title="Iestāžu telpu izmantošana", access="staff",
        address_part="talkas-telpas", owner=town.owner, summary="Cik stundu nedēļā katra pašvaldības telpa ir aizņemta un ko var apvienot.",
    )  # fmt: skip
    staff.phase("Datu vākšana", starts_on=today, ends_on=today + timedelta(days=250))
    staff.publish()
    draft = processes.build(
        coordinator=coordinator, by=town.directory.by, organization=town.owner, kind="other", title="Kultūras gads Talkā",
        address_part="talkas-kulturas-gads", owner=town.owner, summary="Melnraksts: ko rīkosim, kad pilsētai apritēs 100 gadi.",
    )  # fmt: skip
    draft.phase(
        "Ideju vākšana", starts_on=today + timedelta(days=300), ends_on=today + timedelta(days=330), allows=["propose"]
    )
