# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import translation

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.meetings.models import Decision, Meeting
from talka.meetings.operations.calling import MeetingCancelled, cancel_meeting
from talka.meetings.operations.decisions import DecidedInFuture, add_decision, change_decision, remove_decision
from talka.plans.operations.plans import unpublish_plan
from talka.plans.origins import origins_of
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.erasing import erase_author
from talka.proposals.operations.receiving import withdraw_proposal
from tests.meetings.factories import make_meeting
from tests.plans.factories import SmallPlan, make_plan

SignIn = Callable[[User], Client]


@pytest.fixture
def small(process: Process, carol: User) -> SmallPlan:
    """A published plan of the process with an edition in force."""
    return make_plan(process, by=carol, published=True)


@pytest.fixture
def meeting(process: Process, group: WorkingGroup, carol: User) -> Meeting:
    """A meeting of the group that has taken place."""
    return make_meeting(process, carol, "2024-02-12 13:00", groups=[group], title="Mobilitātes sanāksme")


def page(name: str, *parts: Any) -> str:
    """Return the address of a page of meetings, in Latvian."""
    with translation.override("lv"):
        return reverse(f"meetings:{name}", args=parts)


def shown(meeting: Meeting, client: Client | None = None) -> str:
    """Return the public page of a meeting."""
    return (client or Client()).get(page("show_meeting", meeting.process.slug, meeting.pk)).content.decode()


def test_a_lead_writes_down_a_decision_with_its_proposals_and_actions(
    meeting: Meeting, small: SmallPlan, make_proposal: Any, leo: User, visitor: AnonymousUser, sign_in: SignIn
) -> None:
    proposal = make_proposal(public=True)
    client, new = sign_in(leo), page("add_decision", meeting.process.slug, meeting.pk)
    assert str(client.get(new).context["form"].initial["decided_on"]) == "2024-02-12"
    sent = {
        "number": "3.1", "decided_on": "2024-02-12", "text": "Atbalstīt pāreju pie skolas.",
        "references": proposal.reference.lower(), "codes": f"{small.action.code}, {small.investment.code}",
    }  # fmt: skip
    assert client.post(new, sent).status_code == 302
    decision = Decision.objects.get()
    assert (list(decision.proposals.all()), decision.created_by) == ([proposal], leo)
    public = shown(meeting)
    for told in ("Atbalstīt pāreju pie skolas.", proposal.reference, f"{small.action.code} Apsekot ielas", "3.1"):
        assert told in public
    [origin] = origins_of([small.action.node_id], visitor)[small.action.node_id]
    assert (origin.kind, origin.title, origin.note) == ("meeting", "Atbalstīt pāreju pie skolas.", "3.1")
    assert origin.url.endswith(f"#decision-{decision.pk}")
    [told] = Client().get(f"/api/processes/{meeting.process.slug}/meetings/{meeting.pk}").json()["decisions"]
    assert (told["number"], told["proposals"]) == ("3.1", [proposal.reference])
    assert set(told["nodes"]) == {small.action.code, small.investment.code}


def test_the_page_of_the_proposal_tells_what_was_decided(meeting: Meeting, make_proposal: Any, carol: User) -> None:
    proposal = make_proposal(public=True)
    add_decision(meeting, text="Atbalstīt.", decided_on=clock.today(), proposals=[proposal], by=carol)
    with translation.override("lv"):
        address = reverse("proposals:show_proposal", args=[proposal.process.slug, proposal.number])
    told = Client().get(address).content.decode()
    assert "Nolemts sanāksmē „Mobilitātes sanāksme”" in told
    assert "Atbalstīt." in told


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("text", {"text": ""}), ("decided_on", {"decided_on": "32.13.2024"}), ("references", {"references": "TP-999"}),
     ("codes", {"codes": "R9.9.9"}), ("number", {"number": "x" * 41})],
)  # fmt: skip
def test_wrong_input_is_said_next_to_its_field(
    meeting: Meeting, carol: User, sign_in: SignIn, field: str, wrong: dict[str, str]
) -> None:
    sent = {"decided_on": "2024-02-12", "text": "Atbalstīt.", "number": "7", **wrong}
    response = sign_in(carol).post(page("add_decision", meeting.process.slug, meeting.pk), sent)
    assert response.status_code == 422
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not Decision.objects.exists()


def test_nothing_is_decided_in_the_future_or_at_a_cancelled_meeting(meeting: Meeting, carol: User) -> None:
    with pytest.raises(DecidedInFuture):
        add_decision(meeting, text="x", decided_on=clock.today() + timedelta(days=1), by=carol)
    cancel_meeting(meeting, by=carol, reason="Slimība")
    with pytest.raises(MeetingCancelled):
        add_decision(meeting, text="x", decided_on=clock.today(), by=carol)


