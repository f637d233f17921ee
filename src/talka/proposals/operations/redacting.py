# SPDX-License-Identifier: EUPL-1.2
"""Covering personal data before publication; the text as received stays, and who opens it is written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from talka.accounts.models import User
from talka.audit.models import key_of
from talka.audit.operations import erase_names, record
from talka.core import clock
from talka.core.editing import version_of
from talka.core.errors import Changed, Refused
from talka.core.permissions import authorize
from talka.proposals.models import Proposal, Redaction, Unredacted
from talka.proposals.operations.receiving import lock_proposals
from talka.proposals.operations.searching import uncounting_words
from talka.proposals.personal_data import Passage, uncovered_place
from talka.proposals.queries.suspicion import SHOWN, Cover, covered_text, mark_of


class TitleTooLong(Refused):
    message = _("With what would stand in place of it, title or place becomes too long. Correct it first, then cover.")


class PublicAlready(Refused):
    message = _("The proposal is public. Take it off the public pages first; then what is covered can be shown again.")


class RedactionSettled(Refused):
    message = _("The text was corrected after this was covered, so it can no longer be shown again by itself.")


@transaction.atomic
def redact_proposal(proposal: Proposal, *, by: User, covers: Sequence[Cover], seen: str = "") -> int:
    """Cover passages of the published title, text and place; return how many passages are covered then.

    ``seen`` is the version (``version_of``) of what the places count in; raises ``Changed`` where it is not the present one.
    """
    authorize(by, "proposals.redact_proposal", proposal)
    (proposal,) = lock_proposals([proposal])
    if seen and seen != version_of(proposal, SHOWN):
        raise Changed
    kept, _created = Unredacted.objects.get_or_create(
        proposal=proposal,
        defaults={name: getattr(proposal, name) for name in (*SHOWN, "corrected_at", "corrected_because")},
    )
    for part in Redaction.Part.values:
        _cover_part(proposal, part, [one.passage for one in covers if one.part == part], by)
    _show(proposal, kept)
    number = proposal.redactions.filter(settled_at__isnull=True).count()
    record("proposals.redact_proposal", proposal, by=by, scope=proposal.process, passages=number)
    return number


def _cover_part(proposal: Proposal, part: str, wanted: Iterable[Passage], by: User) -> None:
    """Keep what is to be covered in places of the text before covering; what overlaps becomes one passage."""
    mark = partial(mark_of, language=proposal.language)
    rows = list(proposal.redactions.filter(settled_at__isnull=True, part=part))
    before = [row.passage for row in rows]
    for one in wanted:
        start = uncovered_place(one.start, before, mark, is_end=False)
        end = uncovered_place(one.end, before, mark, is_end=True)
        inside = [row for row in rows if row.start < end and start < row.end]
        start, end = min([start, *(row.start for row in inside)]), max([end, *(row.end for row in inside)])
        for row in inside:
            row.delete()
        rows = [row for row in rows if row not in inside]
        rows.append(
            Redaction.objects.create(proposal=proposal, part=part, start=start, end=end, kind=one.kind, made_by=by)
        )


def _show(proposal: Proposal, kept: Unredacted) -> None:
    """Write title, text and place anew from those before covering and what is covered of them."""
    rows = list(proposal.redactions.filter(settled_at__isnull=True))
    title, text, place_text = (
        covered_text(getattr(kept, part), [row.passage for row in rows if row.part == part], language=proposal.language)
        for part in SHOWN
    )
    if len(title) > 200 or len(place_text) > 300:
        raise TitleTooLong
    corrected_at, corrected_because = kept.corrected_at, kept.corrected_because
    if rows or proposal.redactions.exists():
        with translation.override(proposal.language):
            said = gettext("Personal data is covered.")
        because = " ".join(part for part in (kept.corrected_because, said) if part)[:300]
        corrected_at, corrected_because = clock.now(), because
    else:
        kept.delete()
    proposal.title, proposal.text, proposal.place_text = title, text, place_text
    proposal.corrected_at, proposal.corrected_because = corrected_at, corrected_because
    with uncounting_words(proposal):
        proposal.save(update_fields=[*SHOWN, "corrected_at", "corrected_because", *proposal.keep_words()])
    if title != kept.title:
        erase_names(labels={key_of(proposal): proposal.reference})


@transaction.atomic
def undo_redaction(redaction: Redaction, *, by: User) -> None:
    """Show a covered passage again, while the proposal is not public."""
    proposal = redaction.proposal
    authorize(by, "proposals.redact_proposal", proposal)
    (proposal,) = lock_proposals([proposal])
    if proposal.published_at is not None:
        raise PublicAlready
    redaction = Redaction.objects.get(pk=redaction.pk)
    if redaction.settled_at is not None:
        raise RedactionSettled
    redaction.delete()
    _show(proposal, Unredacted.objects.get(proposal=proposal))
    record("proposals.undo_redaction", proposal, by=by, scope=proposal.process, kind=redaction.kind)


def view_original(proposal: Proposal, *, by: User) -> None:
    """Write into the log that somebody opened the text as it was before personal data was covered."""
    authorize(by, "proposals.view_original", proposal)
    record("proposals.view_original", proposal, by=by, scope=proposal.process)
