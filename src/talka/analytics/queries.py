# SPDX-License-Identifier: EUPL-1.2
"""The report of a register: what was received in a span of days, and what has become of it by now.

One definition for all tables. **Received**: by its day of receipt, whichever way it came, withdrawn ones included. Of
these, each is exactly one of: **in time** (answered by its due day), **late** (answered after it), **waiting** (neither
answered nor withdrawn, the due day not over), **overdue** (the same, but over), **withdrawn** (never answered). An
entry without a due day counts as in time or waiting, and one that was entered by mistake does not count at all. Days are those of the installation's time zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, F, Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate, TruncMonth
from django.utils.translation import gettext as _

from talka.core import clock
from talka.core.dates import month_name
from talka.processes.models import Process
from talka.proposals.models import Proposal, Reply


class Median(Aggregate):
    """The value in the middle, as PostgreSQL counts it."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is about, and numbers of entries; ``received`` is the sum of the others."""

    label: str
    received: int
    in_time: int
    late: int
    waiting: int
    overdue: int
    withdrawn: int

    @property
    def answered(self) -> int:
        """Return how many have been answered."""
        return self.in_time + self.late

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers in the order of the columns."""
        return (self.received, self.answered, self.in_time, self.late, self.waiting, self.overdue, self.withdrawn)


@dataclass(frozen=True)
class Table:
    """Lines that each entry of the report stands in once, so that every table has the same sum."""

    key: str
    title: str
    head: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Outcome:
    """How many were answered with an outcome."""

    label: str
    number: int


@dataclass(frozen=True)
class Report:
    """The report of a register over a span of days, both included."""

    starts_on: date
    ends_on: date
    total: Line
    tables: tuple[Table, ...]
    outcomes: tuple[Outcome, ...]
    median_days: float | None
    """From receipt to the published answer, over all answered, in days with one decimal; ``None`` without any."""

    @property
    def in_time_percent(self) -> int | None:
        """Return how many of a hundred that were answered or are overdue were answered in time; ``None`` without any."""
        due = self.total.answered + self.total.overdue
        return round(100 * self.total.in_time / due) if due else None


_ANSWERED = Q(answered_at__isnull=False, withdrawn_at__isnull=True)
_OWED = Q(answered_at__isnull=True, withdrawn_at__isnull=True)


def _counts(today: date) -> dict[str, Count]:
    late = Q(answered_on__gt=F("due_on"))
    over = Q(due_on__lt=today)
    return {
        "received": Count("pk"),
        "late": Count("pk", filter=_ANSWERED & late),
        "in_time": Count("pk", filter=_ANSWERED & ~(late & Q(due_on__isnull=False))),
        "overdue": Count("pk", filter=_OWED & over),
        "waiting": Count("pk", filter=_OWED & ~(over & Q(due_on__isnull=False))),
        "withdrawn": Count("pk", filter=Q(withdrawn_at__isnull=False)),
    }


_NUMBERS = tuple(field.name for field in fields(Line) if field.name != "label")


def _line(label: str, row: Any) -> Line:
    return Line(label, **{name: row[name] for name in _NUMBERS})


def report_of(process: Process, starts_on: date, ends_on: date, language: str) -> Report:
    """Count what a register received from one day to another, both included; five queries for any number of entries."""
    rows = Proposal.objects.filter(
        process=process,
        mistaken_at__isnull=True,
        received_at__gte=clock.day_begins(starts_on),
        received_at__lt=clock.day_begins(ends_on + timedelta(days=1)),
    ).annotate(answered_on=TruncDate("answered_at"))
    counts = _counts(clock.today())
    by_month = rows.annotate(month=TruncMonth("received_at")).values("month").annotate(**counts).order_by("month")
    months = tuple(_line(month_name(row["month"].year, row["month"].month, language), row) for row in by_month)
    answered = rows.filter(_ANSWERED)
    return Report(
        starts_on=starts_on,
        ends_on=ends_on,
        total=_sum(months),
        tables=(
            Table("month", _("By month of receipt"), _("Month"), months),
            Table("channel", _("By the way it came"), _("How it came"), tuple(_by_channel(rows, counts))),
            Table("topic", _("By topic"), _("Topic"), tuple(_by_topic(rows, counts))),
        ),
        outcomes=tuple(_by_outcome(answered)),
        median_days=_median_days(answered),
    )


def _sum(lines: tuple[Line, ...]) -> Line:
    return Line(_("In all"), **{name: sum(getattr(line, name) for line in lines) for name in _NUMBERS})


def _by_channel(rows: "QuerySet[Any]", counts: dict[str, Count]) -> Iterator[Line]:
    found = {row["channel"]: row for row in rows.values("channel").annotate(**counts).order_by()}
    for value, label in Proposal.Channel.choices:
        if value in found:
            yield _line(str(label), found[value])


def _by_topic(rows: "QuerySet[Any]", counts: dict[str, Count]) -> Iterator[Line]:
    whole = Coalesce("topic__parent__name", "topic__name")
    found = rows.values(name=whole).annotate(**counts).order_by("-received", "name")
    for row in found:
        yield _line(row["name"] or _("without a topic"), row)


def _by_outcome(answered: "QuerySet[Proposal]") -> Iterator[Outcome]:
    found = dict(answered.values_list("reply__outcome").annotate(number=Count("pk")).order_by())
    for value, label in Reply.Outcome.choices:
        if value in found:
            yield Outcome(str(label), found[value])


def _median_days(answered: "QuerySet[Proposal]") -> float | None:
    took = answered.aggregate(median=Median(F("answered_at") - F("received_at")))["median"]
    return round(took.total_seconds() / 86_400, 1) if took is not None else None
