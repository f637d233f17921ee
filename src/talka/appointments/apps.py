# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class AppointmentsConfig(AppConfig):
    name = "talka.appointments"
    label = "appointments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens below, and declare what is held about visitors."""
        import_module("talka.appointments.receivers")
        import_module("talka.appointments.holding")
