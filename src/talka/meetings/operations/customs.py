# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.db import transaction

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.permissions import authorize
from talka.meetings.models import Custom
from talka.processes.models import Process


def custom_of(process: Process) -> Custom:
    """Return how the meetings of a process are run; what was never set is as usual."""
    return Custom.objects.filter(process=process).first() or Custom(process=process)


@transaction.atomic
def change_custom(process: Process, *, by: User, seen: str = "", **fields: Any) -> Custom:
    """Set how the meetings of a process are run. Numbers that were given stay as they are."""
    authorize(by, "meetings.change_custom", process)
    custom, _made = Custom.objects.update_or_create(process=process, defaults=fields)
    record("meetings.change_custom", custom, by=by, scope=process, fields=sorted(fields))
    return custom
