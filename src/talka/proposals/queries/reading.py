# SPDX-License-Identifier: EUPL-1.2
"""One proposal: its thread, its answer, its files, who can sign."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from talka.core.composed import composed, composed_for_visitors
from talka.core.dates import short_date
from talka.directory.models import Membership, Person
from talka.groups.models import Mandate, WorkingGroup
from talka.processes.models import Process, Role
from talka.proposals.heard import Heard
from talka.proposals.models import (
    Assignment,
    Extension,
    Forwarding,
    Proposal,
    ProposalFile,
    ProposalQuerySet,
    Receipt,
    Reply,
    ReplyVersion,
    Term,
)
from talka.proposals.queries.answers import published_versions
from talka.proposals.queries.becoming import Outgrowth, turns

_WAITING = (Proposal.State.RECEIVED, Proposal.State.ASSIGNED)

_CAME = {
    Proposal.Channel.WEB: gettext_noop("Received on the web"),
    Proposal.Channel.EMAIL: gettext_noop("Received by e-mail"),
    Proposal.Channel.PAPER: gettext_noop("Received on paper"),
    Proposal.Channel.DESK: gettext_noop("Received in person"),
    Proposal.Channel.PHONE: gettext_noop("Received by telephone"),
    Proposal.Channel.MEETING: gettext_noop("Received at a meeting"),
    Proposal.Channel.FORWARDED: gettext_noop("Received from another institution"),
    Proposal.Channel.GEOLATVIJA: gettext_noop("Received on geolatvija.lv"),
}


@dataclass(frozen=True)
class Step:
    """Something that happened to a proposal: when, what, and what was said; ``quoted`` for words of a person.

    ``earlier`` words have been corrected since.
    """

    at: datetime | None
    title: str
    text: str = ""
    quoted: str = ""
    by: str = ""
    standing: str = ""
    earlier: bool = False


def thread(proposal: Proposal, outgrowths: Sequence[Outgrowth] = (), heard: Iterable[Heard] = ()) -> list[Step]:
    """Tell from the first word to what became of it what anybody may know about a proposal, oldest first.

    Needs ``reply`` loaded; asks for the assignments once, and once more each for a recommendation, for corrections and for
    the turns of ``outgrowths``, the nodes of plans that it became; ``heard`` is what was said elsewhere. People who examine are not named, groups are. What was
    recommended is told once the answer is out, not before: a recommendation is not a promise.
    """
    steps = [Step(proposal.received_at, _came(proposal), _registered(proposal))]
    if proposal.published_at is not None:
        steps.append(Step(proposal.published_at, _("Published")))
    if proposal.corrected_at is not None:
        steps.append(Step(proposal.corrected_at, _("The published text was corrected"), proposal.corrected_because))
    for assignment in _assignments(proposal=proposal.pk):
        if assignment.group is not None:
            title = _("Given to the working group “%(group)s” to examine") % {"group": assignment.group.name}
        else:
            title = _("Given to a specialist to examine")
        steps.append(Step(assignment.assigned_at, title))
    steps += _passed_on(proposal)
    reply = published_reply(proposal)
    if reply is not None:
        steps += _recommended(reply)
        steps += _answers(reply)
    if proposal.withdrawn_at is not None:
        steps.append(Step(proposal.withdrawn_at, _("Withdrawn")))
    for extension in _extensions(proposal=proposal.pk):
        until = {"until": _written(extension.until)}
        steps.append(
            Step(extension.extended_at, _("The term was extended until %(until)s") % until, quoted=extension.reason)
        )
    steps += _grown(proposal, outgrowths)
    steps += [Step(one.at, one.title, quoted=one.text) for one in heard]
    steps.sort(key=lambda step: step.at or proposal.received_at)
    if proposal.state in _WAITING:
        steps.append(Step(None, _("An answer is still to come"), due_words(proposal), standing="todo"))
    return steps


def _grown(proposal: Proposal, outgrowths: Sequence[Outgrowth]) -> list[Step]:
    """Tell when it became part of a plan, as far as the answer has said so, and what came of that."""
    answered_at = proposal.answered_at
    taken = [
        Step(max(one.link.linked_at, answered_at or one.link.linked_at), _("Part of a plan: %(what)s") % {"what": one.version})
        for one in outgrowths
    ]  # fmt: skip
    since = min((step.at for step in taken if step.at is not None), default=proposal.received_at)
    return taken + [Step(turn.at, turn.title, quoted=turn.text) for turn in turns(outgrowths, since)]


def _passed_on(proposal: Proposal) -> list[Step]:
    """Tell to whom it was passed on, and whether it has been answered there."""
    steps = []
    for one in _forwardings(proposal=proposal.pk):
        said = _("They answer the author.") if one.is_theirs else _("They were asked for their part of the answer.")
        steps.append(Step(one.forwarded_at, _("Forwarded to: %(whom)s") % {"whom": one.whom}, said))
        if one.arrived_as is not None and one.arrived_as.answered_at is not None:
            title = _("Answered there: %(outcome)s") % {"outcome": one.outcome}
            steps.append(Step(one.arrived_as.answered_at, title, by=one.whom))
        elif one.replied_at is not None:
            steps.append(Step(one.replied_at, _("A reply has come"), by=one.whom))
    return steps


def _written(day: date) -> str:
    return short_date(day, "en" if get_language() == "en" else "lv")


def due_words(proposal: Proposal) -> str:
    """Say by when the answer is due, with the act that asks for it; nothing where none is owed or no term holds."""
    if not proposal.waits or proposal.due_on is None:
        return ""
    act = next((term.act for term in _terms(term=proposal.term_id)), "") if proposal.term_id else ""
    facts = {"day": _written(proposal.due_on), "act": act}
    if proposal.is_late:
        return (
            _("It was due by %(day)s (%(act)s) and is late.") if act else _("It was due by %(day)s and is late.")
        ) % facts
    return (_("It is due by %(day)s (%(act)s).") if act else _("It is due by %(day)s.")) % facts


def published_reply(proposal: Proposal) -> Reply | None:
    """Return the answer if it is out; one that is only prepared is nobody's but the register's."""
    reply: Reply | None = getattr(proposal, "reply", None)
    return reply if reply is not None and reply.published_at is not None and proposal.answered_at is not None else None


def _came(proposal: Proposal) -> str:
    came = _(_CAME[Proposal.Channel(proposal.channel)])
    if proposal.channel != Proposal.Channel.MEETING:
        return came
    meeting = Receipt.objects.filter(proposal=proposal).values_list("at_meeting", flat=True).first()
    return f"{came}: {meeting}" if meeting else came


def _registered(proposal: Proposal) -> str:
    return _("Registered under the number %(reference)s.") % {"reference": proposal.reference}


def _recommended(reply: Reply) -> list[Step]:
    recommended = reply.follows if reply.follows_id is not None else None
    if recommended is None:
        return []
    outcome = recommended.get_outcome_display()
    if recommended.group is not None:
        title = _("The working group “%(group)s” recommended: %(outcome)s") % {
            "group": recommended.group.name,
            "outcome": outcome,
        }
    else:
        title = _("Recommended by a specialist: %(outcome)s") % {"outcome": outcome}
    own_words = recommended.reason if recommended.outcome != reply.outcome else ""
    return [Step(recommended.recommended_at, title, quoted=own_words)]


def _answers(reply: Reply) -> list[Step]:
    if reply.corrected_at is None:
        return [_answer(reply, reply.published_at, _("Answered: %(outcome)s"))]
    first, *corrections = published_versions(reply)
    steps = [_answer(first, first.published_at, _("Answered: %(outcome)s"), earlier=True)]
    for version in corrections:
        title = _("The answer was corrected: %(outcome)s")
        earlier = version is not corrections[-1]
        steps.append(_answer(version, version.published_at, title, because=version.because, earlier=earlier))
    return steps


def _answer(
    said: Reply | ReplyVersion, at: datetime | None, title: str, *, because: str = "", earlier: bool = False
) -> Step:
    forwarded = _("Forwarded to: %(whom)s.") % {"whom": said.forwarded_to} if said.forwarded_to else ""
    return Step(
        at,
        title % {"outcome": said.get_outcome_display()},
        text=" ".join(
            part for part in (_("Why: %(reason)s") % {"reason": because} if because else "", forwarded) if part
        ),
        quoted=said.reason,
        by=", ".join(part for part in (said.signed_name, said.signed_title) if part),
        earlier=earlier,
    )


@dataclass(frozen=True)
class Signer:
    """Somebody who can answer for the municipality, with the title of the office."""

    person: Person
    title: str

    def __str__(self) -> str:
        return f"{self.person.name}, {self.title}" if self.title else self.person.name


def signers(proposal: Proposal, user: Any) -> list[Signer]:
    """Return who may sign the answer: coordinators, editors and leads of the process, whoever examines, and the person.

    The title is that of the mandate in the group that examines, else of another group of the process, else the office.
    """
    answering = (Role.Kind.COORDINATOR, Role.Kind.EDITOR, Role.Kind.GROUP_LEAD)
    roles = Role.objects.active().filter(process=proposal.process_id, kind__in=answering).values("person")
    people = Person.objects.filter(
        Q(pk__in=roles) | Q(user=user.pk) | Q(pk=proposal.assigned_person_id)
    ).prefetch_related(
        Prefetch("memberships", Membership.objects.active().exclude(title=""), to_attr="offices"),
        Prefetch(
            "mandates",
            Mandate.objects.active().filter(group__process=proposal.process_id).exclude(title=""),
            to_attr="seats",
        ),
    )
    return [Signer(person, _title_of(person, proposal.assigned_group_id)) for person in people]


def _title_of(person: Any, group_id: int | None) -> str:
    seats = sorted(person.seats, key=lambda seat: seat.group_id != group_id)
    return str(next((held.title for held in [*seats, *person.offices]), ""))


@composed
def _groups_at_work(*, process: Any) -> "QuerySet[WorkingGroup]":
    return WorkingGroup.objects.filter(process=process, closed_at__isnull=True)


def groups_at_work(process: Process) -> list[WorkingGroup]:
    """Return the groups of the process that have not been closed."""
    return _groups_at_work(process=process.pk)


@composed
def _forwardings(*, proposal: Any) -> "QuerySet[Forwarding]":
    return Forwarding.objects.filter(proposal=proposal).select_related("arrived_as__reply")


@composed
def _assignments(*, proposal: Any) -> "QuerySet[Assignment]":
    return Assignment.objects.filter(proposal=proposal).select_related("group")


@composed
def _extensions(*, proposal: Any) -> "QuerySet[Extension]":
    return Extension.objects.filter(proposal=proposal)


@composed
def _terms(*, term: Any) -> "QuerySet[Term]":
    return Term.objects.filter(pk=term)


@composed_for_visitors
def _proposals(user: Any, *, process_slug: Any, number: Any) -> ProposalQuerySet:
    proposals = Proposal.objects.visible_to(user).filter(process__slug=process_slug, number=number)
    # Not topic and area: PostgreSQL would take longer to plan eight joins than to answer two queries more.
    return proposals.select_related("process", "assigned_group", "reply", "author").defer("search")


def find_proposal(user: Any, process_slug: str, number: int) -> Proposal | None:
    """Return a proposal with its process, group, answer and author, if the person may see it."""
    return next(iter(_proposals(user, process_slug=process_slug, number=number)), None)


@composed
def _files(*, proposal: Any) -> "QuerySet[ProposalFile]":
    return ProposalFile.objects.filter(proposal=proposal, is_public=True).select_related("attachment")


def public_files(proposal: Proposal) -> list[ProposalFile]:
    """Return the files of a proposal that everybody who sees it may open."""
    return _files(proposal=proposal.pk)
