# SPDX-License-Identifier: EUPL-1.2
"""Who may call meetings."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from talka.groups.models import Mandate, WorkingGroup
from talka.meetings.link_holder import InvitationHolder
from talka.meetings.models import Attendance, Invitation, Meeting, Minutes, Paper, Series
from talka.processes.models import Process, Role
from talka.processes.permissions import can_change_process
from talka.proposals.permissions import can_answer_for_data

VERBS = {
    "create_series": _("created a series of meetings"),
    "change_series": _("changed a series of meetings"),
    "end_series": _("ended a series of meetings"),
    "call_meeting": _("called a meeting"),
    "change_meeting": _("changed a meeting"),
    "cancel_meeting": _("cancelled a meeting"),
    "restore_meeting": _("took back the cancellation of a meeting"),
    "copy_meeting": _("called a meeting once more"),
    "add_paper": _("added a paper to a meeting"),
    "remove_paper": _("removed a paper from a meeting"),
    "move_paper": _("changed the order of the papers of a meeting"),
    "replace_paper": _("put a later file in the place of a paper"),
    "give_paper_to": _("said to which item of an agenda a paper belongs"),
    "add_decision": _("wrote down what a meeting decided"),
    "change_decision": _("changed what a meeting decided"),
    "remove_decision": _("removed what a meeting decided"),
    "add_item": _("added an item to an agenda"),
    "send_invitations": _("sent invitations to a meeting"),
    "invite_person": _("invited a person to a meeting"),
    "withdraw_invitation": _("took back an invitation to a meeting"),
    "remind_invited": _("reminded those who had not answered an invitation"),
    "answer_invitation": _("answered an invitation to a meeting"),
    "enter_answer": _("entered an answer to an invitation"),
    "erase_invitation": _("erased what was answered to an invitation, at the person's request"),
    "change_item": _("changed an item of an agenda"),
    "remove_item": _("took an item off an agenda"),
    "place_item": _("changed the order of an agenda"),
    "publish_agenda": _("published an agenda"),
    "withdraw_agenda": _("took an agenda off the page of the meeting"),
    "send_agenda": _("sent an agenda"),
    "begin_minutes": _("began the minutes of a meeting"),
    "write_minutes": _("wrote in the minutes of a meeting"),
    "remove_guest": _("took somebody off the list of those present"),
    "ask_archive": _("asked for the archive of minutes"),
    "circulate_minutes": _("sent draft minutes to those present"),
    "ask_correction": _("asked to correct draft minutes"),
    "settle_correction": _("answered a correction of draft minutes"),
    "approve_minutes": _("approved minutes"),
    "edit_public": _("edited what is published of minutes"),
    "publish_minutes": _("published minutes"),
    "withdraw_minutes": _("took minutes off the page of the meeting"),
    "add_remark": _("added a correction to approved minutes"),
    "change_custom": _("changed how meetings of the process are run"),
}


def can_call_meeting(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process, and whoever leads one of its groups."""
    return can_change_process(user, process) or WorkingGroup.objects.led_by(user).filter(process=process).exists()


def can_create_series(user: Any, process: Process) -> bool:
    """Whoever may call a meeting of the process."""
    return can_call_meeting(user, process)


def can_change_series(user: Any, series: Series) -> bool:
    """The coordinators and editors of the process, and the leads of the groups that meet."""
    return can_change_process(user, series.process) or WorkingGroup.objects.led_by(user).filter(series=series).exists()


can_end_series = can_change_series


def can_change_meeting(user: Any, meeting: Meeting) -> bool:
    """The coordinators and editors of the process, and the leads of the groups that meet."""
    return (
        can_change_process(user, meeting.process) or WorkingGroup.objects.led_by(user).filter(meetings=meeting).exists()
    )


def changeable_among(user: Any, process: Process, meetings: Iterable[Meeting]) -> set[int]:
    """Return the keys of those meetings of a process that the person may change; what a list asks for all its rows."""
    keys = {meeting.pk for meeting in meetings}
    if can_change_process(user, process):
        return keys
    led = WorkingGroup.objects.led_by(user).filter(process=process)
    return set(Meeting.objects.filter(pk__in=keys, groups__in=led).values_list("pk", flat=True))


