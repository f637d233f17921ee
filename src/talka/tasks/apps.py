# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "talka.tasks"
    label = "tasks"
    default_auto_field = "django.db.models.BigAutoField"
