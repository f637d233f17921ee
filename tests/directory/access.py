# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from talka.directory.models import Membership, Person, Place, Staff, Topic
from tests.access import Row, World

WORKERS = {"carol": 200, "clara": 200, "leo": 200, "dora": 200, "adam": 200, "eve": 200, "root": 200}
"""Everybody who works for an organization or in a process in Talka, also for another one."""

OURS = {"adam": 200, "root": 200}
"""Whoever looks after the town's people and settings; eve looks after another town."""


def town(w: World) -> list[Any]:
    return [w.process.owner.slug]


def clerk(w: World) -> Person:
    """Somebody of the town with an office and a role, who has not been invited."""
    person = Person.objects.create(name="Zane", email="zane@example.lv")
    Membership.objects.create(person=person, organization=w.process.owner, title="lietvede")
    Staff.objects.create(person=person, organization=w.process.owner)
    return person


ROWS = [
    Row("directory:list_organizations", visitor=302, everyone=403, **WORKERS),
    Row("directory:create_organization", visitor=302, everyone=200, alice=403, bob=403, dora=403),
    Row("directory:change_organization", town, visitor=302, everyone=403, **OURS),
    Row("directory:succeed_organization", town, visitor=302, everyone=403, **OURS),
    Row("directory:list_people", town, visitor=302, everyone=403, carol=200, dora=200, **OURS),
    Row("directory:add_person", town, visitor=302, everyone=403, carol=200, dora=200, **OURS),
    Row("directory:change_person", lambda w: [*town(w), clerk(w).pk], visitor=302, everyone=403, **OURS),
    Row("directory:create_membership", lambda w: [*town(w), clerk(w).pk], visitor=302, everyone=403, carol=200, dora=200, **OURS),
    Row("directory:appoint_staff", lambda w: [*town(w), clerk(w).pk], method="post", data=lambda _w: {"kind": "administrator"},
        visitor=302, everyone=403, adam=302, root=302),
    Row("directory:invite_person", lambda w: [*town(w), clerk(w).pk], method="post",
        visitor=302, everyone=403, carol=302, dora=302, adam=302, root=302),
    Row("directory:end_membership", lambda w: [*town(w), clerk(w).memberships.get().pk], visitor=302, everyone=403, **OURS),
    Row("directory:dismiss_staff", lambda w: [*town(w), clerk(w).staff.get().pk], method="post",
        visitor=302, everyone=403, adam=302, root=302),
    Row("directory:list_places", visitor=302, everyone=403, **WORKERS),
    Row("directory:create_place", visitor=302, everyone=403, **WORKERS),
    Row("directory:change_place", lambda w: [Place.objects.create(name="Domes ēka", organization=w.process.owner).pk],
        visitor=302, everyone=403, carol=200, dora=200, **OURS),
    Row("directory:list_topics", visitor=302, everyone=403, **WORKERS),
    Row("directory:create_topic", visitor=302, everyone=403, **WORKERS),
    Row("directory:change_topic", lambda _w: [Topic.objects.create(name="Kultūra").pk], visitor=302, everyone=403, adam=200, eve=200, root=200),
]  # fmt: skip
