# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.plans.views import comparing, editions, yearly

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"

urlpatterns = [
    path(f"{_PUBLIC}/editions/", comparing.list_editions, name="list_editions"),
    path(f"{_PUBLIC}/editions/compare/", comparing.compare_editions, name="compare_editions"),
    path(f"{_PUBLIC}/editions/<int:number>/decision/", comparing.download_decision, name="download_decision"),
    path(f"{_PUBLIC}/year/", yearly.show_year, name="show_year"),
    path(f"{_PUBLIC}/year/<int:year>/", yearly.show_year, name="show_year"),
    path(f"{_PUBLIC}/year/<int:year>/export/<str:kind>/", yearly.export_year, name="export_year"),
    path(f"{_PUBLIC}/unfunded/", yearly.list_unfunded, name="list_unfunded"),
    path(f"{_PUBLIC}/unfunded/export/<str:kind>/", yearly.export_unfunded, name="export_unfunded"),
    path(f"{_PLAN}/editions/", editions.manage_editions, name="manage_editions"),
    path(f"{_PLAN}/editions/new/", editions.start_edition, name="start_edition"),
    path(f"{_PLAN}/editions/draft/", editions.change_edition, name="change_edition"),
    path(f"{_PLAN}/editions/draft/show/", editions.show_edition, name="show_edition"),
    path(f"{_PLAN}/editions/draft/approve/", editions.approve_edition, name="approve_edition"),
    path(f"{_PLAN}/editions/draft/discard/", editions.discard_edition, name="discard_edition"),
    path(f"{_PLAN}/editions/draft/reasons/", editions.explain_changes, name="explain_changes"),
    path(f"{_PLAN}/editions/draft/history/", editions.show_draft_history, name="show_draft_history"),
]
