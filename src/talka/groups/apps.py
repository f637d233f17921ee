# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "talka.groups"
    label = "groups"
    default_auto_field = "django.db.models.BigAutoField"
