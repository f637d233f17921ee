# SPDX-License-Identifier: EUPL-1.2
"""One way in for each role of the demonstration, and none on a real site."""

from typing import Any

import pytest
from django.test import Client

from talka.accounts.models import User
from talka.portal.demo import WAYS_IN


@pytest.fixture
def cast_of_the_demo(db: None) -> None:
    for way in WAYS_IN:
        User.objects.create_user(way.email, name=way.name)


@pytest.mark.usefixtures("cast_of_the_demo")
@pytest.mark.parametrize("language", ["lv", "en"])
def test_every_role_has_its_way_in(client: Client, settings: Any, language: str) -> None:
    settings.DEMO = True
    page = client.get(f"/{language}/demo/").content.decode()
    for way in WAYS_IN:
        assert f'value="{way.email}"' in page
        assert way.name in page
        response = Client().post(f"/{language}/demo/", {"email": way.email}, follow=True)
        assert response.status_code == 200
        assert response.wsgi_request.user.email == way.email


@pytest.mark.usefixtures("cast_of_the_demo")
@pytest.mark.parametrize("email", ["", "alise@example.lv", "koordinatore@talka.example' OR 1=1", "x" * 5000, "\x00"])
def test_nobody_else_enters_that_way(client: Client, settings: Any, alice: User, email: str) -> None:
    settings.DEMO = True
    response = client.post("/lv/demo/", {"email": email})
    assert response.status_code == 404
    assert not client.get("/lv/").wsgi_request.user.is_authenticated


@pytest.mark.usefixtures("cast_of_the_demo")
def test_on_a_real_site_there_is_no_such_door(client: Client) -> None:
    assert client.get("/lv/demo/").status_code == 404
    assert client.post("/lv/demo/", {"email": WAYS_IN[0].email}).status_code == 404
    assert "/lv/demo/" not in client.get("/lv/account/login/").content.decode()


def test_the_sign_in_page_of_the_demo_leads_there(client: Client, db: None, settings: Any) -> None:
    settings.DEMO = True
    assert 'href="/lv/demo/"' in client.get("/lv/account/login/").content.decode()
