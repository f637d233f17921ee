# SPDX-License-Identifier: EUPL-1.2
"""What in a text seems to be personal data, and how what is covered reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.utils import translation

from talka.proposals.models import Proposal, Redaction
from talka.proposals.personal_data import Passage, cover, find

AROUND = 40
SHOWN = ("title", "text", "place_text")
"""The fields of a proposal in which something can be covered: the values of ``Redaction.Part``."""


@dataclass(frozen=True)
class Cover:
    """A passage to cover: of the title, the text or the place, in places of what is shown now."""

    part: str
    passage: Passage


@dataclass(frozen=True)
class Suspect:
    """A passage of the title, text or place that a rule took for personal data, with a few words around it."""

    part: str
    passage: Passage
    words: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """Name it in a form: ``text:12:20:phone``."""
        return f"{self.part}:{self.passage.start}:{self.passage.end}:{self.passage.kind}"

    @property
    def where(self) -> str:
        """Say of which part it is, in words; nothing for the text."""
        return "" if self.part == Redaction.Part.TEXT else str(Redaction.Part(self.part).label)

    @property
    def kind(self) -> str:
        """Return the kind of data in words."""
        return str(Redaction.Kind(self.passage.kind).label)


def suspects(proposal: Proposal) -> list[Suspect]:
    """Return what seems to be personal data in title, text and place as they would be published. Needs ``author`` loaded."""
    author = getattr(proposal, "author", None)
    names = [author.name] if author is not None and author.name and not author.name_public else []
    found = []
    for part in Redaction.Part.values:
        text = getattr(proposal, part)
        found += [
            Suspect(part, one, text[one.start : one.end], _before(text, one.start), _after(text, one.end))
            for one in find(text, names=names, prefixes=[proposal.reference.partition("-")[0]])
        ]
    return found


def _before(text: str, place: int) -> str:
    """Return the words before a place, with an ellipsis where more stand before them."""
    words = text[max(0, place - AROUND) : place]
    return words if place <= AROUND else f"…{words.partition(' ')[2] or words}"


def _after(text: str, place: int) -> str:
    words = text[place : place + AROUND]
    return words if place + AROUND >= len(text) else f"{words.rpartition(' ')[0] or words}…"


def kinds_suspected(proposal: Proposal) -> str:
    """Return the kinds of what seems to be personal data, in words; empty where nothing does."""
    return ", ".join(dict.fromkeys(one.kind for one in suspects(proposal)))


def is_suspected(*texts: str, name: str = "") -> bool:
    """Say whether texts that came in seem to hold personal data; ``name`` is the sender's, where it was not released."""
    return any(find(text, names=[name] if name else []) for text in texts)


def mark_of(kind: str, *, language: str) -> str:
    """Return what stands in place of a covered passage, such as ``[tālruņa numurs]``."""
    with translation.override(language):
        return f"[{Redaction.Kind(kind).label}]"


def covered_text(text: str, passages: Sequence[Passage], *, language: str) -> str:
    """Return a text with its passages covered."""
    return cover(text, passages, partial(mark_of, language=language))


def with_suspects(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Return those of several that are left out when they are published together: not public, and with personal data."""
    keys = [proposal.pk for proposal in proposals]
    waiting = Proposal.objects.filter(pk__in=keys, published_at=None, withdrawn_at=None, keep_private=False)
    rows = waiting.select_related("author").order_by("number").defer("search")
    return [proposal for proposal in rows if suspects(proposal)]
