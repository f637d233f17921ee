# SPDX-License-Identifier: EUPL-1.2
"""The verbs of joint work: running a process, its parts, its people."""

from talka.processes.operations.parts import (
    complete_legal_step,
    delete_channel,
    delete_legal_step,
    delete_passage,
    delete_phase,
    move_part,
    save_channel,
    save_legal_step,
    save_passage,
    save_phase,
)
from talka.processes.operations.people import (
    LastCoordinator,
    OwnerTakesPart,
    RoleFromGroup,
    add_participant,
    end_role,
    enter_organization,
    enter_person,
    give_role,
    remove_participant,
)
from talka.processes.operations.running import (
    NotReadyToPublish,
    ProcessClosed,
    change_process,
    close_process,
    create_process,
    publish_process,
    reopen_process,
    unpublish_process,
)

__all__ = [
    "LastCoordinator", "NotReadyToPublish", "OwnerTakesPart", "ProcessClosed", "RoleFromGroup",
    "add_participant", "change_process", "close_process", "complete_legal_step", "create_process", "delete_channel",
    "delete_legal_step", "delete_passage", "delete_phase", "end_role", "enter_organization", "enter_person", "give_role", "move_part",
    "publish_process", "remove_participant", "reopen_process", "save_channel", "save_legal_step", "save_passage",
    "save_phase", "unpublish_process",
]  # fmt: skip
