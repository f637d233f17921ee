# SPDX-License-Identifier: EUPL-1.2
from talka.plans.models.documents import PlanDocument
from talka.plans.models.goals import Goal, GoalList
from talka.plans.models.imports import InstitutionName, PlanImport, PlanImportChange
from talka.plans.models.indicators import Indicator, IndicatorTarget, IndicatorValue, IndicatorVersion, Measure
from talka.plans.models.money import Funding, Outlay, Source
from talka.plans.models.nodes import QUARTERS, FormerCode, NodeDocument, NodeVersion, PlanNode
from talka.plans.models.plans import FIRST_YEAR, LAST_YEAR, Edition, Level, Plan
from talka.plans.models.progress import ENDED, ProgressUpdate, State, UpdateRequest, UpdateRound
from talka.plans.models.removals import Removal
from talka.plans.models.replies import UnclearReply

__all__ = [
    "ENDED",
    "FIRST_YEAR",
    "LAST_YEAR",
    "QUARTERS",
    "Edition",
    "FormerCode",
    "Funding",
    "Goal",
    "GoalList",
    "Indicator",
    "IndicatorTarget",
    "IndicatorValue",
    "IndicatorVersion",
    "InstitutionName",
    "Level",
    "Measure",
    "NodeDocument",
    "NodeVersion",
    "Outlay",
    "Plan",
    "PlanDocument",
    "PlanImport",
    "PlanImportChange",
    "PlanNode",
    "ProgressUpdate",
    "Removal",
    "Source",
    "State",
    "UnclearReply",
    "UpdateRequest",
    "UpdateRound",
]
