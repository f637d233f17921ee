# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from talka.accounts.models import User
from talka.meetings.models import Meeting
from talka.processes.models import Process
from talka.processes.operations.running import close_process
from talka.proposals.models import Proposal
from talka.proposals.operations.examining import prepare_reply, publish_replies
from tests.appointments.factories import make_reception
from tests.portal.meetings import call_in_three_days

VISITOR = AnonymousUser()


def test_the_bare_address_leads_to_the_language_of_the_browser(db: None, client: Client) -> None:
    answer = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert "Accept-Language" in answer["Vary"]
    assert client.get("/")["Location"] == "/lv/"


def test_one_open_process_is_led_to_at_once(process: Process, client: Client) -> None:
    answer = client.get("/lv/")
    assert (answer.status_code, answer["Location"]) == (302, f"/lv/p/{process.slug}/")


@pytest.mark.usefixtures("eve")
def test_with_several_open_all_are_shown_with_the_next_meetings(process: Process, carol: User, client: Client) -> None:
    call_in_three_days(process, carol, title="Atklātā sanāksme")
    call_in_three_days(process, carol, title="Iekšējā sanāksme", access=Meeting.Access.MEMBERS)
    page = client.get("/lv/").content.decode()
    assert process.title in page
    assert "Kaimiņu darbs" in page
    assert "Atklātā sanāksme" in page
    assert "Iekšējā sanāksme" not in page
    assert "/lv/processes/?can=propose" in page


@pytest.mark.usefixtures("eve")
def test_the_latest_answers_are_shown_and_those_only_prepared_are_not(
    make_proposal: Callable[..., Proposal], carol: User, client: Client
) -> None:
    answered, prepared = make_proposal("Soliņi parkā", public=True), make_proposal("Laipa pār upi", public=True)
    for proposal in (answered, prepared):
        prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([answered], by=carol)
    page = client.get("/lv/").content.decode()
    assert "Soliņi parkā" in page
    assert "Laipa pār upi" not in page


def test_with_nothing_open_it_says_what_to_expect(process: Process, carol: User, client: Client) -> None:
    close_process(process, by=carol)
    page = client.get("/lv/").content.decode()
    assert "Pašlaik nav neviena atvērta procesa" in page
    assert "Visi procesi, arī noslēgtie" in page


@pytest.mark.usefixtures("eve")
def test_more_answers_and_meetings_need_no_more_queries(
    process: Process,
    make_proposal: Callable[..., Proposal],
    carol: User,
    client: Client,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(8):
        proposal = make_proposal(f"Priekšlikums {number}", public=True)
        prepare_reply(proposal, by=carol, outcome="rejected", reason="Nē.", signed_name="Karola")
        publish_replies([proposal], by=carol)
        call_in_three_days(process, carol, title=f"Sanāksme {number}")
        make_reception(process, carol, title=f"Pieņemšana {number}")
    with django_assert_max_num_queries(9):
        client.get("/lv/")
