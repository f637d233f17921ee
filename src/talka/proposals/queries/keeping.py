# SPDX-License-Identifier: EUPL-1.2
"""How long personal data is kept, and whose term ends when."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import DateTimeField, ExpressionWrapper, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from talka.processes.models import Process
from talka.proposals.models import Proposal, ProposalQuerySet, Register


def own_terms(user: Any) -> list[Register]:
    """Return the registers of processes that somebody may see which keep personal data for another term than the installation's."""
    rows = Register.objects.filter(process__in=Process.objects.visible_to(user), keep_months__isnull=False)
    return list(rows.exclude(keep_months=settings.KEEP_MONTHS).select_related("process").order_by("process__title"))


class _Months(Func):
    template = "make_interval(months => %(expressions)s)"


def due_until(day: date, processes: "QuerySet[Process] | None" = None) -> ProposalQuerySet:
    """Return the proposals whose personal data is to be erased until a day, with that day as ``erased_on``, in its order.

    The term begins when the process was closed or, if that came later, when the proposal was answered or withdrawn.
    What waits for an answer, what stands in a process that is not closed, and what has been erased is never among them.
    """
    months = Coalesce(F("process__register__keep_months"), Value(settings.KEEP_MONTHS), output_field=IntegerField())
    ended = Greatest(Coalesce("withdrawn_at", "answered_at"), F("process__closed_at"))
    rows = Proposal.objects.filter(process__closed_at__isnull=False, author__erased_at__isnull=True)
    rows = rows.filter(Q(answered_at__isnull=False) | Q(withdrawn_at__isnull=False))
    if processes is not None:
        rows = rows.filter(process__in=processes)
    due_at = ExpressionWrapper(ended + _Months(F("months")), output_field=DateTimeField())
    rows = (
        rows.annotate(months=months)
        .filter(months__gt=0)
        .annotate(erased_on=TruncDate(due_at, tzinfo=timezone.get_default_timezone()))
    )
    return rows.filter(erased_on__lte=day).order_by("erased_on", "process", "number")
