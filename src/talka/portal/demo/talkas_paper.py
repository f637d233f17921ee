# SPDX-License-Identifier: EUPL-1.2
"""What residents of Talkas novads have written on paper; all of it invented."""

from talka.accounts.models import User
from talka.core import clock
from talka.meetings.demo import local
from talka.processes.models import Process
from talka.proposals.operations.drafting import Content, Sender
from talka.scans import demo as scans
from talka.scans.demo import Letter

_LAMPS = """Labdien!

Stacijas ielas galā, no pieturas līdz dārziņiem, nav neviena apgaismes staba. Rudenī un ziemā pēc pieciem vakarā tur jāiet ar lukturīti, un ceļa malā stāv ūdens.

Lūdzu ierakstiet programmā apgaismojumu šajā posmā, kaut vai trīs stabus."""

LETTERS = (
    Letter(
        "skenējums 001", "Talkas novada pašvaldībai\nAusmas Rudzītes,\nStacijas ielā 31, Talkā", _LAMPS, "Ar cieņu\nA. Rudzīte",
        entered=(
            Content(text=_LAMPS, title="Apgaismojums Stacijas ielas galā", place_text="Stacijas iela, no pieturas līdz dārziņiem"),
            Sender(name="Ausma Rudzīte", postal_address="Stacijas iela 31, Talka", answer_by="post"),
        ),
    ),
    Letter(
        "skenējums 002", "Talkas novada domei\nVilis Ķirsons, Kalna ielā 7", "Lūdzu izbūvēt ietvi Kalna ielā no skolas līdz veikalam. Bērni ziemā iet pa braucamo daļu, jo ceļa mala ir aizputināta, un autobuss tur brauc ātri.\n\n"
        "Ja ietvei naudas nav, tad vismaz ātruma vaļņus un zīmi pie skolas vārtiem. Par to runājām arī pagājušogad.", "Atbildi lūdzu pa tālruni 60 000 431.\nV. Ķirsons",
        font="New Computer Modern", tilt=-0.9, misread=(("aizputināta", "aizputinata"), ("vaļņus", "vaļnus")),
    ),
    Letter(
        "skenējums 003", "В думу Талкаского края\nот жителей дома 12\nпо улице Дарза", "Просим поставить две скамейки у остановки автобуса на улице Дарза и починить навес. Пожилым людям негде сесть, а когда идёт дождь, негде спрятаться.\n\n"
        "Просим также вернуть вечерний рейс в 18.40: после работы до посёлка не доехать.", "За жителей дома\nГ. Орлова", language="ru", tilt=0.4, misread=(("Пожилым", "Пожильим"),),
    ),
    Letter(
        "skenējums 004", "Talkas novada attīstības programmai", "Bibliotēkai pagastā vajadzētu būt atvērtai arī vienu vakaru nedēļā līdz astoņiem. Strādājošie un skolēni pēc treniņa citādi grāmatas nevar samainīt.\n\n"
        "Telpas ir, apkure arī, vajadzīgas tikai vēl dažas darba stundas.", "Lasītāja (vārdu publicēt nevajag, atbildi izlasīšu bibliotēkā)", tilt=1.2, misread=(("samainīt", "samainit"),),
    ),
)  # fmt: skip


def build(process: Process, *, clerk: User) -> None:
    """Bring the letters this morning, or just now where the morning has not come yet."""
    scans.build(process, LETTERS, clerk=clerk, at=min(local(clock.today(), "8.50"), clock.now()))
