# SPDX-License-Identifier: EUPL-1.2
"""What keeps approved minutes as they are, whoever asks: triggers in the database."""

from collections.abc import Sequence
from typing import Any

import pgtrigger

LOCK = "as_approved"
ROWS = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def as_approved(*, columns: Sequence[str], unless: str = "FALSE", operation: Any = ROWS) -> pgtrigger.Trigger:
    """Refuse to add, change or remove rows of a meeting once its minutes are approved.

    ``columns``: those that may not change; names and texts are covered by ``pgtrigger.ignore`` when the data of a person is erased.
    ``unless``: SQL for what is let through, such as the minutes themselves while they are being approved; of OLD and NEW, the one
    that an operation does not have holds nothing.
    """
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in ("meeting_id", *columns))
    return pgtrigger.Trigger(
        name=LOCK,
        when=pgtrigger.Before,
        operation=operation,
        func=f"""
        IF (TG_OP <> 'UPDATE' OR {changed}) AND NOT ({unless}) AND EXISTS (
            SELECT 1 FROM meetings_minutes m
            WHERE m.meeting_id IN (OLD.meeting_id, NEW.meeting_id) AND m.approved_at IS NOT NULL
        ) THEN
            RAISE EXCEPTION 'pgtrigger: Cannot change approved minutes in %', TG_TABLE_NAME;
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
        """,  # noqa: S608
    )
