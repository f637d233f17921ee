# SPDX-License-Identifier: EUPL-1.2
"""Proposals that ask for the same: those like one text, and groups among those that wait for an answer."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Max

from talka.processes.models import Process
from talka.proposals.likeness import ALIKE, Notion, kin_of, likeness, notions_of, weigher
from talka.proposals.models import NotSimilar, Proposal, ProposalQuerySet
from talka.proposals.models.words import WordCounts, word_counts
from talka.proposals.searching import Lexemes, any_of, lexeme_of, newest_stretches, quoted

SHOWN = ("process_id", "number", "reference", "title", "text", "language", "received_at", "answered_at", "withdrawn_at",
    "published_at", "assigned_group_id", "assigned_person_id", "bundle_id")  # fmt: skip
FEW = 20
"""A notion that no more proposals hold is looked for alone, others two at a time."""
WANTED = 150
"""So many rows are expected of one condition; of more, only the newest stretch is looked through."""
CONDITIONS, CANDIDATES = 8, 80
LEAST_SHARE = 0.2
MOST_GROUPED, MOST_IN_GROUP, LEAST_SHARED = 600, 20, 2


@dataclass(frozen=True)
class Similar:
    """A proposal like the one in question, and how alike they are, from 0 to 1."""

    proposal: Proposal
    likeness: float


def similar_to(
    rows: ProposalQuerySet, title: str, text: str, *, besides: int | None = None, most: int = 5
) -> list[Similar]:
    """Return the proposals among ``rows`` that ask for what a text asks for, the most alike first.

    Two queries, whatever the number of proposals; a text that says too little has none.
    """
    counts = word_counts()
    notions = notions_of(title, text)
    keys = _candidates(notions, counts)
    if not keys:
        return []
    found = rows.filter(pk__in=keys, withdrawn_at__isnull=True).exclude(pk=besides or 0).order_by("-pk")
    weight = weigher(counts.numbers, counts.total)
    kin = [kin_of(notion) for notion in notions]
    likened = (
        Similar(one, _likeness(notions, kin, notions_of(one.title, one.text), weight))
        for one in found.select_related("process", "reply").only(*SHOWN, "process__slug", "reply__outcome")[:CANDIDATES]
    )
    alike = [one for one in likened if one.likeness >= ALIKE]
    return sorted(alike, key=lambda one: (-one.likeness, -one.proposal.pk))[:most]


def _likeness(
    notions: list[Notion], kin: list[frozenset[str]], others: list[Notion], weight: Callable[[Notion], float]
) -> float:
    """Return how alike two texts are; not reckoned where they hardly share anything, as most candidates do."""
    theirs = frozenset().union(*(other.keys for other in others))
    shared = sum(not one.isdisjoint(theirs) for one in kin)
    return likeness(notions, others, weight) if shared >= LEAST_SHARE * min(len(notions), len(others)) else 0.0


def _candidates(notions: Sequence[Notion], counts: WordCounts) -> list[int]:
    """Return rows that hold a rare notion of the text, or two of its less frequent ones."""
    written = sorted(
        ((_held_by(one, counts), _written(one)) for one in notions if not one.is_number), key=lambda one: one[0]
    )
    total = max(counts.total, 1)
    conditions = [(float(number), lexemes) for number, lexemes in written if number <= FEW and total > FEW]
    pairs = [
        (one[0] * other[0] / total, f"{one[1]} & {other[1]}") for one, other in combinations(written[:CONDITIONS], 2)
    ]
    conditions += sorted(pairs)[: max(CONDITIONS - len(conditions), 0)]
    if not conditions:
        return []
    last: int = Proposal.objects.aggregate(last=Max("pk"))["last"] or 0
    queries = [
        Proposal.objects.filter(search=Lexemes(_bounded(lexemes, expected, total, last))).order_by().values_list("pk")
        for expected, lexemes in conditions[:CONDITIONS]
    ]
    keys = queries[0].union(*queries[1:]) if len(queries) > 1 else queries[0]
    return sorted((key for (key,) in keys), reverse=True)[: CANDIDATES * 5]


def _bounded(lexemes: str, expected: float, total: int, last: int) -> str:
    if expected <= WANTED:
        return lexemes
    stretch = next(newest_stretches(last, int(total / expected * WANTED)), None)
    return f"{lexemes} & {stretch}" if stretch else lexemes


def _written(notion: Notion) -> str:
    return any_of([quoted(lexeme_of(key)) for key in sorted(kin_of(notion))])


def _held_by(notion: Notion, counts: WordCounts) -> int:
    return sum(counts.numbers.get(lexeme_of(key), 0) for key in kin_of(notion))


def similar_in_public(proposal: Proposal) -> list[Similar]:
    """Return what everybody may see that is like a proposal, in its process."""
    rows = Proposal.objects.published_in([proposal.process])
    return similar_to(rows, proposal.title, proposal.text, besides=proposal.pk)


# --- Groups ---------------------------------------------------------------------------------------


def groups_of_similar(process: Process, rows: ProposalQuerySet) -> list[list[Proposal]]:
    """Return groups of similar ones among the newest of ``rows`` that wait for an answer and are in no bundle.

    Every one of a group is like its first one, and was not said to be another matter. Takes about a second at most.
    """
    waiting = rows.filter(process=process, answered_at__isnull=True, withdrawn_at__isnull=True, bundle__isnull=True)
    proposals = list(waiting.only(*SHOWN).order_by("-pk")[:MOST_GROUPED])
    neighbours = _neighbours(proposals, _rejected(proposals))
    groups: list[list[Proposal]] = []
    taken: set[int] = set()
    for first in sorted(proposals, key=lambda one: (-len(neighbours[one.pk]), -one.pk)):
        group = [one for one in neighbours[first.pk] if one.pk not in taken][: MOST_IN_GROUP - 1]
        if group and first.pk not in taken:
            groups.append([first, *group])
            taken |= {one.pk for one in groups[-1]}
    return groups


def _neighbours(proposals: Sequence[Proposal], rejected: Collection[tuple[int, int]]) -> dict[int, list[Proposal]]:
    counts = word_counts()
    weight = weigher(counts.numbers, counts.total)
    notions = {one.pk: notions_of(one.title, one.text) for one in proposals}
    alike: dict[int, list[tuple[float, Proposal]]] = defaultdict(list)
    by_key = {one.pk: one for one in proposals}
    for pair in _sharing(notions):
        score = likeness(notions[pair[0]], notions[pair[1]], weight)
        if score >= ALIKE and pair not in rejected:
            alike[pair[0]].append((score, by_key[pair[1]]))
            alike[pair[1]].append((score, by_key[pair[0]]))
    return {
        one.pk: [other for _score, other in sorted(alike[one.pk], key=lambda found: (-found[0], -found[1].pk))]
        for one in proposals
    }


def _sharing(notions: dict[int, list[Notion]]) -> Iterable[tuple[int, int]]:
    """Return the pairs that share something that not every third one holds."""
    holders: dict[str, set[int]] = defaultdict(set)
    for key, ones in notions.items():
        for notion in ones:
            for kin in kin_of(notion):
                holders[kin].add(key)
    most = max(len(notions) // 3, 10)
    shared: Counter[tuple[int, int]] = Counter()
    for keys in holders.values():
        if len(keys) <= most:
            shared.update(combinations(sorted(keys), 2))
    return [pair for pair, number in shared.items() if number >= LEAST_SHARED]


def _rejected(proposals: Sequence[Proposal]) -> set[tuple[int, int]]:
    keys = [one.pk for one in proposals]
    return set(NotSimilar.objects.filter(first__in=keys, second__in=keys).values_list("first", "second"))
