# SPDX-License-Identifier: EUPL-1.2
from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "talka.proposals"
    label = "proposals"
    default_auto_field = "django.db.models.BigAutoField"
