# SPDX-License-Identifier: EUPL-1.2
"""Terms of acts, and what is due by when because of them."""

from collections.abc import Callable
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from talka.accounts.models import User
from talka.audit.models import Event
from talka.core import clock
from talka.core.errors import Changed
from talka.core.permissions import verb_label
from talka.processes.models import Phase, Process
from talka.processes.operations.parts import delete_phase, save_phase
from talka.proposals.models import Proposal, Term
from talka.proposals.operations import terms
from talka.proposals.operations.examining import prepare_reply, publish_replies
from talka.proposals.tasks import renew_dates_of_waiting
from tests.proposals.conftest import text_of
from tests.proposals.entering import enter

FIELDS = {
    "regime": "submission", "applies_to": "both", "valid_from": date(2026, 3, 1), "counted_from": "receipt",
    "answer_number": 5, "answer_unit": "working_days", "forward_number": None, "forward_unit": "working_days",
    "extension_number": None, "extension_unit": "months", "act": "Domes lēmums",
}  # fmt: skip


def due(proposal: Proposal) -> str:
    proposal.refresh_from_db()
    return str(proposal.due_on)


def test_the_acts_are_there_from_the_beginning(db: None) -> None:
    held = {(term.regime, str(term.valid_from)): (term.answer_number, term.answer_unit) for term in Term.objects.all()}
    assert held[("submission", "2026-03-01")] == (10, "working_days")
    assert held[("submission", "2008-01-01")] == (1, "months")
    assert {regime for regime, _day in held} == {"submission", "consultation", "information"}


def test_each_entry_keeps_the_term_of_its_day(process: Process, clara: User) -> None:
    old, new = enter(process, clara, date(2026, 2, 27)), enter(process, clara, date(2026, 3, 2))
    assert (str(old.due_on), str(old.forward_by)) == ("2026-03-27", "2026-03-10")
    assert (str(new.due_on), str(new.forward_by)) == ("2026-03-16", "2026-03-09")
    assert new.term is not None
    assert new.term.act == "Iesniegumu likums"


def test_what_comes_on_paper_counts_as_signed_and_the_web_does_not(
    process: Process, clara: User, make_proposal: Callable[..., Proposal]
) -> None:
    today = clock.today()
    assert enter(process, clara, today, channel="paper").signed
    assert not enter(process, clara, today, channel="phone").signed
    assert not make_proposal().signed
    assert enter(process, clara, today, channel="email", signed=True).signed


def test_a_term_of_the_process_comes_first_and_leaves_others_alone(process: Process, carol: User, eve: User) -> None:
    ours, theirs = enter(process, carol, date(2026, 11, 2)), Process.objects.get(slug="kaimini")
    other = enter(theirs, eve, date(2026, 11, 2))
    term = terms.save_term(process, by=carol, **FIELDS)
    assert (due(ours), due(other)) == ("2026-11-09", "2026-11-16")
    terms.delete_term(term, by=carol)
    assert due(ours) == "2026-11-16"


