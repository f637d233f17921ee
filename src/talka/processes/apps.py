# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ProcessesConfig(AppConfig):
    name = "talka.processes"
    label = "processes"
    default_auto_field = "django.db.models.BigAutoField"
