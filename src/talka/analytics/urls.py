# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.analytics import views

app_name = "analytics"

_REPORT = "workspace/p/<slug:process_slug>/report/"

urlpatterns = [
    path(_REPORT, views.show_report, name="show_report"),
    path(f"{_REPORT}export/<str:kind>/", views.export_report, name="export_report"),
]
