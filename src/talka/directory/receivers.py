# SPDX-License-Identifier: EUPL-1.2
"""What the directory does when something happens below it."""

from typing import Any

from django.dispatch import receiver

from talka.accounts.models import Invitation, User
from talka.accounts.signals import invitation_accepted
from talka.directory.models import Person
from talka.directory.operations import link_person


@receiver(invitation_accepted)
def know_who_accepted(sender: object, *, invitation: Invitation, user: User, **_more: Any) -> None:
    """Link the person who was invited with the user who accepted."""
    person = Person.objects.select_for_update().filter(invitation=invitation).first()
    if person is not None:
        link_person(person, user=user)
