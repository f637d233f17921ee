# SPDX-License-Identifier: EUPL-1.2
"""The weekly reception of Talkas novads: who came last time, who comes next."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from talka.accounts.models import User
from talka.appointments import demo as appointments
from talka.appointments.demo import Coming
from talka.appointments.models import Reception
from talka.appointments.visitors import Visitor
from talka.core import clock
from talka.meetings.demo import local
from talka.processes.demo import Drafting
from talka.proposals.operations.drafting import Content

if TYPE_CHECKING:
    from talka.portal.demo.talkas_novads import Town

THURSDAY = 3

LAST = (
    Coming(
        "15.00",
        Visitor("Ausma Kārkle", phone="60 000 731", about="Sols un nojume autobusa pieturā pie poliklīnikas"),
        called=True,
        came=True,
        said=Content(
            title="Sols un nojume pieturā „Poliklīnika”",
            text="Pieturā „Poliklīnika” nav kur apsēsties un paslēpties no lietus. Braucu turp divreiz mēnesī, autobuss nāk reizi stundā. "
            "Lūdzu solu ar atzveltni un nojumi; derētu arī saraksts lielākiem burtiem.",
        ),
        answer_by="phone",
    ),
    Coming(
        "15.20",
        Visitor("Jānis Uzkalns", "uzkalns@talka.example", about="Zemes gabals pie Dzirnupes: ko drīkst būvēt"),
        came=True,
    ),
    Coming("16.40", Visitor("Sandra Viļuma", "vilumas@talka.example", about="Bērnu laukums Meldrājos"), came=False),
)

NEXT = (
    Coming(
        "15.00", Visitor("Pēteris Lācis", "lacis@talka.example", about="Velonovietne pie stacijas: jau runājām darba grupā")
    ),
    Coming(
        "15.40",
        Visitor(
            "Rasma Eglīte", phone="60 000 418", about="Kad salabos tiltiņu pār Dzirnupi",
            help_needed="Slikti dzirdu, lūdzu runāt skaļāk",
        ),
        called=True,
        before=1,
    ),
    Coming("17.00", Visitor("Marija Petrova", "petrova@talka.example", about="Kursi senioriem", spoken="ru"), before=3),
)  # fmt: skip

LATER = (Coming("16.00", Visitor("Kaspars Zīle", "zile@talka.example", about="Jauniešu telpa Upkalnē"), before=9),)


def build(town: Town, drafting: Drafting, clerk: User) -> None:
    """Set the reception hours eight weeks ago, and let people come."""
    today = clock.today()
    with clock.at(local(today - timedelta(days=57), "10.30")):
        reception = appointments.build(
            drafting.process, "Attīstības nodaļas pieņemšana", by=drafting.by, weekdays=[THURSDAY],
            about="Pajautājiet par programmu, pastāstiet, kas jādara jūsu pusē, vai atnesiet zīmējumu. Ja piekritīsiet, teikto turpat pierakstīsim kā priekšlikumu.",
            specialist=town.person("Inese Ozolkalne"), specialist_note="Attīstības nodaļas speciālisti",
            place=town.places["Apmeklētāju pieņemšanas centrs"], phone="60 000 112", starts_on=today - timedelta(days=57),
            opens=time(15), closes=time(18), break_from=time(16, 20), break_until=time(16, 40), slot_minutes=20,
            help_note="Ja vajadzīgs surdotulks, pasakiet to, piesakot laiku, vismaz trīs darba dienas iepriekš.",
        )  # fmt: skip
    reception = Reception.objects.for_pages().get(pk=reception.pk)
    past, ahead = appointments.days_of(reception)
    appointments.come(reception, past[0], LAST, clerk=clerk)
    appointments.walk_in(reception, past[0], "17.25", Visitor("", about="Jautāja, kur iesniegt vēstuli"), clerk=clerk)
    appointments.come(reception, ahead[0], NEXT, clerk=clerk)
    if len(ahead) > 2:
        appointments.come(reception, ahead[2], LATER, clerk=clerk)
        appointments.close(reception, ahead[2], "Visi speciālisti tajā dienā ir mācībās.", by=drafting.by)
