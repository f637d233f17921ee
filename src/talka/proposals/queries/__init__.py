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

__all__ = [
    "MOST_COUNTED",
    "SHOWN_IN_ROWS",
    "Figures",
    "Signer",
    "Step",
    "areas_of",
    "arrived_from",
    "count_public",
    "count_waiting",
    "figures",
    "find_proposal",
    "first_year",
    "forwardings_of",
    "groups_at_work",
    "map_center",
    "organizations_elsewhere",
    "people_assigned",
    "people_at_work",
    "public_files",
    "published_reply",
    "read_rows",
    "registers_elsewhere",
    "signers",
    "thread",
    "topics_of",
]
