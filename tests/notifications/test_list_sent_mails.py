# SPDX-License-Identifier: EUPL-1.2
"""What was sent, and what could not be: for the administrators of the installation; in the demo for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from talka.accounts.models import User
from talka.audit.models import Event
from talka.notifications.models import Notification
from tests.notifications.factories import make_letter


def test_the_text_of_a_letter_is_for_whoever_got_it(root: User, sign_in: Callable[[User], Client]) -> None:
    letter = make_letter(Notification.State.SENT)
    page = sign_in(root).get(f"/lv/mail/{letter.pk}/").content.decode()
    assert "anna@example.lv" in page
    assert "Paldies!" not in page


def test_in_the_demo_everybody_signed_in_reads_the_letters(
    alice: User, sign_in: Callable[[User], Client], settings: Any
) -> None:
    settings.DEMO = True
    letter = make_letter(
        Notification.State.SENT, text="Paldies! <script>alert(1)</script>\n\nhttps://talka.example/lv/"
    )
    client = sign_in(alice)
    assert "Saņemts" in client.get("/lv/mail/").content.decode()
    page = client.get(f"/lv/mail/{letter.pk}/").content.decode()
    assert "Paldies! &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert client.get("/lv/workspace/administration/mail/").status_code == 403


def test_letters_are_found_by_address_and_subject(root: User, sign_in: Callable[[User], Client]) -> None:
    make_letter(email="berta@example.lv", subject="Jūsu kods")
    make_letter()
    client = sign_in(root)
    for words in ("BERTA", "kods"):
        page = client.get("/lv/mail/", {"q": words}).content.decode()
        assert "berta@example.lv" in page
        assert "anna@example.lv" not in page
    assert "Nekas nav atrasts" in client.get("/lv/mail/", {"q": "\x00%' OR 1=1"}).content.decode()


def test_an_empty_list_says_when_letters_are_written(root: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(root)
    assert "Ziņu vēl nav" in client.get("/lv/mail/").content.decode()
    assert "Visas ziņas nosūtītas" in client.get("/lv/workspace/administration/mail/").content.decode()


def test_the_list_asks_no_more_for_more_letters(
    root: User, sign_in: Callable[[User], Client], django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        make_letter(subject=f"Vēstule {number}")
    client = sign_in(root)
    with django_assert_max_num_queries(8):
        page = client.get("/lv/mail/?page=2").content.decode()
    assert "60 ziņas" in page


def test_one_and_many_are_sent_again(root: User, sign_in: Callable[[User], Client]) -> None:
    failed = [make_letter(Notification.State.FAILED, attempts=7, last_error="SMTPException") for _ in range(3)]
    sent = make_letter(Notification.State.SENT)
    client = sign_in(root)
    for picked in ([failed[0]], [*failed[1:], sent]):
        response = client.post(
            "/lv/workspace/administration/mail/again/", {"pick": [letter.pk for letter in picked]}, follow=True
        )
        assert response.status_code == 200
    assert Notification.objects.filter(state=Notification.State.QUEUED, attempts=0).count() == 3
    assert ProcrastinateJob.objects.count() == 3
    assert Event.objects.filter(verb="notifications.send_again", actor_id=root.pk).count() == 3


@pytest.mark.parametrize("picked", [[], ["x"], ["9" * 40], ["-1"], ["²"], ["\x00"]])
def test_picking_nothing_or_nonsense_sends_nothing(
    root: User, sign_in: Callable[[User], Client], picked: list[str]
) -> None:
    make_letter(Notification.State.FAILED)
    response = sign_in(root).post("/lv/workspace/administration/mail/again/", {"pick": picked}, follow=True)
    assert "Atzīmējiet ziņas" in response.content.decode()
    assert not ProcrastinateJob.objects.exists()


def test_somebody_elses_administrator_sends_nothing_again(eve: User, sign_in: Callable[[User], Client]) -> None:
    letter = make_letter(Notification.State.FAILED)
    assert sign_in(eve).post("/lv/workspace/administration/mail/again/", {"pick": letter.pk}).status_code == 403
    letter.refresh_from_db()
    assert letter.state == Notification.State.FAILED
