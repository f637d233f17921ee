# SPDX-License-Identifier: EUPL-1.2
"""Who owes the next step of what waits for an answer, and how late it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Person
from talka.groups.models import Mandate, WorkingGroup
from talka.processes.models import Process, Role
from talka.proposals.added import additions
from talka.proposals.deadlines import Calendar
from talka.proposals.models import Proposal, ProposalQuerySet, Recommendation, Register, Reply
from talka.proposals.queries.terms import calendar

WEEK = timedelta(days=7)
SHOWN_OF_EACH = 10


class NextStep(TextChoices):
    """What has to be done next with something that waits."""

    ANSWER = "answer", _("examine and recommend")
    DECIDE = "decide", _("decide")
    PUBLISH = "publish", _("publish the answer")
    ASSIGN = "assign", _("give it to somebody")


def coordinated_by(user: Any) -> "QuerySet[Role]":
    """Return the processes that a person coordinates today, as their keys for a query."""
    roles = Role.objects.active().filter(person__user=user.pk, kind=Role.Kind.COORDINATOR)
    return roles.values("process")  # type: ignore[return-value]


def _waiting() -> ProposalQuerySet:
    prepared = Exists(Reply.objects.filter(proposal=OuterRef("pk"), published_at__isnull=True))
    recommended = Exists(Recommendation.objects.filter(proposal=OuterRef("pk")))
    waiting = Proposal.objects.filter(answered_at__isnull=True, withdrawn_at__isnull=True)
    return waiting.annotate(prepared=prepared, to_decide=ExpressionWrapper(Q(~prepared, recommended), BooleanField()))


def owed_by(user: Any) -> ProposalQuerySet:
    """Return what waits for a person's next step, which each row names as ``step`` (a value of ``NextStep``).

    Whoever examines something recommends what to decide, alone or as lead of the group; coordinators decide, publish answers
    that are prepared, and give away what nobody has.
    """
    if not user.is_authenticated:
        return Proposal.objects.none()
    mine = Q(assigned_person__user=user.pk) | Q(assigned_group__in=WorkingGroup.objects.led_by(user).values("pk"))
    runs = Q(process__in=coordinated_by(user))
    nobody = Q(assigned_group__isnull=True, assigned_person__isnull=True)
    begun = Q(prepared=False, to_decide=False)
    publish, decide = runs & Q(prepared=True), runs & Q(to_decide=True)
    answer, assign = mine & begun, runs & nobody & begun
    return (
        _waiting()
        .filter(publish | decide | answer | assign)
        .annotate(
            step=Case(
                When(publish, then=Value(NextStep.PUBLISH)),
                When(decide, then=Value(NextStep.DECIDE)),
                When(answer, then=Value(NextStep.ANSWER)),
                default=Value(NextStep.ASSIGN),
            )
        )
    )


def by_due_day(rows: ProposalQuerySet) -> ProposalQuerySet:
    """Put what is late first, then what is due soonest; what has no term comes last."""
    return rows.order_by(F("owed_on").asc(nulls_last=True), "received_at", "pk")


def due_soon(rows: ProposalQuerySet, working_days: Calendar) -> ProposalQuerySet:
    """Keep what falls due from today on within the working days that each register asks to be reminded before."""
    today = clock.today()
    asked = Register.objects.filter(remind_before__gt=0).values_list("remind_before", flat=True).distinct()
    near = Q(pk__in=())
    for number in asked:
        near |= Q(process__register__remind_before=number, owed_on__lte=working_days.later(today, number))
    return rows.filter(near, owed_on__gte=today)


def people_to_remind() -> "QuerySet[User]":
    """Return everybody with an account who could owe a next step today and wants to be reminded."""
    coordinators = Role.objects.active().filter(kind=Role.Kind.COORDINATOR).values("person")
    leads = Mandate.objects.active().leading().values("person")
    examine = Proposal.objects.filter(owed_on__isnull=False, assigned_person__isnull=False).values("assigned_person")
    able = Q(person__in=coordinators) | Q(person__in=leads) | Q(person__in=examine)
    for one in additions():
        able |= one.people()
    return User.objects.filter(able, is_active=True, gets_reminders=True).order_by("pk")


# --- What is late in the processes that somebody coordinates ----------------------------------------


@dataclass(frozen=True)
class Owing:
    """Somebody who owes next steps in a process: a group, a person, or the coordinators themselves."""

    process: Process
    step: str
    name: str
    key: str
    late: int
    soon: int
    rows: list[Proposal] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    @property
    def asked(self) -> str:
        """Return what of the register is asked for to see all of them, to be added to an address."""
        if self.step == NextStep.PUBLISH:
            return "&state=prepared"
        if self.step == NextStep.DECIDE:
            return "&state=recommended"
        kind, _sign, number = self.key.partition("-")
        return f"&{kind}={number}" if kind else "&state=received"

    @property
    def more(self) -> int:
        """Return how many are not among the rows."""
        return self.late + self.soon - len(self.rows)


def _pressing(processes: Sequence[Process]) -> ProposalQuerySet:
    """Return what is late or due within a week, each with the key of the group or person who owes it; none once it is
    recommended or prepared."""
    own = Q(prepared=False, to_decide=False)
    return (
        _waiting()
        .filter(process__in=processes, owed_on__lte=clock.today() + WEEK)
        .annotate(
            owing_group=Case(When(own, then=F("assigned_group"))),
            owing_person=Case(When(own, then=F("assigned_person"))),
        )
    )


_OWNER = ("process_id", "prepared", "to_decide", "owing_group", "owing_person")


def _key(group_id: int | None, person_id: int | None) -> str:
    return f"group-{group_id}" if group_id else f"person-{person_id}" if person_id else ""


def owing_in(processes: Sequence[Process]) -> list[Owing]:
    """Return who owes what is late or falls due within a week, those with most that is late first.

    Of each at most ``SHOWN_OF_EACH`` entries are loaded, the latest first. Six queries, however many there are.
    """
    today = clock.today()
    pressing = _pressing(processes)
    counts = (
        pressing.order_by()
        .values(*_OWNER)
        .annotate(late=Count("pk", filter=Q(owed_on__lt=today)), soon=Count("pk", filter=Q(owed_on__gte=today)))
    )
    place = Window(RowNumber(), partition_by=[F(name) for name in _OWNER], order_by=[F("owed_on"), F("number")])
    # The keys first: ordering fifty thousand of them is quick, ordering whole rows is not.
    keys = list(pressing.annotate(place=place).filter(place__lte=SHOWN_OF_EACH).values_list("pk", flat=True))
    shown = pressing.filter(pk__in=keys).defer("text", "search")
    rows: dict[tuple[Any, ...], list[Proposal]] = {}
    for proposal in shown.select_related("process").order_by("owed_on", "number"):
        rows.setdefault(tuple(getattr(proposal, name) for name in _OWNER), []).append(proposal)
    by_key = {process.pk: process for process in processes}
    owners = _owners([row["owing_group"] for row in counts], [row["owing_person"] for row in counts])
    found = []
    for row in counts:
        key = _key(row["owing_group"], row["owing_person"])
        name, people = owners.get(key, ("", []))
        step = _step(row["prepared"], row["to_decide"], key)
        entries = rows.get(tuple(row[name] for name in _OWNER), [])
        process = by_key[row["process_id"]]
        found.append(Owing(process, step, name, key, row["late"], row["soon"], entries, people))
    return sorted(found, key=lambda one: (-one.late, -one.soon, one.name.casefold(), one.step))


def _step(prepared: bool, to_decide: bool, key: str) -> NextStep:
    if prepared:
        return NextStep.PUBLISH
    if to_decide:
        return NextStep.DECIDE
    return NextStep.ANSWER if key else NextStep.ASSIGN


def _owners(groups: Sequence[int | None], people: Sequence[int | None]) -> dict[str, tuple[str, list[str]]]:
    """Return by key the name of each group or person, and the names of those behind it who have an account."""
    owners: dict[str, tuple[str, list[str]]] = {}
    for pk, name in WorkingGroup.objects.filter(pk__in={key for key in groups if key}).values_list("pk", "name"):
        owners[_key(pk, None)] = (name, [])
    leads = (
        Mandate.objects.active().leading().filter(group__in={key for key in groups if key}, person__user__isnull=False)
    )
    for group_id, name in leads.order_by("position", "pk").values_list("group", "person__name"):
        owners[_key(group_id, None)][1].append(name)
    for person in Person.objects.filter(pk__in={key for key in people if key}):
        owners[_key(None, person.pk)] = (person.name, [person.name] if person.user_id else [])
    return owners


def accounts_behind(processes: Sequence[Process], key: str = "") -> "QuerySet[User]":
    """Return the accounts of those who owe an answer that is late in these processes; with a ``key``, of one of them."""
    late = _waiting().filter(Q(prepared=False, to_decide=False), process__in=processes).late()
    groups, people = late.values("assigned_group"), late.values("assigned_person")
    leading = Mandate.objects.active().leading().filter(group__in=groups)
    examining = Q(person__in=people)
    kind, _sign, number = key.partition("-")
    if kind == "group":
        leading, examining = leading.filter(group=int(number)), Q(pk__in=())
    elif kind == "person":
        leading, examining = leading.none(), Q(person__in=people, person=int(number))
    return User.objects.filter(Q(person__in=leading.values("person")) | examining, is_active=True).order_by("pk")


@dataclass(frozen=True)
class Reminding:
    """What a letter says that a person owes: late and soon, of each the most pressing and how many there are in all."""

    late: list[Proposal]
    late_number: int
    soon: list[Proposal]
    soon_number: int

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to write."""
        return not self.late_number and not self.soon_number


