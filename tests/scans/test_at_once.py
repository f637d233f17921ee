# SPDX-License-Identifier: EUPL-1.2
"""Several clerks at the same pile at the same moment, on the real database."""

import uuid
from collections.abc import Callable

import pytest

from talka.accounts.models import User
from talka.core import clock
from talka.directory.models import Organization
from talka.processes.models import Process, Role
from talka.processes.operations import give_role
from talka.proposals.models import Proposal, Register
from talka.proposals.operations.drafting import Content, Sender
from talka.scans.models import Scan
from talka.scans.operations import entering
from talka.scans.operations.bringing import add_scans
from tests.cast import make_user
from tests.proposals.test_at_once import together
from tests.scans.paper import jpeg, upload
from tests.scans.test_register_scan import Pile

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def clerks(process: Process, carol: User, town: Organization) -> list[User]:
    """Five clerks of the process."""
    users = [make_user(f"Lietvede{number}") for number in range(5)]
    for user in users:
        give_role(process, person=user.person, kind=Role.Kind.CLERK, by=carol, organization=town)
    return users


def enter(scan: Scan, by: User, key: uuid.UUID) -> Proposal:
    return entering.register_scan(
        scan, content=Content(text="Soliņi."), sender=Sender(), key=key, received_at=clock.now(), by=by
    )


def test_five_clerks_take_five_different_sheets(process: Process, pile: Pile, clerks: list[User]) -> None:
    pile(*["Teksts."] * 5)
    taken = together(5, lambda number: entering.take_next(process, by=clerks[number]))
    assert len({scan.pk for scan in taken if scan is not None}) == len([scan for scan in taken if scan is not None])
    rest = [entering.take_next(process, by=clerk) for clerk in clerks]
    assert len({scan.pk for scan in rest if scan is not None}) == 5


def test_five_clerks_enter_a_pile_and_every_sheet_is_one_entry(
    process: Process, pile: Pile, clerks: list[User]
) -> None:
    pile(*["Teksts."] * 15)

    def work(number: int) -> int:
        done = 0
        while (scan := entering.take_next(process, by=clerks[number])) is not None:
            enter(scan, clerks[number], uuid.uuid4())
            done += 1
        return done

    assert sum(together(5, work)) == 15
    assert sorted(Proposal.objects.values_list("number", flat=True)) == list(range(1, 16))
    assert Scan.objects.filter(proposal__isnull=False).count() == 15


def test_enter_pressed_many_times_at_once_is_one_entry(process: Process, pile: Pile, clara: User) -> None:
    (scan,) = pile("Teksts.")
    entering.take_next(process, by=clara)
    found = together(6, lambda _n: enter(scan, clara, uuid.uuid4()).pk)
    assert len(set(found)) == 1
    assert Register.objects.get(process=process).last_number == 1


def test_the_same_file_brought_many_times_at_once_is_one(
    process: Process, clara: User, pile: Callable[..., list[Scan]]
) -> None:
    content = jpeg("Tā pati lapa")
    together(4, lambda _n: add_scans(process, uploads=[upload(content)], splitting="whole", by=clara))
    assert Scan.objects.count() == 1
