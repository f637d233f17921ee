# SPDX-License-Identifier: EUPL-1.2
"""What finding a time holds about people: what they answered to polls, and when they are away, until each is forgotten."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.core.holdings import Copy, Found, Holder, Wanted, keys_in, register
from talka.processes.queries import answered_for_by
from talka.scheduling.models import Absence, PollPerson
from talka.scheduling.operations.polls import erase_answers
from talka.scheduling.operations.timetables import erase_absence

MOST = 200


class PollAnswersHolder(Holder):
    """People who were asked when they could meet."""

    name = "date_polls"
    label = _("Date polls: when somebody could meet")
    keys = {
        "poll": _("poll"), "process": _("process"), "name": pgettext_lazy("person", "Name"), "email": _("E-mail"),
        "answered_at": _("when it was answered"), "comment": _("comment"), "answers": _("answers to each time"),
    }  # fmt: skip

    def _found(self, one: PollPerson, likeness: int = 100) -> Found:
        held = [
            (pgettext_lazy("person", "Name"), one.person.name),
            (_("E-mail"), one.email),
            (_("comment"), one.comment),
        ]
        return Found(
            key=f"poll_person:{one.pk}", title=one.poll.title, about=str(one.poll.process), subject=one, scope=one.poll.process,
            held=[(label, value) for label, value in held if value], likeness=likeness,
            erasing=_("The answers, the comment and the letters with the link are deleted."),
        )  # fmt: skip

    def _rows(self, **conditions: Any) -> Any:
        return PollPerson.objects.filter(**conditions).select_related("poll__process", "person")

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with everybody who was asked in the processes that ``by`` answers for."""
        rows = self._rows(poll__process__in=answered_for_by(by))
        alike = {
            key: likeness
            for key, name, email, phone in rows.values_list("pk", "person__name", "email", "person__phone")
            if (likeness := wanted.likeness(email=email, name=name, phone=phone))
        }
        best = sorted(alike, key=lambda key: (-alike[key], key))[:MOST]
        found = {one.pk: one for one in self._rows(pk__in=best)}
        return [self._found(found[key], alike[key]) for key in best]

    def own(self, user: Any) -> list[Found]:
        """Return the polls in which the person of the account was asked."""
        return self._all(self._rows(person__user=user).order_by("pk"))

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        rows = self._rows(poll__process__in=answered_for_by(by), pk__in=keys_in(keys, "poll_person"))
        return self._all(rows.order_by("pk"))

    def _all(self, rows: Iterable[PollPerson]) -> list[Found]:
        return [self._found(one) for one in rows]

    def copy(self, found: Found) -> Copy:
        """Return what the person answered."""
        one: Any = found.subject
        answers = one.answers.select_related("option").order_by("option__starts_at")
        return Copy({
            "poll": one.poll.title, "process": str(one.poll.process), "name": one.person.name, "email": one.email,
            "answered_at": one.answered_at, "comment": one.comment,
            "answers": [{"starts_at": said.option.starts_at, "ends_at": said.option.ends_at, "answer": said.get_answer_display()} for said in answers],
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the answers."""
        erase_answers(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


class AbsenceHolder(Holder):
    """People whose absence was entered for a timetable that isn't published yet."""

    name = "absences"
    label = _("Timetables: when somebody is away")
    keys = {
        "timetable": _("timetable"), "process": _("process"), "name": pgettext_lazy("person", "Name"), "group": _("speaks to"),
        "starts_on": _("from"), "ends_on": _("until"),
    }  # fmt: skip

    def _found(self, one: Absence, likeness: int = 100) -> Found:
        days = f"{one.starts_on:%d.%m.%Y.} – {one.ends_on:%d.%m.%Y.}"
        return Found(
            key=f"absence:{one.pk}", title=one.timetable.title, about=str(one.timetable.process), subject=one, scope=one.timetable.process,
            held=[(pgettext_lazy("person", "Name"), one.person.name), (_("away"), days)], likeness=likeness,
            erasing=_("The days are deleted; the timetable is no longer kept clear of them."),
        )  # fmt: skip

    def _rows(self, **conditions: Any) -> Any:
        return (
            Absence.objects.filter(**conditions).select_related("timetable__process", "person", "group").order_by("pk")
        )

    def find(self, wanted: Wanted, *, by: Any) -> list[Found]:
        """Compare with everybody who is away in the processes that ``by`` answers for."""
        rows = [
            (wanted.likeness(email=one.person.email, name=one.person.name, phone=one.person.phone), one)
            for one in self._rows(timetable__process__in=answered_for_by(by))
        ]
        alike = sorted((row for row in rows if row[0]), key=lambda row: (-row[0], row[1].pk))
        return [self._found(one, likeness) for likeness, one in alike[:MOST]]

    def own(self, user: Any) -> list[Found]:
        """Return the days on which the person of the account is away."""
        return [self._found(one) for one in self._rows(person__user=user)]

    def get(self, keys: Sequence[str], *, by: Any) -> list[Found]:
        """Return again what was found."""
        rows = self._rows(timetable__process__in=answered_for_by(by), pk__in=keys_in(keys, "absence"))
        return [self._found(one) for one in rows]

    def copy(self, found: Found) -> Copy:
        """Return when the person is away."""
        one: Any = found.subject
        return Copy({
            "timetable": one.timetable.title, "process": str(one.timetable.process), "name": one.person.name,
            "group": str(one.group or ""), "starts_on": one.starts_on, "ends_on": one.ends_on,
        })  # fmt: skip

    def erase(self, found: Found, *, by: Any, reason: str, leave_public: bool) -> None:
        """Delete the days."""
        erase_absence(found.subject, by=by, reason=reason)  # type: ignore[arg-type]


register(PollAnswersHolder())
register(AbsenceHolder())
