# SPDX-License-Identifier: EUPL-1.2
"""Organizations, people, places and topics of the demonstration.

Municipalities of the five real cases exist from and to the days of the reform of 1 July 2021, and
know who follows them. Which follow which is general knowledge about the reform, as far as the cases need it.
"""

from datetime import date
from typing import Any

from talka.accounts import demo as accounts
from talka.accounts.models import User
from talka.directory.models import Area, Organization, Person, Place, Staff, Topic
from talka.directory.operations import (
    appoint_staff,
    create_area,
    create_membership,
    create_organization,
    create_person,
    create_place,
    create_topic,
    invite_person,
    succeed_organization,
)

REFORM = date(2021, 7, 1)
LAST_DAY_BEFORE = date(2021, 6, 30)

FOLLOWED = {
    "Jēkabpils novada pašvaldība": (
        "Jēkabpils pilsētas pašvaldība",
        "Krustpils novada pašvaldība",
        "Jēkabpils novada pašvaldība (līdz 2021. gadam)",
        "Salas novada pašvaldība",
        "Viesītes novada pašvaldība",
        "Aknīstes novada pašvaldība",
    ),
    "Augšdaugavas novada pašvaldība": ("Ilūkstes novada pašvaldība", "Daugavpils novada pašvaldība"),
    "Preiļu novada pašvaldība": ("Preiļu novada pašvaldība (līdz 2021. gadam)",),
    "Siguldas novada pašvaldība": ("Siguldas novada pašvaldība (līdz 2021. gadam)",),
}
"""A municipality of 2021 and those it followed, as far as the cases need them."""

LASTING = ("Liepājas pilsētas pašvaldība", "Jelgavas pilsētas pašvaldība")


class Directory:
    """What has been entered so far; asking for something twice gives the same row."""

    def __init__(self, by: User) -> None:
        self.by = by
        self._organizations: dict[str, Organization] = {}
        self._people: dict[str, Person] = {}
        self._topics: dict[tuple[str, int | None], Topic] = {}

    def organization(
        self, name: str, classification: str = "", parent: Organization | None = None, **fields: Any
    ) -> Organization:
        """Return the organization of this name, entered now if it was not known."""
        if name not in self._organizations:
            self._organizations[name] = create_organization(
                name=name, classification=classification, parent=parent, by=self.by, **fields
            )
        return self._organizations[name]

    def person(
        self, name: str, title: str = "", organization: Organization | None = None, *, email: str = ""
    ) -> Person:
        """Return the person of this name, entered now with the office if not known."""
        if name not in self._people:
            self._people[name] = create_person(name=name, email=email, by=self.by)
            if organization is not None:
                create_membership(self._people[name], organization=organization, title=title, by=self.by)
        return self._people[name]

    def area(self, name: str, kind: str, parent: Area | None = None) -> Area:
        """Enter a territory."""
        return create_area(name=name, kind=kind, parent=parent, by=self.by)

    def place(self, name: str, **fields: Any) -> Place:
        """Enter a place."""
        return create_place(name=name, by=self.by, **fields)

    def topic(self, name: str, parent: Topic | None = None) -> Topic:
        """Return the topic of this name at this place of the tree."""
        key = (name, parent.pk if parent else None)
        if key not in self._topics:
            self._topics[key] = create_topic(name=name, parent=parent, by=self.by)
        return self._topics[key]

    def let_in(self, person: Person, language: str = "lv") -> User:
        """Invite a person, and let them accept at once."""
        invite_person(person, by=self.by, language=language)
        assert person.invitation is not None
        user = accounts.take_up(person.invitation)
        person.refresh_from_db()
        return user

    def employ(self, person: Person, organization: Organization, *, administrator: bool = False) -> None:
        """Let a person work for an organization in Talka."""
        kind = Staff.Kind.ADMINISTRATOR if administrator else Staff.Kind.STAFF
        appoint_staff(person, organization=organization, kind=kind, by=self.by)


def build(by: User) -> Directory:
    """Enter the municipalities of the five cases, with their times and successors."""
    directory = Directory(by)
    for name in LASTING:
        directory.organization(name, "municipality")
    for name, before in FOLLOWED.items():
        follower = directory.organization(name, "municipality", valid_from=REFORM)
        for earlier in before:
            organization = directory.organization(earlier, "municipality")
            succeed_organization(organization, successors=[follower], ended_on=LAST_DAY_BEFORE, by=by)
    return directory
