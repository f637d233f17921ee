# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from talka.plans.views import imports

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"
_IMPORTS = f"{_PLAN}/imports"
_IMPORT = f"{_IMPORTS}/<int:number>"

_imports: list[URLPattern] = [
    path(f"{_IMPORTS}/", imports.list_plan_imports, name="list_plan_imports"),
    path(f"{_IMPORTS}/new/", imports.start_plan_import, name="start_plan_import"),
    path(f"{_IMPORT}/", imports.show_plan_import, name="show_plan_import"),
    path(f"{_IMPORT}/table/", imports.choose_plan_table, name="choose_plan_table"),
    path(f"{_IMPORT}/columns/", imports.map_plan_import, name="map_plan_import"),
    path(f"{_IMPORT}/preview/", imports.preview_plan_import, name="preview_plan_import"),
    path(f"{_IMPORT}/undo/", imports.undo_plan_import, name="undo_plan_import"),
    path(f"{_IMPORT}/discard/", imports.discard_plan_import, name="discard_plan_import"),
]

urlpatterns: list[URLPattern] = [*_imports]
