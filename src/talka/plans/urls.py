# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from talka.plans.views import (
    answering,
    comparing,
    documents,
    downloads,
    editions,
    goals,
    handing_over,
    importing_values,
    imports,
    indicators,
    levels,
    measures,
    nodes,
    owing,
    plans,
    public,
    public_indicators,
    public_nodes,
    tree,
    updating,
    values,
    yearly,
)

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"
_INDICATORS = f"{_PLAN}/indicators"
_INDICATOR = f"{_INDICATORS}/<int:pk>"
_NODE = f"{_PLAN}/nodes/<int:node_id>"
_LEVEL = f"{_PLAN}/levels/<int:pk>"
_IMPORTS = f"{_PLAN}/imports"
_IMPORT = f"{_IMPORTS}/<int:number>"

# What everybody reads.
_public: list[URLPattern] = [
    path("plans/", public.list_plans, name="list_plans"),
    path(f"{_PUBLIC}/", public.show_plan, name="show_plan"),
    path(f"{_PUBLIC}/overview/", public.show_dashboard, name="show_dashboard"),
    path(f"{_PUBLIC}/map/", public.show_map, name="show_map"),
    path(f"{_PUBLIC}/points/", public.map_points, name="map_points"),
    path(f"{_PUBLIC}/code/<str:code>/", public.open_code, name="open_code"),
    path(f"{_PUBLIC}/<int:node_id>/", public_nodes.show_node, name="show_node"),
    path(f"{_PUBLIC}/<int:node_id>/follow/", public_nodes.follow_node, name="follow_node"),
]

# Editions, their differences, years and money.
_editions: list[URLPattern] = [
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

# Indicators and their values.
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

# How it is going, and who owes the news of it.
_updates: list[URLPattern] = [
    path("plans/updates/<slug:secret>/", answering.answer_round, name="answer_round"),
    path("workspace/owed/p/<slug:process_slug>/plans/<slug:plan_slug>/", answering.answer_owed, name="answer_owed"),
    path(f"{_PLAN}/owing/", owing.list_owing, name="list_owing"),
    path(f"{_PLAN}/owing/ask/", owing.open_round, name="open_round"),
    path(f"{_PLAN}/owing/remind/", owing.remind_owners, name="remind_owners"),
    path(f"{_PLAN}/replies/<int:pk>/", owing.settle_reply, name="settle_reply"),
    path(f"{_PLAN}/replies/<int:pk>/set-aside/", owing.set_aside_reply, name="set_aside_reply"),
    path(f"{_PLAN}/nodes/<int:node_id>/update/", updating.update_node, name="update_node"),
    path(f"{_PLAN}/nodes/<int:node_id>/updates/<int:pk>/retract/", updating.retract_update, name="retract_update"),
    path("workspace/p/<slug:process_slug>/hand-over-actions/", handing_over.hand_over, name="hand_over"),
]

# Tables and documents, out and in.
_files: list[URLPattern] = [
    path("plans/data/", downloads.describe_data, name="describe_data"),
    path("plans/data.json", downloads.data_dictionary, name="data_dictionary"),
    path(f"{_PUBLIC}/downloads/", downloads.list_downloads, name="list_downloads"),
    path(f"{_PUBLIC}/downloads/<int:document_id>/", downloads.show_document, name="show_document"),
    path(f"{_PUBLIC}/downloads/<int:document_id>/file/", downloads.take_document, name="take_document"),
    path(f"{_PUBLIC}/downloads/<slug:kind>.<slug:name>", downloads.download_plan, name="download_plan"),
    path(f"{_PUBLIC}/downloads/<slug:kind>.<slug:name>/ask/", downloads.ask_document, name="ask_document"),
    path(f"{_IMPORTS}/", imports.list_plan_imports, name="list_plan_imports"),
    path(f"{_IMPORTS}/new/", imports.start_plan_import, name="start_plan_import"),
    path(f"{_IMPORT}/", imports.show_plan_import, name="show_plan_import"),
    path(f"{_IMPORT}/table/", imports.choose_plan_table, name="choose_plan_table"),
    path(f"{_IMPORT}/columns/", imports.map_plan_import, name="map_plan_import"),
    path(f"{_IMPORT}/preview/", imports.preview_plan_import, name="preview_plan_import"),
    path(f"{_IMPORT}/undo/", imports.undo_plan_import, name="undo_plan_import"),
    path(f"{_IMPORT}/discard/", imports.discard_plan_import, name="discard_plan_import"),
]

# Writing a plan: its frame, its levels, its tree, its nodes.
_writing: list[URLPattern] = [
    path(f"{_WORK}/", plans.manage_plans, name="manage_plans"),
    path("workspace/p/<slug:process_slug>/new-plan/", plans.create_plan, name="create_plan"),
    path(f"{_PLAN}/", tree.manage_plan, name="manage_plan"),
    path(f"{_PLAN}/settings/", plans.change_plan, name="change_plan"),
    path(f"{_PLAN}/serves/", plans.change_parents, name="change_parents"),
    path(f"{_PLAN}/publish/", plans.publish_plan, name="publish_plan"),
    path(f"{_PLAN}/unpublish/", plans.unpublish_plan, name="unpublish_plan"),
    path(f"{_PLAN}/levels/", levels.manage_levels, name="manage_levels"),
    path(f"{_PLAN}/levels/new/", levels.add_level, name="add_level"),
    path(f"{_PLAN}/levels/example/", levels.show_example, name="show_example"),
    path(f"{_LEVEL}/", levels.change_level, name="change_level"),
    path(f"{_LEVEL}/move/", levels.move_level, name="move_level"),
    path(f"{_LEVEL}/remove/", levels.remove_level, name="remove_level"),
    path(f"{_PLAN}/renumber/", tree.renumber_nodes, name="renumber_nodes"),
    path(f"{_PLAN}/new/<int:level_id>/", nodes.create_node, name="create_node"),
    path(f"{_NODE}/", nodes.change_node, name="change_node"),
    path(f"{_NODE}/move/", tree.move_node, name="move_node"),
    path(f"{_NODE}/remove/", nodes.remove_node, name="remove_node"),
    path(f"{_NODE}/owner/", nodes.assign_owner, name="assign_owner"),
    path(f"{_NODE}/serves/", nodes.change_serves, name="change_serves"),
    path(f"{_NODE}/documents/", documents.add_document, name="add_document"),
    path(f"{_PLAN}/documents/<int:pk>/remove/", documents.remove_document, name="remove_document"),
    path(f"{_PUBLIC}/documents/<int:pk>/", documents.download_document, name="download_document"),
    path("workspace/goals/", goals.list_goals, name="list_goals"),
    path("workspace/goals/new/", goals.create_goal_list, name="create_goal_list"),
    path("workspace/goals/<slug:slug>/", goals.change_goal_list, name="change_goal_list"),
]

urlpatterns = [*_public, *_editions, *_indicators, *_updates, *_files, *_writing]
