# SPDX-License-Identifier: EUPL-1.2
"""Letters leave by the queue, are tried again, and are shown when they cannot be sent."""

import logging
import smtplib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from procrastinate import JobContext
from procrastinate.contrib.django import app as queue
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from talka.accounts.models import User
from talka.config.logs import JsonFormatter
from talka.core import clock
from talka.notifications import operations, tasks
from talka.notifications.models import Notification
from tests.notifications.factories import make_letter, make_subscription


class DownBackend(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages: Any) -> int:
        raise smtplib.SMTPRecipientsRefused({"anna@example.lv": (451, b"anna@example.lv: try later")})


def attempt(letter: Notification, number: int) -> None:
    """Let the worker run the job of a letter for the given time, counted from 0."""
    job = Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="deliver", attempts=number)
    tasks.deliver_notification(
        JobContext(start_timestamp=0.0, app=queue, job=job, abort_reason=lambda: None), notification_id=letter.pk
    )


@pytest.fixture
def mail_is_down(settings: Any) -> None:
    settings.EMAIL_BACKEND = "tests.notifications.test_deliver.DownBackend"


def test_a_letter_waits_in_the_queue_until_its_operation_is_done(db: None) -> None:
    letter = operations.send_letter("accounts/sign_in_code", email="anna@example.lv", language="lv", code="ABC-DEF")
    (job,) = ProcrastinateJob.objects.all()
    assert job.args == {"notification_id": letter.pk}
    assert job.queue_name == "mail"
    assert not mail.outbox


def test_a_letter_goes_out_as_text_and_html_in_the_persons_language(db: None) -> None:
    subscription = make_subscription(confirmed_at=clock.now())
    letter = operations.send_letter(
        "notifications/confirm_following", email="anna@example.lv", language="lv", subscription=subscription,
        title="Soliņš pie O'Neila <ielas>", confirm_url="https://talka.example/lv/follow/x/",
    )  # fmt: skip
    attempt(letter, 0)
    letter.refresh_from_db()
    assert letter.state == Notification.State.SENT
    (sent,) = mail.outbox
    assert sent.subject == "Lūdzu, apstipriniet, ka vēlaties sekot"
    assert "Soliņš pie O'Neila <ielas>" in sent.body
    html = str(sent.alternatives[0][0])  # type: ignore[attr-defined]
    assert '<html lang="lv">' in html
    assert "O&#x27;Neila &lt;ielas&gt;" in html
    assert '<a href="https://talka.example/lv/follow/x/"' in html


def test_a_letter_to_followers_can_be_stopped_by_one_press_in_the_mail_program(db: None, settings: Any) -> None:
    subscription = make_subscription(confirmed_at=clock.now())
    attempt(make_letter(subscription=subscription), 0)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<{settings.TALKA_URL}/lv/unfollow/{subscription.secret}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_letter_about_oneself_offers_nothing_to_stop(db: None) -> None:
    attempt(make_letter(), 0)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


@pytest.mark.usefixtures("mail_is_down")
def test_a_letter_that_is_not_taken_is_tried_again_and_at_last_shown_to_the_administrator(
    root: User, sign_in: Callable[[User], Client]
) -> None:
    letter = make_letter()
    for number in range(tasks.RETRIES):
        with pytest.raises(operations.NotTaken):
            attempt(letter, number)
        letter.refresh_from_db()
        assert (letter.state, letter.attempts) == (Notification.State.QUEUED, number + 1)
    attempt(letter, tasks.RETRIES)
    letter.refresh_from_db()
    assert letter.state == Notification.State.FAILED
    page = sign_in(root).get("/lv/workspace/administration/mail/").content.decode()
    assert "anna@example.lv" in page
    assert "try later" in page


def test_the_queue_gives_up_exactly_when_the_letter_does(db: None) -> None:
    strategy = tasks.deliver_notification.retry_strategy
    assert strategy is not None
    job = Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="deliver", attempts=tasks.RETRIES - 1)
    assert strategy.get_retry_decision(exception=operations.NotTaken(), job=job)
    assert strategy.get_retry_decision(exception=operations.NotTaken(), job=job.evolve(attempts=tasks.RETRIES)) is None


def test_a_job_that_runs_twice_sends_once(db: None) -> None:
    letter = make_letter()
    attempt(letter, 0)
    attempt(letter, 1)
    assert len(mail.outbox) == 1


def test_a_job_whose_letter_is_gone_does_nothing(db: None) -> None:
    operations.deliver(987_654, last_try=False)
    assert not mail.outbox


@pytest.mark.usefixtures("mail_is_down")
def test_nobodys_address_comes_into_the_log(db: None, caplog: pytest.LogCaptureFixture) -> None:
    letter = make_letter()
    with caplog.at_level(logging.DEBUG):
        try:
            attempt(letter, 0)
        except operations.NotTaken:
            logging.getLogger("procrastinate.worker").exception("Job %s ended", letter.pk)
    lines = [JsonFormatter().format(entry) for entry in caplog.records]
    assert any("NotTaken" in line for line in lines)
    assert not [line for line in lines if "anna" in line]


def test_codes_are_forgotten_once_sent(db: None) -> None:
    letter = operations.send_letter("accounts/sign_in_code", email="anna@example.lv", language="lv", code="ABC-DEF")
    attempt(letter, 0)
    letter.refresh_from_db()
    assert "ABC-DEF" in mail.outbox[0].body
    assert (letter.text, letter.html) == ("", "")


def test_letters_sent_long_ago_are_forgotten(db: None, settings: Any) -> None:
    old, young = make_letter(Notification.State.SENT), make_letter(Notification.State.SENT)
    waiting = make_letter(created_at=clock.now() - timedelta(days=365))
    Notification.objects.filter(pk=old.pk).update(sent_at=clock.now() - timedelta(days=settings.KEEP_LETTERS_DAYS + 1))
    tasks.remove_old_letters(0)
    assert set(Notification.objects.all()) == {young, waiting}


@pytest.mark.parametrize("language", ["lv", "en"])
@pytest.mark.parametrize(
    "template",
    ["sign_in_code", "password_code", "confirm_address", "unknown_address", "known_address", "account_changed"],
)
def test_every_letter_of_signing_in_is_there_in_both_languages(db: None, template: str, language: str) -> None:
    facts = {"code": "ABC-DEF", "change": "x", "at": clock.now(), "browser": "Firefox"}
    letter = operations.send_letter(f"accounts/{template}", email="anna@example.lv", language=language, **facts)
    assert letter.subject
    assert len(letter.text) > 80
    assert "{" not in letter.text
    latvian_letters = set("āčēģīķļņšūž") & set(letter.text)
    assert bool(latvian_letters) == (language == "lv")
