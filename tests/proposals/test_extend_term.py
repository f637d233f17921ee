# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.processes.models import Process
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Author, Extension, Proposal, Term
from talka.proposals.operations import deadlines
from talka.proposals.operations.drafting import Sender
from talka.proposals.operations.examining import assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.receiving import ProposalWithdrawn, confirm_address, publish_proposal, withdraw_proposal
from talka.proposals.operations.terms import renew_dates
from talka.proposals.queries.terms import longest_extension
from tests.proposals.conftest import letters, text_of
from tests.proposals.entering import at_noon, enter

WHY = "Jāsagaida Valsts ceļu atbilde."


@pytest.fixture
def entry(process: Process, clara: User) -> Proposal:
    """Received on 2 November 2026, due by the 16th, to be extended until 2 December at most."""
    return enter(process, clara, date(2026, 11, 2), sender=Sender(name="Anna", email="anna@example.lv"))


@pytest.fixture
def confirmed(entry: Proposal) -> Proposal:
    confirm_address(entry, by=LinkHolder(entry.pk, reads_mail=True))
    return entry


def page(proposal: Proposal, name: str = "extend_term", *parts: int) -> str:
    return reverse(f"proposals:{name}", args=[proposal.process.slug, proposal.number, *parts])


def test_the_author_is_told_and_everybody_reads_the_reason(
    confirmed: Proposal, carol: User, sign_in: Callable[[User], Client]
) -> None:
    publish_proposal(confirmed, by=carol)
    with clock.at(at_noon(date(2026, 11, 10))):
        extension = deadlines.extend_term(confirmed, by=carol, until=date(2026, 11, 27), reason=WHY)
    confirmed.refresh_from_db()
    assert (confirmed.due_on, extension.due_before) == (date(2026, 11, 27), date(2026, 11, 16))
    assert extension.told_by == "email"
    (letter,) = letters("proposals/extend_term")
    assert letter.email == "anna@example.lv"
    for expected in ("16.11.2026.", "27.11.2026.", WHY, "Iesniegumu likums"):
        assert expected in letter.text
    with clock.at(at_noon(date(2026, 11, 12))):
        public = text_of(Client().get(page(confirmed, "show_proposal")))
    assert "Atbildes termiņš pagarināts līdz 27.11.2026." in public
    assert WHY in public
    assert "Iesniegumu likums" in public


def test_within_what_the_act_allows_and_no_further(entry: Proposal, carol: User) -> None:
    assert longest_extension(entry) == date(2026, 12, 2)
    with clock.at(at_noon(date(2026, 11, 16))):
        for until in (date(2026, 11, 16), date(2026, 12, 3)):
            with pytest.raises(deadlines.OutsideExtension):
                deadlines.extend_term(entry, by=carol, until=until, reason=WHY)
        deadlines.extend_term(entry, by=carol, until=date(2026, 11, 20), reason=WHY)
        deadlines.extend_term(entry, by=carol, until=date(2026, 12, 2), reason="Vēl neatbild.")
        with pytest.raises(deadlines.NoExtension):
            deadlines.extend_term(entry, by=carol, until=date(2026, 12, 3), reason=WHY)
    assert list(entry.extensions.values_list("due_before", "until")) == [
        (date(2026, 11, 16), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 12, 2)),
    ]


def test_a_term_that_is_over_is_not_extended(entry: Proposal, carol: User) -> None:
    with clock.at(at_noon(date(2026, 11, 17))), pytest.raises(deadlines.TermOver) as refused:
        deadlines.extend_term(entry, by=carol, until=date(2026, 11, 27), reason=WHY)
    assert "16.11.2026." in str(refused.value)


def test_an_act_without_extension_allows_none(process: Process, clara: User, carol: User) -> None:
    entry = enter(process, clara, clock.today(), regime="consultation")
    with pytest.raises(deadlines.NoExtension):
        deadlines.extend_term(entry, by=carol, until=clock.today() + timedelta(days=60), reason=WHY)


