# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "talka.scheduling"
    label = "scheduling"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what groups tell; declare what polls hold about people."""
        import_module("talka.scheduling.receivers")
        import_module("talka.scheduling.holding")
