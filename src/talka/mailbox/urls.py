# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.mailbox.views import accounts, reading, settling

app_name = "mailbox"

_MAIL = "workspace/p/<slug:process_slug>/mail/"
_MESSAGE = f"{_MAIL}<int:pk>/"

urlpatterns = [
    path(_MAIL, reading.list_messages, name="list_messages"),
    path(f"{_MAIL}settings/", accounts.save_account, name="save_account"),
    path(f"{_MAIL}read/", accounts.read_now, name="read_now"),
    path(_MESSAGE, reading.show_message, name="show_message"),
    path(f"{_MESSAGE}files/original/", reading.download_original, name="download_original"),
    path(f"{_MESSAGE}files/<int:file_id>/", reading.download_message_file, name="download_message_file"),
    path(f"{_MESSAGE}land/", settling.land_message, name="land_message"),
    path(f"{_MESSAGE}split/", settling.split_message, name="split_message"),
    path(f"{_MESSAGE}join/", settling.join_message, name="join_message"),
    path(f"{_MESSAGE}take-off/", settling.unjoin_message, name="unjoin_message"),
    path(f"{_MESSAGE}aside/", settling.set_aside_message, name="set_aside_message"),
    path(f"{_MESSAGE}take-back/", settling.take_back_message, name="take_back_message"),
    path("workspace/administration/mailboxes/", accounts.list_accounts, name="list_accounts"),
]
