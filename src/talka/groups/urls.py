# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.groups.views import actions, applications, groups, mandates

app_name = "groups"

_WORK = "workspace/p/<slug:process_slug>"
_GROUP = f"{_WORK}/groups/<slug:group_slug>"

urlpatterns = [
    path("p/<slug:process_slug>/groups/<slug:group_slug>/apply/", applications.apply_to_group, name="apply_to_group"),
    path("p/<slug:process_slug>/groups/<slug:group_slug>/leave/", applications.leave_group, name="leave_group"),
    path("applications/<slug:secret>/", applications.show_application, name="show_application"),
    path(f"{_GROUP}/applications/", applications.manage_applications, name="manage_applications"),
    path(f"{_GROUP}/applications/new/", applications.enter_application, name="enter_application"),
    path(f"{_WORK}/applications/", applications.list_applications, name="list_applications"),
    path(f"{_WORK}/groups/", groups.manage_groups, name="manage_groups"),
    path(f"{_WORK}/new-group/", groups.create_group, name="create_group"),
    path(f"{_GROUP}/", groups.manage_group, name="manage_group"),
    path(f"{_GROUP}/change/", groups.change_group, name="change_group"),
    path(f"{_GROUP}/move/", groups.move_group, name="move_group"),
    path(f"{_GROUP}/close/", groups.close_group, name="close_group"),
    path(f"{_GROUP}/reopen/", groups.reopen_group, name="reopen_group"),
    path(f"{_GROUP}/actions/", actions.manage_actions, name="manage_actions"),
    path(f"{_GROUP}/actions/new/", actions.plan_action, name="plan_action"),
    path(f"{_GROUP}/actions/<int:pk>/", actions.change_action, name="change_action"),
    path(f"{_GROUP}/actions/<int:pk>/move/", actions.move_action, name="move_action"),
    path(f"{_GROUP}/actions/<int:pk>/remove/", actions.remove_action, name="remove_action"),
    path(f"{_WORK}/planned-actions/", actions.list_planned_actions, name="list_planned_actions"),
    path(f"{_WORK}/planned-actions/<int:pk>/take/", actions.take_action, name="take_action"),
    path(f"{_WORK}/planned-actions/<int:pk>/add/", actions.add_action_to_draft, name="add_action_to_draft"),
    path(f"{_WORK}/planned-actions/<int:pk>/refuse/", actions.refuse_action, name="refuse_action"),
    path(f"{_WORK}/planned-actions/<int:pk>/reconsider/", actions.reconsider_action, name="reconsider_action"),
    path(f"{_GROUP}/members/new/", mandates.seat_person, name="seat_person"),
    path(f"{_GROUP}/members/<int:pk>/", mandates.change_mandate, name="change_mandate"),
    path(f"{_GROUP}/members/<int:pk>/end/", mandates.end_mandate, name="end_mandate"),
]
