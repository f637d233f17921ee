# SPDX-License-Identifier: EUPL-1.2
"""Proposals of the demonstration: what was said, and what became of it, each on its own day."""

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

import holidays
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Area, Person, Topic
from talka.files.forms import Upload
from talka.groups.models import Mandate, WorkingGroup
from talka.notifications.operations import confirm_following, follow
from talka.processes.models import Process, Role
from talka.proposals.link_holder import LinkHolder
from talka.proposals.models import Delivery, Forwarding, Proposal, Regime, Reply
from talka.proposals.operations.answering import (
    correct_reply,
    create_reply_template,
    follow_recommendation,
    recommend_outcome,
)
from talka.proposals.operations.deadlines import extend_term
from talka.proposals.operations.deliveries import mark_letters_sent, print_letters, record_call, return_mail
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.examining import add_note, assign_proposals, prepare_reply, publish_replies
from talka.proposals.operations.forwarding import Addressee, Passed, forward_proposal, reply_to_forwarding
from talka.proposals.operations.receiving import (
    confirm_address,
    correct_proposal,
    publish_proposal,
    register_proposal,
    show_file,
    submit_proposal,
    unpublish_proposal,
    withdraw_proposal,
)
from talka.proposals.operations.redacting import redact_proposal
from talka.proposals.operations.terms import move_day
from talka.proposals.queries.suspicion import Cover, suspects
from talka.proposals.queries.terms import longest_extension


@dataclass(frozen=True)
class Answer:
    """The answer: recommended so many days after receipt, decided and published so many (not yet: nothing).

    ``decided``: decided on that day and not published yet. ``recommended``: outcome and reason that the group recommended,
    where the decision differs. ``corrected``: days after receipt, why, and the text that is right.
    ``posted``: days after receipt on which the letter was posted or the call made, for answers that went by hand.
    """

    outcome: str
    reason: str
    prepared: int = 5
    published: int | None = 8
    forwarded_to: str = ""
    decided: int | None = None
    recommended: tuple[str, str] | None = None
    corrected: tuple[int, str, str] | None = None
    posted: int | None = None


@dataclass(frozen=True)
class Forwarded:
    """Passed on so many days after receipt: to whom and why; into a register (the address of its process) or by e-mail.

    ``answered``: the days until they reply, the outcome in their register (by e-mail none), and their words.
    """

    days: int
    whom: str
    why: str
    process: str = ""
    email: str = ""
    is_theirs: bool = False
    answered: tuple[int, str, str] | None = None


@dataclass(frozen=True)
class Heard:
    """One proposal: days ago and hour, words, sender, and what happened to it. ``point``: kilometres east and north of the town."""

    ago: int
    at: str
    text: str
    title: str = ""
    topic: str = ""
    area: str = ""
    place: str = ""
    point: tuple[float, float] | None = None
    channel: str = Proposal.Channel.WEB
    sender: Sender = field(default_factory=Sender)
    confirmed: bool = True
    private: bool = False
    public: bool = True
    group: str = ""
    person: str = ""
    answer: Answer | None = None
    note: str = ""
    corrected: tuple[str, str, str] | None = None
    covered: bool = False
    unpublished: str = ""
    withdrawn: tuple[int, str] | None = None
    forwarded: Forwarded | None = None
    regime: str = Regime.SUBMISSION
    extended: tuple[int, str] | None = None
    """Days after receipt on which the term was extended as far as the act allows, and why."""
    followers: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cast:
    """Everybody and everything that the proposals of one process speak of."""

    process: Process
    coordinator: User
    clerk: User
    users: Mapping[str, User]
    topics: Mapping[str, Topic]
    areas: Mapping[str, Area]
    groups: Mapping[str, WorkingGroup]
    people: Mapping[str, Person]
    titles: Mapping[str, str]
    files: Mapping[str, Upload]
    town: tuple[float, float]
    """Longitude and latitude of the middle of the town, degrees."""


Step = tuple[datetime, int, Callable[[], Any]]

DEGREES_PER_KM = (0.01650, 0.00898)
"""East and north, at 57° of latitude."""


