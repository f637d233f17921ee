# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ScansConfig(AppConfig):
    name = "talka.scans"
    label = "scans"
    default_auto_field = "django.db.models.BigAutoField"
