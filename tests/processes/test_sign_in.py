# SPDX-License-Identifier: EUPL-1.2
"""Whoever works here needs a second step before the workspace opens; the demo advises it and lets through."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client

from talka.accounts.models import User
from talka.directory.models import Staff
from talka.processes.models import Process, Role
from talka.processes.sign_in import SecondStepAdapter, works_here


def entered(user: User) -> Client:
    """The client of somebody who has set up no second step."""
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("language", ["lv", "en"])
def test_the_workspace_asks_for_a_second_step(carol: User, process: Process, language: str) -> None:
    response = entered(carol).get(f"/{language}/workspace/", follow=True)
    assert response.redirect_chain == [(f"/{language}/account/2fa/", 302)]
    assert ("otrais solis" if language == "lv" else "second step") in response.content.decode()


def test_every_page_of_the_workspace_asks_for_it_also_when_something_is_sent(carol: User, process: Process) -> None:
    client = entered(carol)
    for path in ("workspace/administration/places/new/", f"workspace/p/{process.slug}/"):
        assert client.post(f"/lv/{path}", {"name": "x"})["Location"] == "/lv/account/2fa/"


@pytest.mark.parametrize("kind", [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])
def test_with_an_app_or_a_passkey_it_opens(carol: User, process: Process, kind: str) -> None:
    Authenticator.objects.create(user=carol, type=kind, data={})
    assert entered(carol).get("/lv/workspace/").status_code == 200


def test_recovery_codes_alone_are_no_second_step(carol: User, process: Process) -> None:
    Authenticator.objects.create(user=carol, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert entered(carol).get("/lv/workspace/").status_code == 302


def test_public_pages_and_ones_own_ask_for_nothing(carol: User, process: Process) -> None:
    client = entered(carol)
    for path in ("calendar/", "my/", "account/", f"p/{process.slug}/"):
        assert client.get(f"/lv/{path}").status_code == 200


@pytest.mark.parametrize("path", ["mail/", "mail/1/", "p/programma/proposals/1/files/1/"])
def test_letters_and_files_that_are_not_public_ask_for_it_too(
    carol: User, root: User, process: Process, path: str
) -> None:
    for user in (carol, root):
        assert entered(user).get(f"/lv/{path}").headers["Location"] == "/lv/account/2fa/"
    assert Client().get(f"/lv/{path}").headers.get("Location") != "/lv/account/2fa/"


def test_residents_are_not_asked(alice: User) -> None:
    assert entered(alice).get("/lv/workspace/").status_code == 200


def test_who_works_here(alice: User, carol: User, dora: User, root: User, process: Process, visitor: Any) -> None:
    assert [works_here(one) for one in (carol, dora, root)] == [True, True, True]
    assert [works_here(one) for one in (alice, visitor)] == [False, False]
    Role.objects.create(process=process, person=alice.person, kind=Role.Kind.MEMBER)
    assert not works_here(alice)
    Role.objects.create(process=process, person=alice.person, kind=Role.Kind.OBSERVER)
    assert works_here(alice)


def test_the_demo_advises_once_and_lets_through(carol: User, process: Process, settings: Any) -> None:
    settings.DEMO = True
    client = entered(carol)
    assert "Izmēģinājuma vietnē iztiekam bez tā" in client.get("/lv/workspace/").content.decode()
    assert "Izmēģinājuma vietnē iztiekam bez tā" not in client.get("/lv/workspace/").content.decode()


def test_the_last_second_step_of_those_who_work_here_stays(alice: User, dora: User) -> None:
    steps = {user: TOTP.activate(user, "JBSWY3DPEHPK3PXP").instance for user in (alice, dora)}
    adapter = SecondStepAdapter()
    assert adapter.can_delete_authenticator(steps[alice])
    assert not adapter.can_delete_authenticator(steps[dora])
    Authenticator.objects.create(user=dora, type=Authenticator.Type.WEBAUTHN, data={})
    assert adapter.can_delete_authenticator(steps[dora])
    Staff.objects.all().delete()
    assert adapter.can_delete_authenticator(steps[dora])