def test_a_decision_is_changed_and_keeps_links_that_the_person_does_not_see(
    meeting: Meeting, small: SmallPlan, make_proposal: Any, carol: User, leo: User, sign_in: SignIn
) -> None:
    hidden, public = make_proposal(), make_proposal(public=True)
    decision = add_decision(
        meeting,
        text="Vecais",
        decided_on=clock.today(),
        proposals=[hidden, public],
        nodes=[small.action.node],
        by=carol,
    )
    client, address = sign_in(leo), page("change_decision", meeting.process.slug, meeting.pk, decision.pk)
    form = client.get(address).context["form"]
    assert (form.initial["references"], form.initial["codes"]) == (public.reference, small.action.code)
    sent = {
        "text": "Jaunais",
        "decided_on": str(clock.today()),
        "codes": str(small.investment.code),
        "seen": form.initial["seen"],
    }
    assert client.post(address, sent).status_code == 302
    decision.refresh_from_db()
    assert (decision.text, list(decision.proposals.all()), list(decision.nodes.all())) == (
        "Jaunais", [hidden], [small.investment.node]
    )  # fmt: skip
    assert client.post(address, sent).status_code == 409
    assert client.post(page("remove_decision", meeting.process.slug, meeting.pk, decision.pk)).status_code == 302
    assert not Decision.objects.exists()


def test_what_is_hidden_is_not_given_away(
    process: Process, meeting: Meeting, small: SmallPlan, make_proposal: Any, carol: User, eve: User, bob: User, sign_in: SignIn
) -> None:  # fmt: skip
    proposal: Proposal = make_proposal()
    add_decision(
        meeting, text="Atbalstīt", decided_on=clock.today(), proposals=[proposal], nodes=[small.action.node], by=carol
    )
    inner = make_meeting(process, carol, "2024-02-13 13:00", access="members")
    add_decision(inner, text="Iekšēji", decided_on=clock.today(), nodes=[small.action.node], by=carol)
    seen_by = lambda user: {one.title for one in origins_of([small.action.node_id], user).get(small.action.node_id, [])}  # noqa: E731
    assert (seen_by(eve), seen_by(bob)) == ({"Atbalstīt"}, {"Atbalstīt", "Iekšēji"})
    unpublish_plan(small.plan, by=carol)
    for client in (Client(), sign_in(eve)):
        assert proposal.reference not in shown(meeting, client)
        assert "Apsekot ielas" not in shown(meeting, client)
    assert proposal.reference in shown(meeting, sign_in(carol))
    assert "Apsekot ielas" in shown(meeting, sign_in(carol))


def test_an_author_who_is_erased_is_no_longer_named(meeting: Meeting, make_proposal: Any, carol: User) -> None:
    proposal = make_proposal(sender=Sender(name="Zigfrīda Purmale", email="zigfrida@example.lv"))
    decision = add_decision(
        meeting, text="Uzklausīta Zigfrīda Purmale.", decided_on=clock.today(), proposals=[proposal], by=carol
    )
    withdraw_proposal(proposal, by=carol)
    erase_author(proposal, by=carol, reason="Iesniegums", leave_public=False)
    decision.refresh_from_db()
    assert "Purmale" not in decision.text
    assert decision.text.startswith("Uzklausīta")


def test_others_write_no_decisions(meeting: Meeting, carol: User, bob: User, eve: User, clara: User) -> None:
    decision = add_decision(meeting, text="Atbalstīt", decided_on=clock.today(), by=carol)
    for other in (bob, eve, clara):
        with pytest.raises(PermissionDenied):
            add_decision(meeting, text="x", decided_on=clock.today(), by=other)
        with pytest.raises(PermissionDenied):
            change_decision(decision, text="x", by=other)
        with pytest.raises(PermissionDenied):
            remove_decision(decision, by=other)
    assert Decision.objects.get().text == "Atbalstīt"


def test_more_decisions_need_no_more_queries(
    meeting: Meeting, small: SmallPlan, make_proposal: Any, carol: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(8):
        add_decision(
            meeting, text="Atbalstīt", decided_on=clock.today(), proposals=[make_proposal(public=True)],
            nodes=[small.action.node, small.investment.node], by=carol,
        )  # fmt: skip
    address = page("show_meeting", meeting.process.slug, meeting.pk)
    Client().get(address)
    with django_assert_max_num_queries(10):
        Client().get(address)
