# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class MailboxConfig(AppConfig):
    name = "talka.mailbox"
    label = "mailbox"
    default_auto_field = "django.db.models.BigAutoField"
