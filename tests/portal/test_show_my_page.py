# SPDX-License-Identifier: EUPL-1.2
import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client

from talka.accounts.models import User
from talka.notifications.operations import follow
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.receiving import submit_proposal


def test_what_i_sent_stands_there_and_nobody_elses(
    process: Process, alice: User, eve: User, make_proposal: Callable[..., Proposal], sign_in: Callable[[User], Client]
) -> None:
    submit_proposal(process, content=Content(text="Mans soliņš"), sender=Sender(), key=uuid.uuid4(), by=alice)
    make_proposal("Cita laipa", public=True)
    page = sign_in(alice).get("/lv/my/").content.decode()
    assert "Mans soliņš" in page
    assert "publiski nav redzams" in page
    assert "Cita laipa" not in page
    assert "Mans soliņš" not in sign_in(eve).get("/lv/my/").content.decode()


def test_following_can_be_stopped_from_there(
    alice: User, make_proposal: Callable[..., Proposal], sign_in: Callable[[User], Client]
) -> None:
    proposal = make_proposal("Soliņi parkā", public=True)
    subscription = follow(proposal.audience, email=alice.email, language="lv", by=alice, title=proposal.title)
    client = sign_in(alice)
    page = client.get("/lv/my/").content.decode()
    assert "Soliņi parkā" in page
    assert f'action="/lv/unfollow/{subscription.secret}/"' in page
    client.post(f"/lv/unfollow/{subscription.secret}/")
    assert "Soliņi parkā" not in client.get("/lv/my/").content.decode()


def test_roles_are_named(process: Process, carol: User, sign_in: Callable[[User], Client]) -> None:
    page = sign_in(carol).get("/lv/my/").content.decode()
    assert process.title in page
    assert "Koordinators" in page


def test_an_empty_page_says_what_it_is_for(alice: User, sign_in: Callable[[User], Client]) -> None:
    page = sign_in(alice).get("/lv/my/").content.decode()
    assert "Ar šo kontu vēl nekas nav iesniegts" in page
    assert "Vēl nekam." in page


def test_more_rows_need_no_more_queries(
    process: Process, alice: User, sign_in: Callable[[User], Client], django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        proposal = submit_proposal(
            process, content=Content(text=f"Nr. {number}"), sender=Sender(), key=uuid.uuid4(), by=alice
        )
        follow(proposal.audience, email=alice.email, language="lv", by=alice, title="")
    client = sign_in(alice)
    client.get("/lv/my/")
    with django_assert_max_num_queries(8):
        client.get("/lv/my/")
