# SPDX-License-Identifier: EUPL-1.2
"""An answer to a letter about a task says how the task is going, and never goes into the register."""

from collections.abc import Callable
from datetime import timedelta

from talka.accounts.models import User
from talka.core import clock
from talka.groups.models import WorkingGroup
from talka.mailbox.models import InboundMessage, MailAccount
from talka.notifications.models import Notification
from talka.processes.models import Process
from talka.proposals.models import Proposal
from talka.tasks.models import State, Task
from talka.tasks.operations.tasks import create_task


def test_an_answer_to_the_letter_is_entered_and_is_no_proposal(
    process: Process,
    group: WorkingGroup,
    account: MailAccount,
    carol: User,
    bob: User,
    receive: Callable[..., InboundMessage],
) -> None:
    due = clock.today() + timedelta(days=3)
    create_task(process, title="Sagatavot karti", owner=bob.person, due_on=due, group=group, by=carol)
    letter = Notification.objects.get(template="tasks/create_task")
    assert letter.reply_to == account.address
    message = receive(sender=f"Bruno <{bob.email}>", text="Izdarīts!", headers={"In-Reply-To": letter.message_id})
    assert message.kind == InboundMessage.Kind.TASK
    assert Task.objects.select_related("latest").get().state == State.DONE
    assert not Proposal.objects.exists()
