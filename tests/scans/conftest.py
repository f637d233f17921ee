# SPDX-License-Identifier: EUPL-1.2
"""What tests of paper share: a pile, and a machine that reads what it is told."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.processes.models import Process
from talka.scans import reading
from talka.scans.models import Scan, ScanPage, Stack
from talka.scans.operations import bringing
from tests.scans.paper import jpeg, upload


@pytest.fixture(autouse=True)
def in_latvian(db: None) -> Iterator[None]:
    """Let each test begin in Latvian, and forget what was found out about the machine."""
    cache.clear()
    found_out = reading.languages
    found_out.cache_clear()
    with translation.override("lv"):
        yield
    found_out.cache_clear()


@pytest.fixture
def can_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say that pages can be read here, whatever is installed."""
    monkeypatch.setattr(reading, "languages", lambda: ("lav", "rus", "eng"))


@pytest.fixture
def cannot_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say that no program reads pages here."""
    monkeypatch.setattr(reading, "languages", lambda: ())


@pytest.fixture
def pile(process: Process, clara: User, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Scan]]:
    """Return a function that brings photos, one letter each, with the texts that a machine has read on them."""
    monkeypatch.setattr(reading, "languages", lambda: ("lav",))

    def bring(*texts: str) -> list[Scan]:
        uploads = [upload(jpeg(f"{uuid.uuid4()}"), f"lapa {number}.jpg") for number in range(len(texts))]
        stacks, _left_out = bringing.add_scans(process, uploads=uploads, splitting=Stack.Splitting.WHOLE, by=clara)
        scans = list(Scan.objects.filter(stack__in=stacks).order_by("pk"))
        for scan, text in zip(scans, texts, strict=True):
            for page in ScanPage.objects.filter(scan=scan):
                bringing.keep_text(page.pk, text=text)
        return scans

    return bring


def typed(**fields: Any) -> dict[str, Any]:
    """The form of a sheet as the browser sends it."""
    return {
        "text": "Lūdzu soliņus pie skolas.", "received_on": clock.today().isoformat(), "on_behalf": "self", "key": str(uuid.uuid4()),
    } | fields  # fmt: skip
