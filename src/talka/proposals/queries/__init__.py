# SPDX-License-Identifier: EUPL-1.2
"""Figures and reads over proposals, one module a subject."""

from talka.proposals.queries.figures import (
    Figures,
    count_waiting,
    figures,
)
from talka.proposals.queries.forwarded import arrived_from, forwardings_of, organizations_elsewhere, registers_elsewhere
from talka.proposals.queries.lists import (
    MOST_COUNTED,
    SHOWN_IN_ROWS,
    areas_of,
    count_public,
    first_year,
    found_keys,
    map_center,
    people_assigned,
    people_at_work,
    read_rows,
    topics_of,
)
from talka.proposals.queries.reading import (
    Signer,
    Step,
    find_proposal,
    groups_at_work,
    public_files,
    published_reply,
    signers,
    thread,
)
from talka.proposals.queries.similar import Similar, groups_of_similar, similar_in_public, similar_to

__all__ = [
    "MOST_COUNTED",
    "SHOWN_IN_ROWS",
    "Figures",
    "Signer",
    "Similar",
    "Step",
    "areas_of",
    "arrived_from",
    "count_public",
    "count_waiting",
    "figures",
    "find_proposal",
    "first_year",
    "forwardings_of",
    "found_keys",
    "groups_at_work",
    "groups_of_similar",
    "map_center",
    "organizations_elsewhere",
    "people_assigned",
    "people_at_work",
    "public_files",
    "published_reply",
    "read_rows",
    "registers_elsewhere",
    "signers",
    "similar_in_public",
    "similar_to",
    "thread",
    "topics_of",
]
