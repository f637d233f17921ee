# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"

urlpatterns: list[URLPattern] = []
