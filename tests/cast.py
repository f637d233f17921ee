# SPDX-License-Identifier: EUPL-1.2
"""The cast: the same people in every test, in the same small town.

``visitor`` has no account. ``alice`` is a resident, ``bob`` a member of an association, ``carol``
coordinates the process, ``clara`` is its clerk, ``leo`` leads the group “Mobilitāte”, ``dora`` is
staff of the municipality, ``adam`` its administrator, ``eve`` staff of *another* municipality, who
coordinates a process there: the one who must not. ``root`` administers the installation.
"""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization, Person, Staff, Topic
from talka.groups.models import Mandate, WorkingGroup
from talka.groups.operations.forming import create_group
from talka.groups.operations.seating import seat_person
from talka.processes.models import Process, Role
from talka.processes.operations import create_process, give_role, publish_process
from talka.proposals.models import Proposal
from talka.proposals.operations.drafting import Content, Sender
from talka.proposals.operations.receiving import open_register, publish_proposal, submit_proposal


def make_user(name: str, *, superuser: bool = False) -> User:
    """Make a user with a confirmed address who is known as a person of that name."""
    make = User.objects.create_superuser if superuser else User.objects.create_user
    user = make(f"{name.lower()}@example.lv", "parole-ko-zina-tests", name=name)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    Person.objects.create(name=name, email=user.email, user=user)
    return user


@pytest.fixture
def visitor() -> AnonymousUser:
    """Nobody in particular."""
    return AnonymousUser()


@pytest.fixture
def root(db: None) -> User:
    return make_user("Root", superuser=True)


@pytest.fixture
def town(db: None) -> Organization:
    """Talkas novads, whose process the tests are about."""
    return Organization.objects.create(name="Talkas novads", slug="talkas-novads", classification="municipality")


@pytest.fixture
def other_town(db: None) -> Organization:
    """Another municipality, with nothing to do with the process."""
    return Organization.objects.create(name="Kaimiņu novads", slug="kaiminu-novads", classification="municipality")


@pytest.fixture
def alice(db: None) -> User:
    return make_user("Alise")


@pytest.fixture
def carol(db: None) -> User:
    return make_user("Karola")


@pytest.fixture
def adam(town: Organization) -> User:
    user = make_user("Ādams")
    Staff.objects.create(person=user.person, organization=town, kind=Staff.Kind.ADMINISTRATOR)
    return user


@pytest.fixture
def dora(town: Organization) -> User:
    user = make_user("Dora")
    Staff.objects.create(person=user.person, organization=town)
    return user


@pytest.fixture
def process(town: Organization, carol: User, root: User) -> Process:
    """A published programme of the town that takes proposals today, coordinated by carol, with its register."""
    process = create_process(
        kind="programme", title="Talkas novada attīstības programma", owner=town, by=root, address_part="programma",
        starts_on=clock.today() - timedelta(days=20), summary="Plānojam kopā.",
    )  # fmt: skip
    Role.objects.filter(process=process).delete()
    Role.objects.create(process=process, person=carol.person, organization=town, kind=Role.Kind.COORDINATOR)
    Staff.objects.create(person=carol.person, organization=town)
    publish_process(process, by=carol)
    open_register(process, by=carol, prefix="TP", publishing="after_review")
    return process


@pytest.fixture
def topic(db: None) -> Topic:
    return Topic.objects.create(name="Mobilitāte")


@pytest.fixture
def group(process: Process, carol: User, topic: Topic) -> WorkingGroup:
    """The group “Mobilitāte”, led by leo when he is in the test."""
    return create_group(process, name="Mobilitāte", by=carol, topic=topic, joining="open", how_to_join="Rakstiet mums.")


@pytest.fixture
def leo(group: WorkingGroup, carol: User, town: Organization) -> User:
    user = make_user("Leo")
    seat_person(
        group, person=user.person, by=carol, function=Mandate.Function.LEAD, organization=town, title="nodaļas vadītājs"
    )
    return user


@pytest.fixture
def bob(group: WorkingGroup, carol: User) -> User:
    user = make_user("Bruno")
    association = Organization.objects.create(name="Biedrība „Ritenis”", slug="ritenis", classification="association")
    seat_person(group, person=user.person, by=carol, represents="association", organization=association)
    return user


@pytest.fixture
def clara(process: Process, carol: User, town: Organization) -> User:
    user = make_user("Klāra")
    give_role(process, person=user.person, kind=Role.Kind.CLERK, by=carol, organization=town)
    return user


@pytest.fixture
def eve(other_town: Organization, root: User) -> User:
    """Staff and coordinator elsewhere."""
    user = make_user("Ieva")
    Staff.objects.create(person=user.person, organization=other_town, kind=Staff.Kind.ADMINISTRATOR)
    theirs = create_process(
        kind="other", title="Kaimiņu darbs", owner=other_town, by=root, summary="Cits.", address_part="kaimini"
    )
    Role.objects.create(process=theirs, person=user.person, organization=other_town, kind=Role.Kind.COORDINATOR)
    publish_process(theirs, by=user)
    open_register(theirs, by=user, prefix="KN")
    return user


@pytest.fixture
def make_proposal(process: Process, visitor: AnonymousUser, carol: User) -> Callable[..., Proposal]:
    """Return a function that sends a proposal in, as a visitor; ``public=True`` publishes it too."""

    def make(
        text: str = "Lūdzu ierīkot veloceliņu Grīzupes ielā.",
        *,
        public: bool = False,
        sender: Sender | None = None,
        **content: Any,
    ) -> Proposal:
        proposal = submit_proposal(
            process, content=Content(text=text, **content), sender=sender or Sender(), key=uuid.uuid4(), by=visitor
        )
        if public:
            publish_proposal(proposal, by=carol, anyway=True)
            proposal.refresh_from_db()
        return proposal

    return make


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """Return a function that gives the client of a signed-in user, who has set up the second step that the workspace asks for."""

    def client_of(user: User) -> Client:
        Authenticator.objects.get_or_create(
            user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "unused"}}
        )
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return client_of
