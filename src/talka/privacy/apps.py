# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "talka.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Declare what is held about people with accounts and people of the directory."""
        import_module("talka.privacy.holding")
