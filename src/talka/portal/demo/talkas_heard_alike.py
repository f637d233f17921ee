# SPDX-License-Identifier: EUPL-1.2
"""What several people of Talkas novads asked for in these days, each in their own words."""

from talka.portal.demo.talkas_heard_streets import GREEN
from talka.proposals.demo import Heard
from talka.proposals.operations.drafting import Sender

HEARD_ALIKE = (
    Heard(
        ago=6, at="20.05", title="Apgaismojums Stacijas ielā", topic="Satiksmes drošība", area="Talka", place="Stacijas iela",
        text="No vilciena uz mājām Stacijas ielā jāiet pilnīgā tumsā. Lūdzu ierīkot apgaismojumu visā ielas garumā.",
        sender=Sender(name="Edgars Lejasbirze", email="edgars@talka.example", name_public=True),
    ),
    Heard(
        ago=5, at="11.20", channel="phone", title="Stacijas ielā nedeg laternas", topic="Satiksmes drošība", area="Talka", place="Stacijas iela",
        text="Stacijas ielā vakaros ir tumšs, nedeg neviena laterna. Iet no vilciena ir bail.",
        sender=Sender(name="Zenta Purmale", phone="60 000 177"),
    ),
    Heard(
        ago=4, at="18.47", title="Lampas pa ceļam uz staciju", topic="Satiksmes drošība", area="Talka", place="Stacijas iela",
        text="Vajag lampas Stacijas ielā! Ziemā tur tumsa jau četros, un bērni iet no vilciena gar braucamo daļu.",
        sender=Sender(name="Rita", email="rita.k@talka.example"),
    ),
    Heard(
        ago=9, at="16.10", title="Soliņi upmalā", topic="", area="Talka", place="Upmalas taka",
        text="Upmalas taka ir skaista, bet visā garumā nav neviena soliņa. Vecākiem cilvēkiem nav kur apsēsties.",
        sender=Sender(name="Aivars", email="aivars@talka.example"), group=GREEN,
    ),
    Heard(
        ago=8, at="9.55", channel="paper", title="Upmalas takā vajag solus", topic="", area="Talka", place="Upmalas taka",
        text="Lūdzu uzlieciet Upmalas takā solus, lai vecs cilvēks var atpūsties un paskatīties uz upi.",
        sender=Sender(name="Austra Vilkmane", postal_address="Upes iela 4–11, Talka"), group=GREEN,
    ),
)  # fmt: skip

TOGETHER = ("Soliņi upmalā", "Upmalas takā vajag solus")
"""The titles of those that the coordinator has put together."""
