# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.groups.operations.asking import plan_action, refuse_action
from talka.plans.operations.replies import take_reply
from talka.portal.queries.workspace import Pile, today_of
from talka.processes.models import LegalStep, Process
from talka.processes.operations.parts import save_legal_step
from talka.proposals.models import Proposal
from talka.proposals.operations.answering import follow_recommendation, recommend_outcome
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import withdraw_proposal
from tests.plans.asking import ask, give, request_of
from tests.plans.factories import make_plan
from tests.portal.meetings import call_in_three_days


def references(pile: Pile) -> list[str]:
    """Return the numbers of what waits."""
    return [proposal.reference for proposal in pile.rows]


def test_each_waiting_proposal_lies_in_the_pile_of_who_owes_the_next_step(
    group: WorkingGroup, leo: User, carol: User, clara: User, make_proposal: Callable[..., Proposal]
) -> None:
    received, examined, prepared, answered, withdrawn = (
        make_proposal(f"Priekšlikums {n}", public=n > 0) for n in range(5)
    )
    assign_proposals([examined], by=carol, group=group)
    for proposal in (prepared, answered):
        prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([answered], by=carol)
    withdraw_proposal(withdrawn, by=carol)
    today = today_of(carol)
    assert references(today.unassigned) == [received.reference]
    assert references(today.unread) == [], "what is still to be assigned is not listed twice"
    assert references(today.prepared) == [prepared.reference]
    assert references(today.mine) == []
    assert references(today_of(leo).mine) == [examined.reference]
    assert references(today_of(leo).unassigned) == []
    assert references(today_of(clara).unread) == [received.reference]
    assert references(today_of(clara).unassigned) == []


def test_what_is_recommended_waits_for_the_coordinator_and_no_longer_for_the_lead(
    group: WorkingGroup, leo: User, carol: User, make_proposal: Callable[..., Proposal]
) -> None:
    recommended, decided = make_proposal("A", public=True), make_proposal("B", public=True)
    assign_proposals([recommended, decided], by=carol, group=group)
    for proposal in (recommended, decided):
        recommend_outcome(proposal, by=leo, outcome="accepted", reason="Jā.")
    follow_recommendation(decided, by=carol, version=1, signed_name="Karola")
    assert references(today_of(carol).to_decide) == [recommended.reference]
    assert references(today_of(carol).prepared) == [decided.reference]
    assert references(today_of(leo).mine) == []
    assert references(today_of(leo).to_decide) == []


def test_answers_to_print_or_tell_are_counted_for_those_who_keep_the_register(
    process: Process, group: WorkingGroup, leo: User, carol: User, clara: User, eve: User,
    make_proposal: Callable[..., Proposal], sign_in: Callable[[User], Client],
) -> None:  # fmt: skip
    proposal = make_proposal("A", public=True, sender=Sender(phone="26000000"))
    prepare_reply(proposal, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([proposal], by=carol)
    for user in (carol, clara):
        assert [(one.process, one.number) for one in today_of(user).to_deliver] == [(process, 1)]
    assert today_of(leo).to_deliver == today_of(eve).to_deliver == []
    assert "1 atbilde jāizdrukā" in sign_in(clara).get("/lv/workspace/").content.decode()


def test_the_coordinator_elsewhere_owes_nothing_here(
    process: Process, carol: User, eve: User, make_proposal: Callable[..., Proposal]
) -> None:
    make_proposal()
    save_legal_step(process, by=carol, title="Lēmums", due_on=clock.today() - timedelta(days=1))
    LegalStep.objects.exclude(process=process).delete()
    call_in_three_days(process, carol, title="Sanāksme")
    today = today_of(eve)
    assert today.owes_nothing
    assert not today.meetings


def test_the_page_shows_age_late_steps_and_meetings_of_the_week(
    process: Process, carol: User, make_proposal: Callable[..., Proposal], sign_in: Callable[[User], Client]
) -> None:
    make_proposal("Soliņi parkā")
    Proposal.objects.update(received_at=clock.now() - timedelta(days=12))
    process.legal_steps.all().delete()
    for title, days in (("Nokavētais", -3), ("Tuvais", 20), ("Tālais", 60)):
        save_legal_step(process, by=carol, title=f"{title} solis", due_on=clock.today() + timedelta(days=days))
    call_in_three_days(process, carol, title="Šīs nedēļas sanāksme")
    page = sign_in(carol).get("/lv/workspace/").content.decode()
    for expected in (
        "Soliņi parkā",
        "12 dienas",
        "Nokavētais solis",
        "nokavēts",
        "Tuvais solis",
        "Šīs nedēļas sanāksme",
        "Koordinators",
    ):
        assert expected in page
    assert "Tālais solis" not in page


def test_somebody_without_a_role_is_told_what_this_is(
    process: Process, alice: User, sign_in: Callable[[User], Client]
) -> None:
    page = sign_in(alice).get("/lv/workspace/").content.decode()
    assert "Jums vēl nav lomas nevienā procesā" in page
    assert process.title not in page


def test_a_long_pile_is_cut_and_needs_no_more_queries(
    process: Process,
    carol: User,
    make_proposal: Callable[..., Proposal],
    sign_in: Callable[[User], Client],
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(9):
        make_proposal(f"Priekšlikums {number}")
    client = sign_in(carol)
    client.get("/lv/workspace/")
    with django_assert_max_num_queries(28):
        answer = client.get("/lv/workspace/")
    assert len(answer.context["today"].unassigned.rows) == 6
    assert "Ir vēl." in answer.content.decode()


def test_replies_that_nobody_could_read_and_what_groups_ask_for_are_not_forgotten(
    process: Process,
    group: WorkingGroup,
    carol: User,
    leo: User,
    dora: User,
    eve: User,
    sign_in: Callable[[User], Client],
) -> None:
    small = make_plan(process, by=carol, published=True)
    give(small, dora.person, small.action, small.investment, by=carol)
    asked = ask(small, by=carol)
    for key in ("<a@example.lv>", "<b@example.lv>"):
        take_reply(
            request_of(asked, dora), text="Paldies!", mail_key=key, from_address=dora.email, received_at=clock.now()
        )
    plan_action(group, title="Gājēju pāreja", by=leo)
    refused = plan_action(group, title="Dzelzceļš", by=leo)
    refuse_action(refused, reason="Nav mūsu.", by=carol)
    today = sign_in(carol).get("/lv/workspace/")
    assert [(one.pk, number) for one, number in today.context["today"].unclear] == [(small.plan.pk, 2)]
    assert [(one.pk, number) for one, number in today.context["today"].asked_for] == [(process.pk, 1)]
    page = " ".join(today.content.decode().split())
    assert "2 atbildes par izpildi nav skaidras" in page
    assert "grupas lūdz 1 pasākumu, par kuru nav izlemts" in page
    for other in (dora, eve):
        page = " ".join(sign_in(other).get("/lv/workspace/").content.decode().split())
        assert "nav skaidra" not in page
        assert "grupas lūdz" not in page
