# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.notifications import views

app_name = "notifications"
urlpatterns = [
    path("follow/<slug:secret>/", views.confirm_following, name="confirm_following"),
    path("unfollow/<slug:secret>/", views.unfollow, name="unfollow"),
    path("mail/", views.list_sent_mails, name="list_sent_mails"),
    path("mail/<int:pk>/", views.show_sent_mail, name="show_sent_mail"),
    path("workspace/administration/mail/", views.list_failed_mails, name="list_failed_mails"),
    path("workspace/administration/mail/again/", views.send_again, name="send_again"),
]
