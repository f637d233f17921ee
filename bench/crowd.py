# SPDX-License-Identifier: EUPL-1.2
"""A process with very many proposals, to search in: real Latvian words in the frequencies that words have (Zipf), each in
its place in the ``tsvector`` that the operations would keep. Laid by COPY; the marks of the trigger are laid with it.
"""

import uuid
from datetime import timedelta

from django.db import connection, transaction

from bench.vocabulary import texts
from talka.accounts.models import User
from talka.core import clock
from talka.core.words import VERSION
from talka.directory.models import Organization, Person
from talka.processes.models import Process
from talka.processes.operations import create_process, publish_process
from talka.proposals.models import Proposal, Register
from talka.proposals.operations.receiving import open_register
from talka.proposals.operations.searching import count_words
from talka.proposals.searching import search_vector_of, stretch_marks

SLUG = "pulka-process"
_COLUMNS = (
    "id, process_id, number, reference, title, text, language, place_text, channel, received_at, registered_at, submission_key, keep_private, "
    "published_at, corrected_because, withdrawn_because, audience_id, search, keys_version, source_reference"
)


def make_process() -> Process:
    """Make the process with its register."""
    root = User.objects.create_superuser("meru@bench.example", name="Mēra")
    Person.objects.create(name="Mēra Koordinatore", user=root)
    town = Organization.objects.create(name="Pulka pilsēta", slug="pulka-pilseta", classification="municipality")
    process = create_process(
        kind="programme", title="Pulka programma", owner=town, by=root, starts_on=clock.today(), address_part=SLUG, summary="Pulks.",
    )  # fmt: skip
    publish_process(process, by=root)
    open_register(process, by=root, prefix="PP", publishing=Register.Publishing.AT_ONCE)
    return process


@transaction.atomic
def lay(process: Process, count: int, *, first: int = 1) -> None:
    """Lay so many published proposals into an empty register, with keys from ``first``, and count their words."""
    start = clock.now() - timedelta(minutes=count)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        many = count > 10_000
        if many:
            cursor.execute("DROP INDEX proposals_search")
        with cursor.copy(f"COPY proposals_proposal ({_COLUMNS}) FROM STDIN") as rows:
            for number, (title, text) in enumerate(texts(count), start=1):
                key, at = first + number - 1, start + timedelta(minutes=number)
                marks = "".join(f" '{mark}'" for mark in stretch_marks(key))
                rows.write_row((
                    key, process.pk, number, f"PP-{number}", title, text, "lv", "", "web", at, at, uuid.UUID(int=key), False, at, "", "", key,
                    search_vector_of(title, text) + marks, VERSION, "",
                ))  # fmt: skip
        cursor.execute(
            "INSERT INTO proposals_tally (process_id, group_id, state, is_public, number) VALUES (%s, NULL, 'received', true, %s)",
            [process.pk, count],
        )
        cursor.execute("SELECT setval(pg_get_serial_sequence('proposals_proposal', 'id'), %s)", [first + count])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        if many:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            index = next(one for one in Proposal._meta.indexes if one.name == "proposals_search")
            with connection.schema_editor() as editor:
                editor.add_index(Proposal, index)
        cursor.execute("ANALYZE proposals_proposal")
    Register.objects.filter(process=process).update(last_number=count)
    count_words()
