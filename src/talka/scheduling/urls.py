# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.scheduling.views import placing, polls, timetables

app_name = "scheduling"

TIMETABLES = "workspace/p/<slug:process_slug>/timetables"
ONE = f"{TIMETABLES}/<int:pk>"
POLLS = "workspace/p/<slug:process_slug>/polls"

urlpatterns = [
    path("polls/<str:secret>/", polls.answer_poll, name="answer_poll"),
    path(f"{POLLS}/", polls.manage_polls, name="manage_polls"),
    path(f"{POLLS}/new/", polls.create_poll, name="create_poll"),
    path(f"{POLLS}/<int:pk>/", polls.manage_poll, name="manage_poll"),
    path(f"{POLLS}/<int:pk>/remind/", polls.remind_missing, name="remind_missing"),
    path(f"{POLLS}/<int:pk>/close/", polls.close_poll, name="close_poll"),
    path(f"{POLLS}/<int:pk>/choose/<int:option_pk>/", polls.choose_option, name="choose_option"),
    path(f"{TIMETABLES}/", timetables.manage_timetables, name="manage_timetables"),
    path(f"{TIMETABLES}/new/", timetables.create_timetable, name="create_timetable"),
    path(f"{ONE}/", placing.manage_timetable, name="manage_timetable"),
    path(f"{ONE}/settings/", timetables.change_timetable, name="change_timetable"),
    path(f"{ONE}/groups/", timetables.set_wishes, name="set_wishes"),
    path(f"{ONE}/absences/", timetables.add_absence, name="add_absence"),
    path(f"{ONE}/absences/<int:absence_pk>/remove/", timetables.remove_absence, name="remove_absence"),
    path(f"{ONE}/remove/", timetables.remove_timetable, name="remove_timetable"),
    path(f"{ONE}/solve/", placing.solve_timetable, name="solve_timetable"),
    path(f"{ONE}/sessions/<int:session_pk>/", placing.move_session, name="move_session"),
    path(f"{ONE}/sessions/<int:session_pk>/pin/", placing.pin_session, name="pin_session"),
    path(f"{ONE}/publish/", placing.publish_timetable, name="publish_timetable"),
    path(f"{ONE}/timetable.<slug:name>", placing.download_timetable, name="download_timetable"),
]
