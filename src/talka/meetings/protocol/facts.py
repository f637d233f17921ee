# SPDX-License-Identifier: EUPL-1.2
"""What minutes say, as plain values in the language of the process; whole, or with personal data left out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from talka.core.dates import clock_time, long_date, short_date
from talka.core.ical import plain
from talka.directory.wording import place_words
from talka.meetings.models import AgendaItem, Attendance, Meeting, Minutes
from talka.meetings.queries.protocol import Duty, TakenDecision, WrittenItem, written_items
from talka.proposals.models import Outcome


@dataclass(frozen=True)
class ItemFacts:
    """One item: its title, what was said, what came of it."""

    number: int
    title: str
    presenter: str = ""
    notes: str = ""
    recommendations: Sequence[str] = ()
    decisions: Sequence[str] = ()
    """Each with its number, votes after it."""
    tasks: Sequence[str] = ()
    outcome: str = ""


@dataclass(frozen=True)
class ProtocolFacts:
    """All that a protocol says."""

    language: str
    institution: str
    kind: str
    title: str
    place: str
    date: str
    number: str
    draft: str
    facts: Sequence[tuple[str, str]]
    """Label and value: where, when it began and ended, who chairs, who writes."""
    present: Sequence[str]
    absent: Sequence[str]
    opening: str
    items: Sequence[ItemFacts]
    signatures: Sequence[tuple[str, str]]
    remarks: Sequence[str]
    labels: dict[str, str] = field(default_factory=dict)


def gather(minutes: Minutes, *, public: bool) -> ProtocolFacts:
    """Gather what minutes say; ``public``: names only of those who agreed or hold the office that leads, closed items without
    their words, and the texts as published."""
    meeting, process = minutes.meeting, minutes.meeting.process
    with translation.override(process.language):
        attendances = list(meeting.attendances.all())
        names = {one.person_id: one.name_public for one in attendances if one.person_id is not None}

        def shown(person: int | None, name: str) -> str:
            if not public or person in {minutes.chair_id, minutes.secretary_id} or names.get(person or 0, False):
                return name
            return ""

        return ProtocolFacts(
            language=process.language,
            institution=str(process.owner),
            kind=_("MINUTES"),
            title=meeting.title,
            place=_town(meeting),
            date=long_date(meeting.first_day, process.language) if meeting.first_day else "",
            number=minutes.number,
            draft="" if minutes.approved_at else _("Draft"),
            facts=_facts(minutes, shown),
            present=[_attended(one, public) for one in attendances if one.mode not in _AWAY],
            absent=[_attended(one, public) for one in attendances if one.mode in _AWAY],
            opening=minutes.opening.strip(),
            items=[_item(one, public, shown, process.language) for one in written_items(meeting)],
            signatures=[
                (_("Chair of the meeting"), minutes.chair.name if minutes.chair else ""),
                (_("Minutes taken by"), minutes.secretary.name if minutes.secretary else ""),
            ],
            remarks=[
                f"{short_date(timezone.localdate(one.added_at), process.language)}: {one.text}" for one in minutes.remarks.all()
            ],
            labels={
                "present": _("Present:"), "absent": _("Not present:"), "agenda": _("Agenda:"), "reports": _("Presented by:"),
                "decides": _("DECIDED:"), "tasks": _("Tasks:"), "recommends": _("Recommended on proposals:"), "number": _("No."),
                "remarks": _("Corrections added later:"),
            },
        )  # fmt: skip


_AWAY = (Attendance.Mode.APOLOGISED, Attendance.Mode.ABSENT)


def _town(meeting: Meeting) -> str:
    """Return where the document is drawn up: the last part of the address of the place, else the territory."""
    place = meeting.place
    if place is not None and place.area is not None:
        return place.area.name
    if place is not None and "," in place.address:
        parts = [part.strip() for part in place.address.split(",") if not part.strip().startswith("LV-")]
        return parts[-1]
    return ""


def _facts(minutes: Minutes, shown: Callable[[int | None, str], str]) -> list[tuple[str, str]]:
    meeting, language = minutes.meeting, minutes.meeting.process.language
    where = place_words(meeting.place) if meeting.place else _("remotely")
    rows = [
        (_("Meeting"), meeting.title),
        (_("Working groups"), ", ".join(group.name for group in meeting.groups.all())),
        (_("Where"), where),
        (_("Began at"), clock_time(timezone.localtime(minutes.began_at), language) if minutes.began_at else ""),
        (_("Ended at"), clock_time(timezone.localtime(minutes.ended_at), language) if minutes.ended_at else ""),
        (_("Chaired by"), shown(minutes.chair_id, minutes.chair.name) if minutes.chair else ""),
        (_("Minutes taken by"), shown(minutes.secretary_id, minutes.secretary.name) if minutes.secretary else ""),
    ]
    return [(label, value) for label, value in rows if value]


def _attended(one: Attendance, public: bool) -> str:
    """Write somebody on the list: name, whom they represent, how they took part."""
    name = one.name if not public or one.name_public else ""
    mode = str(Attendance.Mode(one.mode).label)
    if one.mode == Attendance.Mode.REPRESENTED:
        mode = _("represented by %(name)s") % {"name": one.represented_by} if not public else mode
    return ", ".join(part for part in (name, one.represents or ("" if name else _("member")), mode) if part)


def _item(one: WrittenItem, public: bool, shown: Callable[[int | None, str], str], language: str) -> ItemFacts:
    item = one.item
    if public and item.withheld:
        return ItemFacts(one.number, _("Closed item"))
    presenter = item.presenter_name or (shown(item.presenter_id, item.presenter.name) if item.presenter else "")
    return ItemFacts(
        one.number,
        item.title,
        presenter=presenter,
        notes=plain(one.published if public else item.notes).strip(),
        recommendations=[
            f"{proposal.reference}: {Outcome(recommendation.outcome).label}"
            for proposal, recommendation in one.proposals
            if recommendation is not None and (not public or proposal.published_at is not None)
        ],
        decisions=[_decision(one.number, place, decision, public) for place, decision in enumerate(one.decisions, 1)],
        tasks=[_task(duty, shown, language) for duty in one.given],
        outcome=_outcome(item, one),
    )


def _outcome(item: AgendaItem, one: WrittenItem) -> str:
    """Say what came of an item where neither a decision nor a task says it."""
    if one.decisions or one.given or not item.outcome:
        return ""
    return {
        AgendaItem.Outcome.INFORMATION: pgettext("minutes", "Taken note of."),
        AgendaItem.Outcome.POSTPONED: pgettext("minutes", "Postponed to another meeting."),
    }.get(AgendaItem.Outcome(item.outcome), "")


def _decision(number: int, place: int, decision: TakenDecision, public: bool) -> str:
    text = decision.published if public else decision.text
    votes = votes_words(decision)
    return f"{number}.{place}. {text.strip()}{f' ({votes})' if votes else ''}"


def votes_words(decision: TakenDecision) -> str:
    """Write how votes were cast; empty where none were counted."""
    if decision.votes_for is None and decision.votes_against is None and decision.abstained is None:
        return ""
    facts = {"yes": decision.votes_for or 0, "no": decision.votes_against or 0, "none": decision.abstained or 0}
    return _("for – %(yes)d, against – %(no)d, abstained – %(none)d") % facts


def _task(duty: Duty, shown: Callable[[int | None, str], str], language: str) -> str:
    owner = shown(duty.owner_pk, duty.owner) or _("a member of the group")
    day = short_date(duty.due_on, language)
    return _("%(title)s – %(owner)s, until %(day)s") % {"title": duty.title, "owner": owner, "day": day}
