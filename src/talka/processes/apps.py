# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "talka.processes"
    label = "processes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Answer what is asked below."""
        import_module("talka.processes.receivers")
