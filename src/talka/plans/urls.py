# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from talka.plans.views import downloads

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"

urlpatterns: list[URLPattern] = [
    path("plans/data/", downloads.describe_data, name="describe_data"),
    path("plans/data.json", downloads.data_dictionary, name="data_dictionary"),
    path(f"{_PUBLIC}/downloads/", downloads.list_downloads, name="list_downloads"),
    path(f"{_PUBLIC}/downloads/<int:document_id>/", downloads.show_document, name="show_document"),
    path(f"{_PUBLIC}/downloads/<int:document_id>/file/", downloads.take_document, name="take_document"),
    path(f"{_PUBLIC}/downloads/<slug:kind>.<slug:name>", downloads.download_plan, name="download_plan"),
    path(f"{_PUBLIC}/downloads/<slug:kind>.<slug:name>/ask/", downloads.ask_document, name="ask_document"),
]
