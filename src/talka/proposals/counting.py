# SPDX-License-Identifier: EUPL-1.2
"""The trigger that keeps ``Tally`` true: whatever changes a proposal changes the counts in the same transaction."""


def _state(row: str) -> str:
    # In brackets, as PL/pgSQL ends the condition of an IF at the first THEN outside of them.
    return (
        f"(CASE WHEN {row}.withdrawn_at IS NOT NULL THEN 'withdrawn' "
        f"WHEN {row}.answered_at IS NOT NULL THEN 'answered' "
        f"WHEN {row}.assigned_group_id IS NOT NULL OR {row}.assigned_person_id IS NOT NULL THEN 'assigned' "
        "ELSE 'received' END)"
    )


def _add(row: str, step: int) -> str:
    return (
        "INSERT INTO proposals_tally (process_id, group_id, state, is_public, number) "  # noqa: S608 — no value of a person, names of our own columns only
        f"VALUES ({row}.process_id, {row}.assigned_group_id, {_state(row)}, {row}.published_at IS NOT NULL, {step}) "
        "ON CONFLICT (process_id, group_id, state, is_public) "
        f"DO UPDATE SET number = proposals_tally.number + ({step});"
    )


TALLY_SQL = f"""
    IF TG_OP = 'UPDATE' THEN
        IF OLD.process_id = NEW.process_id
            AND OLD.assigned_group_id IS NOT DISTINCT FROM NEW.assigned_group_id
            AND {_state("OLD")} = {_state("NEW")}
            AND (OLD.published_at IS NULL) = (NEW.published_at IS NULL)
        THEN
            RETURN NULL;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        {_add("OLD", -1)}
    END IF;
    IF TG_OP <> 'DELETE' THEN
        {_add("NEW", 1)}
    END IF;
    RETURN NULL;
"""
