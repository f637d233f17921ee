# SPDX-License-Identifier: EUPL-1.2
"""A town with a great process: 100,000 proposals in twelve groups, half of them answered, and 1,000 meetings.

Laid by SQL where operations would take an hour; what the operations keep (numbers, receipts,
audiences, tallies) is laid as they would.
"""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from talka.accounts.models import User
from talka.core import clock
from talka.core.words import VERSION
from talka.directory.models import Organization, Person, Place, Topic
from talka.groups.models import WorkingGroup
from talka.groups.operations.forming import create_group
from talka.groups.operations.seating import seat_person
from talka.meetings.models import Meeting
from talka.processes.models import Channel, Process
from talka.processes.operations import add_participant, create_process, publish_process, save_channel
from talka.proposals.models import Register
from talka.proposals.operations.receiving import open_register
from talka.proposals.operations.searching import count_words
from talka.proposals.searching import STRETCHES, search_vector_of

PROPOSALS = 100_000
MEETINGS = 1_000
SLUG = "lielais-process"
FIELDS = (
    "Izglītība", "Kultūra", "Veselības aprūpe", "Sports", "Sociālā aizsardzība", "Mobilitāte",
    "Drošība", "Ekonomika", "Jaunatne", "Vide", "Pārvaldība", "Teritoriālā sadarbība",
)  # fmt: skip

_SENTENCE = """
    (ARRAY['Lūdzu ierīkot', 'Vajadzīga', 'Salabojiet', 'Ierosinu pagarināt', 'Būtu labi izveidot'])[1 + n %% 5] || ' ' ||
    (ARRAY['veloceliņu', 'gājēju pāreju', 'ielu apgaismojumu', 'rotaļu laukumu', 'dienas centru', 'autobusa pieturu', 'soliņus'])[1 + n %% 7] || ' ' ||
    (ARRAY['Grīzupes ielā', 'pie skolas', 'pagasta centrā', 'upes krastā', 'Liepu ielā', 'pie bibliotēkas'])[1 + n %% 6]
"""

_PROPOSALS = f"""
    WITH audiences AS (
        INSERT INTO notifications_audience SELECT FROM generate_series(1, %(count)s) RETURNING id
    ), numbered AS (SELECT id, row_number() OVER () AS n FROM audiences)
    INSERT INTO proposals_proposal (
        process_id, number, reference, title, text, language, topic_id, place_text, channel, received_at, registered_at,
        submission_key, keep_private, published_at, corrected_because, assigned_group_id, answered_at, withdrawn_at,
        withdrawn_because, audience_id, longitude, latitude, search, keys_version, due_on, source_reference)
    SELECT %(process)s, n, 'LP-' || n, {_SENTENCE}, repeat({_SENTENCE} || '. Iedzīvotāji to gaida jau sen. ', 1 + n::int %% 4), 'lv',
        (%(topics)s)[1 + n %% 12], '', (ARRAY['web', 'email', 'paper', 'desk'])[1 + n %% 4],
        now() - (%(count)s - n) * interval '2 minutes', now() - (%(count)s - n) * interval '2 minutes' + interval '1 minute',
        gen_random_uuid(), false,
        CASE WHEN n %% 10 <> 0 THEN now() - (%(count)s - n) * interval '2 minutes' + interval '1 hour' END, '',
        CASE WHEN n %% 5 <> 0 THEN (%(groups)s)[1 + n %% 12] END,
        CASE WHEN n %% 2 = 0 THEN now() - (%(count)s - n) * interval '2 minutes' + interval '5 days' END,
        CASE WHEN n %% 101 = 0 THEN now() END, '', id, 21 + (n %% 1000) / 1000.0, 56.5 + (n %% 777) / 1000.0, '', 0,
        (now() - (%(count)s - n) * interval '2 minutes' + interval '14 days')::date, ''
    FROM numbered
"""


def lay() -> None:
    """Make the town unless it is there; takes about a minute."""
    if Process.objects.filter(slug=SLUG).exists():
        return
    with transaction.atomic():
        process = _process()
        groups = _groups(process)
        _meetings(process, groups)
        _proposals(process, groups)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    count_words()


def _process() -> Process:
    """Make the great process, and a small one beside it, so that the home page is not led past."""
    admin = User.objects.create_superuser("root@bench.example", name="Mēra")
    person = Person.objects.create(name="Mēra Koordinatore", user=admin)
    town = Organization.objects.create(name="Lielā pilsēta", slug="liela-pilseta", classification="municipality")
    process = create_process(
        kind="programme", title="Lielās pilsētas attīstības programma 2028.–2034. gadam", owner=town, by=admin,
        starts_on=clock.today() - timedelta(days=70), address_part=SLUG,
        summary="Divpadsmit darba grupas vērtē nozares un gatavo rīcības plānu.",
        description="Programmu izstrādā **kopā ar iedzīvotājiem**.\n\n" * 4,
    )  # fmt: skip
    for number in range(5):
        partner = Organization.objects.create(
            name=f"{number}. iestāde", slug=f"iestade-{number}", classification="institution"
        )
        add_participant(process, organization=partner, by=admin)
        save_channel(process, by=admin, kind=Channel.Kind.CONTACT, person=person, value="67000000", note="Darbdienās.")
    publish_process(process, by=admin)
    open_register(process, by=admin, prefix="LP", publishing=Register.Publishing.AT_ONCE)
    small = create_process(
        kind="network",
        title="Mazais tīkls",
        owner=town,
        by=admin,
        summary="Biedrības un pašvaldība.",
        starts_on=clock.today(),
    )
    publish_process(small, by=admin)
    return process


