# SPDX-License-Identifier: EUPL-1.2
"""Our feed as real programs read it: vdirsyncer fetches it, khal shows it."""

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from tests.meetings.factories import at, make_meeting

MISSING = [program for program in ("vdirsyncer", "khal") if shutil.which(program) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"not installed: {MISSING}")
KHAL = """[calendars]
[[kept]]
path = {folder}/kept
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Riga
default_timezone = Europe/Riga
[sqlite]
path = {folder}/khal.db
"""
VDIRSYNCER = """[general]
status_path = "{folder}/status/"
[pair meetings]
a = "feed"
b = "kept"
collections = null
[storage feed]
type = "http"
url = "{url}"
[storage kept]
type = "filesystem"
path = "{folder}/kept/"
fileext = ".ics"
"""


class _Feed(BaseHTTPRequestHandler):
    body = b""

    def do_GET(self) -> None:
        """Give the feed."""
        self.send_response(200)
        self.send_header("Content-Type", "text/calendar; charset=utf-8")
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


def served(body: bytes) -> Iterator[str]:
    """Serve a feed on this machine; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Feed", (_Feed,), {"body": body}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/meetings.ics"
    server.shutdown()
    server.server_close()


@pytest.fixture
def feed(process: Process, group: WorkingGroup, carol: User) -> Iterator[str]:
    """The feed of a group with one meeting."""
    with time_machine.travel(at("2030-02-01 09:00")):
        make_meeting(process, carol, "2030-02-12 13:00", "2030-02-12 15:00", title="Ķekavas sēde", groups=[group])
        response = Client().get(reverse("meetings:group_feed", args=[process.slug, group.slug]))
    yield from served(response.content)


def test_what_vdirsyncer_fetches_khal_shows_at_the_hours_of_riga(feed: str, tmp_path: Path) -> None:
    (tmp_path / "khal").write_text(KHAL.format(folder=tmp_path))
    (tmp_path / "vdirsyncer").write_text(VDIRSYNCER.format(folder=tmp_path, url=feed))
    (tmp_path / "kept").mkdir()
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def run(*command: str) -> str:
        done = subprocess.run(command, env=surroundings, capture_output=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    run("vdirsyncer", "-c", str(tmp_path / "vdirsyncer"), "discover")
    run("vdirsyncer", "-c", str(tmp_path / "vdirsyncer"), "sync")
    assert "13:00-15:00 Ķekavas sēde" in run("khal", "-c", str(tmp_path / "khal"), "list", "2030-02-12", "1d")