def test_what_was_answered_keeps_its_day(process: Process, carol: User, root: User) -> None:
    answered, waiting = enter(process, carol, date(2026, 11, 2)), enter(process, carol, date(2026, 11, 2))
    prepare_reply(answered, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([answered], by=carol)
    term = Term.objects.get(regime="submission", valid_from=date(2026, 3, 1))
    terms.save_term(None, by=root, term=term, **FIELDS | {"answer_number": 15})
    assert (due(answered), due(waiting)) == ("2026-11-16", "2026-11-24")


def test_where_much_waits_the_queue_reckons(
    process: Process, carol: User, root: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terms, "AT_ONCE", 1)
    waiting = [enter(process, carol, date(2026, 11, 2)) for _number in range(3)]
    monkeypatch.setattr(terms, "BATCH", 2)
    terms.save_term(process, by=carol, **FIELDS)
    assert {due(one) for one in waiting} == {"2026-11-16"}
    job = ProcrastinateJob.objects.get(task_name="talka.proposals.tasks.renew_dates_of_waiting")
    renew_dates_of_waiting(**job.args)
    assert {due(one) for one in waiting} == {"2026-11-09"}
    assert terms.renew_dates(process.pk) == 0, "a second time changes nothing"


def test_what_was_there_before_there_were_terms_gets_its_days(process: Process, carol: User) -> None:
    old, paper = enter(process, carol, date(2026, 2, 27)), enter(process, carol, date(2026, 11, 2), channel="paper")
    Proposal.objects.update(due_on=None, forward_by=None, term=None, signed=False)
    import_module("talka.proposals.migrations.0004_terms_of_the_law").reckon(apps, None)
    assert (due(old), due(paper)) == ("2026-03-27", "2026-11-16")
    assert (old.signed, paper.signed) == (False, True)
    assert (str(old.forward_by), str(paper.forward_by)) == ("2026-03-10", "2026-11-09")


def test_a_consultation_follows_its_end(process: Process, carol: User) -> None:
    day = clock.today() - timedelta(days=5)
    consultation = save_phase(
        process, by=carol, title="Apspriešana", starts_on=day - timedelta(days=5), ends_on=day + timedelta(days=20), allows=["object"]
    )  # fmt: skip
    entry = enter(process, carol, day, regime="consultation")
    calendar = terms.Reckoning().calendar
    assert entry.due_on == calendar.next_working(day + timedelta(days=50))
    save_phase(process, by=carol, phase=consultation, title="Apspriešana", ends_on=day + timedelta(days=30))
    assert due(entry) == str(calendar.next_working(day + timedelta(days=60)))
    delete_phase(Phase.objects.get(pk=consultation.pk), by=carol)
    assert due(entry) == str(calendar.next_working(day + timedelta(days=30)))


def test_one_act_has_one_term_a_day_and_the_last_one_stays(db: None, root: User) -> None:
    with pytest.raises(terms.TermKnown):
        terms.save_term(None, by=root, **FIELDS)
    only = Term.objects.get(regime="information")
    with pytest.raises(terms.LastTerm):
        terms.delete_term(only, by=root)


def test_two_who_change_a_term_at_once_are_told(db: None, root: User) -> None:
    from talka.core.editing import version_of

    term = Term.objects.get(regime="information")
    seen = version_of(term, FIELDS)
    fields = FIELDS | {"regime": "information", "valid_from": term.valid_from}
    terms.save_term(None, by=root, term=term, seen=seen, **fields)
    with pytest.raises(Changed):
        terms.save_term(None, by=root, term=term, seen=seen, **fields | {"answer_number": 9})


def test_only_the_administrator_changes_terms_and_only_a_coordinator_those_of_a_process(
    process: Process, carol: User, clara: User, adam: User, eve: User, root: User
) -> None:
    for user in (carol, adam, eve):
        with pytest.raises(PermissionDenied):
            terms.save_term(None, by=user, **FIELDS)
    for user in (clara, eve, root):
        with pytest.raises(PermissionDenied):
            terms.save_term(process, by=user, **FIELDS)


# --- Pages ----------------------------------------------------------------------------------------


def sent(**fields: Any) -> dict[str, Any]:
    form = {name: str(value) for name, value in FIELDS.items() if value is not None}
    return form | {"valid_from": "2027-01-01", "forward_number": "", "extension_number": ""} | fields


def test_the_administrator_enters_a_term_on_the_page(root: User, sign_in: Callable[[User], Client]) -> None:
    client = sign_in(root)
    response = client.post(reverse("proposals:save_term"), sent())
    assert response["Location"] == reverse("proposals:list_terms")
    said = text_of(client.get(reverse("proposals:list_terms")))
    assert "Domes lēmums" in said
    assert "5 darba dienas" in said
    event = Event.objects.get(verb="proposals.save_term")
    assert verb_label(event.verb) == "mainīja termiņu"


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer_number": "0"}, {"answer_number": "367"}, {"answer_number": ""}, {"act": " "}, {"valid_from": "0001-01-01"},
        {"regime": "cits"}, {"extension_number": "5", "extension_unit": "working_days"}, {"forward_number": "-1"},
    ],
)  # fmt: skip
def test_wrong_input_is_said_and_kept(root: User, sign_in: Callable[[User], Client], wrong: dict[str, str]) -> None:
    response = sign_in(root).post(
        reverse("proposals:save_term"), sent(**wrong) | {"act": wrong.get("act", "Mans akts")}
    )
    assert response.status_code == 422
    assert "act" in wrong or "Mans akts" in response.content.decode()
    assert not Term.objects.filter(valid_from=date(2027, 1, 1)).exists()


def test_a_term_that_is_there_already_is_refused_with_all_that_was_typed(
    root: User, sign_in: Callable[[User], Client]
) -> None:
    response = sign_in(root).post(reverse("proposals:save_term"), sent(valid_from="2026-03-01", act="Mans akts"))
    assert response.status_code == 409
    assert "Mans akts" in response.content.decode()


def test_a_process_sets_and_removes_a_term_on_its_page(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    client.post(reverse("proposals:save_process_term", args=[process.slug]), sent())
    term = Term.objects.get(process=process)
    page = reverse("proposals:list_process_terms", args=[process.slug])
    assert "Domes lēmums" in text_of(client.get(page))
    change = reverse("proposals:change_process_term", args=[process.slug, term.pk])
    assert client.get(change).status_code == 200
    client.post(change, sent(answer_number="7"))
    assert Term.objects.get(process=process).answer_number == 7
    client.post(reverse("proposals:delete_process_term", args=[process.slug, term.pk]))
    assert not Term.objects.filter(process=process).exists()


def test_a_term_of_the_installation_cannot_be_reached_through_a_process(
    process: Process, carol: User, sign_in: Callable[[User], Client]
) -> None:
    term = Term.objects.get(regime="information")
    for name in ("change_process_term", "delete_process_term"):
        assert (
            sign_in(carol).post(reverse(f"proposals:{name}", args=[process.slug, term.pk]), sent()).status_code == 404
        )
