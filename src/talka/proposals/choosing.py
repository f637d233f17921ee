# SPDX-License-Identifier: EUPL-1.2
"""What a list of proposals shows: the filters and the order that an address asks for. Nonsense in it is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Exists, F, OuterRef, Q

from talka.core import clock
from talka.core.lists import ordered
from talka.core.text import clean_line
from talka.directory.models import Topic
from talka.proposals.models import Author, Became, Proposal, ProposalQuerySet, Recommendation, Regime, Reply
from talka.proposals.searching import Query

WAITING = "waiting"
RECOMMENDED = "recommended"
PREPARED = "prepared"
LATE, WEEK, PRESSING = "late", "week", "pressing"
"""Due: before today and not answered; from today on within seven days; either."""

DUE_WITHIN = timedelta(days=7)

_ANSWERED_LAST = F("answered_at").desc(nulls_last=True)


def _key(asked: Mapping[str, str], name: str) -> int | None:
    value = asked.get(name, "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else None


def _one_of(asked: Mapping[str, str], name: str, values: Any) -> str:
    value = asked.get(name, "")
    return value if value in values else ""


def _day(asked: Mapping[str, str], name: str) -> date | None:
    try:
        day = date.fromisoformat(asked.get(name, ""))
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2200 else None


def _about(topic: int) -> Q:
    return Q(topic__in=Topic.objects.filter(Q(pk=topic) | Q(parent=topic)).values("pk"))


BEST = "best"
_BY_LENGTH = 1
"""PostgreSQL divides the rank by the logarithm of the length, so that long texts have no advantage."""


@dataclass(frozen=True)
class PublicChoice:
    """What is asked of a public list: words, state, outcome, topic (with its sub-topics), group, territory, year,
    number, order."""

    q: str = ""
    state: str = ""
    outcome: str = ""
    topic: int | None = None
    group: int | None = None
    area: int | None = None
    year: int | None = None
    number: int | None = None
    sort: str = "newest"

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> PublicChoice:
        """Read what an address asks for."""
        year = _key(asked, "year")
        return cls(
            q=clean_line(asked.get("q", ""))[:200],
            state=_one_of(asked, "state", Proposal.State.values),
            outcome=_one_of(asked, "outcome", Reply.Outcome.values),
            topic=_key(asked, "topic"),
            group=_key(asked, "group"),
            area=_key(asked, "area"),
            year=year if year is not None and 1990 <= year <= 2200 else None,
            number=_key(asked, "number"),
            sort=_one_of(asked, "sort", ("number", "answered", BEST)) or "newest",
        )

    @property
    def is_empty(self) -> bool:
        """Say whether nothing but the order is asked for."""
        return all(not getattr(self, field.name) for field in fields(self) if field.name != "sort")

    @cached_property
    def query(self) -> Query | None:
        """Return the search for words, to mark what it finds; nothing where none is asked for."""
        query = Query.read(self.q)
        return query if query.wanted else None

    @property
    def is_kept(self) -> bool:
        """Say whether a kept counter knows how many there are: nothing but state and group is asked for."""
        return not (self.q or self.outcome or self.topic or self.area or self.year or self.number)

    def filter(self, rows: ProposalQuerySet, *, whole: bool = False) -> ProposalQuerySet:
        """Keep what is asked for; ``whole``: all that a search finds, however many."""
        if self.state:
            rows = rows.in_state(self.state)
        if self.outcome:
            rows = rows.in_state(Proposal.State.ANSWERED).filter(reply__outcome=self.outcome)
        if self.topic:
            rows = rows.filter(_about(self.topic))
        if self.group:
            rows = rows.filter(assigned_group=self.group)
        if self.area:
            rows = rows.filter(area=self.area)
        if self.number:
            rows = rows.filter(number=self.number)
        if self.year:
            rows = rows.filter(
                received_at__gte=clock.day_begins(date(self.year, 1, 1)),
                received_at__lt=clock.day_begins(date(self.year + 1, 1, 1)),
            )
        return rows.matching(self.q, whole=whole)

    def order(self, rows: ProposalQuerySet, *, one_process: bool) -> ProposalQuerySet:
        """Put into the order that is asked for; numbers order within one process only."""
        last = "-number" if one_process else "-id"
        if self.sort == BEST and self.query is not None:
            best = SearchRank(F("search"), self.query.search(), normalization=_BY_LENGTH, cover_density=True)
            return rows.annotate(rank=best).order_by("-rank", last)
        if self.sort == "answered":
            return rows.order_by(_ANSWERED_LAST, last)
        if one_process:
            return rows.order_by("number" if self.sort == "number" else "-number")
        return rows.order_by("-received_at", "-id")


REGISTER_COLUMNS = {
    "number": ("number",),
    "title": ("title", "number"),
    "received": ("received_at", "number"),
    "channel": ("channel", "number"),
    "assigned": ("assigned_group__name", "assigned_person__name", "number"),
    "answered": ("answered_at", "number"),
    "due": ("owed_on", "number"),
}


@dataclass(frozen=True)
class RegisterChoice:
    """What is asked of the register."""

    q: str = ""
    state: str = ""
    group: int | None = None
    person: int | None = None
    topic: int | None = None
    channel: str = ""
    received_from: date | None = None
    received_to: date | None = None
    public: str = ""
    due: str = ""
    regime: str = ""
    plan: str = ""
    sort: str = "-number"

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> RegisterChoice:
        """Read what an address asks for."""
        sort = asked.get("sort", "")
        return cls(
            q=clean_line(asked.get("q", ""))[:200],
            state=_one_of(asked, "state", (WAITING, RECOMMENDED, PREPARED, *Proposal.State.values)),
            group=_key(asked, "group"),
            person=_key(asked, "person"),
            topic=_key(asked, "topic"),
            channel=_one_of(asked, "channel", Proposal.Channel.values),
            received_from=_day(asked, "from"),
            received_to=_day(asked, "to"),
            public=_one_of(asked, "public", ("yes", "no")),
            due=_one_of(asked, "due", (LATE, WEEK, PRESSING)),
            regime=_one_of(asked, "regime", Regime.values),
            plan=_one_of(asked, "plan", ("yes", "no")),
            sort=sort if sort.removeprefix("-") in REGISTER_COLUMNS else "-number",
        )

    @property
    def is_empty(self) -> bool:
        """Say whether nothing but the order is asked for."""
        return all(not getattr(self, field.name) for field in fields(self) if field.name != "sort")

    @cached_property
    def query(self) -> Query | None:
        """Return the search for words, to mark what it finds; nothing where none is asked for."""
        query = Query.read(self.q)
        return query if query.wanted else None

    def filter(self, rows: ProposalQuerySet, *, search_authors: bool, whole: bool = False) -> ProposalQuerySet:
        """Keep what is asked for; words are looked for in the names of authors too where the person may see them."""
        if self.state in {WAITING, RECOMMENDED, PREPARED}:
            rows = rows.filter(withdrawn_at__isnull=True, answered_at__isnull=True)
            if self.state == PREPARED:
                rows = rows.filter(reply__isnull=False)
            elif self.state == RECOMMENDED:
                rows = rows.filter(Exists(Recommendation.objects.filter(proposal=OuterRef("pk"))), reply__isnull=True)
        elif self.state:
            rows = rows.in_state(self.state)
        exact = {
            "assigned_group": self.group,
            "assigned_person": self.person,
            "channel": self.channel,
            "regime": self.regime,
            "owed_on__lt": self.due == LATE and clock.today(),
            "owed_on__gte": self.due == WEEK and clock.today(),
            "owed_on__lte": self.due in {WEEK, PRESSING} and clock.today() + DUE_WITHIN,
            "received_at__gte": self.received_from and clock.day_begins(self.received_from),
            "received_at__lt": self.received_to and clock.day_begins(self.received_to + timedelta(days=1)),
        }
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        if self.topic:
            rows = rows.filter(_about(self.topic))
        if self.public:
            rows = rows.filter(published_at__isnull=self.public == "no")
        if self.plan:
            links = Exists(Became.objects.standing().filter(proposal=OuterRef("pk")))
            rows = rows.filter(links if self.plan == "yes" else ~links)
        if self.q and search_authors:
            by_author = rows.filter(pk__in=Author.objects.named_like(self.q).values("proposal"))
            found = rows.matching(self.q, whole=whole).values("pk").union(by_author.values("pk"))
            return Proposal.objects.filter(pk__in=found)
        return rows.matching(self.q, whole=whole)

    def order(self, rows: ProposalQuerySet) -> ProposalQuerySet:
        """Put into the order that is asked for; by the day on which an answer is due, what waits for none comes last."""
        if self.sort == "-due":
            return rows.order_by(F("owed_on").desc(nulls_last=True), "-number")
        return ordered(rows, self.sort, REGISTER_COLUMNS, "-number")  # type: ignore[return-value]
