# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "talka.mailbox"
    label = "mailbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens below, and declare what is held about senders."""
        import_module("talka.mailbox.receivers")
        import_module("talka.mailbox.holding")
