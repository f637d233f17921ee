# SPDX-License-Identifier: EUPL-1.2
"""The parts of a process, each with its place in a row: phases, legal steps, ways to take part, parts of the page."""

from datetime import date
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.editing import check_unchanged
from talka.core.ordering import move_by_one
from talka.core.permissions import authorize
from talka.files.forms import Upload
from talka.files.operations import store_attachment
from talka.processes.models import Channel, LegalStep, Passage, Phase, Process
from talka.processes.operations.running import open_for_changes
from talka.processes.signals import phases_changed

Part = TypeVar("Part", Phase, LegalStep, Channel, Passage)


def _save_part(part: Part, process: Process, fields: dict[str, Any], seen: str = "") -> Part:
    """Put a part at its place of the process: a new one goes to the end."""
    open_for_changes(process)
    if part.pk is not None:
        check_unchanged(type(part)._default_manager.get(pk=part.pk), fields, seen)
    elif not fields.get("position"):
        last = type(part)._default_manager.filter(process=process).aggregate(last=Max("position"))["last"]
        fields = {**fields, "position": 0 if last is None else last + 1}
    part.process = process
    for name, value in fields.items():
        setattr(part, name, value)
    part.save()
    return part


def _delete_part(part: Part, verb: str, by: User) -> None:
    open_for_changes(part.process)
    record(verb, part, by=by, scope=part.process)
    part.delete()


def _keep(part: LegalStep | Passage, upload: Upload | None, without_document: bool, by: User) -> None:
    """Lay a document by a part, or take it away; what it was stays in the row's history."""
    if upload is not None:
        part.document = store_attachment(upload.inspected, name=upload.name, by=by)
    elif without_document:
        part.document = None


@transaction.atomic
def move_part(part: Phase | LegalStep | Channel | Passage, *, by: User, up: bool) -> None:
    """Move a part one place up or down in its row; at the end of the row nothing happens."""
    authorize(by, "processes.move_part", part.process)
    open_for_changes(part.process)
    if move_by_one(type(part)._default_manager.filter(process=part.process), part, up=up):
        record("processes.move_part", part, by=by, scope=part.process)


@transaction.atomic
def save_phase(process: Process, *, by: User, phase: Phase | None = None, seen: str = "", **fields: Any) -> Phase:
    """Add or change a phase; what it allows holds at once."""
    authorize(by, "processes.save_phase", process)
    phase = _save_part(phase or Phase(), process, fields, seen)
    record("processes.save_phase", phase, by=by, scope=process)
    phases_changed.send(Process, process=process)
    return phase


@transaction.atomic
def delete_phase(phase: Phase, *, by: User) -> None:
    """Remove a phase."""
    authorize(by, "processes.delete_phase", phase.process)
    _delete_part(phase, "processes.delete_phase", by)
    phases_changed.send(Process, process=phase.process)


@transaction.atomic
def save_legal_step(
    process: Process,
    *,
    by: User,
    step: LegalStep | None = None,
    upload: Upload | None = None,
    without_document: bool = False,
    seen: str = "",
    **fields: Any,
) -> LegalStep:
    """Add or change a legal step, with its document."""
    authorize(by, "processes.save_legal_step", process)
    step = step or LegalStep()
    _keep(step, upload, without_document, by)
    step = _save_part(step, process, fields, seen)
    record("processes.save_legal_step", step, by=by, scope=process)
    return step


@transaction.atomic
def complete_legal_step(
    step: LegalStep, *, by: User, done_on: date, upload: Upload | None = None, document_url: str = "", note: str = ""
) -> None:
    """Record that a legal step is done, with what shows it; what is not given stays as it was."""
    authorize(by, "processes.complete_legal_step", step.process)
    open_for_changes(step.process)
    step.done_on = done_on
    _keep(step, upload, without_document=False, by=by)
    step.document_url = document_url or step.document_url
    step.note = note or step.note
    step.save(update_fields=["done_on", "document", "document_url", "note"])
    record("processes.complete_legal_step", step, by=by, scope=step.process)


@transaction.atomic
def delete_legal_step(step: LegalStep, *, by: User) -> None:
    """Remove a legal step."""
    authorize(by, "processes.delete_legal_step", step.process)
    _delete_part(step, "processes.delete_legal_step", by)


@transaction.atomic
def save_channel(
    process: Process, *, by: User, channel: Channel | None = None, seen: str = "", **fields: Any
) -> Channel:
    """Add or change a way to take part."""
    authorize(by, "processes.save_channel", process)
    channel = _save_part(channel or Channel(), process, fields, seen)
    record("processes.save_channel", channel, by=by, scope=process)
    return channel


@transaction.atomic
def delete_channel(channel: Channel, *, by: User) -> None:
    """Remove a way to take part."""
    authorize(by, "processes.delete_channel", channel.process)
    _delete_part(channel, "processes.delete_channel", by)


@transaction.atomic
def save_passage(
    process: Process,
    *,
    by: User,
    passage: Passage | None = None,
    upload: Upload | None = None,
    without_document: bool = False,
    seen: str = "",
    **fields: Any,
) -> Passage:
    """Add or change a part of what the page tells."""
    authorize(by, "processes.save_passage", process)
    passage = passage or Passage()
    _keep(passage, upload, without_document, by)
    passage = _save_part(passage, process, fields, seen)
    record("processes.save_passage", passage, by=by, scope=process)
    return passage


@transaction.atomic
def delete_passage(passage: Passage, *, by: User) -> None:
    """Remove a part of what the page tells."""
    authorize(by, "processes.delete_passage", passage.process)
    _delete_part(passage, "processes.delete_passage", by)
