# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.processes.views import parts, people, running

app_name = "processes"

_WORK = "workspace/p/<slug:process_slug>"

urlpatterns = [
    path("workspace/new-process/", running.choose_template, name="choose_template"),
    path("workspace/new-process/<slug:kind>/", running.create_process, name="create_process"),
    path(f"{_WORK}/process/", running.manage_process, name="manage_process"),
    path(f"{_WORK}/process/texts/", running.change_texts, name="change_texts"),
    path(f"{_WORK}/process/frame/", running.change_frame, name="change_frame"),
    path(f"{_WORK}/process/publish/", running.publish_process, name="publish_process"),
    path(f"{_WORK}/process/unpublish/", running.unpublish_process, name="unpublish_process"),
    path(f"{_WORK}/process/close/", running.close_process, name="close_process"),
    path(f"{_WORK}/process/reopen/", running.reopen_process, name="reopen_process"),
    path(f"{_WORK}/process/<slug:row>/<int:pk>/move/", parts.move_part, name="move_part"),
    path(f"{_WORK}/process/phases/new/", parts.save_phase, name="save_phase"),
    path(f"{_WORK}/process/phases/<int:pk>/", parts.save_phase, name="save_phase"),
    path(f"{_WORK}/process/phases/<int:pk>/delete/", parts.delete_phase, name="delete_phase"),
    path(f"{_WORK}/process/steps/new/", parts.save_legal_step, name="save_legal_step"),
    path(f"{_WORK}/process/steps/<int:pk>/", parts.save_legal_step, name="save_legal_step"),
    path(f"{_WORK}/process/steps/<int:pk>/done/", parts.complete_legal_step, name="complete_legal_step"),
    path(f"{_WORK}/process/steps/<int:pk>/delete/", parts.delete_legal_step, name="delete_legal_step"),
    path(f"{_WORK}/process/channels/new/", parts.save_channel, name="save_channel"),
    path(f"{_WORK}/process/channels/<int:pk>/", parts.save_channel, name="save_channel"),
    path(f"{_WORK}/process/channels/<int:pk>/delete/", parts.delete_channel, name="delete_channel"),
    path(f"{_WORK}/process/passages/new/", parts.save_passage, name="save_passage"),
    path(f"{_WORK}/process/passages/<int:pk>/", parts.save_passage, name="save_passage"),
    path(f"{_WORK}/process/passages/<int:pk>/delete/", parts.delete_passage, name="delete_passage"),
    path(f"{_WORK}/process/organizations/new/", people.add_participant, name="add_participant"),
    path(f"{_WORK}/process/organizations/<int:pk>/", people.change_participant, name="change_participant"),
    path(f"{_WORK}/process/organizations/<int:pk>/remove/", people.remove_participant, name="remove_participant"),
    path(f"{_WORK}/people/", people.list_people, name="list_people"),
    path(f"{_WORK}/people/new/", people.give_role, name="give_role"),
    path(f"{_WORK}/people/<int:pk>/end/", people.end_role, name="end_role"),
    path(f"{_WORK}/people/<int:pk>/invite/", people.invite_person, name="invite_person"),
    path(f"{_WORK}/history/", people.show_history, name="show_history"),
    path("p/<slug:process_slug>/documents/<int:pk>/", parts.download_document, name="download_document"),
]
