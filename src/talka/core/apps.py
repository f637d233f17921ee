# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "talka.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"
