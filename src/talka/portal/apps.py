# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "talka.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
