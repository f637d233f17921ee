# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "talka.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare that actions of plans may come of what groups ask for, and what groups hold about people."""
        import_module("talka.groups.holding")
        origins = import_module("talka.groups.queries.actions").origins
        import_module("talka.plans.origins").declare(origins)
