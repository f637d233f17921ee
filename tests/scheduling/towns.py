# SPDX-License-Identifier: EUPL-1.2
"""Problems to solve: those of two real municipalities, as they announced them."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from talka.scheduling.solving.problem import Problem, Room, Session

RIGA = ZoneInfo("Europe/Riga")


def moment(written: str) -> datetime:
    """Return the moment at which clocks in Riga show this: ``2020-02-12 13:00``."""
    return datetime.fromisoformat(written).replace(tzinfo=RIGA)


def ilukste() -> Problem:
    """Five groups of two hours each in the council's hall on 12 and 13 February 2020."""
    return Problem(
        RIGA, (date(2020, 2, 12), date(2020, 2, 13)), time(9), time(18), (Room(1),),
        tuple(Session(key, key, 120, persons=frozenset({key, 100})) for key in range(1, 6)), pause=60,
    )  # fmt: skip


def liepaja(groups: int = 12) -> Problem:
    """Twelve groups in the one room on Rožu laukums, on working days from 7 January 2020; two people sit in several groups."""
    shared = {1: {900}, 2: {900}, 5: {900, 901}, 7: {901}}
    days = tuple(
        day for day in (date(2020, 1, 7) + timedelta(days=number) for number in range(18)) if day.weekday() < 5
    )
    return Problem(
        RIGA, days, time(9), time(18), (Room(56, 30, accessible=True),),
        tuple(
            Session(key, key, 120, people=20, accessible=key == 3, persons=frozenset({key, *shared.get(key, ())}))
            for key in range(1, groups + 1)
        ),
        pause=30,
    )  # fmt: skip
