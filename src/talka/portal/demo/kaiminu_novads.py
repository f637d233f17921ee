# SPDX-License-Identifier: EUPL-1.2
"""Kaimiņu novads, invented: a neighbour with joint work of its own, which Talkas novads has no part in."""

from collections.abc import Mapping
from datetime import timedelta

from talka.core import clock
from talka.directory.demo import Directory
from talka.groups import demo as groups
from talka.groups.demo import Seat
from talka.meetings import demo as meetings
from talka.meetings.demo import local
from talka.portal.demo import kaiminu_plan
from talka.processes import demo as processes
from talka.proposals import demo as proposals
from talka.proposals.demo import Answer, Cast, Heard, workday
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.receiving import open_register

NAME = "Kaimiņu novada pašvaldība"
COORDINATOR = "kaimini@talka.example"
TITLE = "Kaimiņu novada pašvaldības izpilddirektora vietnieks"
GROUP = "Apdzīvotas skolas"

HEARD = (
    Heard(
        ago=17, at="19.12", title="Sporta zāli vakaros arī pieaugušajiem", topic=GROUP,
        text="Slēgtās Lejas skolas zāle stāv tukša. Mēs esam desmit cilvēki, kas gribētu divreiz nedēļā spēlēt volejbolu. Atslēgu varētu glabāt bibliotēkā.",
        group=GROUP,
        answer=Answer(
            "accepted",
            "Zāle ir apkurināta arī pašlaik, jo ēkā strādā bibliotēka. No nākamā mēneša otrdienās un ceturtdienās plkst. 19.00–21.00 to varēs izmantot bez maksas; "
            "atslēgu izsniegs bibliotēkā pret parakstu.",
        ),
    ),
    Heard(
        ago=9, at="8.31", title="Dienas centrs senioriem bijušajā skolā", topic=GROUP, group=GROUP, sender=Sender(name="Skaidrīte", name_public=True),
        text="Pirmajā stāvā ir ēdnīca un liels gaitenis bez sliekšņiem. Tur varētu būt vieta, kur vecākiem cilvēkiem satikties, padzert tēju un izmērīt spiedienu.",
    ),
    Heard(ago=2, at="21.47", title="Neaizmirstiet par pagalmu", text="Skolas ābeļdārzu lūdzu nenocirst, lai kas tajā mājā būtu."),
)  # fmt: skip


def build(directory: Directory, names: Mapping[str, str]) -> None:
    """Lay out the neighbour and its one process."""
    today = clock.today()
    with clock.at(local(today - timedelta(days=156), "9.30")):
        owner = directory.organization(NAME, "municipality")
        person = directory.person(names[COORDINATOR], TITLE, owner, email=COORDINATOR)
        coordinator = directory.let_in(person)
        directory.employ(person, owner, administrator=True)
        drafting = processes.build(
            coordinator=coordinator, by=directory.by, kind="other", organization=owner, owner=owner,
            title="Tukšās skolas: kam tās izmantot", address_part="kaiminu-skolas", area=directory.area("Kaimiņu novads", "municipality"),
            summary="Kaimiņu novadā trīs skolu ēkas ir tukšas. Kopā ar iedzīvotājiem meklējam, kā tām atkal dot darbu.",
        )  # fmt: skip
        drafting.phase(
            "Priekšlikumi",
            starts_on=today - timedelta(days=45),
            ends_on=today + timedelta(days=20),
            allows=["propose", "apply"],
        )
        drafting.phase(
            "Izvērtēšana un atbildes", starts_on=today + timedelta(days=21), ends_on=today + timedelta(days=50)
        )
        drafting.passage(
            "Par kurām ēkām runa", "Lejas skola, Kroga skola un Vecā pagastskola. Visām ir apkure, ūdens un pagalms."
        )
        drafting.channel("email", COORDINATOR, note="Rakstiet arī tad, ja ideja vēl nav gatava.")
        group = groups.build(
            drafting.process, name=GROUP, by=coordinator, topic=directory.topic(GROUP), joining="open", how_to_join="Raksti koordinatoram.",
            seats=[Seat(person, TITLE, owner, function="lead")],
        )  # fmt: skip
        meetings.build(
            drafting.process, "Apskate Lejas skolā", by=coordinator, groups=[group], day=workday(today + timedelta(days=9)), hours="17.30–19.00",
            place=directory.place("Lejas skola", address="Skolas ceļš 3, Lejas ciems", organization=owner, access="full"),
        )  # fmt: skip
        drafting.publish()
        open_register(drafting.process, prefix="KN", by=coordinator)
    cast = Cast(
        process=drafting.process, coordinator=coordinator, clerk=coordinator, users={}, topics={GROUP: directory.topic(GROUP)}, areas={},
        groups={GROUP: group}, people={person.name: person}, titles={person.name: TITLE}, files={}, town=(0.0, 0.0),
    )  # fmt: skip
    proposals.build(cast, HEARD)
    kaiminu_plan.build(directory, owner, coordinator)
