# SPDX-License-Identifier: EUPL-1.2
"""Planning documents as data: goals, actions, investments, money, indicators, and how it is going.

What a council approves stands in an ``Edition`` (``NodeVersion``, ``Funding``, ``IndicatorVersion``) and never changes
after that; what happens hangs on what lasts (``PlanNode``: updates, outlays, its owner; ``Indicator``: values). Who asked
for an action is declared from above (``origins``); proposals, meetings and groups point here."""
