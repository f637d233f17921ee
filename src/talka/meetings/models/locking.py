# SPDX-License-Identifier: EUPL-1.2
"""What keeps approved minutes as they are, whoever asks: triggers in the database."""

from collections.abc import Sequence

import pgtrigger

LOCK = "as_approved"


def as_approved(meeting: str, *, columns: Sequence[str], unless: str = "") -> pgtrigger.Trigger:
    """Refuse to change these columns of a row once the minutes of its meeting are approved.

    ``meeting``: SQL for the key of the meeting. Names and texts are covered by ``pgtrigger.ignore`` when the data of a person is
    erased. ``unless``: SQL for when a change is let through, such as of the minutes themselves while they are being approved.
    """
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    let = f"({unless}) OR" if unless else ""
    return pgtrigger.Trigger(
        name=LOCK,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
        IF {let} NOT ({changed}) THEN
            RETURN NEW;
        END IF;
        IF EXISTS (SELECT 1 FROM meetings_minutes m WHERE m.meeting_id = {meeting} AND m.approved_at IS NOT NULL) THEN
            RAISE EXCEPTION 'pgtrigger: Cannot change approved minutes in %', TG_TABLE_NAME;
        END IF;
        RETURN NEW;
        """,  # noqa: S608
    )
