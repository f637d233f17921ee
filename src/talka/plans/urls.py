# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.plans.views import answering, documents, goals, handing_over, levels, nodes, owing, plans, tree, updating

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"
_NODE = f"{_PLAN}/nodes/<int:node_id>"
_LEVEL = f"{_PLAN}/levels/<int:pk>"

urlpatterns = [
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
    # Asking owners how it is going, and what they say.
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
