# SPDX-License-Identifier: EUPL-1.2
import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from talka.core.jobs import put_off


@pytest.mark.django_db
def test_a_job_stands_in_the_transaction_that_asks_for_it_also_when_a_worker_asks() -> None:
    elsewhere = InMemoryConnector()
    with app.replace_connector(elsewhere):  # as a worker does, whose own connection knows nothing of this transaction
        with transaction.atomic():
            put_off("talka.notifications.tasks.deliver_notification", queue="mail", notification_id=1)
            assert ProcrastinateJob.objects.count() == 1
            transaction.set_rollback(True)
        assert ProcrastinateJob.objects.count() == 0
        put_off(
            "talka.notifications.tasks.deliver_notification", queue="mail", priority=-3, lock="x", notification_id=2
        )
    job = ProcrastinateJob.objects.get()
    assert (job.queue_name, job.priority, job.lock, job.args) == ("mail", -3, "x", {"notification_id": 2})
    assert elsewhere.jobs == {}
