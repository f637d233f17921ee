# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.directory import views

app_name = "directory"
_START = "workspace/administration"
_ONE = f"{_START}/organizations/<slug:slug>"
urlpatterns = [
    path(f"{_START}/organizations/", views.list_organizations, name="list_organizations"),
    path(f"{_START}/organizations/new/", views.create_organization, name="create_organization"),
    path(f"{_ONE}/", views.change_organization, name="change_organization"),
    path(f"{_ONE}/end/", views.succeed_organization, name="succeed_organization"),
    path(f"{_ONE}/people/", views.list_people, name="list_people"),
    path(f"{_ONE}/people/new/", views.add_person, name="add_person"),
    path(f"{_ONE}/people/<int:pk>/", views.change_person, name="change_person"),
    path(f"{_ONE}/people/<int:pk>/office/", views.create_membership, name="create_membership"),
    path(f"{_ONE}/people/<int:pk>/role/", views.appoint_staff, name="appoint_staff"),
    path(f"{_ONE}/people/<int:pk>/invitation/", views.invite_person, name="invite_person"),
    path(f"{_ONE}/offices/<int:pk>/end/", views.end_membership, name="end_membership"),
    path(f"{_ONE}/roles/<int:pk>/end/", views.dismiss_staff, name="dismiss_staff"),
    path(f"{_START}/places/", views.list_places, name="list_places"),
    path(f"{_START}/places/new/", views.create_place, name="create_place"),
    path(f"{_START}/places/<int:pk>/", views.change_place, name="change_place"),
    path(f"{_START}/topics/", views.list_topics, name="list_topics"),
    path(f"{_START}/topics/new/", views.create_topic, name="create_topic"),
    path(f"{_START}/topics/<int:pk>/", views.change_topic, name="change_topic"),
]
