# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from talka.tasks.views import answering, handing_over, lists, tasks

app_name = "tasks"

_WORK = "workspace/p/<slug:process_slug>"
_TASK = f"{_WORK}/tasks/<int:pk>"

urlpatterns = [
    path(f"{_WORK}/tasks/", lists.list_process_tasks, name="list_process_tasks"),
    path(f"{_WORK}/tasks/export/<str:kind>/", lists.export_tasks, name="export_tasks"),
    path(f"{_WORK}/tasks/move/", tasks.move_tasks, name="move_tasks"),
    path(f"{_WORK}/new-task/", tasks.create_task, name="create_task"),
    path(f"{_WORK}/hand-over/", handing_over.hand_over, name="hand_over"),
    path(f"{_WORK}/groups/<slug:group_slug>/tasks/", lists.list_group_tasks, name="list_group_tasks"),
    path(f"{_TASK}/", tasks.show_task, name="show_task"),
    path(f"{_TASK}/change/", tasks.change_task, name="change_task"),
    path(f"{_TASK}/update/", tasks.update_task, name="update_task"),
    path(f"{_TASK}/hand-over/", handing_over.hand_over_task, name="hand_over_task"),
    path(f"{_TASK}/updates/<int:update_pk>/retract/", tasks.retract_update, name="retract_update"),
    path(f"{_TASK}/replies/<int:reply_pk>/settle/", tasks.settle_reply, name="settle_reply"),
    path("tasks/<str:secret>/", answering.answer_task, name="answer_task"),
]
