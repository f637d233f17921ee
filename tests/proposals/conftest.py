# SPDX-License-Identifier: EUPL-1.2
"""What tests of proposals share: the form as a person fills it, letters as they were written."""

import re
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache, caches
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core.http import form_signer
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.forms.public import SubmitForm


@pytest.fixture(autouse=True)
def in_latvian(db: None) -> Iterator[None]:
    """Let each test begin in Latvian and with nothing counted against it."""
    cache.clear()
    caches["local"].clear()
    with translation.override("lv"):
        yield


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, Any]]:
    """Return a function that gives the form for a proposal as a person sends it."""
    monkeypatch.setattr(SubmitForm, "min_seconds", 0)

    def fill(**fields: Any) -> dict[str, Any]:
        return {
            "text": "Lūdzu ierīkot veloceliņu Grīzupes ielā.",
            "on_behalf": "self",
            "website": "",
            "key": str(uuid.uuid4()),
            "shown": form_signer.sign("shown"),
        } | fields

    return fill


@pytest.fixture
def send(process: Process, filled: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """Return a function that sends the public form, as a visitor unless it is given a client."""

    def post(client: Client | None = None, **fields: Any) -> HttpResponse:
        answer: Any = (client or Client()).post(
            reverse("proposals:submit_proposal", args=[process.slug]), filled(**fields)
        )
        return answer

    return post


def sign_in_again(client: Client, user: User) -> None:
    """Sign somebody in with the session that the client has, as after a session that ended."""
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
    )
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


def letters(template: str) -> list[Notification]:
    """Return the letters written from a template, oldest first."""
    return list(Notification.objects.filter(template=template).order_by("pk"))


def text_of(response: Any) -> str:
    """Return what a page says, in one line, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
