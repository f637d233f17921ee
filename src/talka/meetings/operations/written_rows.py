# SPDX-License-Identifier: EUPL-1.2
"""What a row of minutes that are being written may hold: a decision, a task, a recommendation, a guest, a new item."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from talka.accounts.models import User
from talka.core import clock
from talka.core.permissions import is_allowed
from talka.core.text import clean_line, clean_text, shorten, whole_number
from talka.meetings.merging import merged
from talka.meetings.models import AgendaItem, Attendance, Decision, GivenTask, Minutes
from talka.meetings.operations.agenda import add_item
from talka.meetings.operations.written import LONGEST, WrongValue, item_of
from talka.meetings.queries.people import people_of
from talka.proposals.models import Outcome, Proposal, Recommendation
from talka.proposals.operations.answering import recommend_outcome
from talka.tasks.operations.tasks import create_task

MOST_VOTES = 10_000
VOTES = ("votes_for", "votes_against", "abstained")
AWAY = (Attendance.Mode.ABSENT, Attendance.Mode.APOLOGISED)


def write_row(minutes: Minutes, name: str, parts: Mapping[str, Any], *, by: User) -> None:
    """Store one row, named by what it belongs to and by a key that the page made, so that sending it again changes nothing;
    rows in which nothing is written are left."""
    kind, *keys = name.split(".")
    texts = {part: str(value).replace("\r\n", "\n") for part, value in parts.items()}
    if kind == "decision" and len(keys) == 2:
        _write_decision(item_of(minutes, keys[0]), _uuid(keys[1]), texts, by)
    elif kind == "task" and len(keys) == 2:
        _give_task(minutes, item_of(minutes, keys[0]), _uuid(keys[1]), texts, by)
    elif kind == "recommend" and len(keys) == 2:
        _recommend(item_of(minutes, keys[0]), whole_number(keys[1]) or 0, texts, by)
    elif kind == "guest" and len(keys) == 1:
        _write_guest(minutes, _uuid(keys[0]), texts)
    elif kind == "new-item" and len(keys) == 1:
        _add_item(minutes, _uuid(keys[0]), texts, by)
    else:
        raise WrongValue(_("This part of the minutes is not known."))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise WrongValue(_("This part of the minutes is not known.")) from error


def _write_decision(item: AgendaItem, key: UUID, parts: Mapping[str, str], by: User) -> None:
    decision = Decision.objects.select_for_update(of=("self",)).filter(key=key, meeting=item.meeting_id).first()
    text, base = clean_text(parts.get("text", ""), strip=False), parts.get("base")
    if decision is None and text == (base or "") and (base or not any(parts.get(name) for name in VOTES)):
        return  # a row in which nothing is written, or one that somebody else has removed meanwhile
    if not text.strip():
        raise WrongValue(_("A decision needs words. To take it away, use “Remove”."))
    if len(text) > LONGEST:
        raise WrongValue(_("This text is too long; at most %(limit)d characters.") % {"limit": LONGEST})
    votes = _votes(item, parts)
    if decision is not None:
        decision.text = merged(decision.text if base is None else base, decision.text, text)
        for column, number in votes.items():
            setattr(decision, column, number)
        decision.save(update_fields=["text", *votes])
        return
    day = min(item.meeting.first_day or clock.today(), clock.today())
    decision = Decision.objects.create(
        meeting=item.meeting, item=item, key=key, text=text, decided_on=day, created_by=by, created_at=clock.now(), **votes
    )  # fmt: skip
    decision.proposals.set(item.proposals.all())
    decision.nodes.set(item.nodes.all())
    _came_to(item, AgendaItem.Outcome.DECISION)


def _votes(item: AgendaItem, parts: Mapping[str, str]) -> dict[str, int | None]:
    """Return the votes as typed; nothing where they stand as the page read them."""
    typed = [parts.get(name, "").strip() for name in VOTES]
    if "/".join(typed) == parts.get("seen"):
        return {}
    votes = {name: _count(one) for name, one in zip(VOTES, typed, strict=True)}
    cast = sum(number or 0 for number in votes.values())
    present = Attendance.objects.filter(meeting=item.meeting_id).exclude(mode__in=AWAY).count()
    if cast > present:
        raise WrongValue(
            _("%(cast)d votes, but only %(present)d people are marked as present.") % {"cast": cast, "present": present}
        )
    return votes


def _count(text: str) -> int | None:
    if not text:
        return None
    number = whole_number(text)
    if number is None or number > MOST_VOTES:
        raise WrongValue(_("Write votes as whole numbers."))
    return number


def _came_to(item: AgendaItem, outcome: str) -> None:
    """Mark what came of an item by what was written below it, unless somebody has said more."""
    if item.outcome in {"", AgendaItem.Outcome.INFORMATION}:
        item.outcome = outcome
        item.save(update_fields=["outcome"])


def _give_task(minutes: Minutes, item: AgendaItem, key: UUID, parts: Mapping[str, str], by: User) -> None:
    title = clean_line(parts.get("title", ""))[:300]
    if not any(parts.values()) or GivenTask.objects.filter(key=key, item__meeting=minutes.meeting_id).exists():
        return
    if not title:
        raise WrongValue(_("Write what is to be done."))
    owner = people_of(minutes.meeting).filter(pk=whole_number(parts.get("owner", "")) or 0).first()
    if owner is None:
        raise WrongValue(_("A task needs one person who does it."))
    try:
        due_on = date.fromisoformat(parts.get("due", ""))
    except ValueError as error:
        raise WrongValue(_("A task needs its day: until when.")) from error
    if due_on < min(minutes.meeting.first_day or clock.today(), clock.today()):
        raise WrongValue(_("This day was before the meeting."))
    groups = list(minutes.meeting.groups.all())
    proposals = list(item.proposals.all()[:2])
    task = create_task(
        minutes.meeting.process, title=title, owner=owner, due_on=due_on, by=by, group=groups[0] if groups else None,
        proposal=proposals[0] if len(proposals) == 1 else None,
    )  # fmt: skip
    GivenTask.objects.create(item=item, task=task, key=key)
    _came_to(item, AgendaItem.Outcome.TASK)


def _recommend(item: AgendaItem, pk: int, parts: Mapping[str, str], by: User) -> None:
    proposal = Proposal.objects.filter(agenda_items=item, pk=pk).first()
    if proposal is None:
        raise WrongValue(_("This proposal is not on the agenda."))
    outcome, reason = parts.get("outcome", ""), clean_text(parts.get("reason", ""))[:20_000]
    written = {one.version: one for one in Recommendation.objects.filter(proposal=proposal)}
    last = max(written, default=0)
    read = min(whole_number(parts["version"]) or 0, last) if "version" in parts else last
    if (outcome, reason) in {_words(written.get(read)), _words(written.get(last))}:
        return
    if outcome not in Outcome.values:
        raise WrongValue(_("Choose one of the outcomes."))
    if not reason:
        raise WrongValue(_("A recommendation needs its reasons."))
    if not is_allowed(by, "proposals.recommend_outcome", proposal):
        raise WrongValue(_("Recommendations are entered by the lead of the group or the coordinator."))
    if read != last:
        raise WrongValue(
            _(
                "Meanwhile somebody else has recommended: “%(reason)s” Your words are kept; send them again to put them in its place."
            )
            % {"reason": shorten(written[last].reason, 300)}
        )
    recommend_outcome(proposal, by=by, outcome=outcome, reason=reason, version=last)


def _words(one: Recommendation | None) -> tuple[str, str]:
    return (one.outcome, clean_text(one.reason)) if one else ("", "")


def _write_guest(minutes: Minutes, key: UUID, parts: Mapping[str, str]) -> None:
    name, represents = clean_line(parts.get("name", ""))[:200], clean_line(parts.get("represents", ""))[:300]
    mode = parts.get("mode") or Attendance.Mode.ON_SITE
    if not name and not represents:
        return
    if not name:
        raise WrongValue(_("Write the name and surname."))
    if mode not in Attendance.Mode.values or mode == Attendance.Mode.REPRESENTED:
        raise WrongValue(_("Choose how the person takes part."))
    last = Attendance.objects.filter(meeting=minutes.meeting_id).aggregate(last=Max("position"))["last"]
    values = {"name": name, "represents": represents, "mode": mode}
    Attendance.objects.update_or_create(
        key=key, meeting=minutes.meeting, defaults=values, create_defaults={**values, "position": (last or 0) + 1}
    )


def _add_item(minutes: Minutes, key: UUID, parts: Mapping[str, str], by: User) -> None:
    title = clean_line(parts.get("title", ""))[:300]
    if title and not AgendaItem.objects.filter(key=key).exists():
        add_item(minutes.meeting, title=title, by=by, key=key)
