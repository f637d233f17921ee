# SPDX-License-Identifier: EUPL-1.2
from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "talka.meetings"
    label = "meetings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to what happens below; declare what decisions of meetings are for plans and proposals."""
        import_module("talka.meetings.receivers")
        import_module("talka.meetings.invitation_holding")
        queries = import_module("talka.meetings.queries.decisions")
        import_module("talka.plans.origins").declare(queries.origins)
        import_module("talka.proposals.heard").declare(queries.decided_about)
        import_module("talka.tasks.sources").declare(import_module("talka.meetings.given").sources)
