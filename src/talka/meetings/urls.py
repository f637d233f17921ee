# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.meetings.views import agenda, archives, decisions, feeds, minutes, public, workspace, writing

app_name = "meetings"

MEETING = "p/<slug:process_slug>/meetings/<int:meeting_pk>"
WORK = "workspace/p/<slug:process_slug>/meetings"

urlpatterns = [
    path("p/<slug:process_slug>/groups/<slug:group_slug>/meetings.ics", feeds.group_feed, name="group_feed"),
    path(f"{MEETING}/", public.show_meeting, name="show_meeting"),
    path(f"{MEETING}/meeting.ics", feeds.meeting_ics, name="meeting_ics"),
    path(f"{MEETING}/point.json", public.show_point, name="show_point"),
    path(f"{MEETING}/papers/<int:paper_pk>/", public.download_paper, name="download_paper"),
    path(f"{WORK}/", workspace.manage_meetings, name="manage_meetings"),
    path(f"{WORK}/new/", workspace.call_meeting, name="call_meeting"),
    path(f"{WORK}/<int:meeting_pk>/", workspace.change_meeting, name="change_meeting"),
    path(f"{WORK}/<int:meeting_pk>/copy/", workspace.copy_meeting, name="copy_meeting"),
    path(f"{WORK}/<int:meeting_pk>/cancel/", workspace.cancel_meeting, name="cancel_meeting"),
    path(f"{WORK}/<int:meeting_pk>/restore/", workspace.restore_meeting, name="restore_meeting"),
    path(f"{WORK}/<int:meeting_pk>/papers/", workspace.add_paper, name="add_paper"),
    path(f"{WORK}/<int:meeting_pk>/agenda/", agenda.manage_agenda, name="manage_agenda"),
    path(f"{WORK}/<int:meeting_pk>/agenda/new/", agenda.add_item, name="add_item"),
    path(f"{WORK}/<int:meeting_pk>/agenda/waiting/", agenda.list_pending, name="list_pending"),
    path(f"{WORK}/<int:meeting_pk>/agenda/take/", agenda.take_pending, name="take_pending"),
    path(f"{WORK}/<int:meeting_pk>/agenda/publish/", agenda.publish_agenda, name="publish_agenda"),
    path(f"{WORK}/<int:meeting_pk>/agenda/<int:pk>/", agenda.change_item, name="change_item"),
    path(f"{WORK}/<int:meeting_pk>/agenda/<int:pk>/remove/", agenda.remove_item, name="remove_item"),
    path(f"{WORK}/<int:meeting_pk>/agenda/<int:pk>/place/", agenda.place_item, name="place_item"),
    path(f"{WORK}/<int:meeting_pk>/minutes/write/", writing.write_minutes, name="write_minutes"),
    path(f"{WORK}/<int:meeting_pk>/minutes/write.json", writing.sync_minutes, name="sync_minutes"),
    path(f"{WORK}/<int:meeting_pk>/minutes/people/<int:pk>/remove/", writing.remove_guest, name="remove_guest"),
    path(f"{WORK}/<int:meeting_pk>/minutes/decisions/<int:pk>/remove/", writing.remove_written, name="remove_written"),
    path(f"{WORK}/archive/", archives.manage_archive, name="manage_archive"),
    path(f"{WORK}/archive/make/", archives.ask_archive, name="ask_archive"),
    path(f"{WORK}/archive/<int:pk>/", archives.show_archive, name="show_archive"),
    path(f"{WORK}/archive/<int:pk>/file/", archives.take_archive, name="take_archive"),
    path(f"{WORK}/<int:meeting_pk>/minutes/", minutes.manage_minutes, name="manage_minutes"),
    path(f"{WORK}/<int:meeting_pk>/minutes/circulate/", minutes.circulate_minutes, name="circulate_minutes"),
    path(f"{WORK}/<int:meeting_pk>/minutes/corrections/<int:pk>/", minutes.settle_correction, name="settle_correction"),
    path(f"{WORK}/<int:meeting_pk>/minutes/approve/", minutes.approve_minutes, name="approve_minutes"),
    path(f"{WORK}/<int:meeting_pk>/minutes/publish/", minutes.publish_minutes, name="publish_minutes"),
    path(f"{WORK}/<int:meeting_pk>/minutes/withdraw/", minutes.withdraw_minutes, name="withdraw_minutes"),
    path(f"{WORK}/<int:meeting_pk>/minutes/remark/", minutes.add_remark, name="add_remark"),
    path(f"{WORK}/<int:meeting_pk>/minutes/files/<slug:kind>/", minutes.download_minutes, name="download_minutes"),
    path(f"{MEETING}/minutes.pdf", minutes.download_public_minutes, name="download_public_minutes"),
    path("minutes/draft/<slug:secret>/", minutes.read_draft, name="read_draft"),
    path(f"{WORK}/settings/", agenda.change_custom, name="change_custom"),
    path(f"{WORK}/<int:meeting_pk>/decisions/", decisions.manage_decisions, name="manage_decisions"),
    path(f"{WORK}/<int:meeting_pk>/decisions/new/", decisions.add_decision, name="add_decision"),
    path(f"{WORK}/<int:meeting_pk>/decisions/<int:pk>/", decisions.change_decision, name="change_decision"),
    path(f"{WORK}/<int:meeting_pk>/decisions/<int:pk>/remove/", decisions.remove_decision, name="remove_decision"),
    path(f"{WORK}/papers/<int:paper_pk>/remove/", workspace.remove_paper, name="remove_paper"),
    path(f"{WORK}/papers/<int:paper_pk>/move/", workspace.move_paper, name="move_paper"),
]
