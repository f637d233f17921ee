# SPDX-License-Identifier: EUPL-1.2
from talka.groups.models.actions import PlannedAction, PlannedActionQuerySet
from talka.groups.models.applications import Application, ApplicationQuerySet
from talka.groups.models.groups import Mandate, MandateQuerySet, WorkingGroup, WorkingGroupQuerySet

__all__ = [
    "Application",
    "ApplicationQuerySet",
    "Mandate",
    "MandateQuerySet",
    "PlannedAction",
    "PlannedActionQuerySet",
    "WorkingGroup",
    "WorkingGroupQuerySet",
]
