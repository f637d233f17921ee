# SPDX-License-Identifier: EUPL-1.2
"""Mail to attistiba@liepaja.lv in January 2020. The address stands in the announcement; those who write here are invented."""

import uuid
from datetime import date, datetime, timedelta

from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.mailbox import demo as mailbox
from talka.mailbox.models import InboundMessage
from talka.mailbox.operations.handling import split_message
from talka.meetings.demo import local
from talka.processes.demo import Drafting
from talka.proposals.demo import workday
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import open_register, publish_proposals

ADDRESS = "attistiba@liepaja.lv"
SENDER = "Iedzīvotāja <iedzivotaja.{number}@pasts.example>"

MAILS = (
    (
        date(2020, 1, 8), "19.05", "Veloceliņš uz Karostu",
        "Labdien!\n\nLūdzu programmā paredzēt vienlaidu veloceliņu no centra līdz Karostai: tagad pie Oskara Kalpaka tilta jābrauc pa ielas malu kopā ar kravas mašīnām.",
        "Mobilitāte", "partly", "Priekšlikums iekļauts darba grupas „Mobilitāte” sarakstā; posma secību noteiks rīcības plānā.",
    ),
    (
        date(2020, 1, 14), "8.31", "Priekšlikumi jauniešiem",
        "Sveiki!\n\nJauniešu mājai vajag garāku darba laiku piektdienās.\n\nUn vēl: pie Raiņa parka trūkst āra galda tenisa.",
        "Jaunatnes politika", "accepted", "Priekšlikumu pārņem darba grupa „Jaunatnes politika” un iesaka to rīcības plānam.",
    ),
    (
        date(2020, 1, 21), "22.47", "Koki Liepu ielā",
        "Labvakar! Liepu ielā izzāģētajiem kokiem vietā nav iestādīti jauni. Vai programmā var ierakstīt, ka par katru nocirsto koku iestāda divus?",
        "Vide", "accepted", "Princips iekļauts darba grupas „Vide” priekšlikumos stratēģiskajai daļai.",
    ),
)  # fmt: skip
"""Day and hour, subject, text, the group that examines, outcome and reasons."""

_KEY = uuid.uuid5(uuid.NAMESPACE_URL, "liepaja-2021-2027/mail")


def build(drafting: Drafting, groups: dict[str, WorkingGroup]) -> None:
    """Connect the mailbox, let the mails arrive, and answer what they became."""
    open_register(drafting.process, prefix="LP", by=drafting.by)
    account = mailbox.connect(drafting.process, address=ADDRESS, since=date(2020, 1, 3), by=drafting.by)
    for number, (day, at, subject, text, group, outcome, reason) in enumerate(MAILS, 1):
        moment = local(day, at)
        raw = mailbox.write(
            sender=SENDER.format(number=number), to=ADDRESS, subject=subject, text=text, at=moment, number=number
        )
        message = mailbox.arrive(account, raw, at=moment)
        if number == 2:
            _split(message, drafting, at=moment)
        _answer(message, drafting, groups[group], outcome, reason, at=moment)


def _split(message: InboundMessage, drafting: Drafting, *, at: datetime) -> None:
    _greeting, first, second = message.own.split("\n\n")
    with clock.at(local(workday(at.date() + timedelta(days=1)), "9.10")):
        split_message(message, texts=[first, second], key=_KEY, by=drafting.by)


def _answer(
    message: InboundMessage, drafting: Drafting, group: WorkingGroup, outcome: str, reason: str, *, at: datetime
) -> None:
    proposals = list(Proposal.objects.filter(pk__in=message.landings.values("proposal")).select_related("process"))
    lead = group.mandates.select_related("person").get(function="lead")
    with clock.at(local(workday(at.date() + timedelta(days=2)), "10.20")):
        publish_proposals(proposals, by=drafting.by)
        assign_proposals(proposals, by=drafting.by, group=group)
    with clock.at(local(workday(at.date() + timedelta(days=18)), "15.30")):
        for proposal in proposals:
            prepare_reply(
                proposal, by=drafting.by, outcome=outcome, reason=reason, person=lead.person, signed_name=lead.person.name,
                signed_title=lead.title,
            )  # fmt: skip
        publish_replies(proposals, by=drafting.by)
