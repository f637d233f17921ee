# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.groups import views

app_name = "groups"

_WORK = "workspace/p/<slug:process_slug>"
_GROUP = f"{_WORK}/groups/<slug:group_slug>"

urlpatterns = [
    path(f"{_WORK}/groups/", views.manage_groups, name="manage_groups"),
    path(f"{_WORK}/new-group/", views.create_group, name="create_group"),
    path(f"{_GROUP}/", views.manage_group, name="manage_group"),
    path(f"{_GROUP}/change/", views.change_group, name="change_group"),
    path(f"{_GROUP}/move/", views.move_group, name="move_group"),
    path(f"{_GROUP}/close/", views.close_group, name="close_group"),
    path(f"{_GROUP}/reopen/", views.reopen_group, name="reopen_group"),
    path(f"{_GROUP}/actions/", views.manage_actions, name="manage_actions"),
    path(f"{_GROUP}/actions/new/", views.plan_action, name="plan_action"),
    path(f"{_GROUP}/actions/<int:pk>/", views.change_action, name="change_action"),
    path(f"{_GROUP}/actions/<int:pk>/move/", views.move_action, name="move_action"),
    path(f"{_GROUP}/actions/<int:pk>/remove/", views.remove_action, name="remove_action"),
    path(f"{_WORK}/planned-actions/", views.list_planned_actions, name="list_planned_actions"),
    path(f"{_WORK}/planned-actions/<int:pk>/take/", views.take_action, name="take_action"),
    path(f"{_WORK}/planned-actions/<int:pk>/add/", views.add_action_to_draft, name="add_action_to_draft"),
    path(f"{_WORK}/planned-actions/<int:pk>/refuse/", views.refuse_action, name="refuse_action"),
    path(f"{_WORK}/planned-actions/<int:pk>/reconsider/", views.reconsider_action, name="reconsider_action"),
    path(f"{_GROUP}/members/new/", views.seat_person, name="seat_person"),
    path(f"{_GROUP}/members/<int:pk>/", views.change_mandate, name="change_mandate"),
    path(f"{_GROUP}/members/<int:pk>/end/", views.end_mandate, name="end_mandate"),
]