def workday(day: date) -> date:
    """Return the day, or the Monday after it for a day of the weekend.

    >>> workday(date(2026, 11, 21))
    datetime.date(2026, 11, 23)
    """
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def moment(day: date, at: str) -> datetime:
    """Return a day and hour (``19.42``) as a moment of local time."""
    hour, minute = at.split(".")
    return timezone.make_aware(datetime.combine(day, time(int(hour), int(minute))))


class _Story:
    """What happens to one proposal, as steps on their days."""

    def __init__(self, heard: Heard, cast: Cast, order: int) -> None:
        self.heard, self.cast, self.order = heard, cast, order
        self.first = clock.today() - timedelta(days=heard.ago)
        self.by_hand = heard.channel != Proposal.Channel.WEB
        if self.by_hand:  # the visitors' centre is closed at the weekend
            self.first -= timedelta(days=max(0, self.first.weekday() - 4))
        self.proposal: Proposal
        self.forwarding: Forwarding

    def _content(self) -> Content:
        heard, cast = self.heard, self.cast
        longitude = latitude = None
        if heard.point:
            longitude = round(cast.town[0] + heard.point[0] * DEGREES_PER_KM[0], 5)
            latitude = round(cast.town[1] + heard.point[1] * DEGREES_PER_KM[1], 5)
        return Content(
            text=heard.text, title=heard.title, topic=cast.topics[heard.topic] if heard.topic else None,
            area=cast.areas[heard.area] if heard.area else None, place_text=heard.place, longitude=longitude, latitude=latitude,
            keep_private=heard.private, files=[cast.files[name] for name in heard.files], regime=heard.regime,
        )  # fmt: skip

    def _receive(self) -> None:
        heard, cast = self.heard, self.cast
        key = uuid.uuid5(uuid.NAMESPACE_URL, f"{cast.process.slug}/{self.order}")
        if self.by_hand:
            self.proposal = register_proposal(
                cast.process, content=self._content(), sender=heard.sender, key=key, channel=heard.channel,
                received_at=moment(self.first, heard.at), by=cast.clerk,
            )  # fmt: skip
        else:
            by: Any = cast.users.get(heard.sender.email, AnonymousUser())
            self.proposal = submit_proposal(cast.process, content=self._content(), sender=heard.sender, key=key, by=by)

    def _confirm(self) -> None:
        confirm_address(self.proposal, by=LinkHolder(self.proposal.pk, reads_mail=True))

    def _publish(self) -> None:
        publish_proposal(self.proposal, by=self.cast.clerk)
        for file in self.proposal.files.all():
            show_file(file, by=self.cast.clerk, is_public=True)

    def _assign(self) -> None:
        if self.heard.note:
            add_note(self.proposal, text=self.heard.note, by=self.cast.coordinator)
        assign_proposals(
            [self.proposal], by=self.cast.coordinator, group=self.cast.groups.get(self.heard.group),
            person=self.cast.people.get(self.heard.person),
        )  # fmt: skip

    def _correct(self) -> None:
        assert self.heard.corrected is not None
        title, text, reason = self.heard.corrected
        proposal = self.proposal
        correct_proposal(
            proposal, by=self.cast.clerk, title=title, text=text, topic=proposal.topic, area=proposal.area,
            place_text=proposal.place_text, reason=reason,
        )  # fmt: skip

    def _cover(self) -> None:
        self.proposal.refresh_from_db()
        covers = [Cover(one.part, one.passage) for one in suspects(self.proposal)]
        redact_proposal(self.proposal, by=self.cast.clerk, covers=covers)

    def _recommend(self) -> None:
        answer = self.heard.answer
        assert answer is not None
        person = self._who_answers()
        by = person.user if person.user is not None else self.cast.coordinator
        outcome, reason = answer.recommended or (answer.outcome, answer.reason)
        recommend_outcome(self.proposal, by=by, outcome=outcome, reason=reason, forwarded_to=answer.forwarded_to)

    def _decide(self) -> None:
        answer, person, by = self.heard.answer, self._who_answers(), self.cast.coordinator
        assert answer is not None
        title = self.cast.titles[person.name]
        if answer.recommended is None:
            follow_recommendation(
                self.proposal, by=by, version=1, person=person, signed_name=person.name, signed_title=title
            )
        else:
            prepare_reply(
                self.proposal, by=by, outcome=answer.outcome, reason=answer.reason, forwarded_to=answer.forwarded_to,
                person=person, signed_name=person.name, signed_title=title,
            )  # fmt: skip

    def _correct_answer(self) -> None:
        answer = self.heard.answer
        assert answer is not None
        assert answer.corrected is not None
        _days, because, text = answer.corrected
        reply = Reply.objects.get(proposal=self.proposal)
        correct_reply(
            self.proposal, by=self.cast.coordinator, outcome=answer.outcome, reason=text, because=because, person=reply.person,
            signed_name=reply.signed_name, signed_title=reply.signed_title, version=reply.version,
        )  # fmt: skip

    def _deliver(self) -> None:
        letters = list(Delivery.objects.to_print().filter(author__proposal=self.proposal))
        print_letters(letters, by=self.cast.clerk)
        mark_letters_sent(letters, on=clock.today(), by=self.cast.clerk)
        for call in Delivery.objects.to_call().filter(author__proposal=self.proposal):
            record_call(call, reached=True, note="", by=self.cast.clerk)

    def _who_answers(self) -> Person:
        if self.heard.person:
            return self.cast.people[self.heard.person]
        leads = self.cast.groups[self.heard.group].mandates.select_related("person__user")
        return leads.get(function=Mandate.Function.LEAD).person

    def _follow(self, email: str) -> None:
        self.proposal.refresh_from_db()
        subscription = follow(
            self.proposal.audience, email=email, language="lv", by=AnonymousUser(), title=self.proposal.title
        )
        confirm_following(subscription)

    def _unpublish(self) -> None:
        unpublish_proposal(self.proposal, by=self.cast.clerk, reason=self.heard.unpublished)

    def _withdraw(self) -> None:
        assert self.heard.withdrawn is not None
        withdraw_proposal(
            self.proposal, by=LinkHolder(self.proposal.pk, reads_mail=True), reason=self.heard.withdrawn[1]
        )

    def _forward(self) -> None:
        told = self.heard.forwarded
        assert told is not None
        there = Process.objects.select_related("owner").get(slug=told.process) if told.process else None
        person = self.cast.coordinator.person
        self.forwarding = forward_proposal(
            self.proposal, by=self.cast.coordinator, passed=Passed(told.why, with_author=told.is_theirs), is_theirs=told.is_theirs,
            to=Addressee(told.whom, there.owner if there else None, there, told.email),
            signed_name=person.name, signed_title=self.cast.titles[person.name],
        )  # fmt: skip

    def _answer_there(self) -> None:
        assert self.heard.forwarded is not None
        assert self.heard.forwarded.answered is not None
        _days, outcome, reason = self.heard.forwarded.answered
        arrived = self.forwarding.arrived_as
        if arrived is None:
            reply_to_forwarding(self.forwarding, text=reason)
            return
        coordinator = Role.objects.get(process=arrived.process, kind=Role.Kind.COORDINATOR).person
        assert coordinator.user is not None
        prepare_reply(
            arrived,
            by=coordinator.user,
            outcome=outcome,
            reason=reason,
            person=coordinator,
            signed_name=coordinator.name,
        )
        publish_replies([arrived], by=coordinator.user)

    def _extend(self) -> None:
        assert self.heard.extended is not None
        self.proposal.refresh_from_db()
        until = longest_extension(self.proposal)
        assert until is not None
        extend_term(self.proposal, by=self.cast.coordinator, until=until, reason=self.heard.extended[1])

    def steps(self) -> Iterator[Step]:
        """Return what happens, with its moments; what would lie ahead of now is left out by the caller."""
        heard = self.heard
        received = moment(self.first, heard.at)
        registered = received + timedelta(minutes=20) if self.by_hand else received
        next_day = workday(self.first + timedelta(days=1))

        def later(days: int, at: str) -> datetime:
            return max(moment(workday(self.first + timedelta(days=days)), at), registered + timedelta(hours=1))

        yield registered, 0, self._receive
        if heard.sender.email and heard.confirmed and heard.sender.email not in self.cast.users:
            yield registered + timedelta(minutes=7), 1, self._confirm
        if heard.corrected or heard.covered:
            yield moment(next_day, "9.05"), 2, self._correct if heard.corrected else self._cover
        if heard.public and not heard.private:
            yield moment(next_day, "9.20"), 3, self._publish
        if heard.group or heard.person:
            yield moment(next_day, "10.40"), 4, self._assign
        for number, email in enumerate(heard.followers):
            yield moment(next_day, "20.15") + timedelta(minutes=11 * number), 5, partial(self._follow, email)
        yield from self._endings(next_day, later)

    def _endings(self, next_day: date, later: Callable[[int, str], datetime]) -> Iterator[Step]:
        """Return how it goes on after the first days."""
        heard = self.heard
        if heard.unpublished:
            yield moment(workday(next_day + timedelta(days=1)), "8.45"), 6, self._unpublish
        if heard.withdrawn:
            yield later(heard.withdrawn[0], "18.30"), 7, self._withdraw
        if heard.forwarded:
            yield later(heard.forwarded.days, "11.15"), 7, self._forward
            if heard.forwarded.answered:
                yield later(heard.forwarded.answered[0], "13.40"), 7, self._answer_there
        if heard.extended:
            yield later(heard.extended[0], "11.35"), 8, self._extend
        if heard.answer:
            yield from self._answered(heard.answer, later)

    def _answered(self, answer: Answer, later: Callable[[int, str], datetime]) -> Iterator[Step]:
        yield later(answer.prepared, "15.10"), 8, self._recommend
        decided = answer.published if answer.published is not None else answer.decided
        if decided is not None:
            yield later(decided, "16.05"), 9, self._decide
        if answer.published is not None:
            publish = later(answer.published, "16.20")
            yield publish, 10, lambda: publish_replies([self.proposal], by=self.cast.coordinator)
        if answer.posted is not None:
            yield later(answer.posted, "16.40"), 11, self._deliver
        if answer.corrected is not None:
            yield later(answer.corrected[0], "11.30"), 12, self._correct_answer


