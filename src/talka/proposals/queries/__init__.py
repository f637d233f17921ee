# SPDX-License-Identifier: EUPL-1.2
"""Figures and reads over proposals, one module a subject."""

from talka.proposals.queries.additions import (
    additions,
    returned_letters,
    unread_additions,
)
from talka.proposals.queries.answers import (
    empty_fields,
    entries_to_preview,
    field_values,
    filled,
    published_versions,
    recommendations,
    reply_templates,
)
from talka.proposals.queries.deliveries import (
    ToDeliver,
    count_deliveries,
    deliveries_of,
    deliveries_to,
    letters_of,
)
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
    "ToDeliver",
    "additions",
    "areas_of",
    "arrived_from",
    "count_deliveries",
    "count_public",
    "count_waiting",
    "deliveries_of",
    "deliveries_to",
    "empty_fields",
    "entries_to_preview",
    "field_values",
    "figures",
    "filled",
    "find_proposal",
    "first_year",
    "forwardings_of",
    "found_keys",
    "groups_at_work",
    "groups_of_similar",
    "letters_of",
    "map_center",
    "organizations_elsewhere",
    "people_assigned",
    "people_at_work",
    "public_files",
    "published_reply",
    "published_versions",
    "read_rows",
    "recommendations",
    "registers_elsewhere",
    "reply_templates",
    "returned_letters",
    "signers",
    "similar_in_public",
    "similar_to",
    "thread",
    "topics_of",
    "unread_additions",
]
