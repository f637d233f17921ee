# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "talka.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what is changed of accounts."""
        import_module("talka.accounts.receivers")
