# SPDX-License-Identifier: EUPL-1.2
"""Signing in: by password or by a code, with a second step, told to nobody else, and ended everywhere."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from talka.accounts.models import User
from talka.audit.models import Event
from talka.notifications.models import Notification
from talka.processes.models import Process

PASSWORD = "parole-ko-zina-tests"


@pytest.fixture(autouse=True)
def no_counts_of_other_tests(db: None) -> None:
    cache.clear()


def page(response: HttpResponse) -> str:
    return response.content.decode()


def sign_in_by_password(client: Client, user: User, password: str = PASSWORD) -> Any:
    return client.post("/lv/account/login/", {"login": user.email, "password": password}, follow=True)


def code_in(letter: Notification) -> str:
    found = re.search(r"^([A-Z0-9]{3,4}-?[A-Z0-9]{3,4}|[A-Z0-9]{6,8})$", letter.text, re.MULTILINE)
    assert found, letter.text
    return found[0]


def test_a_resident_signs_in_by_password_and_comes_to_their_own_page(client: Client, alice: User) -> None:
    response = sign_in_by_password(client, alice)
    assert response.redirect_chain[-1][0] == "/lv/my/"
    assert response.wsgi_request.user == alice


def test_whoever_works_here_comes_to_the_workspace(
    client: Client, carol: User, process: Process, settings: Any
) -> None:
    settings.DEMO = True
    assert sign_in_by_password(client, carol).redirect_chain[-1][0] == "/lv/workspace/"


def test_the_page_that_was_asked_for_comes_first_but_no_foreign_one(client: Client, alice: User) -> None:
    fields = {"login": alice.email, "password": PASSWORD}
    assert client.post("/lv/account/login/", {**fields, "next": "/lv/account/"})["Location"] == "/lv/account/"
    client.post("/lv/account/logout/")
    assert client.post("/lv/account/login/", {**fields, "next": "https://evil.example/"})["Location"] == "/lv/my/"


def test_a_code_by_mail_is_enough_without_a_password(client: Client, alice: User) -> None:
    response = client.post("/lv/account/login/code/", {"email": alice.email.upper()}, follow=True)
    assert "Nosūtījām kodu uz" in page(response)
    letter = Notification.objects.get()
    assert (letter.template, letter.email, letter.user) == ("accounts/sign_in_code", alice.email, alice)
    response = client.post("/lv/account/login/code/confirm/", {"code": code_in(letter)}, follow=True)
    assert response.wsgi_request.user == alice


def test_a_wrong_code_lets_nobody_in_and_is_not_tried_for_ever(client: Client, alice: User) -> None:
    client.post("/lv/account/login/code/", {"email": alice.email})
    statuses = [client.post("/lv/account/login/code/confirm/", {"code": "AAAAAA"}) for _ in range(4)]
    assert "Kods nav pareizs" in page(statuses[0])
    assert statuses[-1].status_code == 302
    assert not client.get("/lv/my/").wsgi_request.user.is_authenticated


def test_the_letter_is_in_the_persons_language(client: Client, alice: User) -> None:
    alice.language = "en"
    alice.save()
    client.post("/lv/account/login/code/", {"email": alice.email})
    assert Notification.objects.get().subject.startswith("Your code for signing in")


@pytest.mark.parametrize("address", ["/lv/account/login/code/", "/lv/account/password/reset/"])
def test_nobody_learns_who_has_an_account(client: Client, alice: User, address: str) -> None:
    known = Client().post(address, {"email": alice.email})
    unknown = Client().post(address, {"email": "neviens@example.lv"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    letter = Notification.objects.get(email="neviens@example.lv")
    assert letter.template == "accounts/unknown_address"


def test_signing_up_with_a_known_address_looks_like_any_other(client: Client, alice: User) -> None:
    answers = [
        Client().post("/lv/account/signup/", {"email": email, "password1": "trīs garas zivis"})
        for email in (alice.email, "jauna@example.lv")
    ]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Notification.objects.get(email=alice.email).template == "accounts/known_address"
    assert User.objects.filter(email__iexact=alice.email).count() == 1


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, alice: User) -> None:
    wrong = [
        page(client.post("/lv/account/login/", {"login": email, "password": "nepareiza"}))
        for email in (alice.email, "neviens@example.lv")
    ]
    assert all("E-pasta adrese vai parole nav pareiza." in text for text in wrong)


def test_guessing_a_password_is_stopped(client: Client, alice: User) -> None:
    for _ in range(6):
        response = sign_in_by_password(client, alice, "nepareiza")
    assert "Pārāk daudz mēģinājumu" in page(response)
    assert not sign_in_by_password(client, alice).wsgi_request.user.is_authenticated


def test_asking_for_codes_for_one_address_is_limited(alice: User) -> None:
    answers = [Client().post("/lv/account/login/code/", {"email": alice.email}) for _ in range(5)]
    assert "Pārāk daudz mēģinājumu" in page(answers[-1])
    assert Notification.objects.count() == 3


def test_asking_for_codes_from_one_place_is_limited(db: None) -> None:
    answers = [Client().post("/lv/account/login/code/", {"email": f"p{number}@example.lv"}) for number in range(22)]
    assert "Pārāk daudz mēģinājumu" in page(answers[-1])
    assert Notification.objects.count() == 20


@pytest.mark.parametrize(
    "login", ["", "nav adrese", "a" * 3000 + "@example.lv", "x\x00@example.lv", "<b>@example.lv", "' OR 1=1--@x.lv"]
)
def test_wrong_input_is_said_and_breaks_nothing(client: Client, db: None, login: str) -> None:
    response = client.post("/lv/account/login/", {"login": login, "password": "x" * 5000})
    assert response.status_code == 200
    assert "ds-error-summary" in page(response)


def test_a_new_account_confirms_its_address_by_a_code_and_speaks_its_language(client: Client, db: None) -> None:
    client.post("/en/account/signup/", {"email": "New@Example.lv", "password1": "three long fishes"})
    account = User.objects.get(email__iexact="new@example.lv")
    assert account.language == "en"
    assert not EmailAddress.objects.get(user=account).verified
    letter = Notification.objects.get()
    response = client.post("/en/account/confirm-email/", {"code": code_in(letter)}, follow=True)
    assert response.wsgi_request.user == account
    assert EmailAddress.objects.get(user=account).verified


def test_before_the_address_is_confirmed_the_password_opens_nothing(client: Client, db: None) -> None:
    client.post("/lv/account/signup/", {"email": "jauna@example.lv", "password1": "trīs garas zivis"})
    other = Client()
    response = sign_in_by_password(other, User.objects.get(), "trīs garas zivis")
    assert not response.wsgi_request.user.is_authenticated


@pytest.mark.parametrize("password", ["īsa", "password1234", "jauna@example.lv"])
def test_a_weak_password_is_refused_with_the_reason(client: Client, db: None, password: str) -> None:
    response = client.post("/lv/account/signup/", {"email": "jauna@example.lv", "password1": password})
    assert response.status_code == 200
    assert "ds-validation-message" in page(response)
    assert 'value="jauna@example.lv"' in page(response)
    assert not User.objects.exists()


def test_a_forgotten_password_is_set_anew_by_a_code(client: Client, alice: User) -> None:
    client.post("/lv/account/password/reset/", {"email": alice.email})
    response = client.post(
        "/lv/account/password/reset/confirm/", {"code": code_in(Notification.objects.get())}, follow=True
    )
    assert "Iestatīt jaunu paroli" in page(response)
    new = {"password1": "četri zaļi vilki", "password2": "četri zaļi vilki"}
    client.post("/lv/account/password/reset/complete/", new)
    assert sign_in_by_password(Client(), alice, "četri zaļi vilki").wsgi_request.user == alice
    assert Notification.objects.filter(template="accounts/account_changed").exists()
    assert Event.objects.filter(verb="accounts.change_password", actor_id=alice.pk).exists()


def test_a_changed_password_ends_all_other_sessions(alice: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in_by_password(here, alice)
    sign_in_by_password(elsewhere, alice)
    here.post(
        "/lv/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "četri zaļi vilki", "password2": "četri zaļi vilki"},
    )
    assert elsewhere.get("/lv/account/").status_code == 302


def test_sessions_are_listed_and_ended(alice: User) -> None:
    here, elsewhere = Client(headers={"user-agent": "Firefox"}), Client(headers={"user-agent": "Safari <script>"})
    sign_in_by_password(here, alice)
    sign_in_by_password(elsewhere, alice)
    listed = page(here.get("/lv/account/sessions/"))
    assert "Firefox" in listed
    assert "Safari &lt;script&gt;" in listed
    response = here.post("/lv/account/sessions/", follow=True)
    assert "Visur citur jūsu konts ir aizvērts." in page(response)
    assert UserSession.objects.filter(user=alice).count() == 1
    assert elsewhere.get("/lv/account/").status_code == 302
    assert here.get("/lv/account/").status_code == 200


def test_the_address_is_changed_once_the_new_one_is_confirmed(client: Client, alice: User) -> None:
    sign_in_by_password(client, alice)
    client.post("/lv/account/reauthenticate/", {"password": PASSWORD})
    client.post("/lv/account/email/", {"email": "alise.jauna@example.lv", "action_add": ""})
    alice.refresh_from_db()
    assert alice.email == "alise@example.lv"
    letter = Notification.objects.get(email="alise.jauna@example.lv")
    client.post("/lv/account/confirm-email/", {"code": code_in(letter)})
    alice.refresh_from_db()
    assert alice.email == "alise.jauna@example.lv"
    assert Event.objects.filter(verb="accounts.change_address").count() == 1
    told = Notification.objects.get(email="alise@example.lv", template="accounts/account_changed")
    assert "mainīta e-pasta adrese" in told.text


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_an_authenticator_app_is_set_up_and_then_asked_for(
    client: Client, alice: User, django_capture_on_commit_callbacks: Any
) -> None:
    sign_in_by_password(client, alice)
    client.post("/lv/account/reauthenticate/", {"password": PASSWORD})
    shown = page(client.get("/lv/account/2fa/totp/activate/"))
    found = re.search(r"<code>([A-Z2-7]{16,})</code>", shown)
    assert found
    secret = found[1]
    assert "data:image/svg+xml" in shown
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/lv/account/2fa/totp/activate/", {"code": app_code(secret)})
    kept = Authenticator.objects.get(user=alice, type=Authenticator.Type.TOTP)
    assert secret not in str(kept.data)
    assert Event.objects.filter(verb="accounts.add_second_step", actor_id=alice.pk).exists()
    cache.clear()

    elsewhere = Client()
    assert "Otrais solis" in page(sign_in_by_password(elsewhere, alice))
    assert not elsewhere.get("/lv/my/").wsgi_request.user.is_authenticated
    assert "Kods nav pareizs" in page(elsewhere.post("/lv/account/2fa/authenticate/", {"code": "000000"}))
    response = elsewhere.post("/lv/account/2fa/authenticate/", {"code": app_code(secret)}, follow=True)
    assert response.wsgi_request.user == alice


def test_recovery_codes_are_shown_and_let_in_once(client: Client, alice: User) -> None:
    TOTP.activate(alice, "JBSWY3DPEHPK3PXP")
    sign_in_by_password(client, alice)
    client.post("/lv/account/2fa/authenticate/", {"code": app_code("JBSWY3DPEHPK3PXP")})
    client.post("/lv/account/reauthenticate/", {"password": PASSWORD})
    client.post("/lv/account/2fa/recovery-codes/generate/")
    codes = re.findall(r"<li><code>([0-9a-f]+)</code>", page(client.get("/lv/account/2fa/recovery-codes/")))
    assert len(codes) == 10
    assert client.get("/lv/account/2fa/recovery-codes/download/")["Content-Type"].startswith("text/plain")
    for expected in (True, False):
        cache.clear()
        elsewhere = Client()
        sign_in_by_password(elsewhere, alice)
        response = elsewhere.post("/lv/account/2fa/authenticate/", {"code": codes[0]}, follow=True)
        assert response.wsgi_request.user.is_authenticated == expected


def test_secrets_of_apps_are_readable_after_the_sites_key_was_changed(settings: Any) -> None:
    written = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key-for-tests" * 3
    assert get_adapter().decrypt(written) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize(
    "path",
    [
        "", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/", "sessions/",
        "logout/", "reauthenticate/", "inactive/", "password/reset/done/",
    ],
)  # fmt: skip
def test_every_page_of_the_account_opens_in_both_languages(
    client: Client, alice: User, path: str, language: str
) -> None:
    sign_in_by_password(client, alice)
    client.post("/lv/account/reauthenticate/", {"password": PASSWORD})
    response = client.get(f"/{language}/account/{path}")
    assert response.status_code == 200
    text = page(response)
    assert text.count("<h1") == 1
    assert 'style="' not in text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", text)


def test_the_account_page_changes_name_and_language(client: Client, alice: User) -> None:
    sign_in_by_password(client, alice)
    response = client.post("/lv/account/", {"name": "  Alise\x00 <b>Zariņa</b> ", "language": "en"}, follow=True)
    assert "Saglabāts." in page(response)
    alice.refresh_from_db()
    assert (alice.name, alice.language) == ("Alise <b>Zariņa</b>", "en")
    assert "<b>Zariņa" not in page(response)
    assert Event.objects.filter(verb="accounts.change_account", actor_id=alice.pk).exists()


@pytest.mark.parametrize("fields", [{"name": "A" * 201, "language": "lv"}, {"name": "Alise", "language": "xx"}, {}])
def test_a_wrong_name_or_language_is_refused(client: Client, alice: User, fields: dict[str, str]) -> None:
    sign_in_by_password(client, alice)
    assert client.post("/lv/account/", fields).status_code == 422


def test_an_account_that_was_closed_lets_nobody_in(
    client: Client, alice: User, sign_in: Callable[[User], Client]
) -> None:
    User.objects.filter(pk=alice.pk).update(is_active=False)
    response = sign_in_by_password(client, alice)
    assert not response.wsgi_request.user.is_authenticated
    assert sign_in(alice).get("/lv/account/").status_code == 302
