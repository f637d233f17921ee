# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import translation

from talka.accounts.models import User
from talka.appointments.models import Reception
from talka.processes.models import Process
from tests.appointments.factories import MONDAY, at, make_reception


@pytest.fixture(autouse=True)
def _a_monday(db: None) -> Iterator[None]:
    """Be on a Monday, in Latvian; the next day is one of reception hours."""
    with time_machine.travel(at(MONDAY)), translation.override("lv"):
        yield


@pytest.fixture
def reception(process: Process, carol: User) -> Reception:
    """Reception hours on Tuesdays from 15.00 to 17.20 with a break of 20 minutes: six times to book."""
    return make_reception(process, carol)