def test_what_is_answered_or_withdrawn_is_not_extended(entry: Proposal, process: Process, carol: User) -> None:
    withdrawn = enter(process, carol, date(2026, 11, 2))
    withdraw_proposal(withdrawn, by=carol)
    prepare_reply(entry, by=carol, outcome="accepted", reason="Jā.", signed_name="Karola")
    publish_replies([entry], by=carol)
    with pytest.raises(deadlines.AnsweredAlready):
        deadlines.extend_term(entry, by=carol, until=date(2026, 11, 27), reason=WHY)
    with pytest.raises(ProposalWithdrawn):
        deadlines.extend_term(withdrawn, by=carol, until=date(2026, 11, 27), reason=WHY)


def test_only_a_coordinator_of_this_process_extends(
    entry: Proposal, group: WorkingGroup, carol: User, clara: User, leo: User, eve: User, root: User
) -> None:
    assign_proposals([entry], by=carol, group=group)
    for user in (clara, leo, eve, root):
        with pytest.raises(PermissionDenied):
            deadlines.extend_term(entry, by=user, until=date(2026, 11, 27), reason=WHY)


def test_an_extended_day_outlives_a_new_reckoning(entry: Proposal, carol: User) -> None:
    with clock.at(at_noon(date(2026, 11, 10))):
        deadlines.extend_term(entry, by=carol, until=date(2026, 11, 27), reason=WHY)
    Term.objects.filter(regime="submission").update(answer_number=11)
    renew_dates(entry.process_id)
    entry.refresh_from_db()
    assert entry.due_on == date(2026, 11, 27)


def test_who_has_no_address_that_may_be_written_to_is_to_be_told_in_another_way(
    entry: Proposal, carol: User, clara: User, leo: User, sign_in: Callable[[User], Client]
) -> None:
    Author.objects.filter(proposal=entry).update(email="", phone="26000000")
    with clock.at(at_noon(date(2026, 11, 10))):
        extension = deadlines.extend_term(entry, by=carol, until=date(2026, 11, 27), reason=WHY)
        assert not letters("proposals/extend_term")
        client = sign_in(carol)
        assert "Autoram tas vēl jāpaziņo" in text_of(client.get(page(entry, "manage_proposal")))
        told = page(entry, "note_extension_told", extension.pk)
        assert client.post(told, {"told_by": "pigeon"}).status_code == 422
        client.post(told, {"told_by": "phone"})
    extension = Extension.objects.get()
    assert (extension.told_by, extension.told_at) == ("phone", at_noon(date(2026, 11, 10)))
    deadlines.note_extension_told(extension, by=clara, told_by="post")
    extension.refresh_from_db()
    assert extension.told_by == "phone", "what was noted first stays"
    with pytest.raises(PermissionDenied):
        deadlines.note_extension_told(extension, by=leo, told_by="post")


def test_the_page_says_how_far_and_keeps_what_was_typed(
    entry: Proposal, carol: User, eve: User, sign_in: Callable[[User], Client]
) -> None:
    client = sign_in(carol)
    with clock.at(at_noon(date(2026, 11, 10))):
        shown = text_of(client.get(page(entry)))
        assert "02.12.2026." in shown
        assert "Iesniegumu likums" in shown
        for until in ("2026-12-03", "2026-11-16", "", "nekad"):
            wrong = client.post(page(entry), {"until": until, "reason": WHY})
            assert wrong.status_code == 422
            assert WHY in wrong.content.decode()
        assert client.post(page(entry), {"until": "2026-11-27", "reason": " "}).status_code == 422
        assert client.post(page(entry), {"until": "2026-11-27", "reason": WHY}).status_code == 302
    assert Extension.objects.get().until == date(2026, 11, 27)
    with clock.at(at_noon(date(2026, 11, 30))):
        late = client.post(page(entry), {"until": "2026-12-02", "reason": WHY})
        assert late.status_code == 409
        assert WHY in late.content.decode()
    assert sign_in(eve).get(page(entry)).status_code == 403