MOST_IN_LETTER = 20


def _some(rows: ProposalQuerySet) -> tuple[list[Proposal], int]:
    listed = list(by_due_day(rows).select_related("process").defer("text", "search")[: MOST_IN_LETTER + 1])
    return listed[:MOST_IN_LETTER], len(listed) if len(listed) <= MOST_IN_LETTER else rows.order_by().count()


def to_remind(user: User, working_days: Calendar | None = None) -> Reminding:
    """Return what the daily letter to a person speaks of."""
    owed = owed_by(user)
    late, late_number = _some(owed.late())
    soon, soon_number = _some(due_soon(owed, working_days or calendar()))
    return Reminding(late, late_number, soon, soon_number)


def late_of(user: User, processes: Sequence[Process]) -> Reminding:
    """Return the answers that a person owes in some processes and that are late, for a letter sent by hand."""
    late, number = _some(owed_by(user).filter(Q(step=NextStep.ANSWER), process__in=processes).late())
    return Reminding(late, number, [], 0)


def coordinated_processes(user: Any) -> list[Process]:
    """Return the processes that a person coordinates today."""
    return list(Process.objects.filter(pk__in=coordinated_by(user)))


def days_late(proposal: Proposal) -> int:
    """Return by how many calendar days an answer is late, 0 where it is not."""
    return max(0, (clock.today() - proposal.due_on).days) if proposal.waits and isinstance(proposal.due_on, date) else 0
