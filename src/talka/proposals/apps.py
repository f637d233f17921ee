# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "talka.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens below; declare that registers take lines of tables, and what is held about people."""
        import_module("talka.proposals.receivers")
        import_module("talka.proposals.importing").declare()
        import_module("talka.proposals.holding")
