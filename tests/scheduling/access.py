# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta

from talka.core import clock
from talka.scheduling.models import Absence, DatePoll, Timetable
from talka.scheduling.operations.polls import create_poll
from talka.scheduling.operations.timetables import add_absence
from tests.access import Row, World
from tests.scheduling.factories import make_timetable

RUNS = {"visitor": 302, "everyone": 403, "carol": 200}
WRITES = {"method": "post", "visitor": 302, "everyone": 403, "carol": 302}


def _timetable(w: World) -> list[object]:
    """The address parts of the process's only timetable, begun by carol the first time it is asked for."""
    timetable = Timetable.objects.filter(process=w.process).first() or make_timetable(w.process, w.carol)
    return [w.process.slug, timetable.pk]


def _absence(w: World) -> list[object]:
    slug, pk = _timetable(w)
    absence = Absence.objects.filter(timetable=pk).first() or add_absence(
        Timetable.objects.get(pk=pk),
        person=w.bob.person,
        starts_on=date(2027, 2, 1),
        ends_on=date(2027, 2, 1),
        by=w.carol,
    )
    return [slug, pk, absence.pk]


def _session(w: World) -> list[object]:
    slug, pk = _timetable(w)
    wish = Timetable.objects.get(pk=pk).wishes.get(group=w.group)
    return [slug, pk, wish.planned.get().pk]


def _poll(w: World) -> list[object]:
    """The address parts of the only poll, begun by carol the first time it is asked for."""
    poll = DatePoll.objects.filter(process=w.process).first()
    if poll is None:
        starts_at = clock.now() + timedelta(days=9)
        spans = [(starts_at + timedelta(days=day), starts_at + timedelta(days=day, hours=1)) for day in (0, 1)]
        closes_on = clock.today() + timedelta(days=5)
        poll = create_poll(w.process, title="Sēde", groups=[w.group], spans=spans, closes_on=closes_on, by=w.carol)
    return [w.process.slug, poll.pk]


def _option(w: World) -> list[object]:
    slug, pk = _poll(w)
    return [slug, pk, DatePoll.objects.get(pk=pk).options.all()[0].pk]


def _secret(w: World) -> list[object]:
    _slug, pk = _poll(w)
    return [DatePoll.objects.get(pk=pk).people.get(person=w.bob.person).secret]


LEADS = {**RUNS, "leo": 200}

ROWS = [
    Row("scheduling:answer_poll", _secret, everyone=200),
    Row("scheduling:manage_polls", lambda w: [w.process.slug], **LEADS, clara=200),
    Row("scheduling:create_poll", lambda w: [w.process.slug], **LEADS),
    Row("scheduling:manage_poll", _poll, **LEADS),
    Row("scheduling:close_poll", _poll, **LEADS),
    Row("scheduling:remind_missing", _poll, **{**WRITES, "leo": 302}),
    Row("scheduling:choose_option", _option, **{**WRITES, "leo": 302}),
    Row("scheduling:manage_timetables", lambda w: [w.process.slug], **RUNS),
    Row("scheduling:create_timetable", lambda w: [w.process.slug], **RUNS),
    Row("scheduling:manage_timetable", _timetable, **RUNS),
    Row("scheduling:change_timetable", _timetable, **RUNS),
    Row("scheduling:set_wishes", _timetable, **RUNS),
    Row("scheduling:add_absence", _timetable, **RUNS),
    Row("scheduling:publish_timetable", _timetable, **RUNS),
    Row("scheduling:download_timetable", lambda w: [*_timetable(w), "csv"], **RUNS),
    Row("scheduling:move_session", _session, **RUNS),
    Row("scheduling:pin_session", _session, **WRITES),
    Row("scheduling:remove_absence", _absence, **WRITES),
    Row("scheduling:solve_timetable", _timetable, **WRITES),
    Row("scheduling:remove_timetable", _timetable, **WRITES),
]
