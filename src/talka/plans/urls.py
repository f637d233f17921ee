# SPDX-License-Identifier: EUPL-1.2
from django.urls import URLPattern, path

from talka.plans.views import answering, handing_over, owing, updating

app_name = "plans"

_PUBLIC = "p/<slug:process_slug>/plans/<slug:plan_slug>"
_WORK = "workspace/p/<slug:process_slug>/plans"
_PLAN = f"{_WORK}/<slug:plan_slug>"

_UPDATES: list[URLPattern] = [
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

urlpatterns: list[URLPattern] = [*_UPDATES]
