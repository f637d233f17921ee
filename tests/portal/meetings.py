# SPDX-License-Identifier: EUPL-1.2
"""Meetings for the tests of the gathering pages."""

from datetime import timedelta
from typing import Any

from talka.accounts.models import User
from talka.core import clock
from talka.meetings.models import Meeting
from talka.meetings.operations.calling import call_meeting
from talka.processes.models import Process


def call_in_three_days(process: Process, by: User, **fields: Any) -> Meeting:
    """Call a meeting of two hours, three days from now."""
    starts_at = clock.now() + timedelta(days=3)
    return call_meeting(process, by=by, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), **fields)
