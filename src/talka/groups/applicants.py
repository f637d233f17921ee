# SPDX-License-Identifier: EUPL-1.2
"""Who applies to join a group, before anything is stored."""

from dataclasses import dataclass

from talka.directory.models import Area
from talka.groups.models import Mandate


@dataclass(frozen=True)
class Applicant:
    """Who wants to join: how to reach them, whom they represent, why."""

    name: str
    email: str = ""
    phone: str = ""
    represents: str = Mandate.Represents.RESIDENT
    organization_name: str = ""
    title: str = ""
    area: Area | None = None
    reason: str = ""
    name_public: bool = False
    language: str = "lv"
