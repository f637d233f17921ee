# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.privacy import views

app_name = "privacy"
urlpatterns = [
    path("workspace/personal-data/", views.find_person, name="find_person"),
    path("workspace/personal-data/export/", views.export_person, name="export_person"),
    path("workspace/personal-data/erase/", views.erase_person, name="erase_person"),
    path("workspace/personal-data/due/", views.list_due, name="list_due"),
    path("my/data/", views.show_own_data, name="show_own_data"),
    path("my/data/export/", views.export_own_data, name="export_own_data"),
    path("my/data/close-account/", views.close_account, name="close_account"),
]
