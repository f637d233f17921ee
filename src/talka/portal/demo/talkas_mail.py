# SPDX-License-Identifier: EUPL-1.2
"""The mailbox of Talkas novads in the last days: what landed by itself, and what waits for the clerk."""

from datetime import datetime, timedelta

from talka.accounts.models import User
from talka.core import clock
from talka.mailbox import demo as mailbox
from talka.mailbox.models import MailAccount
from talka.mailbox.operations.handling import set_aside_message
from talka.meetings.demo import local
from talka.notifications.models import Notification
from talka.portal.demo.papers import inquiry
from talka.processes.models import Process
from talka.proposals.models import Proposal

ADDRESS = "attistiba@talka.example"

TREES = """Labdien!

Kļavu alejā Ozolu ielā trīs koki ir bīstami noliekušies virs gājēju celiņa. Lūdzu, izvērtējiet tos un iestādiet vietā jaunus, lai aleja paliktu.

Ar cieņu,
Jānis Vērdiņš
Ozolu iela 14, Talka
tālr. 20 000 145"""

SEVERAL = """Sveiki!

Rakstu par trim lietām uzreiz.

Pirmkārt, autobusa pieturā „Upes iela” vajag nojumi: rudenī tur stāvam lietū.

Otrkārt, bibliotēka varētu vienu vakaru nedēļā būt atvērta līdz plkst. 20.00, lai paspēj arī tie, kas strādā Jelgavā.

Treškārt, pagasta mājaslapā nevar atrast, kad ved šķirotos atkritumus.

Dace Kalve"""

LETTER = """Labdien!

Pielikumā biedrības iesniegums par telpām Vecajā skolā.

Biedrība „Bērzlejas mantojums”"""

QUESTION = """Labdien! Paldies par atbildi.

Vai jau ir zināms, kurā ceturksnī darbi sāksies? Mums pie mājas tajā laikā būs ūdensvada remonts.

{author}

{day} Talka <talka@localhost> rakstīja:
> Jūsu priekšlikums ir atbildēts.
> Lēmums: pieņemts."""

AWAY = """Labdien! Esmu prombūtnē līdz nākamās nedēļas pirmdienai un e-pastus nelasu.
Steidzamos jautājumos zvaniet 60 000 100."""

ADVERTISEMENT = """Piedāvājam izdevīgi iegādāties biroja papīru un toneri. Atlaides līdz 40 %! Pasūtiet šodien."""

CHECKED = {"Authentication-Results": "mx.talka.example; spf=pass; dkim=pass; dmarc=pass"}
DOUBTFUL = {"Authentication-Results": "mx.talka.example; spf=softfail; dmarc=fail"}


def connect(process: Process, by: User) -> MailAccount:
    """Connect the mailbox, so that letters name it as the address to answer to."""
    return mailbox.connect(process, address=ADDRESS, since=clock.today(), by=by)


def build(account: MailAccount, clerk: User) -> None:
    """Let the mail of the last days arrive, the oldest first."""
    _landed(account)
    _by_machines(account)
    _an_author_asks(account)
    _set_aside(account, clerk)


def _ago(days: int, at: str) -> datetime:
    return min(local(clock.today() - timedelta(days=days), at), clock.now() - timedelta(minutes=10))


def _landed(account: MailAccount) -> None:
    for number, days, at, sender, subject, text, headers, files in (
        (1, 3, "20.41", "Jānis Vērdiņš <janis.verdins@talka.example>", "Bīstami koki Ozolu ielā", TREES, CHECKED, {}),
        (2, 2, "7.58", "Dace Kalve <dace@talka.example>", "Trīs ierosinājumi programmai", SEVERAL, CHECKED, {}),
        (
            3, 1, "11.20", "Bērzlejas mantojums <mantojums@talka.example>", "Iesniegums par telpām", LETTER, DOUBTFUL,
            {"iesniegums.pdf": inquiry()},
        ),
    ):  # fmt: skip
        moment = _ago(days, at)
        raw = mailbox.write(
            sender=sender,
            to=ADDRESS,
            subject=subject,
            text=text,
            at=moment,
            number=number,
            headers=headers,
            files=files,
        )
        mailbox.arrive(account, raw, at=moment)


