# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.accounts import views

app_name = "accounts"
urlpatterns = [
    path("account/", views.change_account, name="change_account"),
    path("account/reminders/stop/<str:token>/", views.stop_reminders, name="stop_reminders"),
    path("account/invitations/<slug:secret>/", views.accept_invitation, name="accept_invitation"),
]
