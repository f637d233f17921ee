# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "talka.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens below; declare what registers are for others: takers of tables, holders, origins of actions."""
        import_module("talka.proposals.receivers")
        import_module("talka.proposals.importing").declare()
        import_module("talka.proposals.holding")
        origins = import_module("talka.proposals.queries.becoming").origins
        import_module("talka.plans.origins").declare(origins)
