# SPDX-License-Identifier: EUPL-1.2
from datetime import timedelta

from bench.minutes import hold

from talka.core import clock
from talka.files.inspection import inspect
from talka.meetings.models import Attendance, Decision, Invitation, Minutes
from talka.meetings.operations.agenda import add_item
from talka.meetings.operations.archiving import ask_archive, make_archive
from talka.meetings.operations.decisions import add_decision
from talka.meetings.operations.inviting import invite_person
from talka.meetings.operations.papers import add_papers, replace_paper
from talka.meetings.operations.series import create_series
from talka.meetings.operations.writing import begin_minutes
from tests.access import Row, World

MEMBERS = {"bob": 200, "carol": 200, "clara": 200, "leo": 200}
CALLS = {"visitor": 302, "everyone": 403, "carol": 200, "leo": 200}
WRITES = {"method": "post", "visitor": 302, "everyone": 403, "carol": 302, "leo": 302}


def _meeting(w: World) -> list[object]:
    return [w.process.slug, w.meeting.pk]


def _paper(w: World) -> list[object]:
    """The address parts of the meeting's only paper, handed out by carol the first time it is asked for."""
    paper = (
        w.meeting.papers.first() or add_papers(w.meeting, files=[("kartiba.pdf", inspect(b"%PDF-1.4"))], by=w.carol)[0]
    )
    return [w.process.slug, paper.pk]


def _earlier(w: World) -> list[object]:
    """The address parts of the file that the meeting's only paper had before."""
    parts = _paper(w)
    paper = w.meeting.papers.get(pk=parts[1])
    if not paper.versions.exists():
        replace_paper(paper, name="kartiba.pdf", inspected=inspect(b"%PDF-1.5"), by=w.carol)
    return [*parts, 1]


def _decision(w: World) -> list[object]:
    decision = w.meeting.decisions.first() or add_decision(
        w.meeting, text="Atbalstīt.", decided_on=clock.today(), by=w.carol
    )
    return [*_meeting(w), decision.pk]


def _invitation(w: World) -> list[object]:
    """The address parts of carol's own invitation to the meeting."""
    return [*_meeting(w), _invited(w).pk]


def _invited(w: World) -> Invitation:
    return w.meeting.invitations.first() or invite_person(w.meeting, person=w.carol.person, by=w.carol)


def _item(w: World) -> list[object]:
    item = w.meeting.items.first() or add_item(w.meeting, title="Ietves", by=w.carol)
    return [*_meeting(w), item.pk]


def _item_meeting(w: World) -> list[object]:
    """The address of a meeting with an agenda."""
    return _item(w)[:2]


def _begun(w: World) -> list[object]:
    """The address of a meeting whose minutes are begun."""
    begin_minutes(w.meeting, by=w.carol)
    return _meeting(w)


def _guest(w: World) -> list[object]:
    guest, _made = Attendance.objects.get_or_create(meeting=w.meeting, name="Viesis", mode="on_site")
    return [*_begun(w), guest.pk]


def _written(w: World) -> list[object]:
    """The address of a decision in minutes that are being written."""
    item = w.meeting.items.first() or add_item(w.meeting, title="Ietves", by=w.carol)
    decision, _made = Decision.objects.get_or_create(
        meeting=w.meeting, item=item, text="Atbalstīt.", decided_on=clock.today()
    )
    return [*_begun(w), decision.pk]


def _held(w: World) -> list[object]:
    """The address of the process, with approved minutes in it."""
    if not Minutes.objects.filter(meeting__process=w.process, approved_at__isnull=False).exists():
        hold(w.process, meetings=1, items=1)
    return [w.process.slug]


def _archive(w: World) -> list[object]:
    """The address of an archive that carol asked for and that is ready."""
    _held(w)
    archive = w.process.minutes_archives.first() or ask_archive(w.process, by=w.carol, language="lv")
    make_archive(archive.pk)
    return [w.process.slug, archive.pk]


def _series(w: World) -> list[object]:
    """The address of a series of the group."""
    series = w.process.series.first() or create_series(
        w.process,
        title="Sēdes",
        rule="FREQ=WEEKLY;COUNT=3",
        starts_at=clock.now() + timedelta(days=7),
        groups=[w.group],
        by=w.carol,
    )
    return [w.process.slug, series.pk]


