# SPDX-License-Identifier: EUPL-1.2
"""Who is invited to a meeting, what they answered, and whom the groups have gained or lost since."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from talka.directory.models import Person
from talka.meetings.models import Invitation, Meeting
from talka.meetings.queries.people import seated_at

_Answer = Invitation.Answer


@dataclass(frozen=True)
class Invited:
    """The invitations that stand, and how the members of the groups differ from them."""

    invitations: Sequence[Invitation]
    to_invite: Sequence[Person]
    to_take_back: Sequence[Invitation]

    def _number(self, *answers: str) -> int:
        return sum(one.answer in answers and not one.is_outdated and not one.represented_by for one in self.invitations)

    @property
    def coming(self) -> int:
        """Return how many come, themselves or by somebody instead of them."""
        return self._number(_Answer.ACCEPTED) + self.represented

    @property
    def represented(self) -> int:
        """Return for how many somebody else comes."""
        return sum(bool(one.represented_by) and not one.is_outdated for one in self.invitations)

    @property
    def remote(self) -> int:
        """Return how many of those who come or perhaps come join remotely."""
        answers = {_Answer.ACCEPTED, _Answer.TENTATIVE}
        return sum(one.remote and one.answer in answers and not one.is_outdated for one in self.invitations)

    @property
    def perhaps(self) -> int:
        """Return how many perhaps come."""
        return self._number(_Answer.TENTATIVE)

    @property
    def absent(self) -> int:
        """Return how many do not come, nor anybody instead of them."""
        return self._number(_Answer.DECLINED)

    @property
    def waiting(self) -> int:
        """Return how many have not answered about the present time and place."""
        return sum(one.waits for one in self.invitations)

    @property
    def sent(self) -> int:
        """Return how many invitations have gone out."""
        return sum(one.sent_at is not None for one in self.invitations)


def own_invitation(user: Any, meeting: Meeting) -> Invitation | None:
    """Return the invitation of somebody signed in, which they can answer without looking for the letter."""
    if not user.is_authenticated:
        return None
    return Invitation.objects.standing().filter(meeting=meeting, person__user=user, sent_at__isnull=False).first()


def invited(meeting: Meeting) -> Invited:
    """Return who is invited to a meeting; in two queries."""
    standing = list(meeting.invitations.standing().select_related("person").order_by("pk"))
    standing.sort(key=lambda one: one.person.name.casefold())
    members = {mandate.person_id: mandate.person for mandate in seated_at(meeting)}
    known = {one.person_id for one in standing}
    return Invited(
        standing,
        [person for key, person in members.items() if key not in known],
        [one for one in standing if not one.added and one.person_id not in members],
    )
