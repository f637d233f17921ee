# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "talka.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what plans take from tables, and what is held about people."""
        import_module("talka.plans.value_imports").declare()
        import_module("talka.plans.indicator_imports").declare()
        import_module("talka.plans.holding")
