# SPDX-License-Identifier: EUPL-1.2
"""Calendars read back by two libraries that have nothing to do with each other: icalendar and ical.js."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import icalendar

ROOT = Path(__file__).resolve().parents[2]


def read_with_icalendar(body: bytes) -> tuple[icalendar.Calendar, list[icalendar.Event]]:
    """Return the calendar and its events; what is broken raises."""
    calendar = icalendar.Calendar.from_ical(body)
    assert isinstance(calendar, icalendar.Calendar)
    assert not calendar.errors
    events = [event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event)]
    assert not [error for event in events for error in event.errors]
    return calendar, events


def read_with_ical_js(body: bytes) -> dict[str, Any]:
    """Return what the library that Thunderbird and Nextcloud use makes of a calendar."""
    node = shutil.which("node", path=f"{ROOT / '.venv/bin'}:{os.environ['PATH']}")
    assert node, "make test installs node"
    done = subprocess.run(
        [node, str(Path(__file__).with_name("read_calendar.js"))],
        input=body,
        capture_output=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    read: dict[str, Any] = json.loads(done.stdout)
    return read
