# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "talka.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what tasks add to what people owe, and what is held about people."""
        import_module("talka.tasks.reminding")
        import_module("talka.tasks.holding")
