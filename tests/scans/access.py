# SPDX-License-Identifier: EUPL-1.2
from talka.scans.models import Scan, Stack
from talka.scans.operations.bringing import add_scans
from tests.access import Row, World
from tests.scans.paper import jpeg, upload


def _process(w: World) -> list[object]:
    return [w.process.slug]


def _scan(w: World) -> list[object]:
    """A sheet that waits."""
    (stack,), _left_out = add_scans(
        w.process, uploads=[upload(jpeg(f"lapa {Stack.objects.count()}"))], splitting="whole", by=w.clara
    )
    return [w.process.slug, stack.scans.get().pk]


def _second(w: World) -> list[object]:
    """A sheet that waits after another."""
    _scan(w)
    return _scan(w)


def _first(w: World) -> list[object]:
    """A sheet that waits before another."""
    first = _scan(w)
    _scan(w)
    return first


def _page(w: World) -> list[object]:
    slug, scan = _scan(w)
    return [slug, scan, Scan.objects.get(pk=scan).pages.get().pk]


NO = {"visitor": 302, "everyone": 403}
SEE = {"carol": 200, "clara": 200}
DONE = {"carol": 302, "clara": 302}

ROWS = [
    Row("scans:list_scans", _process, **NO, **SEE),
    Row("scans:add_scans", _process, **NO, **SEE),
    Row("scans:add_scans", _process, method="post", **NO, carol=422, clara=422),
    Row("scans:take_next", _process, method="post", **NO, **DONE),
    Row("scans:undo_last", _process, method="post", **NO, carol=409, clara=409),
    Row("scans:register_scan", _scan, **NO, **SEE),
    Row("scans:register_scan", _scan, method="post", **NO, carol=422, clara=422),
    Row("scans:register_scan", lambda w: [w.process.slug, 0], **NO, carol=404, clara=404),
    Row("scans:take_scan", _scan, method="post", **NO, **DONE),
    Row("scans:skip_scan", _scan, method="post", **NO, **DONE),
    Row("scans:discard_scan", _scan, **NO, **SEE),
    Row("scans:discard_scan", _scan, method="post", data=lambda _w: {"reason": "reklāma"}, **NO, **DONE),
    Row("scans:join_to_previous", _second, method="post", **NO, **DONE),
    Row("scans:join_next", _first, method="post", **NO, **SEE),
    Row("scans:read_again", _scan, method="post", **NO, **DONE),
    Row("scans:show_page", _page, everyone=403, **SEE),
]
