# SPDX-License-Identifier: EUPL-1.2
"""The measure of ``bench/search.py``, on fewer proposals."""

import pytest
from bench import crowd
from bench.search import times
from django.core.cache import caches
from django.db import connection

from talka.proposals.models import Proposal

PROPOSALS = 30_000


@pytest.mark.django_db
def test_thirty_thousand_proposals_are_searched_in_a_blink() -> None:
    crowd.lay(crowd.make_process(), PROPOSALS)
    caches["local"].clear()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN SELECT id FROM proposals_proposal WHERE search @@ '''=upe'' & ''=soliņš'''::tsquery")
        assert "proposals_search" in "".join(row[0] for row in cursor.fetchall())
    assert Proposal.objects.matching("iela upe").count() > 10
    slow = {name: took for name, took in times(20).items() if took > 0.25}
    assert not slow
