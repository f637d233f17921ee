# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "talka.scheduling"
    label = "scheduling"
    default_auto_field = "django.db.models.BigAutoField"