def _groups(process: Process) -> list[WorkingGroup]:
    admin = User.objects.get(email="root@bench.example")
    groups = []
    for name in FIELDS:
        topic = Topic.objects.create(name=name)
        group = create_group(process, name=name, by=admin, topic=topic, joining="open")
        lead = Person.objects.create(name=f"{name} vadītāja")
        seat_person(
            group, person=lead, by=admin, function="lead", organization=process.owner, title=f"{name}s nodaļas vadītāja"
        )
        groups.append(group)
    return groups


def _meetings(process: Process, groups: list[WorkingGroup]) -> None:
    place = Place.objects.create(name="Sēžu zāle", address="Rožu iela 6", floor="2. stāvs", access="full")
    first = clock.now().replace(hour=14, minute=0, second=0, microsecond=0) - timedelta(days=300)
    made = Meeting.objects.bulk_create(
        Meeting(
            process=process, title=f"Darba grupas sanāksme {number}", description="Darba kārtībā: priekšlikumi.", place=place,
            starts_at=first + timedelta(days=number // 2, hours=number % 2 * 3),
            ends_at=first + timedelta(days=number // 2, hours=number % 2 * 3 + 2),
        )
        for number in range(MEETINGS)
    )  # fmt: skip
    through = Meeting.groups.through
    through.objects.bulk_create(
        through(meeting_id=meeting.pk, workinggroup_id=groups[number % 12].pk) for number, meeting in enumerate(made)
    )


def _keep_words(cursor: Any) -> None:
    """Give the proposals their words, as there are a few hundred different texts only."""
    cursor.execute(
        "CREATE TEMPORARY TABLE texts AS SELECT DISTINCT title, text, NULL::tsvector AS words FROM proposals_proposal"
    )
    cursor.execute("SELECT title, text FROM texts")
    known = [(search_vector_of(title, text), title, text) for title, text in cursor.fetchall()]
    cursor.executemany("UPDATE texts SET words = %s WHERE title = %s AND text = %s", known)
    marks = ", ".join(f"'#{level}:' || (id / {length})::text" for level, length in enumerate(STRETCHES))
    cursor.execute(
        f"UPDATE proposals_proposal SET search = words || array_to_tsvector(ARRAY[{marks}]), keys_version = %s"
        " FROM texts WHERE texts.title = proposals_proposal.title AND texts.text = proposals_proposal.text",
        [VERSION],
    )


def _proposals(process: Process, groups: list[WorkingGroup]) -> None:
    parameters = {
        "count": PROPOSALS, "process": process.pk,
        "groups": [group.pk for group in groups], "topics": [group.topic_id for group in groups],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_PROPOSALS, parameters)
        _keep_words(cursor)
        cursor.execute(
            "INSERT INTO proposals_receipt (proposal_id, title, text, at_meeting) SELECT id, '', text, '' FROM proposals_proposal"
        )
        cursor.execute(
            "INSERT INTO proposals_author (proposal_id, name, email, phone, postal_address, answer_by, salutation, on_behalf, on_behalf_name, "
            "name_public, language, secret, mail_secret) "
            "SELECT id, 'Iedzīvotājs', '', '', '', '', '', 'self', '', number % 3 = 0, 'lv', md5(id::text), '' FROM proposals_proposal"
        )
        cursor.execute(
            "INSERT INTO proposals_assignment (proposal_id, group_id, assigned_at) "
            "SELECT id, assigned_group_id, registered_at + interval '1 day' FROM proposals_proposal WHERE assigned_group_id IS NOT NULL"
        )
        cursor.execute(
            "INSERT INTO proposals_reply (proposal_id, outcome, reason, forwarded_to, signed_name, signed_title, version, decided_at, published_at) "
            "SELECT id, (ARRAY['accepted', 'partly', 'rejected', 'already', 'not_ours'])[1 + number % 5], 'Iekļauts plānā pēc tilta remonta.', '', "
            "'Didzis Jēriņš', 'vietnieks', 1, answered_at, answered_at FROM proposals_proposal WHERE answered_at IS NOT NULL"
        )
        cursor.execute(
            "INSERT INTO proposals_tally (process_id, group_id, state, is_public, number) SELECT process_id, assigned_group_id, "
            "CASE WHEN withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN answered_at IS NOT NULL THEN 'answered' "
            "WHEN assigned_group_id IS NOT NULL THEN 'assigned' ELSE 'received' END, published_at IS NOT NULL, count(*) "
            "FROM proposals_proposal GROUP BY 1, 2, 3, 4"
        )
    Register.objects.filter(process=process).update(last_number=PROPOSALS)