def _by_machines(account: MailAccount) -> None:
    acknowledgement = Notification.objects.filter(email="dace@talka.example").order_by("pk").first()
    moment = _ago(2, "8.03")
    headers = {"Auto-Submitted": "auto-replied", "Precedence": "bulk"}
    if acknowledgement is not None:
        headers = {"Auto-Submitted": "auto-replied", "In-Reply-To": acknowledgement.message_id}
    raw = mailbox.write(
        sender="Dace Kalve <dace@talka.example>", to=ADDRESS, subject="Automātiska atbilde: prombūtnē", text=AWAY, at=moment,
        number=4, headers=headers,
    )  # fmt: skip
    mailbox.arrive(account, raw, at=moment)
    moment = _ago(1, "6.00")
    raw = mailbox.write(
        sender="Ziņu lapa <jaunumi@pasvaldibu-zinas.example>", to=ADDRESS, subject="Nedēļas jaunumi pašvaldībām",
        text="Šajā nedēļā: semināri, konkursi, termiņi.", at=moment, number=5, headers={"List-Id": "<jaunumi.pasvaldibu-zinas.example>"},
    )  # fmt: skip
    mailbox.arrive(account, raw, at=moment)
    letter = Notification.objects.filter(email="mantojums@talka.example").order_by("pk").first()
    if letter is not None:
        moment = _ago(1, "11.24")
        raw = mailbox.returned(
            sender="MAILER-DAEMON@mx.talka.example",
            to=ADDRESS,
            message_id=letter.message_id,
            whom=letter.email,
            at=moment,
        )
        mailbox.arrive(account, raw, at=moment)


def _an_author_asks(account: MailAccount) -> None:
    """Let the author of an accepted proposal ask back by answering our letter."""
    answered = Proposal.objects.filter(process=account.process, reply__outcome="accepted", answered_at__isnull=False)
    letter = (
        Notification.objects.filter(template="proposals/publish_reply", reply_to=ADDRESS, subscription__isnull=True)
        .filter(email__in=answered.exclude(author__email="").values("author__email"))
        .order_by("-created_at", "-pk")
        .first()
    )
    if letter is None:
        return
    proposal = answered.filter(author__email=letter.email).latest("answered_at")
    moment = _ago(0, "8.12")
    raw = mailbox.write(
        sender=f"{proposal.author.name} <{letter.email}>", to=ADDRESS, subject=f"Re: {letter.subject}", at=moment, number=6,
        text=QUESTION.format(author=proposal.author.name, day=f"{moment:%d.%m.%Y}. plkst. 8.05"), headers={"In-Reply-To": letter.message_id, **CHECKED},
    )  # fmt: skip
    mailbox.arrive(account, raw, at=moment)


def _set_aside(account: MailAccount, clerk: User) -> None:
    moment = _ago(1, "14.30")
    raw = mailbox.write(
        sender="Biroja preces <piedavajumi@toneris.example>", to=ADDRESS, subject="Toneris ar atlaidi 40 %", text=ADVERTISEMENT,
        at=moment, number=7, headers=DOUBTFUL,
    )  # fmt: skip
    message = mailbox.arrive(account, raw, at=moment)
    with clock.at(min(moment + timedelta(minutes=25), clock.now())):
        set_aside_message(message, as_what="spam", reason="Reklāma", by=clerk)
    moment = _ago(0, "7.40")
    empty = mailbox.write(sender="skeneris@talka.example", to=ADDRESS, subject="", text="", at=moment, number=8)
    mailbox.arrive(account, empty, at=moment)
