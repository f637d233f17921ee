# SPDX-License-Identifier: EUPL-1.2
"""Editions: the draft of the next one, shown, approved."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.files.forms import Upload
from talka.files.models import Attachment
from talka.files.operations import store_attachment
from talka.plans.models import Edition, Funding, IndicatorTarget, IndicatorVersion, NodeVersion, Plan


class DraftExists(Refused):
    message = _("The edition “%(name)s” is being worked on already. Approve it first, or go on with it.")


class EditionApproved(Refused):
    message = _("This edition has been approved; nothing in it changes any more. Make your change in the next edition.")


class EditionEmpty(Refused):
    message = _("This edition is empty; there is nothing to approve.")


class ApprovedInFuture(Refused):
    message = _("A decision cannot have been taken after today.")


def lock_draft(edition: Edition) -> Edition:
    """Return the edition, locked; raise ``EditionApproved`` once it is approved."""
    locked = Edition.objects.select_for_update(of=("self",)).select_related("plan__process").get(pk=edition.pk)
    if not locked.is_draft:
        raise EditionApproved
    return locked


@transaction.atomic
def start_edition(plan: Plan, *, name: str, by: User, note: str = "") -> Edition:
    """Begin the next edition: empty the first time, afterwards with all that stands in the latest approved one."""
    authorize(by, "plans.start_edition", plan)
    Plan.objects.select_for_update().get(pk=plan.pk)
    draft = plan.editions.drafts().first()
    if draft is not None:
        raise DraftExists(name=draft.name)
    source = plan.editions.approved().first()
    last = plan.editions.aggregate(last=Max("number"))["last"] or 0
    edition = Edition.objects.create(
        plan=plan, number=last + 1, name=name, note=note, based_on=source, created_by=by, created_at=clock.now()
    )
    if source is not None:
        _copy(source, edition)
    record("plans.start_edition", edition, by=by, scope=plan.process, name=name)
    return edition


def _columns(model: Any, *leave_out: str) -> list[str]:
    return [f.column for f in model._meta.concrete_fields if f.column not in {"id", *leave_out}]


def _copy(source: Edition, edition: Edition) -> None:
    """Copy what one edition says into another, whole tables at a time."""
    pairs: tuple[tuple[Any, str, Iterable[Any], Iterable[Any]], ...] = (
        (NodeVersion, "node_id", (Funding,), ("partners", "areas", "topics", "serves", "goals")),
        (IndicatorVersion, "indicator_id", (IndicatorTarget,), ("areas", "nodes")),
    )
    with connection.cursor() as cursor:
        for model, identity, rows, sets in pairs:
            table = model._meta.db_table
            copied = _columns(model, "edition_id", "change_reason")
            names = ", ".join(copied)
            cursor.execute(
                f"INSERT INTO {table} (edition_id, change_reason, {names}) "  # noqa: S608
                f"SELECT %s, '', {names} FROM {table} WHERE edition_id = %s ORDER BY id",
                [edition.pk, source.pk],
            )
            match = f"FROM {table} o JOIN {table} n ON n.edition_id = %s AND n.{identity} = o.{identity} AND o.edition_id = %s"
            for row in rows:
                rest = _columns(row, "version_id")
                taken = ", ".join(f"r.{column}" for column in rest)
                cursor.execute(
                    f"INSERT INTO {row._meta.db_table} (version_id, {', '.join(rest)}) "
                    f"SELECT n.id, {taken} {match} JOIN {row._meta.db_table} r ON r.version_id = o.id",
                    [edition.pk, source.pk],
                )
            for name in sets:
                through = getattr(model, name).through
                field = model._meta.get_field(name)
                mine, other = field.m2m_column_name(), field.m2m_reverse_name()
                cursor.execute(
                    f"INSERT INTO {through._meta.db_table} ({mine}, {other}) "
                    f"SELECT n.id, r.{other} {match} JOIN {through._meta.db_table} r ON r.{mine} = o.id",
                    [edition.pk, source.pk],
                )


@transaction.atomic
def show_edition(edition: Edition, *, by: User, shown: bool = True) -> None:
    """Show a draft to whoever sees the plan, marked as a draft, or hide it again."""
    authorize(by, "plans.show_edition", edition)
    edition = lock_draft(edition)
    edition.published_at = clock.now() if shown else None
    edition.save(update_fields=["published_at"])
    record("plans.show_edition", edition, by=by, scope=edition.plan.process, shown=shown)


@transaction.atomic
def approve_edition(
    edition: Edition,
    *,
    approved_on: date,
    decision: str,
    by: User,
    decision_url: str = "",
    decision_document: Attachment | None = None,
    upload: Upload | None = None,
) -> Edition:
    """Enter that the council has approved an edition, by which decision on which day; from then on nothing in it changes.

    The rule that action and investment plans are updated at least once a year and approved by the council: MK 628/2014, 73.
    """
    authorize(by, "plans.approve_edition", edition)
    edition = lock_draft(edition)
    if approved_on > clock.today():
        raise ApprovedInFuture
    if not edition.versions.exists():
        raise EditionEmpty
    edition.approved_on, edition.approved_at, edition.decision = approved_on, clock.now(), decision
    if upload is not None:
        decision_document = store_attachment(upload.inspected, name=upload.name, by=by)
    edition.decision_url, edition.decision_document = decision_url, decision_document
    edition.save()
    record("plans.approve_edition", edition, by=by, scope=edition.plan.process, decision=decision, day=str(approved_on))
    return edition
