# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "talka.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