can_copy_meeting = can_change_meeting
can_cancel_meeting = can_change_meeting
can_restore_meeting = can_change_meeting
can_add_paper = can_change_meeting
can_remove_paper = can_change_meeting
can_move_paper = can_change_meeting
can_send_invitations = can_change_meeting
can_invite_person = can_change_meeting
can_remind_invited = can_change_meeting


def can_withdraw_invitation(user: Any, invitation: Invitation) -> bool:
    """Whoever may change the meeting."""
    return can_change_meeting(user, invitation.meeting)


can_enter_answer = can_withdraw_invitation


def can_answer_invitation(user: Any, invitation: Invitation) -> bool:
    """Whoever holds its link, and the invited person, signed in."""
    if isinstance(user, InvitationHolder):
        return user.invitation_id == invitation.pk
    return bool(user.is_authenticated and invitation.person.user_id == user.pk)


def can_erase_invitation(user: Any, invitation: Invitation) -> bool:
    """Whoever answers for the personal data of the process."""
    return can_answer_for_data(user, invitation.meeting.process)


can_replace_paper = can_change_meeting
can_give_paper_to = can_change_meeting
can_read_earlier_papers = can_change_meeting


def can_write_minutes(user: Any, meeting: Meeting) -> bool:
    """Those who may change the meeting, the secretaries of the groups that meet, and who was named to take these minutes."""
    if can_change_meeting(user, meeting):
        return True
    if not user.is_authenticated:
        return False
    secretary = Mandate.objects.active().filter(
        person__user=user, function=Mandate.Function.SECRETARY, group__meetings=meeting
    )
    return secretary.exists() or Minutes.objects.filter(meeting=meeting, secretary__user=user).exists()


can_begin_minutes = can_write_minutes
can_circulate_minutes = can_write_minutes
can_settle_correction = can_write_minutes
can_publish_minutes = can_change_meeting
can_add_remark = can_change_meeting


def can_approve_minutes(user: Any, meeting: Meeting) -> bool:
    """Those who may change the meeting, and who chaired it."""
    if can_change_meeting(user, meeting):
        return True
    return user.is_authenticated and Minutes.objects.filter(meeting=meeting, chair__user=user).exists()


def can_ask_correction(user: Any, attendance: Attendance) -> bool:
    """Whoever was present: by the secret link, or signed in."""
    if user.is_authenticated:
        return attendance.person is not None and attendance.person.user_id == user.pk
    return getattr(user, "attendance_id", None) == attendance.pk


def can_read_minutes(user: Any, meeting: Meeting) -> bool:
    """Read minutes whole, with names and closed items: those who take part in the process."""
    return takes_part(user, meeting)


can_add_decision = can_write_minutes
can_change_decision = can_write_minutes
can_remove_decision = can_write_minutes
can_remove_guest = can_write_minutes
can_change_item = can_change_meeting
can_remove_item = can_change_meeting
can_place_item = can_change_meeting
can_publish_agenda = can_change_meeting
can_send_agenda = can_change_meeting


def can_add_item(user: Any, meeting: Meeting) -> bool:
    """Those who may change the meeting, and who writes its minutes: at a meeting, items come up."""
    return can_write_minutes(user, meeting)


def can_change_custom(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process."""
    return can_change_process(user, process)


def can_ask_archive(user: Any, process: Process) -> bool:
    """The coordinators and editors of the process: the archive holds names and closed items of all its groups."""
    return can_change_process(user, process)


def takes_part(user: Any, meeting: Meeting) -> bool:
    """Say whether somebody has a role in the process, as all have who sit in one of its groups."""
    if not user.is_authenticated:
        return False
    return any(process == meeting.process_id for process, _kind in Role.objects.kinds_of(user))


def can_join_remotely(user: Any, meeting: Meeting) -> bool:
    """See the link: everybody where it is public, else whoever takes part in the process."""
    return meeting.remote_public or takes_part(user, meeting)


def can_read_paper(user: Any, paper: Paper) -> bool:
    """Read a paper of a meeting that one sees: one of an item that is not public, or of an agenda that is not published, only
    inside the process."""
    open_to_all = paper.item is None or (not paper.item.withheld and paper.meeting.agenda_published_at is not None)
    return open_to_all or takes_part(user, paper.meeting)