ROWS = [
    Row("meetings:manage_invitations", _meeting, **CALLS),
    Row("meetings:send_invitations", _meeting, **WRITES),
    Row("meetings:remind_invited", _meeting, **WRITES),
    Row("meetings:invite_person", _meeting, **CALLS),
    Row("meetings:enter_answer", _invitation, **CALLS),
    Row("meetings:withdraw_invitation", _invitation, **WRITES),
    Row("meetings:answer_invitation", lambda w: [_invited(w).secret], everyone=200),
    Row("meetings:answer_invitation", lambda _w: ["nav-tadas-saites"], everyone=404),
    Row("meetings:group_feed", lambda w: [w.process.slug, w.group.slug], everyone=200),
    Row("meetings:show_meeting", _meeting, everyone=200),
    Row("meetings:show_meeting", lambda w: [w.process.slug, w.members_meeting.pk], everyone=404, **MEMBERS),
    Row("meetings:meeting_ics", _meeting, everyone=200),
    Row("meetings:meeting_ics", lambda w: [w.process.slug, w.members_meeting.pk], everyone=404, **MEMBERS),
    Row("meetings:show_point", _meeting, everyone=200),
    Row("meetings:show_point", lambda w: [w.process.slug, w.members_meeting.pk], everyone=404, **MEMBERS),
    Row("meetings:download_paper", lambda w: [*_meeting(w), *_paper(w)[1:]], everyone=200),
    Row(
        "meetings:manage_meetings", lambda w: [w.process.slug], visitor=302, everyone=403, carol=200, clara=200, leo=200
    ),
    Row("meetings:call_meeting", lambda w: [w.process.slug], **CALLS),
    Row("meetings:take_calendar", lambda w: [w.process.slug], **CALLS),
    Row("meetings:change_meeting", _meeting, **CALLS),
    Row("meetings:copy_meeting", _meeting, **CALLS),
    Row("meetings:cancel_meeting", _meeting, **CALLS),
    Row("meetings:restore_meeting", _meeting, **WRITES),
    Row("meetings:add_paper", _meeting, **CALLS),
    Row("meetings:manage_decisions", _meeting, **CALLS),
    Row("meetings:add_decision", _meeting, **CALLS),
    Row("meetings:change_decision", _decision, **CALLS),
    Row("meetings:remove_decision", _decision, **WRITES),
    Row("meetings:manage_agenda", _meeting, **CALLS),
    Row("meetings:add_item", _meeting, **CALLS),
    Row("meetings:list_pending", _meeting, **CALLS),
    Row("meetings:take_pending", _meeting, **WRITES),
    Row("meetings:publish_agenda", _item_meeting, **WRITES),
    Row("meetings:send_agenda", _item_meeting, **WRITES),
    Row("meetings:agenda_pdf", _item_meeting, everyone=404, carol=200, leo=200),
    Row("meetings:change_item", _item, **CALLS),
    Row("meetings:remove_item", _item, **WRITES),
    Row("meetings:place_item", _item, **WRITES),
    Row("meetings:write_minutes", _meeting, **CALLS),
    Row("meetings:sync_minutes", _begun, visitor=401, everyone=403, carol=200, leo=200),
    Row("meetings:remove_guest", _guest, **WRITES),
    Row("meetings:remove_written", _written, **WRITES),
    Row("meetings:manage_archive", lambda w: [w.process.slug], visitor=302, everyone=403, carol=200),
    Row("meetings:ask_archive", lambda w: _held(w)[:1], method="post", visitor=302, everyone=403, carol=302),
    Row("meetings:show_archive", _archive, visitor=302, everyone=403, carol=200),
    Row("meetings:take_archive", _archive, visitor=302, everyone=403, carol=200),
    Row("meetings:manage_minutes", _begun, **CALLS),
    Row("meetings:circulate_minutes", _begun, **WRITES | {"carol": 422, "leo": 422}),
    Row("meetings:approve_minutes", _begun, **WRITES | {"carol": 409, "leo": 409}),
    Row("meetings:settle_correction", lambda w: [*_begun(w), 1], **WRITES | {"carol": 404, "leo": 404}),
    Row("meetings:publish_minutes", _begun, **CALLS),
    Row("meetings:withdraw_minutes", _begun, **WRITES | {"carol": 422, "leo": 422}),
    Row("meetings:add_remark", _begun, **CALLS),
    Row(
        "meetings:download_minutes",
        lambda w: [*_begun(w), "pdf"],
        visitor=302,
        everyone=403,
        bob=404,
        clara=404,
        carol=200,
        leo=200,
    ),
    Row("meetings:download_public_minutes", _begun, everyone=404),
    Row("meetings:read_draft", lambda w: ["nav"], everyone=404),
    Row("meetings:manage_series", lambda w: [w.process.slug], visitor=302, everyone=403, carol=200, clara=200, leo=200),
    Row("meetings:create_series", lambda w: [w.process.slug], **CALLS),
    Row("meetings:change_series", _series, **CALLS),
    Row("meetings:replace_series", _series, **CALLS),
    Row("meetings:end_series", _series, **CALLS),
    Row("meetings:change_custom", lambda w: [w.process.slug], visitor=302, everyone=403, carol=200),
    Row("meetings:change_paper", _paper, **CALLS),
    Row("meetings:download_earlier_paper", _earlier, **CALLS),
    Row("meetings:remove_paper", _paper, **WRITES),
    Row("meetings:move_paper", _paper, **WRITES),
]
