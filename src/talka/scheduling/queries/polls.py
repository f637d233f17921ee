# SPDX-License-Identifier: EUPL-1.2
"""What the answers to a poll come to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from talka.scheduling.models import DatePoll, PollAnswer, PollOption, PollPerson


@dataclass
class Tallied:
    """One time with how many can come, with whom they are, and whether no other suits more people."""

    option: PollOption
    counts: Counter[str] = field(default_factory=Counter)
    names: dict[str, list[str]] = field(default_factory=dict)
    is_best: bool = False

    @property
    def yes(self) -> int:
        """Return how many can come."""
        return self.counts[PollAnswer.Answer.YES]

    @property
    def if_need_be(self) -> int:
        """Return how many can come if need be."""
        return self.counts[PollAnswer.Answer.IF_NEED_BE]

    @property
    def no(self) -> int:
        """Return how many cannot come."""
        return self.counts[PollAnswer.Answer.NO]

    @property
    def rank(self) -> tuple[int, int]:
        """Return by what times are compared: how many can come at all, then how many of them gladly."""
        return self.yes + self.if_need_be, self.yes


@dataclass
class Results:
    """A poll's times with their answers, and who has not answered yet."""

    rows: Sequence[Tallied]
    missing: Sequence[PollPerson]
    answered: Sequence[PollPerson]

    @property
    def best(self) -> list[Tallied]:
        """Return the times that suit most; nothing before somebody can come."""
        return [row for row in self.rows if row.is_best]

    @property
    def comments(self) -> list[PollPerson]:
        """Return those who added something to their answers."""
        return [one for one in self.answered if one.comment]

    @property
    def reachable(self) -> bool:
        """Say whether somebody who has not answered can be reminded by a letter."""
        return any(one.email for one in self.missing)


def results_of(poll: DatePoll) -> Results:
    """Count the answers to a poll; in three queries."""
    people = list(poll.people.select_related("person"))
    rows = {option.pk: Tallied(option) for option in poll.options.all()}
    for one in PollAnswer.objects.filter(asked__poll=poll).select_related("asked__person"):
        row = rows[one.option_id]
        row.counts[one.answer] += 1
        row.names.setdefault(one.answer, []).append(one.asked.person.name)
    top = max((row.rank for row in rows.values()), default=(0, 0))
    for row in rows.values():
        row.is_best = row.rank == top and top[0] > 0
    return Results(
        rows=list(rows.values()),
        missing=[one for one in people if one.answered_at is None],
        answered=[one for one in people if one.answered_at is not None],
    )
