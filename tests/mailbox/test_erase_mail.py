# SPDX-License-Identifier: EUPL-1.2
"""When the personal data of an author is erased, their mail is too."""

from collections.abc import Callable

from talka.files.models import Attachment
from talka.mailbox.models import InboundMessage, MessageFile, Original
from talka.proposals.models import Addition, Author, Proposal
from talka.proposals.signals import author_erased
from tests.mailbox.mails import PDF, with_parts

Receive = Callable[..., InboundMessage]


def erase(proposal: Proposal) -> None:
    author_erased.send(Proposal, proposal=proposal, author=Author.objects.get(proposal=proposal))


def test_the_mail_its_files_and_what_was_written_later_go(receive: Receive) -> None:
    parts = [("Content-Type: text/plain", b"Skat."), ("Content-Type: application/pdf; name=a.pdf", PDF)]
    proposal = receive(with_parts(*parts)).landings.get().proposal
    receive(subject="Re: TP-1")
    other = receive(sender="cits@example.lv", subject="Cits")
    kept = set(Attachment.objects.filter(pk__in=proposal.files.values("attachment")))
    erase(proposal)
    assert list(InboundMessage.objects.all()) == [other]
    assert Original.objects.count() == 1
    assert not MessageFile.objects.exists()
    assert not Addition.objects.exists()
    assert set(Attachment.objects.all()) == kept
    assert Proposal.objects.count() == 2


def test_a_mail_of_two_proposals_stays_until_both_authors_are_erased(receive: Receive) -> None:
    first = receive().landings.get().proposal
    second = receive(subject="Otrs").landings.get()
    second.message = InboundMessage.objects.get(landings__proposal=first)
    second.save()
    erase(first)
    assert InboundMessage.objects.filter(landings__proposal=first).exists()
    Author.objects.filter(proposal=first).update(email="")
    erase(second.proposal)
    assert not InboundMessage.objects.filter(landings__proposal=first).exists()
