# SPDX-License-Identifier: EUPL-1.2
"""Search and similar ones among a million proposals: 95 of 100 answers come within a tenth of a second."""

import random
import time
from collections.abc import Callable, Iterator, Sequence

from bench.figures import report
from bench.site import VAR, own_database

PROPOSALS = 1_000_000
TIMES = 100
SLOWEST = 0.1


def measure() -> None:
    """Lay the proposals unless they are there (minutes), and print the times of searches, pages and similar ones."""
    with own_database(VAR / "search"):
        from django.conf import settings

        settings.DEBUG = False
        from bench import crowd
        from talka.processes.models import Process

        if not Process.objects.filter(slug=crowd.SLUG).exists():
            crowd.lay(crowd.make_process(), PROPOSALS)
        for name, slowest in times(TIMES).items():
            goal = None if name.startswith("page") else SLOWEST * 1000
            report(f"{name}, p95", slowest * 1000, "ms", at_most=goal)


def times(number: int) -> dict[str, float]:
    """Return for each kind of question what 95 of 100 answers take at most, in seconds, with everything read once before."""
    from django.test import Client

    from bench import crowd, pairs, vocabulary
    from talka.processes.models import Process
    from talka.proposals.models import Proposal
    from talka.proposals.queries import found_keys, read_rows, similar_to

    process = Process.objects.get(slug=crowd.SLUG)
    public = Proposal.objects.published_in([process])
    client = Client()

    def search(words: str) -> None:
        keys, _more = found_keys(public.matching(words).order_by("-number"))
        list(read_rows(keys[:25], with_text=True))

    def page(words: str) -> None:
        assert client.get(f"/lv/p/{crowd.SLUG}/proposals/", {"q": words}).status_code == 200

    def similar(text: str) -> None:
        similar_to(public, "", text)

    wishes = [one for line in pairs.read() for one in line[:2]]
    written = [f"{title} {text}" for title, text in vocabulary.texts(number + 500)][500:]
    random.Random(3).shuffle(wishes)
    found = {name: _p95(search, words) for name, words in _two_words(number)}
    found |= {f"page with {name}": _p95(page, words) for name, words in _two_words(max(number // 4, 5))}
    return found | {"similar to a wish": _p95(similar, wishes[:number]), "similar to any words": _p95(similar, written)}


def _two_words(number: int) -> Iterator[tuple[str, list[str]]]:
    """Yield kinds of searches with their words; a quotation mark at the end makes the last word a whole one."""
    from bench.vocabulary import vocabulary

    words, drawn = vocabulary(), random.Random(3)
    frequent, middling, rare = words[:60], words[60:1500], words[3000:20_000]

    def both(first: Sequence[str], second: Sequence[str], form: str = '{} "{}"', beginning: int = 99) -> list[str]:
        return [form.format(drawn.choice(first), drawn.choice(second)[:beginning]) for _number in range(number)]

    yield "two frequent words", both(frequent, frequent)
    yield "a frequent and a rare word", both(frequent, rare)
    yield "two middling words", both(middling, middling)
    yield "a frequent word and a beginning", both(frequent, words[:3000], "{} {}", 4)


def _p95(ask: Callable[[str], None], questions: Sequence[str]) -> float:
    for question in questions:
        ask(question)
    took = []
    for question in questions:
        began = time.perf_counter()
        ask(question)
        took.append(time.perf_counter() - began)
    return sorted(took)[int(len(took) * 0.95) - 1]
