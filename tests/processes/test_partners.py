# SPDX-License-Identifier: EUPL-1.2
"""A partner shares the work of a process; the municipality that leads it keeps the last word."""

import pytest
from django.core.exceptions import PermissionDenied

from talka.accounts.models import User
from talka.directory.models import Organization, Person
from talka.processes.models import Process, Role
from talka.processes.operations import add_participant, end_role, give_role, unpublish_process
from talka.processes.operations.people import RoleOfAnotherOrganization


@pytest.fixture
def partner(process: Process, carol: User, eve: User, other_town: Organization) -> User:
    """Eve, once her municipality takes part and she coordinates for it."""
    add_participant(process, organization=other_town, by=carol)
    give_role(process, person=eve.person, kind=Role.Kind.COORDINATOR, organization=other_town, by=carol)
    return eve


def test_a_partner_gives_and_ends_roles_for_its_own_people(
    process: Process, partner: User, other_town: Organization
) -> None:
    role = give_role(
        process, person=Person.objects.create(name="Ilze"), kind=Role.Kind.OBSERVER, organization=other_town, by=partner
    )
    end_role(role, by=partner)
    assert not Role.objects.filter(pk=role.pk).exists()


def test_a_partner_touches_no_roles_of_the_leading_municipality(
    process: Process, partner: User, carol: User, town: Organization
) -> None:
    with pytest.raises(RoleOfAnotherOrganization):
        end_role(Role.objects.get(process=process, person=carol.person), by=partner)
    for organization in (town, None):
        with pytest.raises(RoleOfAnotherOrganization):
            give_role(process, person=partner.person, kind=Role.Kind.CLERK, organization=organization, by=partner)


def test_a_partner_does_not_take_the_process_back(process: Process, partner: User) -> None:
    with pytest.raises(PermissionDenied):
        unpublish_process(process, by=partner)
