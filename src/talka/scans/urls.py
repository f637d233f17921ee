# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.scans.views import entering, piles

app_name = "scans"

_SCANS = "workspace/p/<slug:process_slug>/register/scans/"
_SCAN = f"{_SCANS}<int:scan_id>/"

urlpatterns = [
    path(_SCANS, piles.list_scans, name="list_scans"),
    path(f"{_SCANS}add/", piles.add_scans, name="add_scans"),
    path(f"{_SCANS}next/", entering.take_next, name="take_next"),
    path(f"{_SCANS}undo/", entering.undo_last, name="undo_last"),
    path(_SCAN, entering.register_scan, name="register_scan"),
    path(f"{_SCAN}take/", entering.take_scan, name="take_scan"),
    path(f"{_SCAN}skip/", entering.skip_scan, name="skip_scan"),
    path(f"{_SCAN}discard/", entering.discard_scan, name="discard_scan"),
    path(f"{_SCAN}join-previous/", entering.join_to_previous, name="join_to_previous"),
    path(f"{_SCAN}join-next/", entering.join_next, name="join_next"),
    path(f"{_SCAN}read/", entering.read_again, name="read_again"),
    path(f"{_SCAN}pages/<int:page_id>/", piles.show_page, name="show_page"),
]
