# SPDX-License-Identifier: EUPL-1.2
"""The demonstration: five real cases in their own years, and Talkas novads, which is invented, in the present."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from talka.accounts import demo as accounts
from talka.accounts.demo import PASSWORD
from talka.core import clock
from talka.directory import demo as directory
from talka.notifications import demo as notifications
from talka.portal.demo import (
    ilukste_programme,
    jekabpils_associations,
    jekabpils_merger,
    kaiminu_novads,
    liepaja_programme,
    preili_exchange,
    talkas_novads,
)
from talka.processes.models import Process

__all__ = ["PASSWORD", "WAYS_IN", "WayIn", "build", "is_loaded"]


@dataclass(frozen=True)
class WayIn:
    """Somebody as whom one may sign in to the demonstration: the address, the role, and what this role does."""

    email: str
    name: str
    role: str | Promise
    says: str | Promise


WAYS_IN = (
    WayIn(talkas_novads.COORDINATOR, "Inese Ozolkalne", pgettext_lazy("way in", "Coordinator"), _("Runs the development programme of Talkas novads: finds new proposals, gives them to groups, publishes the answers.")),
    WayIn(talkas_novads.LEAD, "Gundars Riekstiņš", pgettext_lazy("way in", "Lead of a working group"), _("Leads the group on mobility and roads: calls its meetings and recommends what to decide.")),
    WayIn(talkas_novads.CLERK, "Maruta Dzilna", pgettext_lazy("way in", "Clerk"), _("Works at the visitors' centre: enters what comes on paper, by telephone and at the desk; prints letters and calls people.")),
    WayIn(talkas_novads.RESIDENT, "Līga Sarmule", pgettext_lazy("way in", "Resident"), _("Has sent in proposals and follows what becomes of them.")),
    WayIn(talkas_novads.MEMBER, "Andris Krauklis", pgettext_lazy("way in", "Member of an association"), _("Sits in a working group for the cyclists' association “Spieķis”.")),
    WayIn(talkas_novads.STAFF, "Santa Vilkupe", pgettext_lazy("way in", "Staff"), _("Works for the municipality without a role in a process: answers for actions of the plan and says how they are going.")),
    WayIn(talkas_novads.ADMINISTRATOR, "Dzintra Kalnvērse", pgettext_lazy("way in", "Administrator of the municipality"), _("Looks after the people and settings of Talkas novads and makes new processes.")),
    WayIn(kaiminu_novads.COORDINATOR, "Ilmārs Strautmalis", pgettext_lazy("way in", "Coordinator elsewhere"), _("Coordinates a process of the neighbouring municipality; sees of Talkas novads what everybody sees.")),
    WayIn("piemeri@talka.example", "Piemēru koordinators", pgettext_lazy("way in", "Coordinator of the five real cases"), _("Shows the cases of Jēkabpils, Ilūkste, Liepāja and Preiļi from inside.")),
    WayIn("talka@talka.example", "Talkas administrators", pgettext_lazy("way in", "Administrator of the installation"), _("Looks after the installation: organizations, and letters that could not be sent.")),
)  # fmt: skip
"""Everybody as whom one may sign in; one password for all (``PASSWORD``)."""

_CASES = WAYS_IN[-2]
_ROOT = WAYS_IN[-1]


def is_loaded() -> bool:
    """Say whether the demonstration is there already."""
    return Process.objects.filter(slug=talkas_novads.PROGRAMME).exists()


@transaction.atomic
def build() -> None:
    """Enter everything, oldest first, through the operations that people use; letters of the past are sent on their day."""
    beginning = clock.now() - timedelta(days=talkas_novads.PREPARED_DAYS_AGO)
    with clock.at(beginning):
        root = accounts.build(email=_ROOT.email, name=_ROOT.name)
        known = directory.build(root)
        coordinator = known.let_in(known.person(_CASES.name, email=_CASES.email))
    for case in (preili_exchange, jekabpils_associations, liepaja_programme, ilukste_programme, jekabpils_merger):
        case.build(known, coordinator)
    names = {way.email: way.name for way in WAYS_IN}
    kaiminu_novads.build(known, names)
    talkas_novads.build(known, names)
    notifications.build()
    talkas_novads.return_mail()
