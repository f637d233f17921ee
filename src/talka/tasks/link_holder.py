# SPDX-License-Identifier: EUPL-1.2
"""Somebody without an account who holds the secret link of a task, as an actor of operations."""

from dataclasses import dataclass


@dataclass(frozen=True)
class TaskHolder:
    """Whoever was asked how a task is going, known by the secret link or by an answer to the letter."""

    person_id: int
    task_id: int
    is_authenticated: bool = False
    is_superuser: bool = False
    pk: None = None
