# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.plans.views import documents, downloads, goals, imports, levels, nodes, plans, tree

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"
_NODE = f"{_PLAN}/nodes/<int:node_id>"
_LEVEL = f"{_PLAN}/levels/<int:pk>"

urlpatterns = [
    # Taking a plan away.
    path("plans/data/", downloads.describe_data, name="describe_data"),
    path("plans/data.json", downloads.data_dictionary, name="data_dictionary"),
    path(f"{_PUBLIC}/downloads/", downloads.list_downloads, name="list_downloads"),
    path(f"{_PUBLIC}/downloads/<int:document_id>/", downloads.show_document, name="show_document"),
    path(f"{_PUBLIC}/downloads/<int:document_id>/file/", downloads.take_document, name="take_document"),
    path(f"{_PUBLIC}/downloads/<slug:kind>.<slug:name>", downloads.download_plan, name="download_plan"),
    path(f"{_PUBLIC}/downloads/<slug:kind>.<slug:name>/ask/", downloads.ask_document, name="ask_document"),
    # Writing a plan: its frame, its levels, its tree, its nodes.
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

_IMPORTS = f"{_PLAN}/imports"
_IMPORT = f"{_IMPORTS}/<int:number>"

urlpatterns += [
    # Tables taken into the draft.
    path(f"{_IMPORTS}/", imports.list_plan_imports, name="list_plan_imports"),
    path(f"{_IMPORTS}/new/", imports.start_plan_import, name="start_plan_import"),
    path(f"{_IMPORT}/", imports.show_plan_import, name="show_plan_import"),
    path(f"{_IMPORT}/table/", imports.choose_plan_table, name="choose_plan_table"),
    path(f"{_IMPORT}/columns/", imports.map_plan_import, name="map_plan_import"),
    path(f"{_IMPORT}/preview/", imports.preview_plan_import, name="preview_plan_import"),
    path(f"{_IMPORT}/undo/", imports.undo_plan_import, name="undo_plan_import"),
    path(f"{_IMPORT}/discard/", imports.discard_plan_import, name="discard_plan_import"),
]
