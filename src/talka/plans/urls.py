# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from talka.plans.views import importing_values, indicators, measures, public_indicators, values

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"
_INDICATORS = f"{_PLAN}/indicators"
_INDICATOR = f"{_INDICATORS}/<int:pk>"

_indicators: list[URLPattern] = [
    path(f"{_PUBLIC}/indicators/", public_indicators.list_indicators, name="list_indicators"),
    path(f"{_PUBLIC}/indicators.csv", public_indicators.export_indicators, name="export_indicators"),
    path(f"{_PUBLIC}/indicators/<int:pk>/", public_indicators.show_indicator, name="show_indicator"),
    path(f"{_PUBLIC}/indicators/<int:pk>.csv", public_indicators.export_indicator, name="export_indicator"),
    path("measures/", measures.list_measures, name="list_measures"),
    path("measures/<int:pk>/", measures.compare_measure, name="compare_measure"),
    path("measures/<int:pk>.csv", measures.export_measure, name="export_measure"),
    path("workspace/own-indicators/", values.record_own_values, name="record_own_values"),
    path("workspace/own-indicators/<int:year>/", values.record_own_values, name="record_own_values"),
    path(f"{_INDICATORS}/", indicators.manage_indicators, name="manage_indicators"),
    path(f"{_INDICATORS}/new/", indicators.create_indicator, name="create_indicator"),
    path(f"{_INDICATORS}/values/", values.record_values_of_year, name="record_values_of_year"),
    path(f"{_INDICATORS}/values/<int:year>/", values.record_values_of_year, name="record_values_of_year"),
    path(f"{_INDICATOR}/", values.record_values_of_indicator, name="record_values_of_indicator"),
    path(f"{_INDICATOR}/change/", indicators.change_indicator, name="change_indicator"),
    path(f"{_INDICATOR}/remove/", indicators.remove_indicator, name="remove_indicator"),
    path(f"{_INDICATOR}/move/", indicators.move_indicator, name="move_indicator"),
    path(f"{_INDICATOR}/owner/", indicators.assign_indicator, name="assign_indicator"),
    path(f"{_INDICATOR}/comparison/", indicators.compare_indicator, name="compare_indicator"),
    *importing_values.import_pages(_INDICATORS),
]

urlpatterns: list[URLPattern] = [*_indicators]
