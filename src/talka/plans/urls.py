# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from talka.plans.views import nodes, public

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"

urlpatterns: list[URLPattern] = [
    path("plans/", public.list_plans, name="list_plans"),
    path(f"{_PUBLIC}/", public.show_plan, name="show_plan"),
    path(f"{_PUBLIC}/overview/", public.show_dashboard, name="show_dashboard"),
    path(f"{_PUBLIC}/map/", public.show_map, name="show_map"),
    path(f"{_PUBLIC}/points/", public.map_points, name="map_points"),
    path(f"{_PUBLIC}/code/<str:code>/", public.open_code, name="open_code"),
    path(f"{_PUBLIC}/<int:node_id>/", nodes.show_node, name="show_node"),
    path(f"{_PUBLIC}/<int:node_id>/follow/", nodes.follow_node, name="follow_node"),
    path(f"{_PUBLIC}/<int:node_id>/documents/<int:document_id>/", nodes.download_document, name="download_document"),
]
