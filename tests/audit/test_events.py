# SPDX-License-Identifier: EUPL-1.2
"""The log: written by every operation, read by person, verb and period, changed by nobody."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

import talka
from talka.accounts.models import User
from talka.audit import queries
from talka.audit.models import Event, key_of
from talka.audit.operations import record
from talka.core import clock
from talka.core.permissions import UnknownVerb, verb_label
from talka.core.requests import set_request_id
from talka.directory.models import Organization


@pytest.fixture
def event(alice: User, town: Organization) -> Event:
    record("directory.change_organization", town, by=alice, scope=town, reason="Nosaukums", fields=["name"])
    return Event.objects.latest("pk")


def test_an_event_says_who_what_when_on_what_and_why(alice: User, town: Organization) -> None:
    set_request_id("abc-12345")
    try:
        with clock.at(datetime(2021, 7, 1, 9, tzinfo=UTC)):
            record("directory.change_organization", town, by=alice, scope=town, reason="Apvienošana", fields=["name"])
    finally:
        set_request_id("")
    event = Event.objects.latest("pk")
    assert event.at == datetime(2021, 7, 1, 9, tzinfo=UTC)
    assert (event.actor_id, event.actor_label) == (alice.pk, "Alise")
    assert (event.object_key, event.object_label) == (f"directory.organization:{town.pk}", "Talkas novads")
    assert (event.scope, event.reason, event.details) == (key_of(town), "Apvienošana", {"fields": ["name"]})
    assert event.request_id == "abc-12345"


def test_what_the_clock_and_visitors_do_has_no_name(town: Organization, visitor: Any) -> None:
    record("directory.change_organization", town, by=None)
    record("directory.change_organization", town, by=visitor)
    assert set(Event.objects.values_list("actor_id", "actor_label")) == {(None, "")}


def test_an_event_cannot_be_changed_or_deleted(event: Event) -> None:
    event.reason = "cits"
    for deed in (
        event.save,
        event.delete,
        lambda: Event.objects.filter(pk=event.pk).update(reason="cits"),
        Event.objects.all().delete,
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            deed()
    assert Event.objects.get(pk=event.pk).reason == "Nosaukums"


def test_not_even_sql_changes_an_event(event: Event) -> None:
    for sql in ("UPDATE audit_event SET actor_label = 'cits'", "DELETE FROM audit_event"):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_an_event_survives_what_it_is_about(event: Event, alice: User, town: Organization) -> None:
    town.delete()
    assert Event.objects.get(pk=event.pk).object_label == "Talkas novads"


def test_an_event_is_undone_with_its_operation(alice: User, town: Organization) -> None:
    before = Event.objects.count()
    with transaction.atomic():
        record("directory.change_organization", town, by=alice)
        transaction.set_rollback(True)
    assert Event.objects.count() == before


def test_events_are_read_by_person_verb_and_period(
    alice: User, carol: User, town: Organization, other_town: Organization
) -> None:
    start = datetime(2021, 7, 1, 20, 59, tzinfo=UTC)
    for days, (who, verb) in enumerate(
        [(alice, "change_organization"), (carol, "create_membership"), (carol, "appoint_staff")]
    ):
        with clock.at(start + timedelta(days=days)):
            record(f"directory.{verb}", town, by=who, scope=town)
    record("directory.change_organization", other_town, by=carol, scope=other_town)

    def verbs(**asked: Any) -> list[str]:
        return [event.verb.partition(".")[2] for event in queries.events_of(town, **asked)]

    assert verbs() == ["appoint_staff", "create_membership", "change_organization"]
    assert verbs(actor=alice.pk) == ["change_organization"]
    assert verbs(verb="directory.appoint_staff") == ["appoint_staff"]
    assert len(verbs(verb="directory.")) == 3
    assert verbs(since=date(2021, 7, 2)) == ["appoint_staff", "create_membership"]
    assert verbs(until=date(2021, 7, 1)) == ["change_organization"]
    assert verbs(since=date(2021, 7, 2), until=date(2021, 7, 2)) == ["create_membership"]
    assert queries.actors_of(town) == [(alice.pk, "Alise"), (carol.pk, "Karola")]
    assert queries.verbs_of(town) == [
        "directory.appoint_staff",
        "directory.change_organization",
        "directory.create_membership",
    ]


def test_every_verb_that_operations_write_has_words() -> None:
    written = {
        verb
        for source in Path(talka.__path__[0]).rglob("*.py")
        for verb in re.findall(r"\brecord\(\s*\"([a-z_]+\.[a-z_]+)\"", source.read_text())
    }
    assert len(written) > 40
    for verb in written:
        assert verb_label(verb)
    with pytest.raises(UnknownVerb):
        verb_label("directory.dance")