def move_known_days(year: int, *, by: User) -> None:
    """Enter the working days of a year that the calendar knows to have been moved, as the administrator would have."""
    known = holidays.country_holidays("LV", years=year, language="en_US")
    reason = f"Ministru kabineta rīkojums par darba dienu pārcelšanu {year}. gadā"
    for day in [day for day, name in known.items() if name.startswith("Day off (substituted")]:
        move_day(day, by=by, is_working=False, reason=reason)
    for day in known.weekend_workdays:
        move_day(day, by=by, is_working=True, reason=reason)


def build(cast: Cast, heard: Sequence[Heard]) -> None:
    """Let everything happen that has happened until now, in the order of time."""
    now = clock.now()
    steps = [
        (at, order, rank, do)
        for order, one in enumerate(heard)
        for at, rank, do in _Story(one, cast, order).steps()
        if at <= now
    ]
    for at, _order, _rank, do in sorted(steps, key=lambda step: step[:3]):
        with clock.at(at):
            do()


def build_templates(process: Process, texts: Sequence[tuple[str, str, str]], *, by: User) -> None:
    """Keep the texts (name, outcome, text) from which the answers of a process begin."""
    for name, outcome, text in texts:
        create_reply_template(process, by=by, name=name, outcome=outcome, text=text)


def return_answer(process: Process, email: str, *, because: str) -> None:
    """Let the mail with an answer come back from an address that no longer exists."""
    sent = Delivery.objects.filter(author__proposal__process=process, author__email=email, letter__isnull=False)
    for delivery in sent.select_related("letter"):
        assert delivery.letter is not None
        return_mail(delivery.letter, because=because)
