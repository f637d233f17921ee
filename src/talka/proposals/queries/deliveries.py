# SPDX-License-Identifier: EUPL-1.2
"""Answers to deliver, and the letters that carry them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from talka.core.dates import long_date
from talka.plans.models import NodeVersion
from talka.plans.wording import term
from talka.processes.models import Process
from talka.proposals.addressing import dative
from talka.proposals.letters import Letter, addressee_lines
from talka.proposals.models import Author, Delivery, DeliveryQuerySet, Proposal, Register
from talka.proposals.queries.becoming import named_in_answers

_RELATED = ("version", "author__proposal__process__owner", "done_by")


@dataclass(frozen=True)
class ToDeliver:
    """How many answers of a process wait: letters to print, calls to make, those to settle, mails on their way."""

    letters: int
    calls: int
    to_settle: int
    on_their_way: int


def deliveries_of(process: Process) -> DeliveryQuerySet:
    """Return the deliveries of a process with what a row of them shows, oldest first."""
    rows = Delivery.objects.filter(author__proposal__process=process).select_related(*_RELATED)
    return rows.defer("author__proposal__text", "author__proposal__search")


def count_deliveries(process: Process) -> ToDeliver:
    """Count what waits to be delivered."""
    rows = Delivery.objects.filter(author__proposal__process=process).standing()
    waits = Q(done_at__isnull=True, failed_at__isnull=True)
    counted = rows.filter(done_at__isnull=True).aggregate(
        letters=Count("pk", filter=waits & Q(way=Delivery.Way.POST)),
        calls=Count("pk", filter=waits & Q(way=Delivery.Way.PHONE)),
        to_settle=Count("pk", filter=Q(failed_at__isnull=False)),
        on_their_way=Count("pk", filter=waits & Q(way=Delivery.Way.EMAIL)),
    )
    return ToDeliver(**counted)


def deliveries_to(author: Author) -> list[Delivery]:
    """Return how the answer went to an author, oldest first, without what a correction made needless."""
    happened = Q(version__taken_back_at__isnull=True) & (Q(done_at__isnull=False) | Q(failed_at__isnull=False))
    standing = Delivery.objects.standing().filter(author=author)
    rows = Delivery.objects.filter(Q(author=author) & (happened | Q(pk__in=standing.values("pk"))))
    return list(rows.select_related("version", "done_by").order_by("created_at", "pk"))


def letters_of(deliveries: Iterable[Delivery]) -> list[Letter]:
    """Write the letters of deliveries that ``deliveries_of`` found, in the language of the process."""
    rows = list(deliveries)
    processes = {delivery.author.proposal.process_id for delivery in rows}
    heads = dict(Register.objects.filter(process__in=processes).values_list("process", "letter_head"))
    named = named_in_answers({delivery.author.proposal_id for delivery in rows})
    return [
        _letter(
            delivery, heads.get(delivery.author.proposal.process_id, ""), named.get(delivery.author.proposal_id, [])
        )
        for delivery in rows
    ]


def _letter(delivery: Delivery, head: str, nodes: Sequence[NodeVersion]) -> Letter:
    author, version = delivery.author, delivery.version
    proposal = author.proposal
    process = proposal.process
    language = process.language
    with translation.override(language):
        return Letter(
            sender=head.split("\n") if head else _sender(process),
            date=long_date(timezone.localtime(version.published_at).date(), language, case="locative"),
            number=_("Our No. %(reference)s") % {"reference": proposal.reference},
            addressee=addressee_lines(_names(author, language), author.postal_address),
            salutation=author.greeting,
            subject=_("On the proposal “%(title)s”") % {"title": proposal.title},
            text="\n\n".join(_paragraphs(delivery, nodes)),
            signed_name=version.signed_name,
            signed_title=version.signed_title,
            notes=_notes(proposal),
            language=language,
        )


def _sender(process: Process) -> Sequence[str]:
    owner = process.owner
    contacts = ", ".join(part for part in (owner.phone, owner.email, owner.website) if part)
    return [owner.name, *([contacts] if contacts else [])]


def _names(author: Author, language: str) -> list[str]:
    written = dative if language == "lv" else str
    names = [written(name) for name in (author.on_behalf_name, author.name) if name]
    return names or [_("To the author of the proposal %(reference)s") % {"reference": author.proposal.reference}]


def _paragraphs(delivery: Delivery, nodes: Sequence[NodeVersion]) -> list[str]:
    version, proposal = delivery.version, delivery.author.proposal
    received = long_date(timezone.localtime(proposal.received_at).date(), proposal.process.language, case="locative")
    told = []
    if version.because:
        told.append(
            _("This is a corrected answer; it takes the place of the one given before. Why it is corrected: %(reason)s")
            % {"reason": version.because}
        )
    told.append(
        _("Your proposal, received on %(day)s, has been considered. Outcome: %(outcome)s.")
        % {"day": received, "outcome": version.get_outcome_display()}
    )
    told.append(version.reason)
    if version.forwarded_to:
        told.append(_("Forwarded to: %(whom)s.") % {"whom": version.forwarded_to})
    told += [_in_plan(version) for version in nodes]
    return told


def _in_plan(version: NodeVersion) -> str:
    facts = {"what": str(version), "plan": version.edition.plan.title, "term": term(version)}
    if facts["term"]:
        return _("In the plan “%(plan)s”: %(what)s. Term: %(term)s.") % facts
    return _("In the plan “%(plan)s”: %(what)s.") % facts


def _notes(proposal: Proposal) -> list[str]:
    if proposal.published_at is None:
        return []
    address = settings.TALKA_URL + reverse("proposals:open_short_link", args=[proposal.process_id, proposal.number])
    return [_("The proposal and its answer on the web: %(address)s") % {"address": address.split("://")[-1]}]
