# SPDX-License-Identifier: EUPL-1.2
"""The pages of those who run a process with 100,000 proposals, half of them waiting, and the reckoning of all that wait."""

import os
import time
from typing import Any

from bench.figures import report
from bench.site import VAR, migrate

TIMES = 5
EMAIL = "root@bench.example"


def measure() -> None:
    """Print queries and time of the register by due day, of what is owed and what is late, and of a new reckoning."""
    os.environ |= {
        "TALKA_MODE": "development",
        "TALKA_VAR": str(VAR),
        "DJANGO_SETTINGS_MODULE": "talka.config.settings",
    }
    import django
    from django.conf import settings

    from talka.config import embedded

    django.setup()
    with embedded.Server(embedded.folder(settings.VAR, settings.MODE)):
        migrate()
        from bench.town import SLUG, lay

        lay()
        measure_pages(SLUG, EMAIL, most_ms=500)
        measure_reckoning(SLUG, least=500)


def measure_pages(slug: str, email: str, *, most_ms: float) -> None:
    """Open each page as the coordinator, once to warm up, and report the middle of several times in milliseconds."""
    from allauth.mfa.models import Authenticator
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from talka.accounts.models import User

    user = User.objects.get(email=email)
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
    )
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    register = f"/lv/workspace/p/{slug}/register/"
    pages = {
        "register": register,
        "register by due day": f"{register}?sort=due",
        "register, late": f"{register}?due=late&sort=due",
        "register, due soon": f"{register}?due=week&sort=-due",
        "owed": "/lv/workspace/owed/",
        "late by who owes it": "/lv/workspace/late/",
    }
    for name, address in pages.items():
        response: Any = client.get(address)
        assert response.status_code == 200, f"{address} answered {response.status_code}"
        took = []
        for _time in range(TIMES):
            begun = time.perf_counter()
            client.get(address)
            took.append(time.perf_counter() - begun)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        report(f"{name}, queries", len(queries), "", at_most=30)
        report(f"{name}, middle of {TIMES}", sorted(took)[TIMES // 2] * 1000, "ms", at_most=most_ms)


def measure_reckoning(slug: str, *, least: float) -> None:
    """Reckon everything that waits anew, twice, and report how many entries a second; the second time changes nothing."""
    from talka.processes.models import Process
    from talka.proposals.operations.terms import renew_dates, waiting

    process = Process.objects.get(slug=slug)
    number = waiting(process.pk, None).count()
    for name in ("first", "second"):
        begun = time.perf_counter()
        changed = renew_dates(process.pk)
        report(f"reckoning anew, {name} time", number / (time.perf_counter() - begun), "1/s", at_least=least)
        report(f"reckoning anew, {name} time, changed", changed, "", at_most=0 if name == "second" else number)
