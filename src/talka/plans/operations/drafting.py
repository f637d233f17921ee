# SPDX-License-Identifier: EUPL-1.2
"""The draft of an edition as a whole: its name, the reasons of its changes, and the end of one that is given up."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from pghistory.models import Event

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core.editing import changed_names, check_unchanged
from talka.core.errors import Changed, Refused
from talka.core.permissions import authorize
from talka.core.text import clean_text
from talka.files.models import Attachment
from talka.files.operations import delete_attachment
from talka.notifications.models import Audience
from talka.plans.models import (
    Edition,
    FormerCode,
    Indicator,
    IndicatorVersion,
    NodeDocument,
    NodeVersion,
    PlanNode,
    Removal,
)  # fmt: skip
from talka.plans.operations.editions import lock_draft
from talka.plans.operations.nodes import ReasonMissing
from talka.plans.queries.changes import Reason, What


class SomethingSaid(Refused):
    message = _(
        "“%(title)s” stands in this draft alone, and something hangs on it already: an update, money, a value, or something from another part of Talka. "
        "Remove it from the draft first; then what was said about it is kept."
    )


@transaction.atomic
def change_edition(edition: Edition, *, by: User, seen: str = "", **fields: Any) -> None:
    """Change the name of a draft and why it is made."""
    authorize(by, "plans.change_edition", edition)
    stored = lock_draft(edition)
    check_unchanged(stored, fields, seen)
    changed = changed_names(stored, fields)
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.save(update_fields=list(fields))
    record("plans.change_edition", stored, by=by, scope=stored.plan.process, fields=changed)


@transaction.atomic
def explain_changes(edition: Edition, *, reasons: Mapping[tuple[What, int], Reason], by: User) -> int:
    """Say why nodes and indicators of a draft were added, amended or removed; return of how many the reason is another now.

    Raises ``Changed`` where somebody else has written another reason meanwhile; a removal keeps having one (``ReasonMissing``).
    """
    authorize(by, "plans.explain_changes", edition)
    edition = lock_draft(edition)
    nodes, indicators = ([key for what, key in reasons if what == kind] for kind in ("node", "indicator"))
    sources: tuple[tuple[What, QuerySet[Any], str, str], ...] = (
        ("node", NodeVersion.objects.filter(edition=edition, node__in=nodes), "node_id", "change_reason"),
        ("node", Removal.objects.filter(edition=edition, node__in=nodes), "node_id", "reason"),
        ("indicator", IndicatorVersion.objects.filter(edition=edition, indicator__in=indicators), "indicator_id", "change_reason"),
        ("indicator", Removal.objects.filter(edition=edition, indicator__in=indicators), "indicator_id", "reason"),
    )  # fmt: skip
    changed = 0
    for what, rows, identity, name in sources:
        for row in rows.select_for_update(of=("self",)):
            reason, stored = reasons[(what, getattr(row, identity))], getattr(row, name)
            if reason.text == stored:
                continue
            if reason.seen != clean_text(stored):
                raise Changed
            if not reason.text and isinstance(row, Removal):
                raise ReasonMissing
            setattr(row, name, reason.text)
            row.save(update_fields=[name])
            changed += 1
    if changed:
        record("plans.explain_changes", edition, by=by, scope=edition.plan.process, number=changed)
    return changed


@transaction.atomic
def discard_edition(edition: Edition, *, reason: str, by: User) -> None:
    """Give up a draft as a whole: what it says goes, and what stands in no other edition goes with it.

    Nothing acknowledged is lost: ``SomethingSaid`` where an update, money, a value or anything from above hangs on such a part.
    """
    authorize(by, "plans.discard_edition", edition)
    edition = lock_draft(edition)
    plan = edition.plan
    elsewhere = NodeVersion.objects.exclude(edition=edition).filter(edition__plan=plan)
    alone = PlanNode.objects.filter(versions__edition=edition).exclude(pk__in=elsewhere.values("node"))
    nodes = list(alone.values_list("pk", "audience_id"))
    keys = [pk for pk, _audience in nodes]
    other = IndicatorVersion.objects.exclude(edition=edition).filter(edition__plan=plan)
    indicators = Indicator.objects.filter(versions__edition=edition).exclude(pk__in=other.values("indicator"))
    lost = list(indicators.values_list("pk", flat=True))
    _refuse_what_is_said(edition, keys, lost)
    files = list(Attachment.objects.filter(pk__in=NodeDocument.objects.filter(node__in=keys).values("attachment")))
    record("plans.discard_edition", edition, by=by, scope=plan.process, reason=reason, name=edition.name)
    edition.delete()
    PlanNode.objects.filter(pk__in=keys).delete()
    Audience.objects.filter(pk__in=[audience for _pk, audience in nodes]).delete()
    Indicator.objects.filter(pk__in=lost).delete()
    for attachment in files:
        delete_attachment(attachment)


def _refuse_what_is_said(edition: Edition, nodes: list[int], indicators: list[int]) -> None:
    """Raise ``SomethingSaid`` where more than this draft, a former code or a document points at one of these."""
    for model, keys, identity in ((PlanNode, nodes, "node"), (Indicator, indicators, "indicator")):
        for relation in model._meta.related_objects:
            pointing: Any = relation.related_model
            if issubclass(pointing, (Event, FormerCode, NodeDocument)):
                continue
            name = relation.field.name
            rows = pointing._base_manager.filter(**{f"{name}__in": keys})
            if any(one.name == "edition" for one in pointing._meta.fields):
                rows = rows.exclude(edition=edition)
            hit = rows.values_list(name, flat=True).first()
            if hit is not None:
                versions: Any = edition.versions if model is PlanNode else edition.indicator_versions
                raise SomethingSaid(title=versions.get(**{identity: hit}))
