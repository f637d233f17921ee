# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "talka.notifications"
    label = "notifications"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens below, and declare what is held about people."""
        import_module("talka.notifications.receivers")
        import_module("talka.notifications.holding")
