# SPDX-License-Identifier: EUPL-1.2
import time
from typing import Any

from django.core.management.base import BaseCommand

from talka.portal import demo


class Command(BaseCommand):
    """Load the example data, once."""

    help = "Load the example data: five real cases, and an invented municipality in the present. Does nothing when they are there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how long it took."""
        if demo.is_loaded():
            self.stdout.write("The example data are there already.")
            return
        began = time.monotonic()
        demo.build()
        self.stdout.write(f"Example data loaded in {time.monotonic() - began:.1f} s.")
