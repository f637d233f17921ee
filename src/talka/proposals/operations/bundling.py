# SPDX-License-Identifier: EUPL-1.2
"""Proposals that ask for the same, put together to be answered together: a person decides, every step can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.operations import record
from talka.core import clock
from talka.core.errors import Refused
from talka.core.permissions import authorize
from talka.processes.models import Process
from talka.proposals.models import Bundle, BundleStep, NotSimilar, Proposal
from talka.proposals.operations.examining import AnswerPublished
from talka.proposals.operations.receiving import ProposalWithdrawn, lock_proposals


class TooFewToBundle(Refused):
    message = _("Choose at least two proposals that are to be answered together.")


class BundleOfAnotherProcess(Refused):
    message = _("Only proposals of one process can be answered together.")


class InAnotherBundle(Refused):
    message = _("%(reference)s is answered together with others already; take it out there first.")


class NothingToUndo(Refused):
    message = _("There is no step that could be undone.")


@transaction.atomic
def bundle_proposals(proposals: Sequence[Proposal], *, by: User) -> Bundle:
    """Put proposals together to be answered together; those that stand alone join the bundle of the others.

    Refused where they belong to two bundles, or are withdrawn or answered.
    """
    locked = lock_proposals(proposals)
    process = _one_process(locked)
    authorize(by, "proposals.bundle_proposals", process)
    bundles = {proposal.bundle_id for proposal in locked if proposal.bundle_id is not None}
    alone = [proposal for proposal in locked if proposal.bundle_id is None]
    if len(bundles) > 1:
        raise InAnotherBundle(reference=next(one.reference for one in locked if one.bundle_id is not None))
    if len(locked) < 2 or not alone:
        raise TooFewToBundle
    for proposal in alone:
        if proposal.withdrawn_at is not None:
            raise ProposalWithdrawn
        if proposal.answered_at is not None:
            raise AnswerPublished(reference=proposal.reference)
    bundle = Bundle.objects.get(pk=bundles.pop()) if bundles else Bundle.objects.create(process=process, created_by=by)
    _put(bundle, alone)
    _remember(bundle, BundleStep.Kind.PUT, alone, by=by)
    _record("proposals.bundle_proposals", alone, bundle, by=by)
    return bundle


@transaction.atomic
def take_out_of_bundle(bundle: Bundle, proposals: Sequence[Proposal], *, by: User) -> None:
    """Let proposals be answered by themselves again; a bundle of which fewer than two would be left is dissolved."""
    authorize(by, "proposals.bundle_proposals", bundle.process)
    inside = lock_proposals(list(bundle.proposals.all()))
    wanted = {proposal.pk for proposal in proposals}
    taken = [proposal for proposal in inside if proposal.pk in wanted]
    if not taken:
        return
    if len(inside) - len(taken) < 2:
        _dissolve(bundle, inside, by=by)
        return
    _take(taken)
    _remember(bundle, BundleStep.Kind.TAKE, taken, by=by)
    _record("proposals.take_out_of_bundle", taken, bundle, by=by)


@transaction.atomic
def dissolve_bundle(bundle: Bundle, *, by: User) -> None:
    """Let every proposal of a bundle be answered by itself again."""
    authorize(by, "proposals.bundle_proposals", bundle.process)
    inside = lock_proposals(list(bundle.proposals.all()))
    if inside:
        _dissolve(bundle, inside, by=by)


@transaction.atomic
def undo_bundle_step(bundle: Bundle, *, by: User) -> None:
    """Undo the last step that stands: what was put in comes out, what was taken out comes back."""
    authorize(by, "proposals.bundle_proposals", bundle.process)
    step = bundle.steps.filter(undone_at__isnull=True).first()
    if step is None:
        raise NothingToUndo
    proposals = lock_proposals(list(step.proposals.all()))
    step = BundleStep.objects.select_for_update().get(pk=step.pk)
    if step.undone_at is not None:
        raise NothingToUndo
    if step.kind == BundleStep.Kind.PUT:
        _take([proposal for proposal in proposals if proposal.bundle_id == bundle.pk])
        if not bundle.proposals.exists():
            Bundle.objects.filter(pk=bundle.pk).update(dissolved_at=clock.now())
    else:
        for proposal in proposals:
            if proposal.bundle_id not in {None, bundle.pk}:
                raise InAnotherBundle(reference=proposal.reference)
        _put(bundle, proposals)
    step.undone_at = clock.now()
    step.save(update_fields=["undone_at"])
    _record("proposals.undo_bundle_step", proposals, bundle, by=by)


@transaction.atomic
def reject_similar(proposals: Sequence[Proposal], *, by: User) -> None:
    """Remember that these are different matters, so that no two of them are suggested together again."""
    process = _one_process(proposals)
    authorize(by, "proposals.bundle_proposals", process)
    if len(proposals) < 2:
        raise TooFewToBundle
    keys = sorted(proposal.pk for proposal in proposals)
    NotSimilar.objects.bulk_create(
        [NotSimilar(first_id=first, second_id=second, said_by=by) for first, second in combinations(keys, 2)],
        ignore_conflicts=True,
    )
    record("proposals.reject_similar", process, by=by, scope=process, numbers=[one.number for one in proposals])


def _one_process(proposals: Sequence[Proposal]) -> Process:
    processes = {proposal.process_id: proposal.process for proposal in proposals}
    if not processes:
        raise TooFewToBundle
    if len(processes) > 1:
        raise BundleOfAnotherProcess
    return next(iter(processes.values()))


def _put(bundle: Bundle, proposals: Collection[Proposal]) -> None:
    for proposal in proposals:
        proposal.bundle = bundle
        proposal.save(update_fields=["bundle"])
    Bundle.objects.filter(pk=bundle.pk).update(dissolved_at=None)


def _take(proposals: Collection[Proposal]) -> None:
    for proposal in proposals:
        proposal.bundle = None
        proposal.save(update_fields=["bundle"])


def _dissolve(bundle: Bundle, inside: Sequence[Proposal], *, by: User) -> None:
    _take(inside)
    Bundle.objects.filter(pk=bundle.pk).update(dissolved_at=clock.now())
    _remember(bundle, BundleStep.Kind.DISSOLVE, inside, by=by)
    _record("proposals.dissolve_bundle", inside, bundle, by=by)


def _remember(bundle: Bundle, kind: str, proposals: Collection[Proposal], *, by: User) -> None:
    BundleStep.objects.create(bundle=bundle, kind=kind, done_by=by).proposals.set(proposals)


def _record(verb: str, proposals: Collection[Proposal], bundle: Bundle, *, by: User) -> None:
    """Write into the log of each proposal what was done with it."""
    for proposal in proposals:
        record(verb, proposal, by=by, scope=bundle.process, bundle=bundle.pk)
