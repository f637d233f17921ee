# SPDX-License-Identifier: EUPL-1.2
"""What pages of other apps show of paper; loaded as ``talka_scans``."""

from django import template

from talka.processes.models import Process
from talka.scans.queries import count_waiting

register = template.Library()


@register.simple_tag
def scans_waiting(process: Process) -> int:
    """Return how many letters on paper wait to be entered; for pages of those who keep the register."""
    return count_waiting(process)
